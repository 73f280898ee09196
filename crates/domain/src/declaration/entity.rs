//! Row: `declared_relation`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, DeclaredRelationId, PersonId};

/// How somebody is close to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum RelationKind {
    /// 亲属.
    Kin,
    /// 同住或照料.
    Household,
    /// 原来的上下级.
    Office,
    /// 经济往来.
    Money,
    /// 其他.
    Other,
}

impl RelationKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Kin, Self::Household, Self::Office, Self::Money, Self::Other];

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kin => "kin",
            Self::Household => "household",
            Self::Office => "office",
            Self::Money => "money",
            Self::Other => "other",
        }
    }

    /// Reads [`RelationKind::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Kin => "亲属",
            Self::Household => "同住或照料",
            Self::Office => "原来的上下级",
            Self::Money => "经济往来",
            Self::Other => "其他",
        }
    }
}

/// A login's own word about itself and a person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "declared_relation")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeclaredRelationId,
    /// Who says so.
    pub account_id: AccountId,
    /// Of whom.
    pub person_id: PersonId,
    /// How close.
    pub kind: RelationKind,
    /// Since when.
    pub from_on: NaiveDate,
    /// Until when (exclusive).
    pub to_on: Option<NaiveDate>,
    /// When it was said.
    pub declared_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[cfg(test)]
mod tests {
    use sea_orm::ActiveEnum;

    use super::RelationKind;

    #[test]
    fn the_row_holds_the_code() {
        for kind in RelationKind::ALL {
            assert_eq!(kind.to_value(), kind.code());
            assert_eq!(RelationKind::parse(kind.code()), Some(kind));
        }
    }
}
