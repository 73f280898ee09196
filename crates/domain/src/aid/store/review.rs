//! Queries on whoever is to be reviewed.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::{
    aid::entity,
    ids::{CaseId, PersonId},
};

/// Every case of these people, wherever it is and however it ended.
pub(in crate::aid) async fn cases_of(
    db: &impl ConnectionTrait,
    people: &[PersonId],
) -> Result<Vec<(PersonId, CaseId)>, DbErr> {
    let mut found = Vec::new();
    for some in people.chunks(500) {
        let rows: Vec<(PersonId, CaseId)> = entity::Entity::find()
            .filter(entity::Column::PersonId.is_in(some.iter().copied()))
            .select_only()
            .columns([entity::Column::PersonId, entity::Column::Id])
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}
