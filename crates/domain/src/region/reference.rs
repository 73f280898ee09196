//! The rows that come with the program (docs/data.md says from where).

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, DatabaseConnection, DbErr, EntityTrait, IntoActiveModel,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use super::entity;

const CSV: &str = include_str!("../../data/regions.csv");
const CHUNK: usize = 500;

/// The rows of the file. A line that cannot be read is left out; a test counts them all.
pub fn rows() -> impl Iterator<Item = entity::Model> {
    CSV.lines().skip(1).filter_map(|line| {
        let mut fields = line.split(',');
        let (code, name, parent) = (fields.next()?, fields.next()?, fields.next()?);
        let (level, from, to) = (fields.next()?, fields.next()?, fields.next()?);
        Some(entity::Model {
            code: code.parse().ok()?,
            valid_from: day(from)?,
            name: name.to_owned(),
            parent: parent.parse().ok(),
            level: level.parse().ok()?,
            valid_to: day(to),
            successors: fields.next()?.to_owned(),
            changed_here: false,
        })
    })
}

fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

/// Brings the table up to the file: new rows are added, names and ends of known rows follow the file, unless somebody changed them here.
/// Safe to repeat.
pub async fn load(db: &DatabaseConnection) -> Result<(), DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    let rows: Vec<_> = rows().collect();
    for chunk in rows.chunks(CHUNK) {
        let active = chunk.iter().map(|row| row.clone().into_active_model().reset_all());
        entity::Entity::insert_many(active)
            .on_conflict(
                OnConflict::columns([entity::Column::Code, entity::Column::ValidFrom])
                    .update_columns([
                        entity::Column::Name,
                        entity::Column::Parent,
                        entity::Column::Level,
                        entity::Column::ValidTo,
                        entity::Column::Successors,
                    ])
                    .action_and_where(Expr::col((entity::Entity, entity::Column::ChangedHere)).eq(false))
                    .to_owned(),
            )
            .exec_without_returning(&tx)
            .await?;
    }
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::{CSV, rows};

    #[test]
    fn every_line_of_the_file_is_read() {
        assert_eq!(rows().count(), CSV.lines().count() - 1);
    }
}
