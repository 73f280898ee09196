//! Row: `person_contact`.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::{
    ids::{AccountId, PersonContactId, PersonId},
    privacy::{Blind, Cell, Sealed},
};

/// Whose number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Owner {
    /// 本人.
    Own,
    /// 配偶.
    Spouse,
    /// 子女.
    Child,
    /// 照护人.
    Carer,
    /// 单位.
    Unit,
}

impl Owner {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Own, Self::Spouse, Self::Child, Self::Carer, Self::Unit];

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Spouse => "spouse",
            Self::Child => "child",
            Self::Carer => "carer",
            Self::Unit => "unit",
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Own => "本人",
            Self::Spouse => "配偶",
            Self::Child => "子女",
            Self::Carer => "照护人",
            Self::Unit => "单位",
        }
    }
}

/// What a number may be called for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// 日常通知.
    Notice,
    /// 紧急联系.
    Emergency,
    /// 走访联系.
    Visit,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Notice, Self::Emergency, Self::Visit];

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Emergency => "emergency",
            Self::Visit => "visit",
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Notice => "日常通知",
            Self::Emergency => "紧急联系",
            Self::Visit => "走访联系",
        }
    }
}

/// A number.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_contact")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonContactId,
    /// By which who is reached.
    pub person_id: PersonId,
    /// Whose it is.
    pub owner: Owner,
    /// 女儿, 社区网格员 …
    pub label: Option<String>,
    /// The number, sealed.
    pub value: Sealed,
    /// Its blind index. Not unique: couples share one.
    pub value_index: Blind,
    /// Its last four digits.
    pub tail: String,
    /// Codes of [`Purpose`], separated by spaces.
    pub purposes: String,
    /// When somebody called it and it was right.
    pub verified_at: Option<DateTime<Utc>>,
    /// Who.
    pub verified_by: Option<AccountId>,
    /// Who wrote it down.
    pub recorded_by: Option<AccountId>,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// Since when it is not used any more.
    pub ended_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PersonContact").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Model {
    /// What it may be called for.
    pub fn purposes(&self) -> impl Iterator<Item = Purpose> {
        Purpose::ALL.into_iter().filter(|one| self.purposes.split(' ').any(|code| code == one.code()))
    }

    pub(in crate::person) fn cell(row: &str) -> Cell<'_> {
        Cell { table: "person_contact", column: "value", row }
    }
}
