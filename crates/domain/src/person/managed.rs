//! Who manages somebody, in the rows that repeat it: lists of names and of members ask for the people of a place without looking at the people.

use sea_orm::{ConnectionTrait, DbErr};

use super::{name, store};
use crate::{
    ids::{PersonId, UnitId},
    segment,
};

/// After `person.unit_id` has changed, never before: whoever writes new rows locks the person and reads the unit there.
pub(crate) async fn by(db: &impl ConnectionTrait, person: PersonId, unit: UnitId) -> Result<(), DbErr> {
    name::moved(db, person, unit).await?;
    segment::store::member::managed_by(db, person, unit).await
}

/// After rows of another record have become this one's.
pub(super) async fn again(db: &impl ConnectionTrait, person: PersonId) -> Result<(), DbErr> {
    match store::find(db, person).await? {
        Some(row) => by(db, row.id, row.unit_id).await,
        None => Ok(()),
    }
}
