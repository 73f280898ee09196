//! Rows: `platform_usage`, `platform_state`.

pub(super) mod usage {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    /// What a tenant has used in a month.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "platform_usage")]
    pub(crate) struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: String,
        /// `2026-11`, of the local calendar.
        #[sea_orm(primary_key, auto_increment = false)]
        pub month: String,
        /// Counted calls.
        pub calls: i64,
        /// Counted pushes.
        pub deliveries: i64,
        /// When it changed last.
        pub updated_at: DateTime<Utc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod state {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    /// What the platform said last.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "platform_state")]
    pub(crate) struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: String,
        /// How often in a row it could not be reached.
        pub failures: i32,
        /// Nothing is tried before then.
        pub paused_until: Option<DateTime<Utc>>,
        /// When it last refused a call because the month's quota is used up.
        pub calls_refused_at: Option<DateTime<Utc>>,
        /// When it last pushed nothing but the code for that.
        pub deliveries_refused_at: Option<DateTime<Utc>>,
        /// When it changed last.
        pub updated_at: DateTime<Utc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod token {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    /// A token of a rate.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "send_token")]
    pub(crate) struct Model {
        /// Of which rate.
        #[sea_orm(primary_key, auto_increment = false)]
        pub bucket: String,
        /// Which of its tokens.
        #[sea_orm(primary_key, auto_increment = false)]
        pub slot: i32,
        /// When it may be taken.
        pub free_at: DateTime<Utc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
