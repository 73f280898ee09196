//! Queries on meetings.

use std::collections::BTreeSet;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};

use crate::{
    aid::council::{Council, CouncilVote, Vote, row, vote},
    ids::{AccountId, CaseId, CouncilId},
};

/// What meetings said of a case, oldest first.
pub async fn of_case(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Council>, DbErr> {
    let of = row::Column::CaseId.eq(case);
    row::Entity::find().filter(of).order_by_asc(row::Column::RecordedAt).all(db).await
}

/// Who voted how, by login.
pub async fn votes(db: &impl ConnectionTrait, council: CouncilId) -> Result<Vec<CouncilVote>, DbErr> {
    let of = vote::Column::CouncilId.eq(council);
    vote::Entity::find().filter(of).order_by_asc(vote::Column::AccountId).all(db).await
}

/// The cases in whose meetings one of these logins stepped aside.
pub(in crate::aid) async fn stepped_aside(
    db: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<BTreeSet<CaseId>, DbErr> {
    let votes = vote::Entity::find()
        .select_only()
        .column(vote::Column::CouncilId)
        .filter(vote::Column::AccountId.is_in(accounts.iter().cloned()))
        .filter(vote::Column::Vote.eq(Vote::Recused))
        .into_query();
    let held = row::Entity::find().filter(row::Column::Id.in_subquery(votes)).all(db).await?;
    Ok(held.into_iter().map(|held| held.case_id).collect())
}

pub(in crate::aid) async fn insert(db: &impl ConnectionTrait, row: Council) -> Result<Council, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

pub(in crate::aid) async fn insert_vote(db: &impl ConnectionTrait, row: CouncilVote) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(db).await?;
    Ok(())
}
