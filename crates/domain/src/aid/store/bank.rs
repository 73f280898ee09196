//! Queries on the layouts of banks' files and on the banks' answers.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};

use crate::{
    aid::payment::{
        answer::{AnswerLine, BankAnswer, line, row},
        layout::{self, BankLayout, Layout},
    },
    ids::{BankAnswerId, BankLayoutId, BatchId},
};

/// Every layout, the latest first.
pub async fn layouts(db: &impl ConnectionTrait) -> Result<Vec<BankLayout>, DbErr> {
    layout::row::Entity::find()
        .order_by_asc(layout::row::Column::Code)
        .order_by_desc(layout::row::Column::ValidFrom)
        .all(db)
        .await
}

/// The layout of each bank that counts on a day.
pub async fn layouts_on(db: &impl ConnectionTrait, day: NaiveDate) -> Result<Vec<BankLayout>, DbErr> {
    let mut begun = layouts(db).await?;
    begun.retain(|layout| layout.valid_from <= day);
    begun.dedup_by(|later, earlier| later.code == earlier.code);
    Ok(begun)
}

/// What a layout says; without one, the plain one.
pub async fn layout(db: &impl ConnectionTrait, id: Option<BankLayoutId>) -> Result<Option<Layout>, DbErr> {
    let Some(id) = id else { return Ok(Some(layout::plain())) };
    Ok(layout::row::Entity::find_by_id(id).one(db).await?.map(|row| row.layout))
}

/// One layout's row.
pub async fn find_layout(db: &impl ConnectionTrait, id: BankLayoutId) -> Result<Option<BankLayout>, DbErr> {
    layout::row::Entity::find_by_id(id).one(db).await
}

pub(in crate::aid) async fn insert_layout(
    db: &impl ConnectionTrait,
    row: BankLayout,
) -> Result<BankLayout, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// One answer.
pub async fn answer(db: &impl ConnectionTrait, id: BankAnswerId) -> Result<Option<BankAnswer>, DbErr> {
    row::Entity::find_by_id(id).one(db).await
}

/// The answers to a batch, oldest first.
pub async fn answers(db: &impl ConnectionTrait, batch: BatchId) -> Result<Vec<BankAnswer>, DbErr> {
    let of = row::Column::BatchId.eq(batch);
    row::Entity::find().filter(of).order_by_asc(row::Column::Id).all(db).await
}

/// The lines of an answer, in the order of the file.
pub async fn answer_lines(db: &impl ConnectionTrait, id: BankAnswerId) -> Result<Vec<AnswerLine>, DbErr> {
    let of = line::Column::AnswerId.eq(id);
    line::Entity::find().filter(of).order_by_asc(line::Column::Line).all(db).await
}

pub(in crate::aid) async fn insert_answer(
    db: &impl ConnectionTrait,
    answer: BankAnswer,
    lines: Vec<AnswerLine>,
) -> Result<BankAnswer, DbErr> {
    let answer = answer.into_active_model().reset_all().insert(db).await?;
    for some in lines.chunks(500) {
        let rows = some.iter().cloned().map(|line| line.into_active_model().reset_all());
        line::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(answer)
}

/// Writes the whole row. The batch is locked by whoever calls.
pub(in crate::aid) async fn save_answer(db: &impl ConnectionTrait, answer: BankAnswer) -> Result<(), DbErr> {
    answer.into_active_model().reset_all().update(db).await?;
    Ok(())
}

/// Writes the whole row. The batch is locked by whoever calls.
pub(in crate::aid) async fn save_answer_line(
    db: &impl ConnectionTrait,
    line: AnswerLine,
) -> Result<(), DbErr> {
    line.into_active_model().reset_all().update(db).await?;
    Ok(())
}
