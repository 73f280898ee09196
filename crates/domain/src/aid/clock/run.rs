//! Clocks from the log. Pure: the log, the calendar, the limits and today are arguments.

use chrono::NaiveDate;

use super::Kept;
use crate::{
    aid::{CaseEvent, Happened, Status, Step, procedure::Limit},
    calendar::{Calendar, local_date},
};

/// One stretch in which somebody had so many working days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// For what.
    pub limit: Limit,
    /// With which entry of the log it began.
    pub since: i32,
    /// The day of that; the first day that counts is the working day after it.
    pub began_on: NaiveDate,
    /// The day on which it ended. `None`: it runs or stands still.
    pub ended_on: Option<NaiveDate>,
    /// Working days that it ran, up to its end or today.
    pub used: u32,
    /// Working days that it stood still.
    pub paused: u32,
    /// Does it stand still today?
    pub stands: bool,
    /// How many days there are, if a row said so on its first day.
    pub days: Option<u32>,
    /// The last of them; while it stands still, `None`, because nobody knows how long that will be.
    pub due_on: Option<NaiveDate>,
}

impl Clock {
    /// Is it, or was it, later than it should have been?
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.due_on.is_some_and(|due| self.ended_on.unwrap_or(today) > due)
    }
}

/// Where a case stands after each entry of its log: the same as the row says, told from the log alone.
pub fn replay(log: &[CaseEvent]) -> Vec<(i32, NaiveDate, Status)> {
    let (mut status, mut objections) = (Status::Submitted, 0_u32);
    let mut all = Vec::with_capacity(log.len());
    for event in log {
        match event.what {
            Happened::Objected { .. } => objections += 1,
            Happened::ObjectionDismissed { .. } => objections = objections.saturating_sub(1),
            Happened::ObjectionUpheld { .. } => objections = 0,
            _ => {}
        }
        // The notice hangs on when the last objection is judged.
        let step = step(&event.what).filter(|step| *step != Step::Dismiss || objections == 0);
        status = step.and_then(|step| status.after(step).ok()).unwrap_or(status);
        // What was entered from a paper began when the paper came.
        let on = match event.what {
            Happened::Entered { received_on, .. } => received_on,
            _ => local_date(event.at),
        };
        all.push((event.seq, on, status));
    }
    all
}

/// The step that an entry of the log was; `None` for what moved nothing.
const fn step(what: &Happened) -> Option<Step> {
    Some(match what {
        Happened::SupplementAsked { .. } => Step::AskSupplement,
        Happened::Supplied { .. } => Step::Supply,
        Happened::Declined { .. } => Step::Decline,
        Happened::Accepted => Step::Accept,
        Happened::Visited { .. } => Step::RecordVisit,
        Happened::SentBack { .. } => Step::SendBack,
        Happened::Failed { .. } | Happened::Discussed { supported: false, .. } => Step::Fail,
        Happened::Discussed { supported: true, .. } => Step::Discuss,
        Happened::ApprovalAsked { .. } => Step::AskApproval,
        Happened::Approved { .. } => Step::Approve,
        Happened::Refused { .. } => Step::Refuse,
        Happened::ApprovalWithdrawn { .. } | Happened::DecisionVoid { .. } => Step::EndRound,
        Happened::Withdrawn => Step::Withdraw,
        Happened::GivenUp { rest: false, .. } => Step::GiveUp,
        Happened::GivenUp { rest: true, .. } => Step::GiveUpRest,
        Happened::NoticePublished { .. } => Step::Publish,
        Happened::Objected { .. } => Step::Object,
        Happened::ObjectionDismissed { .. } => Step::Dismiss,
        Happened::ObjectionUpheld { .. } => Step::Uphold,
        Happened::Appealed { .. } => Step::Appeal,
        Happened::AppealDismissed { .. } => Step::RejectAppeal,
        Happened::AppealUpheld { declined: true, .. } => Step::Reopen,
        Happened::AppealUpheld { declined: false, .. } => Step::Rehear,
        Happened::NoticeClosed { .. } => Step::CloseNotice,
        Happened::PutInBatch { .. } => Step::PutInBatch,
        Happened::TakenOutOfBatch { .. } => Step::TakeOutOfBatch,
        Happened::Paid { .. } => Step::Pay,
        Happened::Returned { .. } => Step::Return,
        Happened::AccountChecked => Step::CheckAccount,
        Happened::EmergencyGranted { .. } => Step::Grant,
        Happened::EmergencyTakenBack { .. } => Step::TakeBack,
        Happened::PapersCame { .. } => Step::BringPapers,
        Happened::Confirmed { .. } => Step::Confirm,
        Happened::ReceiptSaid { received: true, .. } => Step::ConfirmReceipt,
        Happened::ReceiptSaid { received: false, .. } => Step::DenyReceipt,
        Happened::FollowedUp { .. } => Step::FollowUp,
        Happened::Reviewed { .. } => Step::Review,
        Happened::Closed { .. } => Step::Close,
        Happened::ClaimProposed { .. } => Step::ClaimBack,
        Happened::Terminated { .. } => Step::Terminate,
        Happened::Submitted
        | Happened::Entered { .. }
        | Happened::EvidenceAdded { .. }
        | Happened::EvidenceRedacted { .. }
        | Happened::EvidenceMarked { .. }
        | Happened::EmergencyAsked { .. }
        | Happened::ClaimDecided { .. }
        | Happened::ClaimReceived { .. }
        | Happened::ReceiptShown { .. }
        | Happened::WriteOffProposed { .. }
        | Happened::WriteOffDecided { .. }
        | Happened::EmergencyBacked { .. }
        | Happened::EmergencyRefused { .. }
        | Happened::ApprovalCreated { .. }
        | Happened::ApprovalPassed { .. }
        | Happened::PlatformAct { .. }
        | Happened::BudgetShort { .. }
        | Happened::DecisionTooLate { .. }
        | Happened::BatchConfirmed { .. }
        | Happened::BatchSent { .. }
        | Happened::Assessed { .. }
        | Happened::PayeeProposed { .. }
        | Happened::PayeeDecided { .. }
        | Happened::PayeeVouched { .. }
        | Happened::PayeeEnded { .. }
        | Happened::CarriedOver { .. } => return None,
    })
}

/// A clock that is not read yet: its stretches of standing still, the last perhaps without an end.
struct Ticking {
    limit: Limit,
    since: i32,
    began_on: NaiveDate,
    ended_on: Option<NaiveDate>,
    pauses: Vec<(NaiveDate, Option<NaiveDate>)>,
}

/// Every clock of a case, in the order of their beginnings. While something is missing the clock of acceptance stands still, and the
/// applicant's own runs. `days`: how many working days a step has when it begins on a day.
pub fn clocks(
    log: &[CaseEvent],
    calendar: &Calendar,
    days: impl Fn(Limit, NaiveDate) -> Option<u32>,
    today: NaiveDate,
) -> Vec<Clock> {
    let mut all: Vec<Ticking> = Vec::new();
    let mut before = None;
    for (seq, on, status) in replay(log) {
        if before.replace(status) == Some(status) {
            continue;
        }
        let wanted = Limit::of(status);
        // What waits for the applicant goes on where it was, if it is the same step.
        for clock in all.iter_mut().filter(|clock| clock.ended_on.is_none()) {
            let standing = clock.pauses.last_mut().filter(|(_, end)| end.is_none());
            match standing {
                Some((_, end)) if wanted == Some(clock.limit) => *end = Some(on),
                Some(_) if status == Status::Supplementing => {}
                // The same step goes on: the papers are waited for from the word on, wherever the money is.
                None if wanted == Some(clock.limit) => {}
                None if status == Status::Supplementing && clock.limit == Limit::Accept => {
                    clock.pauses.push((on, None));
                }
                standing => {
                    if let Some((_, end)) = standing {
                        *end = Some(on);
                    }
                    clock.ended_on = Some(on);
                }
            }
        }
        let runs = |clock: &Ticking| clock.ended_on.is_none() && Some(clock.limit) == wanted;
        if let Some(limit) = wanted.filter(|_| !all.iter().any(runs)) {
            all.push(Ticking { limit, since: seq, began_on: on, ended_on: None, pauses: Vec::new() });
        }
    }
    all.iter().map(|clock| read(clock, calendar, &days, today)).collect()
}

fn read(
    clock: &Ticking,
    calendar: &Calendar,
    days: &impl Fn(Limit, NaiveDate) -> Option<u32>,
    today: NaiveDate,
) -> Clock {
    let count = |from, to| u32::try_from(calendar.working_days_between(from, to)).unwrap_or(u32::MAX);
    let until = clock.ended_on.unwrap_or(today).max(clock.began_on);
    let stands = clock.ended_on.is_none() && clock.pauses.last().is_some_and(|(_, end)| end.is_none());
    let days = days(clock.limit, clock.began_on);
    let mut due_on = days.map(|days| calendar.add_working_days(clock.began_on, days));
    let mut paused = 0;
    for (from, to) in &clock.pauses {
        let still = count(*from, to.unwrap_or(until));
        paused += still;
        // What was due before it stood still was late then, and stays so.
        due_on = due_on.map(|due| if due >= *from { calendar.add_working_days(due, still) } else { due });
    }
    let overdue = due_on.is_some_and(|due| clock.pauses.last().is_some_and(|(from, _)| due < *from));
    Clock {
        limit: clock.limit,
        since: clock.since,
        began_on: clock.began_on,
        ended_on: clock.ended_on,
        used: count(clock.began_on, until).saturating_sub(paused),
        paused,
        stands,
        days,
        due_on: due_on.filter(|_| !stands || overdue),
    }
}

/// With what was written down when a clock stopped, whatever the calendar says since.
pub fn as_kept(clocks: Vec<Clock>, kept: &[Kept]) -> Vec<Clock> {
    let number = |days: i32| u32::try_from(days).unwrap_or_default();
    let one = |clock: Clock| match kept.iter().find(|kept| kept.since == clock.since) {
        Some(kept) => Clock {
            ended_on: Some(kept.ended_on),
            used: number(kept.used),
            paused: number(kept.paused),
            days: kept.days.map(number),
            due_on: kept.due_on,
            stands: false,
            ..clock
        },
        None => clock,
    };
    clocks.into_iter().map(one).collect()
}
