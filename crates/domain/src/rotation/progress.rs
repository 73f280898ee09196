//! Row: `key_rotation`, how far the way to a pair of keys is.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QuerySelect, entity::prelude::*,
};

use crate::privacy::Sealer;

/// The way to the keys that seal and index now.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "key_rotation")]
pub struct Model {
    /// `<sealing key>/<index key>`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub target: String,
    /// Since when.
    pub started_at: DateTime<Utc>,
    /// Which table it is at, in the order of the list.
    pub place: i32,
    /// The last row that is done there.
    pub after: Option<Uuid>,
    /// Values sealed anew.
    pub done: i64,
    /// Values that were to be, when it began.
    pub total: i64,
    /// Nothing uses another key any more.
    pub finished_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The keys that seal and index now, as a rotation is called.
pub(super) fn target(seal: &Sealer) -> String {
    format!("{}/{}", seal.newest(), seal.newest_index())
}

/// The way to the keys that seal now, if it has begun.
pub async fn find(db: &impl ConnectionTrait, seal: &Sealer) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(target(seal)).one(db).await
}

/// Do values of older keys stand beside those of the newest? Who compares indexes with each other waits for its end.
pub async fn is_under_way(db: &impl ConnectionTrait, seal: &Sealer) -> Result<bool, DbErr> {
    Ok(find(db, seal).await?.is_none_or(|row| row.finished_at.is_none()))
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

pub(super) async fn write(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    Entity::update(row.into_active_model().reset_all()).exec(db).await?;
    Ok(())
}

/// The same, locked: one server does a batch, the others wait for it.
pub(super) async fn locked(db: &impl ConnectionTrait, seal: &Sealer) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(target(seal)).lock_exclusive().one(db).await
}
