//! Every query on when it was asked.

use chrono::{DateTime, SubsecRound, Utc};
use mailbox::turn::Writer;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::OnConflict,
};

use super::{
    entity::{ActiveModel, Column, Entity, Model},
    turn::{self, Turn},
};

/// The only row.
const ID: i32 = 1;

/// Whoever asked for it asks the platform now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    asked_at: DateTime<Utc>,
    back: bool,
}

/// May whoever looks ask the platform now? One of however many; the others are told no. Looking also says that a server is there. `begins`:
/// for the first time.
pub async fn claim(db: &impl Writer, begins: bool, now: DateTime<Utc>) -> Result<Option<Question>, DbErr> {
    let now = now.trunc_subsecs(6);
    let Some(row) = Entity::find_by_id(ID).one(db).await? else {
        let once = OnConflict::column(Column::Id).do_nothing().to_owned();
        let insert = Entity::insert(turn::first(ID, now).into_active_model().reset_all()).on_conflict(once);
        let _turn = db.turn().await;
        insert.exec_without_returning(db).await?;
        return Ok(None);
    };
    Ok(match turn::turn(&row, begins, now) {
        Turn::Rest => None,
        Turn::Beat(next) => {
            change(db, &row, next).await?;
            None
        }
        Turn::Ask { row: next, back } => {
            change(db, &row, next).await?.then_some(Question { asked_at: now, back })
        }
    })
}

/// The platform has answered, whatever it said: the next question waits until then, unless what was tried last was not listed yet.
pub async fn answered(db: &impl Writer, question: Question, next: DateTime<Utc>) -> Result<(), DbErr> {
    if question.back {
        return Ok(());
    }
    let _turn = db.turn().await;
    Entity::update_many()
        .set(ActiveModel { due_at: Set(next.trunc_subsecs(6)), ..Default::default() })
        .filter(Column::Id.eq(ID))
        .filter(Column::AskedAt.eq(question.asked_at))
        .exec(db)
        .await?;
    Ok(())
}

/// `false`: somebody else was faster.
async fn change(db: &impl Writer, was: &Model, row: Model) -> Result<bool, DbErr> {
    let _turn = db.turn().await;
    let changed = Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(Column::Id.eq(ID))
        .filter(Column::SeenAt.eq(was.seen_at))
        .filter(Column::DueAt.eq(was.due_at))
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}
