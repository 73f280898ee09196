//! Row: `death_stop`: what a death ended, as it was before, written in the transaction of the death.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, IntoActiveModel, QueryOrder, entity::prelude::*};

use crate::{
    branch::Ended,
    ids::{DeathStopId, DeathUndoId, PersonId},
};

/// Where the row is that a death ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub(crate) enum Place {
    /// The record itself, so that it is known that somebody wrote down what was ended.
    Record,
    /// `branch_membership`.
    Membership,
    /// `branch_post`.
    Post,
    /// `account_link`.
    Link,
    /// `mandate_ask`.
    Ask,
    /// `person_kin`, where the dead was somebody's relative.
    Kin,
    /// `outreach_stay`.
    Stay,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "death_stop")]
pub(crate) struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeathStopId,
    /// Who died.
    pub person_id: PersonId,
    /// Where.
    pub place: Place,
    /// Which row there.
    pub row_key: String,
    /// When it would have ended.
    pub to_on: Option<NaiveDate>,
    /// Why it would have.
    pub ended_why: Option<Ended>,
    /// Until when it would have been good.
    pub valid_to: Option<DateTime<Utc>>,
    /// When it was ended.
    pub stopped_at: DateTime<Utc>,
    /// With which request that was taken back.
    pub undo_id: Option<DeathUndoId>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a feature ended.
#[derive(Clone, Debug)]
pub(crate) struct Stopped {
    place: Place,
    key: String,
    to_on: Option<NaiveDate>,
    why: Option<Ended>,
    valid_to: Option<DateTime<Utc>>,
}

impl Stopped {
    /// A row that had no end.
    pub(crate) fn new(place: Place, key: &impl ToString) -> Self {
        Self { place, key: key.to_string(), to_on: None, why: None, valid_to: None }
    }

    /// The day on which it would have ended, and why.
    pub(crate) fn until(self, to_on: Option<NaiveDate>, why: Option<Ended>) -> Self {
        Self { to_on, why, ..self }
    }

    /// The moment until which it would have been good.
    pub(crate) fn good_until(self, valid_to: Option<DateTime<Utc>>) -> Self {
        Self { valid_to, ..self }
    }
}

/// Writes down what a death has ended.
pub(crate) async fn write(
    tx: &impl ConnectionTrait,
    person: PersonId,
    stopped: Vec<Stopped>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let record = Stopped::new(Place::Record, &person);
    let rows = stopped.into_iter().chain([record]).map(|one| {
        let row = Model {
            id: DeathStopId::new(now),
            person_id: person,
            place: one.place,
            row_key: one.key,
            to_on: one.to_on,
            ended_why: one.why,
            valid_to: one.valid_to,
            stopped_at: now,
            undo_id: None,
        };
        row.into_active_model().reset_all()
    });
    Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// What the death that holds has ended.
pub(super) async fn of_person(tx: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::UndoId.is_null())
        .order_by_asc(Column::Id)
        .all(tx)
        .await
}

/// All of it is taken back.
pub(super) async fn undone(
    tx: &impl ConnectionTrait,
    person: PersonId,
    undo: DeathUndoId,
) -> Result<(), DbErr> {
    Entity::update_many()
        .set(ActiveModel { undo_id: Set(Some(undo)), ..Default::default() })
        .filter(Column::PersonId.eq(person))
        .filter(Column::UndoId.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
