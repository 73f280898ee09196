//! Reminders: judged once more, sent together, and never twice. A reminder whose outcome is unknown is not sent again, because two are
//! worse than one too few; its row says so, and somebody can look.

use chrono::{DateTime, TimeDelta, Utc};
use dingtalk::{Advice, UserId, robot::MOST_RECIPIENTS};
use domain::{
    ids::NoticeId,
    notice::{self, Verdict, letters::Letter, settle},
};
use mailbox::outbox;

use super::Dispatcher;
use crate::{address, compose::compose, message::Message};

/// People whom the platform holds back are tried again after this long.
const HELD_BACK: TimeDelta = TimeDelta::minutes(10);

/// Letters with the same content may share a call.
pub(super) fn content(letter: &Letter) -> String {
    match letter {
        Letter::MeetingEve { meeting, .. } => format!("eve/{meeting}"),
        Letter::BranchDigest { branch, on, .. } => format!("digest/{branch}/{on}"),
    }
}

/// A reminder that is to be sent now.
struct Ready {
    letter: outbox::Letter,
    notice: NoticeId,
    user: UserId,
}

impl Dispatcher {
    pub(super) async fn remind(
        &self,
        group: Vec<(outbox::Letter, Letter)>,
        now: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let Some(first) = group.first().map(|(_, notice)| notice.clone()) else { return Ok(()) };
        let mut ready = Vec::with_capacity(group.len());
        for (letter, says) in group {
            ready.extend(self.judge(letter, says.notice(), now).await?);
        }
        if ready.is_empty() {
            return Ok(());
        }
        mailbox::point("remind.judged").await?;
        let Some(message) = self.reminder_words(&first, now).await? else {
            for one in ready {
                settle::suppress(&self.db, one.notice, notice::Reason::Cancelled, now).await?;
                outbox::done(&self.db, &one.letter, now).await?;
            }
            return Ok(());
        };
        while !ready.is_empty() {
            let rest = ready.split_off(ready.len().min(MOST_RECIPIENTS));
            self.send_together(ready, &message, now).await?;
            ready = rest;
        }
        Ok(())
    }

    /// Is it still wanted, and by whom? What is not is settled here.
    async fn judge(
        &self,
        letter: outbox::Letter,
        id: NoticeId,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Option<Ready>> {
        let Some(notice) = notice::store::find(&self.db, id).await? else {
            outbox::done(&self.db, &letter, now).await?;
            return Ok(None);
        };
        match notice::still_wanted(&self.db, &notice, now).await? {
            Verdict::Send => {}
            Verdict::Wait(until) => {
                settle::put_back(&self.db, &[id], until, now).await?;
                outbox::give_back(&self.db, &letter, until).await?;
                return Ok(None);
            }
            Verdict::Drop(reason) => {
                settle::suppress(&self.db, id, reason, now).await?;
                outbox::done(&self.db, &letter, now).await?;
                return Ok(None);
            }
            // Taken, and here is its letter again: whoever took it stopped in the middle, and nobody knows whether it went.
            Verdict::Settled(notice::Status::Sending) => {
                settle::unknown(&self.db, &[id], now).await?;
                outbox::dead(&self.db, &letter, "outcome unknown", now).await?;
                return Ok(None);
            }
            Verdict::Settled(_) => {
                outbox::done(&self.db, &letter, now).await?;
                return Ok(None);
            }
        }
        let Some(user) = notice.account_id.as_ref().and_then(address::user) else {
            settle::suppress(&self.db, id, notice::Reason::NoAccount, now).await?;
            outbox::done(&self.db, &letter, now).await?;
            return Ok(None);
        };
        Ok(Some(Ready { letter, notice: id, user }))
    }

    /// One call. Whoever is in it has been marked as taken before, so that a crash in the call cannot send twice.
    async fn send_together(
        &self,
        mut ready: Vec<Ready>,
        message: &Message,
        now: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let ids: Vec<NoticeId> = ready.iter().map(|one| one.notice).collect();
        let taken = settle::take(&self.db, &ids, now).await?;
        for gone in ready.extract_if(.., |one| !taken.contains(&one.notice)) {
            outbox::done(&self.db, &gone.letter, now).await?;
        }
        if ready.is_empty() {
            return Ok(());
        }
        let users: Vec<UserId> = ready.iter().map(|one| one.user.clone()).collect();
        mailbox::point("remind.taken").await?;
        let sent = self.client.robot().send_to_people(&users, &compose(message, &self.settings)).await;
        mailbox::point("remind.called").await?;
        let all: Vec<NoticeId> = ready.iter().map(|one| one.notice).collect();
        match sent {
            Ok(report) => {
                for one in ready {
                    if report.flow_controlled_staff_id_list.contains(&one.user) {
                        settle::flow_controlled(&self.db, &[one.notice], now + HELD_BACK, now).await?;
                        outbox::retry(&self.db, &one.letter, "flow controlled", now + HELD_BACK).await?;
                        continue;
                    }
                    if report.invalid_staff_id_list.contains(&one.user) {
                        settle::invalid(&self.db, &[one.notice], now).await?;
                    } else {
                        settle::accepted(&self.db, &[one.notice], &report.process_query_key, now).await?;
                    }
                    mailbox::point("remind.settled").await?;
                    outbox::done(&self.db, &one.letter, now).await?;
                    mailbox::point("remind.marked").await?;
                }
            }
            Err(error) => match error.advice() {
                Advice::Retry(after) => {
                    let until = now + TimeDelta::from_std(after).unwrap_or(HELD_BACK);
                    settle::put_back(&self.db, &all, until, now).await?;
                    for one in &ready {
                        self.failed(&one.letter, &error, now).await?;
                    }
                }
                Advice::FindOut => {
                    settle::unknown(&self.db, &all, now).await?;
                    for one in &ready {
                        outbox::dead(&self.db, &one.letter, "outcome unknown", now).await?;
                    }
                }
                Advice::GiveUp => {
                    settle::failed(&self.db, &all, now).await?;
                    for one in &ready {
                        self.failed(&one.letter, &error, now).await?;
                    }
                }
            },
        }
        Ok(())
    }
}
