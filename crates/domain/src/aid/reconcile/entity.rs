//! Rows: `approval_check`, `approval_finding`, `approval_beat`.

pub(crate) mod check {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    use crate::ids::ApprovalCheckId;

    /// One check of a window.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "approval_check")]
    pub struct Model {
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ApprovalCheckId,
        /// What it is for, once however many servers there are: `day/2026-11-25`, `down/…`.
        pub slot: String,
        /// Instances made from here on.
        pub from_at: DateTime<Utc>,
        /// Up to here.
        pub until_at: DateTime<Utc>,
        /// When it began.
        pub started_at: DateTime<Utc>,
        /// When it was done.
        pub done_at: Option<DateTime<Utc>>,
        /// Instances that agree with our rounds.
        pub matched: i64,
        /// Instances that had ended without our knowing.
        pub late: i64,
        /// Instances and rounds that contradict each other.
        pub diverged: i64,
        /// Instances of our form that no case knows.
        pub orphans: i64,
    }

    /// None.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod finding {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    use crate::ids::{AccountId, ApprovalFindingId, CaseId};

    /// What is the matter.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    pub enum Outcome {
        /// It had ended, and the news had not come. It is caught up by itself.
        Late,
        /// The platform and we say different things.
        Diverged,
        /// No case knows it.
        Orphan,
    }

    impl Outcome {
        /// The word in figures.
        pub const fn code(self) -> &'static str {
            match self {
                Self::Late => "late",
                Self::Diverged => "diverged",
                Self::Orphan => "orphan",
            }
        }

        /// The word on screens.
        pub const fn label(self) -> &'static str {
            match self {
                Self::Late => "迟到，已补办",
                Self::Diverged => "两边不一致",
                Self::Orphan => "找不到对应的个案",
            }
        }
    }

    /// What exactly, or how it was settled.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    pub enum Why {
        /// It had ended there, and was open here.
        EndedThere,
        /// It is decided here, and still open there.
        OpenThere,
        /// It is decided here, and withdrawn there.
        WithdrawnThere,
        /// It is withdrawn here, and decided there.
        DecidedThere,
        /// It is open here, and the platform does not list it.
        NotThere,
        /// No case has it.
        NoCase,
    }

    impl Why {
        /// What a clerk does about it.
        pub const fn what_to_do(self) -> &'static str {
            match self {
                Self::EndedThere => "系统正在补办，不用您做什么。",
                Self::OpenThere => "到钉钉里看这张单；不用再批的，请发起人撤销。",
                Self::WithdrawnThere => "问一问撤销的同志；结果以这边为准的，写明情况。",
                Self::DecidedThere => "告诉审批人这件已经撤回，钉钉上的结果不算数。",
                Self::NotThere => "到钉钉里找这张单；找不到的，撤回后重新送审。",
                Self::NoCase => "问一问填表的同志；要帮扶的，请走受理。",
            }
        }

        /// The sentence on screens.
        pub const fn label(self) -> &'static str {
            match self {
                Self::EndedThere => "钉钉上已经办完，消息来晚了",
                Self::OpenThere => "这边已有结果，钉钉上还没办完",
                Self::WithdrawnThere => "这边已有结果，钉钉上已撤销",
                Self::DecidedThere => "这边已撤回，钉钉上却批了",
                Self::NotThere => "这边在等，钉钉上没有这张单",
                Self::NoCase => "钉钉上有这张单，这边没有个案",
            }
        }
    }

    /// One thing that does not agree, kept until it does or somebody has explained it.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "approval_finding")]
    pub struct Model {
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ApprovalFindingId,
        /// How the platform knows it.
        pub instance_id: String,
        /// The case, if one knows it.
        pub case_id: Option<CaseId>,
        /// What is the matter.
        pub outcome: Outcome,
        /// What exactly.
        pub why: Why,
        /// When it was found first.
        pub found_at: DateTime<Utc>,
        /// When it was over.
        pub closed_at: Option<DateTime<Utc>>,
        /// Who explained it; nobody when it came right by itself.
        pub closed_by: Option<AccountId>,
        /// The explanation, a closed word.
        pub closed_why: Option<String>,
    }

    impl Model {
        /// Was it open at this moment?
        pub fn was_open(&self, at: DateTime<Utc>) -> bool {
            self.found_at < at && self.closed_at.is_none_or(|closed| closed >= at)
        }
    }

    /// None.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod beat {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    /// The one row that says when a server was alive last.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "approval_beat")]
    pub(crate) struct Model {
        /// Always 1.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        /// When.
        pub seen_at: DateTime<Utc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod day {
    use chrono::{DateTime, NaiveDate, Utc};
    use sea_orm::entity::prelude::*;

    /// 日结: how a day ended. Written once, never changed.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "approval_day")]
    pub struct Model {
        /// Which day.
        #[sea_orm(primary_key, auto_increment = false)]
        pub on_day: NaiveDate,
        /// Instances that agreed with our rounds in the last check of the day.
        pub matched: i64,
        /// Found on the day: those that had ended without our knowing.
        pub late: i64,
        /// Those that contradict.
        pub diverged: i64,
        /// Those that no case knows.
        pub orphans: i64,
        /// Explained by somebody on the day.
        pub explained: i64,
        /// Come right by themselves on the day.
        pub came_right: i64,
        /// Open when it was over, whenever they were found.
        pub unexplained: i64,
        /// Checks that were done on the day; none is said, too.
        pub checks: i64,
        /// When this was written.
        pub written_at: DateTime<Utc>,
    }

    /// None.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod sweep {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    /// The one row that says when somebody looked last which instances still run.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "approval_sweep")]
    pub(crate) struct Model {
        /// Always 1.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        /// When.
        pub swept_at: DateTime<Utc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
