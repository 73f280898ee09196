//! 集体研究: a worker writes down what a meeting said. Who is on the applicant's side or close to the person steps aside; whoever stepped
//! aside has no part in the case from then on.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr};

use super::{
    open::{Actor, Open},
    ruling::rule,
};
use crate::{
    By, Context,
    aid::{
        AidError, Case, Happened, Refusal, Status, Step,
        council::{Council, CouncilVote, Vote, tally},
        entity,
        procedure::Limit,
        ruling::{Ground, Kind},
        separation::Part,
        setting::{
            self,
            council::{Above, council_above},
        },
        store,
        supplement::words,
    },
    authority::{Approver, Worker},
    calendar::local_date,
    ids::{AccountId, CaseId, CouncilId, CouncilVoteId},
};

/// What a meeting said.
#[derive(Clone, Debug)]
pub struct NewCouncil {
    /// Given by the form, so that a form that is sent twice is one record.
    pub id: CouncilId,
    /// On which day: not before the visit, not after today.
    pub held_on: NaiveDate,
    /// Who was there, and how each voted.
    pub votes: Vec<(AccountId, Vote)>,
    /// Why, in words for the applicant, when it was not supported.
    pub why: String,
}

/// Writes a meeting down. Supported: it may go to the approver. Otherwise: 不通过, with the words.
pub async fn record(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (case, new): (CaseId, NewCouncil),
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut open = Open::reached(&tx, worker, case).await?;
    if store::council::of_case(&tx, case).await?.iter().any(|known| known.id == new.id) {
        return Ok(open.case);
    }
    if open.case.status != Status::Visited {
        return Err(Refusal::NotNow { status: open.case.status, step: Step::Discuss }.into());
    }
    open.living(&tx).await?;
    open.apart(&tx, worker, Part::Clerk, now).await?;
    let visited = store::case::visits(&tx, case).await?.last().map(|visit| visit.visited_on);
    if new.held_on > local_date(now) || visited.is_some_and(|visited| new.held_on < visited) {
        return Err(Refusal::CouncilDate.into());
    }
    let quorum = store::procedure::limits(&tx, &open.case.region).await?.value(Limit::Quorum, new.held_on);
    let quorum = quorum.ok_or(Refusal::NoProcedure(Limit::Quorum))?;
    members(&tx, &open, &new.votes, now).await?;
    let counted =
        tally(new.votes.iter().map(|(_, vote)| *vote), usize::try_from(quorum).unwrap_or(usize::MAX))?;
    let supported = counted.supports();
    let why = if supported { "" } else { words(&new.why)? };

    let of = |recused| {
        let all = new.votes.iter().filter(move |(_, vote)| (*vote == Vote::Recused) == recused);
        all.map(|(member, _)| member.clone()).collect()
    };
    let what = Happened::Discussed { council: new.id, supported, members: of(false), recused: of(true) };
    let step = if supported { Step::Discuss } else { Step::Fail };
    if !supported {
        rule(&tx, cx, &open, (Kind::Council, Ground::Council, why), None, now).await?;
    }
    open.step(&tx, Actor::of(worker), (step, what), entity::ActiveModel::default(), now).await?;
    let row = Council {
        id: new.id,
        case_id: case,
        held_on: new.held_on,
        quorum: i32::try_from(quorum).unwrap_or(i32::MAX),
        supported,
        recorded_by: worker.account().clone(),
        recorded_at: now,
    };
    store::council::insert(&tx, row).await?;
    for (account_id, vote) in new.votes {
        let row = CouncilVote { id: CouncilVoteId::new(now), council_id: new.id, account_id, vote };
        store::council::insert_vote(&tx, row).await?;
    }
    if !supported {
        open.tell(&tx, open.refused(), now).await?;
    }
    open.record(&tx, cx, By::from(worker), "aid.discussed", now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// Everybody once, everybody of the place; who votes may have a part in it.
async fn members(
    tx: &DatabaseTransaction,
    open: &Open,
    votes: &[(AccountId, Vote)],
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let everybody: BTreeSet<&AccountId> = votes.iter().map(|(member, _)| member).collect();
    if everybody.len() != votes.len() {
        return Err(Refusal::NotAMember.into());
    }
    for (member, vote) in votes {
        let place = open.case.place();
        let judged = if let Some(worker) = Worker::prove(tx, member, place.clone(), now).await? {
            open.apart(tx, &worker, Part::Member, now).await
        } else if let Some(approver) = Approver::prove(tx, member, place, now).await? {
            open.apart(tx, &approver, Part::Member, now).await
        } else {
            return Err(Refusal::NotAMember.into());
        };
        match judged {
            Err(AidError::Refused(Refusal::Separation(rule))) if *vote != Vote::Recused => {
                return Err(Refusal::MustRecuse(rule).into());
            }
            Ok(()) | Err(AidError::Refused(Refusal::Separation(_))) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Above which sum a meeting is asked about a case today, and who says so.
pub async fn above(
    db: &impl ConnectionTrait,
    case: &Case,
    now: DateTime<Utc>,
) -> Result<Option<Above>, DbErr> {
    let of_all = store::procedure::all(db).await?;
    let of_category = store::setting::of_category(db, setting::Kind::CouncilAbove, case.category).await?;
    Ok(council_above((&of_all, &of_category), case.category, &case.region, local_date(now)))
}

/// Where a row demands it of sums above so much: has a meeting supported what was found last?
pub(super) async fn discussed(
    tx: &DatabaseTransaction,
    open: &Open,
    amount: Fen,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let Some(set) = above(tx, &open.case, now).await? else { return Ok(()) };
    let above = set.above;
    let last = open.log.iter().rev().find_map(|entry| match entry.what {
        Happened::Discussed { supported, .. } => Some(supported),
        Happened::Visited { .. } => Some(false),
        _ => None,
    });
    if amount <= above || last == Some(true) { Ok(()) } else { Err(Refusal::CouncilFirst { above }.into()) }
}
