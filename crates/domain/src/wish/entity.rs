//! Row: `person_wish`.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::{
    ids::{AccountId, PersonId, WishId},
    privacy::{Cell, Sealed},
};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Kind {
    /// 更正: something is wrong.
    Correct,
    /// 删除: something should not be kept.
    Delete,
}

impl Kind {
    /// The word in forms and audit rows.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Delete => "delete",
        }
    }

    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Correct => "改正信息",
            Self::Delete => "删除信息",
        }
    }
}

/// What the office answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Answer {
    /// It was done.
    Done,
    /// 查实无误: it was looked at and is right as it is.
    Right,
    /// 档案法: files of cadres are kept.
    Archive,
    /// 会计档案管理办法: what was paid is kept for thirty years.
    Accounting,
    /// 党内规定: records of party life are kept.
    Party,
}

impl Answer {
    /// In the order of the form.
    pub const ALL: [Self; 5] = [Self::Done, Self::Right, Self::Archive, Self::Accounting, Self::Party];

    /// The word in forms and audit rows.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Right => "right",
            Self::Archive => "archive",
            Self::Accounting => "accounting",
            Self::Party => "party",
        }
    }

    /// The words, for the office and for whoever asked.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Done => "办好了",
            Self::Right => "核对过，原来的没有错",
            Self::Archive => "按档案法，干部档案要保留",
            Self::Accounting => "按会计规定，发放记录要保留三十年",
            Self::Party => "按党内规定，组织生活记录要保留",
        }
    }
}

/// What somebody asked. The words are sealed.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_wish")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WishId,
    /// About whose record.
    pub person_id: PersonId,
    /// What.
    pub kind: Kind,
    /// In the person's own words.
    pub said: Sealed,
    /// By which login.
    pub asked_by: AccountId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// What the office answered.
    pub answer: Option<Answer>,
    /// Who answered.
    pub answered_by: Option<AccountId>,
    /// When.
    pub answered_at: Option<DateTime<Utc>>,
}

/// About a person.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Who.
    #[sea_orm(
        belongs_to = "crate::person::entity::Entity",
        from = "Column::PersonId",
        to = "crate::person::entity::Column::Id"
    )]
    Person,
}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wish").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Where the words are sealed; `row` is the id.
pub(super) fn said_cell(row: &str) -> Cell<'_> {
    Cell { table: "person_wish", column: "said", row }
}
