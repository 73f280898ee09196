//! Rows: `aid_approval_entry`, `aid_approval_file`.

use crate::privacy::Cell;

pub(crate) mod entry {
    use std::fmt;

    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::{
        aid::Acted,
        ids::{AccountId, ApprovalEntryId, CaseId},
        privacy::Sealed,
    };

    /// What a line of the platform's record says.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum Did {
        /// 发起.
        Started,
        /// 同意.
        Agreed,
        /// 不同意.
        Refused,
        /// 前加签.
        AddedBefore,
        /// 后加签.
        AddedAfter,
        /// 转交.
        PassedOn,
        /// 撤销.
        Terminated,
        /// It came to its end.
        Finished,
        /// 评论.
        Commented,
        /// 抄送.
        Copied,
        /// A word of the platform that is newer than this list.
        Other,
    }

    impl Did {
        /// The word on screens.
        pub const fn label(self) -> &'static str {
            match self {
                Self::Started => "发起",
                Self::Agreed => "同意",
                Self::Refused => "不同意",
                Self::AddedBefore => "前加签",
                Self::AddedAfter => "后加签",
                Self::PassedOn => "转交",
                Self::Terminated => "撤销",
                Self::Finished => "结束",
                Self::Commented => "评论",
                Self::Copied => "抄送",
                Self::Other => "其他",
            }
        }

        /// The part in the case that it was, if it was one.
        pub const fn acted(self) -> Option<Acted> {
            match self {
                Self::Agreed => Some(Acted::Agreed),
                Self::Refused => Some(Acted::Refused),
                Self::PassedOn => Some(Acted::PassedOn),
                Self::AddedBefore | Self::AddedAfter => Some(Acted::AddedSign),
                Self::Started
                | Self::Terminated
                | Self::Finished
                | Self::Commented
                | Self::Copied
                | Self::Other => None,
            }
        }
    }

    /// A line of the platform's record of a round.
    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "aid_approval_entry")]
    pub struct Model {
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ApprovalEntryId,
        /// Of which case.
        pub case_id: CaseId,
        /// Of which round.
        pub round: i32,
        /// By what it is known again when the record is read another time.
        pub mark: String,
        /// Where it stood in the record when it was read first.
        pub place: i32,
        /// Who.
        pub who: Option<AccountId>,
        /// What.
        pub did: Did,
        /// What was written with it, sealed.
        pub said: Option<Sealed>,
        /// When, by the platform's clock.
        pub at: DateTime<Utc>,
        /// When we read it first.
        pub kept_at: DateTime<Utc>,
    }

    /// None.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl fmt::Debug for Model {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.debug_struct("Entry").field("id", &self.id).field("did", &self.did).finish_non_exhaustive()
        }
    }
}

pub(crate) mod file {
    use std::fmt;

    use sea_orm::entity::prelude::*;

    use crate::{
        ids::{ApprovalEntryId, ApprovalFileId, CaseId},
        privacy::Sealed,
    };

    /// A file that came with a line of the record. The bytes stay in the platform.
    #[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "aid_approval_file")]
    pub struct Model {
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ApprovalFileId,
        /// Of which case.
        pub case_id: CaseId,
        /// With which line.
        pub entry_id: ApprovalEntryId,
        /// How the platform knows it.
        pub file_id: String,
        /// What it is called, sealed: people put names into names.
        pub name: Sealed,
        /// `pdf`, `jpg`, …
        pub kind: String,
        /// Bytes.
        pub bytes: i64,
    }

    /// None.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl fmt::Debug for Model {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.debug_struct("EntryFile").field("id", &self.id).finish_non_exhaustive()
        }
    }
}

/// Where the sealed words of a line stand.
pub(super) fn said_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_approval_entry", column: "said", row }
}

/// Where the sealed name of a file stands.
pub(super) fn name_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_approval_file", column: "name", row }
}
