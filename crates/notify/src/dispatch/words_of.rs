//! From ids to words: the rows are read again when a letter is sent, so that it says what is true then.

use chrono::{DateTime, Utc};
use domain::{
    branch::{self, meeting},
    calendar::{self, say},
    ids::MeetingId,
    notice::letters::Letter,
};
use sea_orm::DbErr;

use super::Dispatcher;
use crate::{message::Message, words};

/// The page of a meeting.
pub(super) fn meeting_page(meeting: MeetingId) -> String {
    format!("/branch/meetings/{meeting}")
}

impl Dispatcher {
    /// What a reminder says; `None` when its subject is gone.
    pub(super) async fn reminder_words(
        &self,
        letter: &Letter,
        now: DateTime<Utc>,
    ) -> Result<Option<Message>, DbErr> {
        match letter {
            Letter::MeetingEve { meeting, .. } => {
                let found = meeting::store::find(&self.db, *meeting).await?;
                Ok(found.map(|meeting| {
                    let when = say::moment(meeting.starts_at, now);
                    words::branch::meeting_eve(
                        &meeting.title,
                        &when,
                        &meeting.place,
                        &meeting_page(meeting.id),
                    )
                }))
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
    ) -> Result<Option<String>, DbErr> {
        let found = meeting::store::find(&self.db, meeting).await?;
        Ok(found.map(|meeting| format!("{}，{}", say::moment(meeting.starts_at, now), meeting.title)))
    }
}
