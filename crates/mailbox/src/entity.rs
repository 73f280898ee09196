//! The rows. They are the types that callers get, with payloads kept out of `Debug`.

use sea_orm::{DeriveActiveEnum, EnumIter};

/// Where an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum State {
    /// For its time, or for somebody to take it.
    #[sea_orm(num_value = 0)]
    Waiting,
    /// Somebody has it until `run_at`.
    #[sea_orm(num_value = 1)]
    Leased,
    /// Finished; kept for a while so that its key is still known.
    #[sea_orm(num_value = 2)]
    Done,
    /// Given up; kept until somebody looks.
    #[sea_orm(num_value = 3)]
    Dead,
}

pub(crate) mod inbox {
    use std::fmt;

    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    /// Something that came in.
    #[derive(Clone, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "inbox")]
    pub struct Model {
        /// Ours, in the order of arrival.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// Theirs, or a digest of what came: two items with one key are one item.
        #[sea_orm(unique)]
        pub key: String,
        /// Who comes first when there is a queue.
        pub lane: crate::lane::Lane,
        /// From where it came.
        pub source: String,
        /// Which handler it is for.
        pub kind: String,
        /// What came.
        #[sea_orm(column_type = "JsonBinary")]
        pub payload: Json,
        /// When it was accepted.
        pub received_at: DateTime<Utc>,
        /// Where it stands.
        pub state: super::State,
        /// How often it was claimed.
        pub attempts: i32,
        /// When it may be claimed: the next try, or the end of the lease.
        pub run_at: DateTime<Utc>,
        /// Who has it.
        pub lease_owner: Option<String>,
        /// The code of the last failure.
        pub last_error: Option<String>,
        /// When it was done or given up.
        pub finished_at: Option<DateTime<Utc>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl fmt::Debug for Model {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.debug_struct("Item")
                .field("id", &self.id)
                .field("kind", &self.kind)
                .field("state", &self.state)
                .field("attempts", &self.attempts)
                .field("run_at", &self.run_at)
                .finish_non_exhaustive()
        }
    }
}

pub(crate) mod outbox {
    use std::fmt;

    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    /// Something that goes out.
    #[derive(Clone, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "outbox")]
    pub struct Model {
        /// In the order of writing.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// What the letter tells of, such as `aid.approved/<case>`: two letters with one key are one letter.
        #[sea_orm(unique)]
        pub key: String,
        /// Who comes first when there is a queue.
        pub lane: crate::lane::Lane,
        /// Which sentence it becomes.
        pub kind: String,
        /// For whom, when letters to one person must keep their order.
        pub addressee: Option<String>,
        /// Ids only.
        #[sea_orm(column_type = "JsonBinary")]
        pub payload: Json,
        /// When it was meant to go, which is its place in the order of its addressee.
        pub due_at: DateTime<Utc>,
        /// When it was written.
        pub pushed_at: DateTime<Utc>,
        /// Where it stands.
        pub state: super::State,
        /// How often it was claimed.
        pub attempts: i32,
        /// When it may be claimed: the next try, or the end of the lease.
        pub run_at: DateTime<Utc>,
        /// Who has it.
        pub lease_owner: Option<String>,
        /// The code of the last failure.
        pub last_error: Option<String>,
        /// When it was done or given up.
        pub finished_at: Option<DateTime<Utc>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl fmt::Debug for Model {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.debug_struct("Letter")
                .field("id", &self.id)
                .field("lane", &self.lane)
                .field("kind", &self.kind)
                .field("state", &self.state)
                .field("attempts", &self.attempts)
                .field("run_at", &self.run_at)
                .finish_non_exhaustive()
        }
    }
}
