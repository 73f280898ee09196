//! Row: `retention_tombstone`, 销毁登记: what stays of what has gone. Ids and a keyed hash, nobody's name.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, entity::prelude::*, sea_query::OnConflict,
};
use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, RetentionListId, RetentionRuleId, TombstoneId, UnitId};

/// Something has gone.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "retention_tombstone")]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TombstoneId,
    /// Of which class.
    pub class: String,
    /// Which row.
    pub subject: Uuid,
    /// `erase`: the row; `strip`: what it said.
    pub fate: String,
    /// The keyed hash of what it said.
    pub content: String,
    /// From which day was counted.
    pub counted_from: NaiveDate,
    /// By which rule.
    pub rule_id: RetentionRuleId,
    /// By which list.
    pub list_id: RetentionListId,
    /// Under which unit it was counted.
    pub unit_id: Option<UnitId>,
    /// Who proposed it.
    pub proposed_by: AccountId,
    /// Who agreed.
    pub approved_by: AccountId,
    /// When it went.
    pub erased_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The latest first.
pub(super) async fn latest(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_desc(Column::Id).limit(limit).all(db).await
}

/// How many.
pub(super) async fn count(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    Entity::find().count(db).await
}

/// In the order of their ids, after one.
pub(super) async fn after(
    db: &impl ConnectionTrait,
    after: Option<TombstoneId>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    let mut all = Entity::find().order_by_asc(Column::Id).limit(limit);
    if let Some(after) = after {
        all = all.filter(Column::Id.gt(after));
    }
    all.all(db).await
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// Puts one there that came from outside. `false`: it is there.
pub(super) async fn put_back(db: &impl ConnectionTrait, row: Model) -> Result<bool, DbErr> {
    let insert = Entity::insert(row.into_active_model().reset_all());
    let there = OnConflict::new().do_nothing().to_owned();
    Ok(insert.on_conflict(there).exec_without_returning(db).await? == 1)
}
