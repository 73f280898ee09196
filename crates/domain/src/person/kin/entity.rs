//! Row: `person_kin`.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, PersonId, PersonKinId};

/// What the relative is to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Relationship {
    /// 配偶.
    Spouse,
    /// 子女.
    Child,
    /// 父母.
    Parent,
    /// 兄弟姐妹.
    Sibling,
    /// 孙辈.
    Grandchild,
    /// 其他亲属.
    Other,
}

impl Relationship {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Spouse, Self::Child, Self::Parent, Self::Sibling, Self::Grandchild, Self::Other];

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Spouse => "spouse",
            Self::Child => "child",
            Self::Parent => "parent",
            Self::Sibling => "sibling",
            Self::Grandchild => "grandchild",
            Self::Other => "other",
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Spouse => "配偶",
            Self::Child => "子女",
            Self::Parent => "父母",
            Self::Sibling => "兄弟姐妹",
            Self::Grandchild => "孙辈",
            Self::Other => "其他亲属",
        }
    }

    /// 遗属 whom the unit looks after: husband or wife, children, parents.
    pub const fn survives(self) -> bool {
        matches!(self, Self::Spouse | Self::Child | Self::Parent)
    }
}

/// Why a relation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Ended {
    /// 离婚.
    Divorced,
    /// The relative died.
    Died,
    /// It was written down by mistake.
    Mistake,
    /// Otherwise.
    Other,
}

/// A relative.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_kin")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonKinId,
    /// Whose relative.
    pub person_id: PersonId,
    /// The relative's own record, if there is one.
    pub relative_id: Option<PersonId>,
    /// The relative's name.
    pub name: String,
    /// What the relative is to the person.
    pub relation: Relationship,
    /// Since when, of a marriage.
    pub from_on: Option<NaiveDate>,
    /// Until the day before this one.
    pub to_on: Option<NaiveDate>,
    /// Why it ended.
    pub ended_why: Option<Ended>,
    /// 遗属: left behind since this day.
    pub survivor_since: Option<NaiveDate>,
    /// Who wrote it down.
    pub recorded_by: Option<AccountId>,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PersonKin").field("id", &self.id).finish_non_exhaustive()
    }
}
