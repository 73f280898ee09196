//! Who was in a file. The rows of the file are gone with it; what stays is a list of ids, by which a person learns in whose file he stands.

use chrono::{DateTime, Utc};
use ring::digest::{SHA256, digest};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use super::{
    Export,
    part::{Column, Entity, Model},
};
use crate::ids::{ExportId, PersonId};

/// People of one part: a row of eight kilobytes, of which a look at one person reads one for each file.
const PART: usize = 500;
/// Bytes of an id.
const WIDTH: usize = 16;

/// The people of a file, in order, and what stands for them in the audit chain.
pub(super) struct Members {
    ids: Vec<PersonId>,
    /// SHA-256 of the ids in order.
    pub(super) hash: String,
}

impl Members {
    pub(super) fn of(people: &[PersonId]) -> Self {
        let mut ids = people.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let hash = hex::encode(digest(&SHA256, &bytes(&ids)));
        Self { ids, hash }
    }

    /// Writes down who is in the file that is being taken.
    pub(super) async fn keep(
        &self,
        db: &impl ConnectionTrait,
        export: &Export,
        now: DateTime<Utc>,
    ) -> Result<(), DbErr> {
        for (nth, ids) in (1..).zip(self.ids.chunks(PART)) {
            let (Some(first_id), Some(last_id)) = (ids.first(), ids.last()) else { continue };
            let part = Model {
                export_id: export.id,
                take: export.taken,
                nth,
                first_id: *first_id,
                last_id: *last_id,
                members: bytes(ids),
                taken_at: now,
            };
            Entity::insert(part.into_active_model()).exec_without_returning(db).await?;
        }
        Ok(())
    }
}

fn bytes(ids: &[PersonId]) -> Vec<u8> {
    ids.iter().flat_map(|id| id.uuid().into_bytes()).collect()
}

/// The files of a time that a person stood in: which export, and which of its files.
pub(crate) async fn with(
    db: &impl ConnectionTrait,
    person: PersonId,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<(ExportId, i32)>, DbErr> {
    let parts = Entity::find()
        .filter(Column::TakenAt.gte(from))
        .filter(Column::TakenAt.lt(to))
        .filter(Column::FirstId.lte(person))
        .filter(Column::LastId.gte(person))
        .all(db)
        .await?;
    let wanted = person.uuid().into_bytes();
    let is_in = |part: &Model| part.members.chunks_exact(WIDTH).any(|id| id == wanted);
    Ok(parts.iter().filter(|part| is_in(part)).map(|part| (part.export_id, part.take)).collect())
}
