//! Everything that goes on again, and the list of what does not. Nobody is told by a robot: that somebody was thought dead is said by a human.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, DbErr};

use super::{
    DeathUndo, Left, LeftToDo, UndoError, UndoRefusal,
    stopped::{self, Model as Stop, Place},
    store,
};
use crate::{
    Context,
    account::{mandate::asks, reviving},
    aid,
    authority::Worker,
    branch,
    calendar::local_date,
    ids::{
        AccountLinkId, DeathUndoLeftId, MandateAskId, MembershipId, OutreachStayId, PersonId, PersonKinId,
        PostId,
    },
    outreach,
    person::{Happened, Person, after_death, entity, fact, kin, merge, store as people},
};

pub(super) async fn to_life(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    (person, undo): (&Person, &DeathUndo),
    now: DateTime<Utc>,
) -> Result<(), UndoError> {
    for merge in merge::store::into_person(tx, person.id).await? {
        let merged = people::find(tx, merge.merged_id).await?;
        if merged.is_some_and(|merged| !merged.is_alive()) {
            return Err(UndoRefusal::Merged.into());
        }
    }
    let change = entity::ActiveModel { died_on: Set(None), ..Default::default() };
    if !people::update(tx, person, change, now).await? {
        return Err(UndoRefusal::Stale.into());
    }
    let by = worker.account();
    let since = fact::begin_again(tx, person.id, Some(by), now).await?.unwrap_or(DateTime::<Utc>::MIN_UTC);
    kin::store::nobody_left_behind(tx, person.id).await?;
    after_death::store::undo(tx, person.id, now).await?;

    let mut left = vec![(Left::Tell, None)];
    let stops = stopped::of_person(tx, person.id).await?;
    if stops.is_empty() {
        left.push((Left::Unknown, None));
    }
    for stop in &stops {
        left.extend(again(tx, person.id, stop, now).await?);
    }
    let (cases, claims) = aid::commands::death::left_by(tx, person.id, since).await?;
    left.extend(cases.into_iter().map(|case| (Left::Case, Some(case.to_string()))));
    left.extend(claims.into_iter().map(|claim| (Left::Claim, Some(claim.to_string()))));
    let plans = outreach::commands::death::on_undo(tx, cx, worker, person.id, now).await?;
    left.extend(plans.into_iter().map(|plan| (Left::Visit, Some(plan.to_string()))));

    let rows: Vec<LeftToDo> = left.into_iter().map(|(what, about)| row(undo, (what, about), now)).collect();
    store::insert_left(tx, &rows).await?;
    stopped::undone(tx, person.id, undo.id).await?;
    let what = Happened::DeathUndone { on: undo.died_on };
    people::write_event(tx, person.id, Some(by), what, now).await?;
    Ok(())
}

fn row(undo: &DeathUndo, (what, about): (Left, Option<String>), now: DateTime<Utc>) -> LeftToDo {
    LeftToDo {
        id: DeathUndoLeftId::new(now),
        undo_id: undo.id,
        what,
        about,
        opened_at: now,
        done_at: None,
        done_by: None,
        note: None,
    }
}

/// One row goes on as it was. What is left to do about it, if it does not, or not by itself.
async fn again(
    tx: &DatabaseTransaction,
    person: PersonId,
    stop: &Stop,
    now: DateTime<Utc>,
) -> Result<Option<(Left, Option<String>)>, DbErr> {
    let was = (stop.to_on, stop.ended_why);
    let today = local_date(now);
    Ok(match stop.place {
        Place::Record => None,
        Place::Membership => match stop.row_key.parse::<MembershipId>() {
            Ok(id) if branch::death::member_again(tx, id, was, today).await? => None,
            _ => Some((Left::Membership, None)),
        },
        Place::Post => match stop.row_key.parse::<PostId>() {
            Ok(id) if branch::death::officer_again(tx, id, was, today).await? => None,
            _ => Some((Left::Post, None)),
        },
        Place::Link => match stop.row_key.parse::<AccountLinkId>() {
            Ok(id) => match reviving::link(tx, id, (stop.stopped_at, stop.valid_to), now).await? {
                reviving::Link::Own(account) => Some((Left::SignIn, Some(account.to_string()))),
                reviving::Link::Mandate => None,
                reviving::Link::Gone => Some((Left::Login, None)),
            },
            Err(_) => Some((Left::Login, None)),
        },
        Place::Ask => {
            if let Ok(id) = stop.row_key.parse::<MandateAskId>() {
                asks::open_again(tx, id, now).await?;
            }
            None
        }
        Place::Kin => {
            if let Ok(id) = stop.row_key.parse::<PersonKinId>() {
                kin::store::go_on(tx, (id, person)).await?;
            }
            None
        }
        Place::Stay => match stop.row_key.parse::<OutreachStayId>() {
            Ok(id) if outreach::commands::death::stays(tx, id).await? => None,
            _ => Some((Left::Stay, None)),
        },
    })
}
