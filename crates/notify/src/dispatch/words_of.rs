//! From ids to words: the rows are read again when a letter is sent, so that it says what is true then.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use domain::{
    account, aid, authority,
    branch::{self, meeting},
    calendar::{self, say},
    grievance,
    ids::{CaseId, MeetingId},
    letters,
    notice::letters::Letter,
    outreach, second_factor, trail,
};
use sea_orm::DbErr;

use super::Dispatcher;
use crate::{message::Message, secrecy, words};

/// The page of a request.
fn case_page(case: CaseId) -> String {
    format!("/aid/cases/{case}")
}

/// The page of a meeting.
pub(super) fn meeting_page(meeting: MeetingId) -> String {
    format!("/branch/meetings/{meeting}")
}

impl Dispatcher {
    /// What a letter says, without a name that no message says; `None` when its subject is gone.
    pub(super) async fn letter_words(
        &self,
        letter: &letters::Letter,
        now: DateTime<Utc>,
    ) -> Result<Option<Message>, DbErr> {
        match self.bare_words(letter, now).await? {
            Some(message) => secrecy::guarded(&self.db, message).await.map(Some),
            None => Ok(None),
        }
    }

    async fn bare_words(
        &self,
        letter: &letters::Letter,
        now: DateTime<Utc>,
    ) -> Result<Option<Message>, DbErr> {
        match letter {
            letters::Letter::Notice(reminder) => self.reminder_words(reminder, now).await,
            letters::Letter::Account(account::letters::Letter::Welcome { .. }) => {
                Ok(Some(words::bot::welcome("/home")))
            }
            letters::Letter::Account(account::letters::Letter::Mandate { news, .. }) => {
                Ok(Some(words::mandate::told(*news)))
            }
            letters::Letter::Authority(authority::letters::Letter::TermEnds { grant, .. }) => {
                let found = authority::store::find(&self.db, *grant).await?;
                let ends = found.as_ref().and_then(|grant| grant.valid_to).filter(|end| *end > now);
                Ok(found.zip(ends).map(|(grant, end)| {
                    let last = calendar::local_date(end - TimeDelta::seconds(1));
                    words::authority::term_ends(
                        grant.role.label(),
                        &say::full_date(last),
                        "/console/substitutes",
                    )
                }))
            }
            letters::Letter::Aid(aid::letters::Letter::Told { case, news, .. }) => {
                let found = aid::store::case::find(&self.db, *case).await?;
                Ok(found.map(|found| words::aid::told(*news, &found.number, &case_page(*case))))
            }
            letters::Letter::Grievance(grievance::letters::Letter::Due { account, .. }) => {
                let open = grievance::store::assigned_to(&self.db, account).await?;
                let today = calendar::local_date(now);
                let late = open.iter().filter(|row| row.due_on.is_some_and(|due| due < today)).count();
                Ok((!open.is_empty()).then(|| words::grievance::due(open.len(), late, "/console/grievances")))
            }
            letters::Letter::Grievance(grievance::letters::Letter::News { step, .. }) => {
                let found = grievance::store::step(&self.db, *step).await?;
                Ok(found.map(|step| {
                    let page = format!("/grievances/{}", step.grievance_id);
                    words::grievance::news(step.what == grievance::What::Extended, &page)
                }))
            }
            letters::Letter::Outreach(outreach::letters::Letter::Today { account, .. }) => {
                let open = outreach::store::entry::of_worker(&self.db, account).await?;
                let today = calendar::local_date(now);
                let late = open.iter().filter(|entry| entry.due_on < today).count();
                Ok((!open.is_empty())
                    .then(|| words::outreach::today(open.len(), late, "/console/outreach/mine")))
            }
            letters::Letter::Trail(trail::letters::Letter::Anchor { on, anchor, desk, .. }) => {
                let page = if *desk { "/console/trail" } else { "/home" };
                Ok(Some(words::trail::anchor(&say::full_date(*on), anchor, page)))
            }
            letters::Letter::Trail(trail::letters::Letter::Unmasked { limit, .. }) => {
                Ok(Some(words::trail::unmasked(*limit, "/console/grants")))
            }
            letters::Letter::SecondFactor(second_factor::letters::Letter::Told { news, .. }) => {
                Ok(Some(words::second_factor::told(*news, "/console/second-factor")))
            }
            // These ask the platform for something.
            letters::Letter::Aid(_) => Ok(None),
        }
    }

    /// What a reminder says; `None` when its subject is gone.
    async fn reminder_words(&self, letter: &Letter, now: DateTime<Utc>) -> Result<Option<Message>, DbErr> {
        match letter {
            Letter::MeetingEve { meeting, .. } => {
                let Some(found) = meeting::store::find(&self.db, *meeting).await? else { return Ok(None) };
                let others = self.others_that_day(&found, now).await?;
                let when = say::moment(found.starts_at, now);
                let says =
                    words::branch::Eve { title: &found.title, when: &when, place: &found.place, others };
                Ok(Some(words::branch::meeting_eve(&says, &meeting_page(found.id))))
            }
            Letter::BranchDigest { branch, .. } => {
                let Some(digest) = branch::digest(&self.db, *branch, now).await? else { return Ok(None) };
                let missing = digest
                    .missing
                    .iter()
                    .map(|missing| format!("{}{}次", missing.obligation.label(), missing.short()))
                    .collect();
                let waiting = digest.today.iter().find(|expected| expected.tally.missing > 0);
                let unsigned = waiting.map(|expected| {
                    let when = say::time(calendar::local_time(expected.meeting.starts_at));
                    let roster = format!("{}/roster", meeting_page(expected.meeting.id));
                    (format!("今天{when}"), expected.tally.missing, roster)
                });
                let today = say::date(digest.on, digest.on);
                let says = words::branch::Digest { missing, unsigned, today };
                Ok(Some(words::branch::digest(&says, &format!("/branch/{branch}/duties"))))
            }
            // These are sent another way.
            Letter::Sms { .. } | Letter::Ding { .. } => Ok(None),
        }
    }

    /// The title of a meeting, for the bot; `None` when it is gone.
    pub(super) async fn meeting_title(&self, meeting: MeetingId) -> Result<Option<String>, DbErr> {
        Ok(meeting::store::find(&self.db, meeting).await?.map(|meeting| meeting.title))
    }

    /// When and what, for "the next one is …".
    pub(super) async fn meeting_said(
        &self,
        meeting: MeetingId,
        now: DateTime<Utc>,
    ) -> Result<Option<(String, String)>, DbErr> {
        let found = meeting::store::find(&self.db, meeting).await?;
        Ok(found.map(|meeting| (say::moment(meeting.starts_at, now), meeting.title)))
    }

    /// How many other meetings of the branch are still to come on the day: they get no reminder of their own.
    async fn others_that_day(&self, meeting: &branch::Meeting, now: DateTime<Utc>) -> Result<usize, DbErr> {
        let day = meeting.day();
        let midnight = |day| calendar::utc(day, NaiveTime::MIN);
        let (from, to) = (midnight(day).max(now), midnight(day + Days::new(1)));
        let all = meeting::store::of_branches(&self.db, &[meeting.branch_id], from, to).await?;
        let planned = |other: &&branch::Meeting| {
            other.status == branch::MeetingStatus::Planned && other.id != meeting.id
        };
        Ok(all.iter().filter(planned).count())
    }
}
