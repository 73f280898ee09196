//! Rows: `directory_run`, `directory_change`, `directory_department`, `directory_member`, `directory_watch`.

pub(crate) mod run {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    use crate::ids::{AccountId, DirectoryRunId};

    /// How far a walk is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    pub enum State {
        /// Somebody reads the directory.
        Walking,
        /// The directory could not be read to its end. Nothing was written.
        Failed,
        /// It would take away too many logins. Nothing was written; a system administrator is asked.
        Asked,
        /// A system administrator said no: everybody stays.
        Refused,
        /// A later walk took its place before anybody answered.
        Superseded,
        /// Its differences are being written.
        Applying,
        /// Its differences are written.
        Applied,
    }

    impl State {
        /// The word on screens.
        pub const fn label(self) -> &'static str {
            match self {
                Self::Walking => "正在读",
                Self::Failed => "没读完，没有改动",
                Self::Asked => "等系统管理员答复",
                Self::Refused => "已拒绝，全部保留",
                Self::Superseded => "已由后一次代替",
                Self::Applying => "正在写入",
                Self::Applied => "已写入",
            }
        }
    }

    /// 通讯录核对: one walk.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "directory_run")]
    pub struct Model {
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: DirectoryRunId,
        /// The night that it is for, which happens once however many servers there are; none for a walk by hand.
        pub slot: Option<String>,
        /// How far it is.
        pub state: State,
        /// When it began to read. What it found is as of then.
        pub started_at: DateTime<Utc>,
        /// When something happened to it last.
        pub touched_at: DateTime<Utc>,
        /// Logins in the tenant before.
        pub known: i64,
        /// Logins that it saw.
        pub people: i64,
        /// Departments that it saw.
        pub departments: i64,
        /// Logins that would be, or were, taken away.
        pub removals: i64,
        /// Who answered.
        pub decided_by: Option<AccountId>,
        /// When.
        pub decided_at: Option<DateTime<Utc>>,
    }

    /// None.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod change {
    use sea_orm::entity::prelude::*;

    use crate::{directory::Change, ids::DirectoryRunId};

    /// One difference that a walk found.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "directory_change")]
    pub struct Model {
        /// Of which walk.
        #[sea_orm(primary_key, auto_increment = false)]
        pub run_id: DirectoryRunId,
        /// Which of its differences.
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i32,
        /// [`crate::directory::Kind::code`]
        pub kind: String,
        /// Everything.
        #[sea_orm(column_type = "JsonBinary")]
        pub what: Change,
    }

    /// None.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod department {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    use crate::ids::DepartmentId;

    /// A department of the platform's directory.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "directory_department")]
    pub(crate) struct Model {
        /// How the platform knows it.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: DepartmentId,
        /// Its name.
        pub name: String,
        /// Its parent; the root has none.
        pub parent_id: Option<DepartmentId>,
        /// Is it there?
        pub active: bool,
        /// When it changed last.
        pub changed_at: DateTime<Utc>,
    }

    /// None.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod member {
    use sea_orm::entity::prelude::*;

    use crate::ids::{AccountId, DepartmentId};

    /// A login in a department.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "directory_member")]
    pub(crate) struct Model {
        /// The login.
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: AccountId,
        /// The department.
        #[sea_orm(primary_key, auto_increment = false)]
        pub department_id: DepartmentId,
    }

    /// None.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod watch {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    /// The one row of the watch for leavers.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "directory_watch")]
    pub(crate) struct Model {
        /// Always 1.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        /// When somebody counted last.
        pub looked_at: DateTime<Utc>,
        /// When somebody compared ids last.
        pub swept_at: Option<DateTime<Utc>>,
        /// By how many the platform's count was larger than ours then.
        pub difference: Option<i64>,
    }

    /// None.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
