//! The rows.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::Seq;

/// One thing that was done.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
#[sea_orm(table_name = "audit_row")]
pub struct Model {
    /// Its number: one more than the one before.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: Seq,
    /// When.
    pub at: DateTime<Utc>,
    /// Who: an account, or the name of a job.
    pub actor: String,
    /// As what.
    pub role: String,
    /// What was done.
    pub action: String,
    /// To what: `case/<id>`.
    pub subject: String,
    /// How it ended.
    pub result: String,
    /// Ids, as JSON text.
    pub detail: String,
    /// Its place in the chain.
    #[serde(with = "hex::serde")]
    pub hash: Vec<u8>,
}

/// One thing that was done.
pub type Row = Model;

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The detail as JSON; null if somebody made it something else, which `verify` will find.
    pub fn detail(&self) -> serde_json::Value {
        serde_json::from_str(&self.detail).unwrap_or_default()
    }
}

pub(crate) mod head {
    use sea_orm::entity::prelude::*;

    use crate::Seq;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_head")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i16,
        pub seq: Seq,
        pub hash: Vec<u8>,
        pub seal: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
