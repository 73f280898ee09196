//! Whom a plan reaches at a time, and why not the others. The same function previews and runs.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Choice, Occasion, PlanKind, Reason, ReminderPlan, choice, readers};
use crate::{
    branch::{self, Attendance},
    calendar::{self, Calendar},
    ids::{AccountId, BranchId, MeetingId, PersonId},
};

/// One person whom a plan is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    /// What of.
    pub occasion: Occasion,
    /// Who.
    pub person: PersonId,
    /// His login, if there is one.
    pub account: Option<AccountId>,
    /// Told, or why not.
    pub verdict: Chosen,
}

/// Told, or why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// A message goes.
    Send,
    /// None goes.
    Suppress(Reason),
}

/// Whom the plan would reach if it fired at `at`. Writes nothing.
pub async fn preview(
    db: &impl ConnectionTrait,
    plan: &ReminderPlan,
    at: DateTime<Utc>,
) -> Result<Vec<Audience>, DbErr> {
    let today = calendar::local_date(at);
    match plan.kind {
        PlanKind::MeetingEve => members_of_tomorrow(db, plan, today).await,
        PlanKind::SecretaryDigest => secretaries(db, plan, (today, at)).await,
    }
}

async fn members_of_tomorrow(
    db: &impl ConnectionTrait,
    plan: &ReminderPlan,
    today: NaiveDate,
) -> Result<Vec<Audience>, DbErr> {
    let tomorrow = today + Days::new(1);
    let (from, to) = (midnight(tomorrow), midnight(tomorrow + Days::new(1)));
    let meetings = branch::meeting::store::planned_in_region(db, &plan.region_code, from, to).await?;
    let branches: Vec<BranchId> = meetings.iter().map(|meeting| meeting.branch_id).collect();
    let mut members: HashMap<BranchId, Vec<PersonId>> = HashMap::new();
    for member in branch::store::members(db, &branches, tomorrow).await? {
        members.entry(member.branch_id).or_default().push(member.person_id);
    }
    let ids: Vec<MeetingId> = meetings.iter().map(|meeting| meeting.id).collect();
    let rows = branch::attendance::store::of_meetings(db, &ids).await?;
    let known: HashMap<(MeetingId, PersonId), &Attendance> =
        rows.iter().map(|row| ((row.meeting_id, row.person_id), row)).collect();

    let mut chosen: Vec<(Occasion, PersonId, Chosen)> = Vec::new();
    for meeting in &meetings {
        for person in members.get(&meeting.branch_id).into_iter().flatten() {
            let row = known.get(&(meeting.id, *person)).copied();
            chosen.push((Occasion::MeetingEve(meeting.id), *person, by_attendance(row)));
        }
    }
    addressed(db, chosen).await
}

/// Who has said that he comes or does not come needs no reminder.
pub(super) fn by_attendance(row: Option<&Attendance>) -> Chosen {
    match row {
        None => Chosen::Send,
        Some(row) if row.state.took_part() => Chosen::Suppress(Reason::SignedIn),
        Some(_) => Chosen::Suppress(Reason::Excused),
    }
}

async fn secretaries(
    db: &impl ConnectionTrait,
    plan: &ReminderPlan,
    (today, at): (NaiveDate, DateTime<Utc>),
) -> Result<Vec<Audience>, DbErr> {
    if !Calendar::load(db).await?.is_working(today) {
        return Ok(Vec::new());
    }
    let branches = branch::store::of_region(db, &plan.region_code, today).await?;
    let ids: Vec<BranchId> = branches.iter().map(|branch| branch.id).collect();
    let posts = branch::store::secretaries(db, &ids, today).await?;
    let mut chosen = Vec::with_capacity(posts.len());
    for post in posts {
        let digest = branch::digest(db, post.branch_id, at).await?;
        let says = digest.is_some_and(|digest| digest.says_something());
        let verdict = if says { Chosen::Send } else { Chosen::Suppress(Reason::NothingToSay) };
        chosen.push((Occasion::BranchDigest(post.branch_id, today), post.person_id, verdict));
    }
    addressed(db, chosen).await
}

/// Finds the logins. The dead come before every other reason.
async fn addressed(
    db: &impl ConnectionTrait,
    chosen: Vec<(Occasion, PersonId, Chosen)>,
) -> Result<Vec<Audience>, DbErr> {
    let mut persons: Vec<PersonId> = chosen.iter().map(|(_, person, _)| *person).collect();
    persons.sort_unstable();
    persons.dedup();
    let (dead, logins) = readers::reachable(db, &persons).await?;
    let accounts: Vec<AccountId> = logins.values().map(|(account, _)| account.clone()).collect();
    let choices = readers::choices_of(db, &accounts).await?;
    let stopped = |account: &AccountId, occasion: Occasion| {
        let said = choices.get(account).zip(occasion.topic());
        said.and_then(|(said, topic)| choice::about(said, topic)) == Some(Choice::Stopped)
    };
    let address = |(occasion, person, verdict)| {
        let login = logins.get(&person);
        let verdict = match (verdict, login) {
            _ if dead.contains(&person) => Chosen::Suppress(Reason::Dead),
            (Chosen::Send, None) => Chosen::Suppress(Reason::NoAccount),
            (Chosen::Send, Some((_, false))) => Chosen::Suppress(Reason::LeftTenant),
            (Chosen::Send, Some((account, true))) if stopped(account, occasion) => {
                Chosen::Suppress(Reason::Stopped)
            }
            (verdict, _) => verdict,
        };
        Audience { occasion, person, account: login.map(|(account, _)| account.clone()), verdict }
    };
    Ok(chosen.into_iter().map(address).collect())
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    calendar::utc(day, NaiveTime::MIN)
}
