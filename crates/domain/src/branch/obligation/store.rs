//! Every query on obligation rules.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, sea_query::OnConflict,
};

use super::{ObligationRule, entity};

/// The rules in force on a day.
pub async fn in_force(db: &impl ConnectionTrait, on: NaiveDate) -> Result<Vec<ObligationRule>, DbErr> {
    let open =
        Condition::any().add(entity::Column::EffectiveTo.is_null()).add(entity::Column::EffectiveTo.gt(on));
    entity::Entity::find()
        .filter(entity::Column::EffectiveFrom.lte(on))
        .filter(open)
        .order_by_asc(entity::Column::Obligation)
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// Writes rules, leaving alone those that are there by set, obligation, cycle and first day.
pub(crate) async fn insert_new(db: &impl ConnectionTrait, rules: Vec<ObligationRule>) -> Result<(), DbErr> {
    let rows = rules.into_iter().map(|rule| rule.into_active_model().reset_all());
    let known = OnConflict::columns([
        entity::Column::RuleSet,
        entity::Column::Obligation,
        entity::Column::Cycle,
        entity::Column::EffectiveFrom,
    ])
    .do_nothing()
    .to_owned();
    entity::Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}
