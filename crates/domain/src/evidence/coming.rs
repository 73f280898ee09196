//! Row: `evidence_coming`, an object that is being written and has no row yet. It is there before the object is, and goes in the
//! transaction that writes the paper's row: whoever finds an object that neither names, has found one that belongs to nobody.

use chrono::{DateTime, TimeDelta, Utc};
use mailbox::turn::Writer;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    entity::prelude::*,
};

/// Whoever has been writing for longer than this has died over it.
const DEAD: TimeDelta = TimeDelta::days(1);

/// An object on its way.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence_coming")]
pub struct Model {
    /// Its name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub object: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// They are going to be written.
pub(super) async fn announce(db: &impl Writer, objects: &[String], now: DateTime<Utc>) -> Result<(), DbErr> {
    let rows = objects.iter().map(|object| Model { object: object.clone(), since: now });
    let rows = rows.map(|row| row.into_active_model().reset_all());
    let _turn = db.turn().await;
    Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// They are written, and a row of this transaction names them. `false`: somebody has taken them for lost meanwhile.
pub(super) async fn arrived(tx: &DatabaseTransaction, objects: &[String]) -> Result<bool, DbErr> {
    let done = Entity::delete_many().filter(Column::Object.is_in(objects.iter().cloned())).exec(tx).await?;
    Ok(usize::try_from(done.rows_affected).is_ok_and(|went| went == objects.len()))
}

/// Those of which nobody will hear again are forgotten; how many.
pub(super) async fn forget(db: &impl Writer, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let _turn = db.turn().await;
    Ok(Entity::delete_many().filter(Column::Since.lt(now - DEAD)).exec(db).await?.rows_affected)
}

/// Which of these are on their way?
pub(super) async fn among(db: &impl ConnectionTrait, objects: &[String]) -> Result<Vec<String>, DbErr> {
    let rows = Entity::find().filter(Column::Object.is_in(objects.iter().cloned())).all(db).await?;
    Ok(rows.into_iter().map(|row| row.object).collect())
}
