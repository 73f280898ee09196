//! The notices that come with the program (docs/data.md says from where).

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, DatabaseConnection, DbErr, EntityTrait, IntoActiveModel, sea_query::OnConflict,
};

use super::entity;

const CSV: &str = include_str!("../../data/calendar.csv");

pub(crate) fn rows() -> impl Iterator<Item = entity::Model> {
    CSV.lines().skip(1).filter_map(|line| {
        let mut fields = line.split(',');
        Some(entity::Model {
            date: NaiveDate::parse_from_str(fields.next()?, "%Y-%m-%d").ok()?,
            off: fields.next()? == "1",
            name: fields.next()?.to_owned(),
            notice: fields.next()?.to_owned(),
        })
    })
}

/// Adds the days that the table lacks. Days that are there stay: somebody may have recorded a later notice. Safe to repeat.
pub async fn load(db: &DatabaseConnection) -> Result<(), DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    entity::Entity::insert_many(rows().map(|row| row.into_active_model().reset_all()))
        .on_conflict(OnConflict::column(entity::Column::Date).do_nothing().to_owned())
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await
}
