//! Counts for the console.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Query,
};

use super::case::reached;
use crate::{
    aid::{
        Case, ProposalState, RoundState, Status, approval,
        clawback::{self, ClawbackState, write_off},
        emergency::{self, EmergencyState},
        entity,
        payment::{BatchState, batch},
        sample::{LineColumn, LineEntity},
        work::Work,
    },
    authority::Scope,
    ids::AccountId,
};

/// How much of one kind waits in some places, and since when the first. A batch never waits for who made it.
pub(in crate::aid) async fn waiting(
    db: &impl ConnectionTrait,
    work: Work,
    scopes: &[Scope],
    account: &AccountId,
) -> Result<(u64, Option<DateTime<Utc>>), DbErr> {
    let state = match work {
        Work::Confirm => BatchState::Open,
        Work::Send => BatchState::Confirmed,
        Work::Settle => BatchState::Sent,
        Work::Accept
        | Work::Supplement
        | Work::Visit
        | Work::SubmitForApproval
        | Work::Budget
        | Work::Objection
        | Work::Appeal
        | Work::CheckAccount
        | Work::Word
        | Work::Papers
        | Work::Missing
        | Work::FollowUp
        | Work::AskBack
        | Work::JudgeClaim
        | Work::Collect
        | Work::Publish
        | Work::Pay => return cases_waiting(db, work, scopes).await,
    };
    let mut find = batch::Entity::find().filter(batches_in(scopes)).filter(batch::Column::State.eq(state));
    if work != Work::Send {
        find = find.filter(batch::Column::MadeBy.ne(account.clone()));
    }
    let count = find.clone().count(db).await?;
    let first = find.order_by_asc(batch::Column::UpdatedAt).limit(1).one(db).await?;
    Ok((count, first.map(|batch| batch.updated_at)))
}

async fn cases_waiting(
    db: &impl ConnectionTrait,
    work: Work,
    scopes: &[Scope],
) -> Result<(u64, Option<DateTime<Utc>>), DbErr> {
    let find = entity::Entity::find().filter(reached(scopes)).filter(of(work));
    let count = find.clone().count(db).await?;
    let first = find.order_by_asc(entity::Column::StatusAt).limit(1).one(db).await?;
    Ok((count, first.map(|case| case.status_at)))
}

/// The cases that wait for a kind of work, longest waiting first.
pub async fn cases(
    db: &impl ConnectionTrait,
    work: Work,
    scopes: &[Scope],
    limit: u64,
) -> Result<Vec<Case>, DbErr> {
    entity::Entity::find()
        .filter(reached(scopes))
        .filter(of(work))
        .order_by_asc(entity::Column::StatusAt)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

fn of(work: Work) -> Condition {
    let Some(status) = work.status() else {
        return Condition::any().add(sea_orm::sea_query::Expr::value(false));
    };
    let is = Condition::all().add(entity::Column::Status.eq(status));
    let ready = || entity::Column::Status.is_in([Status::ReadyToPay, Status::Urgent]);
    match work {
        // A round that is agreed while its case still waits, and for no other round: the budget had not enough.
        Work::Budget => {
            let rounds = |states: &[RoundState]| {
                Query::select()
                    .column(approval::Column::CaseId)
                    .from(approval::Entity)
                    .and_where(approval::Column::State.is_in(states.iter().copied()))
                    .take()
            };
            let open = rounds(&[RoundState::Wanted, RoundState::Sending, RoundState::Created]);
            is.add(entity::Column::Id.in_subquery(rounds(&[RoundState::Agreed])))
                .add(entity::Column::Id.not_in_subquery(open))
        }
        Work::Appeal => Condition::any().add(is).add(entity::Column::Status.eq(Status::Contested)),
        Work::CheckAccount => Condition::any()
            .add(is)
            .add(entity::Column::Status.eq(Status::UrgentReturned))
            .add(Condition::all().add(ready()).add(entity::Column::AccountChecked.eq(false))),
        Work::Pay => Condition::all().add(ready()).add(entity::Column::AccountChecked.eq(true)),
        Work::FollowUp => {
            let open = Query::select()
                .column(LineColumn::CaseId)
                .from(LineEntity)
                .and_where(LineColumn::Chosen.is_not_null())
                .and_where(LineColumn::Differs.is_null())
                .take();
            Condition::all()
                .add(entity::Column::Status.is_in(Status::AFTER))
                .add(entity::Column::Id.in_subquery(open))
        }
        Work::AskBack => {
            let claimed = Query::select().column(clawback::Column::CaseId).from(clawback::Entity).take();
            Condition::all()
                .add(entity::Column::Status.is_in([Status::Refused, Status::Final]))
                .add(entity::Column::Paid.gt(0))
                .add(entity::Column::Id.not_in_subquery(claimed))
        }
        // Of what the bank has sent back nothing is collected: the approver gives the claim up.
        Work::JudgeClaim => Condition::any()
            .add(claimed(ClawbackState::Proposed))
            .add(given_up())
            .add(Condition::all().add(came_back()).add(claimed(ClawbackState::Agreed))),
        Work::Collect => Condition::all().add(came_back().not()).add(claimed(ClawbackState::Agreed)),
        Work::Word => {
            let asked = Query::select()
                .column(emergency::Column::CaseId)
                .from(emergency::Entity)
                .and_where(emergency::Column::State.eq(EmergencyState::Asked))
                .take();
            Condition::all()
                .add(entity::Column::Status.is_in([Status::Submitted, Status::Accepted]))
                .add(entity::Column::Id.in_subquery(asked))
        }
        Work::Accept
        | Work::Supplement
        | Work::Visit
        | Work::SubmitForApproval
        | Work::Objection
        | Work::Papers
        | Work::Missing
        | Work::Publish
        | Work::Confirm
        | Work::Send
        | Work::Settle => is,
    }
}

fn claimed(state: ClawbackState) -> Condition {
    let claims = Query::select()
        .column(clawback::Column::CaseId)
        .from(clawback::Entity)
        .and_where(clawback::Column::State.eq(state))
        .take();
    Condition::all().add(entity::Column::Id.in_subquery(claims))
}

/// Somebody has proposed to write it off.
fn given_up() -> Condition {
    let proposed = Query::select()
        .column(write_off::Column::CaseId)
        .from(write_off::Entity)
        .and_where(write_off::Column::State.eq(ProposalState::Proposed))
        .take();
    Condition::all().add(entity::Column::Id.in_subquery(proposed))
}

fn came_back() -> Condition {
    Condition::all().add(entity::Column::Status.is_in([Status::Returned, Status::UrgentReturned]))
}

fn batches_in(scopes: &[Scope]) -> Condition {
    let nothing = Condition::any().add(sea_orm::sea_query::Expr::value(false));
    scopes.iter().fold(nothing, |any, scope| match scope {
        Scope::Region(code) => {
            let from = code.as_str();
            let range = Condition::all()
                .add(batch::Column::Region.gte(from))
                .add(batch::Column::Region.lt(format!("{from}{}", char::MAX)));
            any.add(range)
        }
        _ => any,
    })
}
