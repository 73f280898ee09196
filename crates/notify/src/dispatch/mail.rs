//! Letters to people: judged once more, sent together where the words are the same, and written down. A reminder whose outcome nobody
//! knows is not sent again, because two are worse than one too few; one's own result is, because missing it is worse.

use chrono::{DateTime, Utc};
use dingtalk::{
    UserId,
    robot::{MOST_RECIPIENTS, RobotMessage, SendReport},
};
use domain::{
    letters::Letter,
    notice::{self, Notice, Reason, Status, Verdict, settle},
};
use mailbox::outbox;
use sea_orm::{DatabaseTransaction, DbErr};

use super::{
    Dispatcher, Flow,
    fate::{Fate, Mail},
};
use crate::{address, compose::compose};

/// One that is to be sent now.
struct Ready {
    mail: Mail,
    user: UserId,
}

impl Dispatcher {
    /// Letters with the same words. Says how many went back untried.
    pub(super) async fn together(
        &self,
        group: Vec<(outbox::Letter, Letter)>,
        now: DateTime<Utc>,
    ) -> anyhow::Result<(Flow, usize)> {
        let Some(first) = group.first().map(|(_, letter)| letter.clone()) else { return Ok((Flow::On, 0)) };
        let (mut rest, mut message) = (group.into_iter(), None);
        loop {
            let ready = self.judge_some(&mut rest, now).await?;
            if ready.is_empty() {
                return Ok((Flow::On, 0));
            }
            mailbox::point("mail.judged").await?;
            if message.is_none() {
                let words = self.letter_words(&first, now).await?;
                message = words.map(|words| compose(&words, &self.settings));
            }
            let Some(message) = &message else {
                let gone = |one: Ready| (one.mail, Fate::Unwanted(Reason::Cancelled));
                self.settle(ready.into_iter().map(gone).collect(), now).await?;
                continue;
            };
            let letters: Vec<&outbox::Letter> = ready.iter().map(|one| &one.mail.letter).collect();
            let mut back = 0;
            let mut flow = self.may_leave(&letters, now).await?;
            if flow == Flow::Stop {
                back = letters.len();
            } else {
                flow = self.send(ready, message, now).await?;
            }
            if flow == Flow::Stop {
                let left: Vec<outbox::Letter> = rest.map(|(letter, _)| letter).collect();
                self.back(&left.iter().collect::<Vec<_>>(), now).await?;
                return Ok((Flow::Stop, back + left.len()));
            }
        }
    }

    /// As many as go in one call. Those behind them are not judged before they may leave: it takes several queries each.
    async fn judge_some(
        &self,
        rest: &mut impl Iterator<Item = (outbox::Letter, Letter)>,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Vec<Ready>> {
        let (mut ready, mut settled) = (Vec::with_capacity(MOST_RECIPIENTS), Vec::new());
        while ready.len() < MOST_RECIPIENTS
            && let Some((letter, says)) = rest.next()
        {
            match self.judge(letter, &says, now).await? {
                Ok(one) => ready.push(one),
                Err(fate) => settled.push(fate),
            }
        }
        self.settle(settled, now).await?;
        Ok(ready)
    }

    /// Is it still wanted, and by whom?
    async fn judge(
        &self,
        letter: outbox::Letter,
        says: &Letter,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Result<Ready, (Mail, Fate)>> {
        let found = match says {
            Letter::Notice(reminder) => notice::store::find(&self.db, reminder.notice()).await?,
            other => match (other.occasion(), letter.addressee.as_deref().and_then(account)) {
                (Some(occasion), Some(account)) => notice::store::about(&self.db, &account, occasion).await?,
                _ => None,
            },
        };
        let login = match (&found, says) {
            (Some(notice), _) => notice.account_id.clone(),
            // A reminder lives by its row.
            (None, Letter::Notice(_)) => None,
            (None, _) => letter.addressee.as_deref().and_then(account),
        };
        let verdict = match &found {
            Some(notice) => notice::still_wanted(&self.db, notice, now).await?,
            None => Verdict::Send,
        };
        let mail = Mail { letter, notice: found };
        Ok(match (verdict, login.as_ref().and_then(address::user)) {
            (Verdict::Send, Some(user)) => Ok(Ready { mail, user }),
            (Verdict::Send, None) => Err((mail, Fate::Unwanted(Reason::NoAccount))),
            (Verdict::Wait(until), _) => Err((mail, Fate::Quiet(until))),
            // Taken, and here is its letter again: whoever took it stopped in the middle, and nobody knows whether it went.
            (Verdict::Drop(_) | Verdict::Settled(_), _) if is_cut_off(&mail) => Err((mail, Fate::Unknown)),
            (Verdict::Drop(reason), _) => Err((mail, Fate::Unwanted(reason))),
            (Verdict::Settled(_), _) => Err((mail, Fate::Settled)),
        })
    }

    /// One call. Whoever is in it has been marked as taken before, so that a crash in the call cannot send a reminder twice.
    async fn send(
        &self,
        ready: Vec<Ready>,
        message: &RobotMessage,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Flow> {
        let (mut taken, mut gone) = (Vec::with_capacity(ready.len()), Vec::new());
        let tx = mailbox::transaction::write(&self.db).await?;
        for one in ready {
            let ours = match &one.mail.notice {
                Some(notice) => take(&tx, notice, now).await?,
                None => true,
            };
            if ours { taken.push(one) } else { gone.push((one.mail, Fate::Settled)) }
        }
        tx.commit().await?;
        self.settle(gone, now).await?;
        if taken.is_empty() {
            return Ok(Flow::On);
        }
        let users: Vec<UserId> = taken.iter().map(|one| one.user.clone()).collect();
        mailbox::point("mail.taken").await?;
        let sent = self.client.robot().send_to_people(&users, message).await;
        mailbox::point("mail.called").await?;
        match sent {
            Ok(report) => {
                self.worked(now).await?;
                let fates = taken.into_iter().map(|one| {
                    let fate = fate(&report, &one.user);
                    (one.mail, fate)
                });
                self.settle(fates.collect(), now).await?;
                Ok(Flow::On)
            }
            Err(error) => {
                let flow = self.did_not_work(&error, now).await?;
                let fates = taken.into_iter().map(|one| {
                    let fate = after(&error, flow, &one.mail.letter);
                    (one.mail, fate)
                });
                self.settle(fates.collect(), now).await?;
                Ok(flow)
            }
        }
    }
}

async fn take(tx: &DatabaseTransaction, notice: &Notice, now: DateTime<Utc>) -> Result<bool, DbErr> {
    if matches!(notice.status, Status::Unknown | Status::Sending) && notice.occasion.goes_again() {
        return settle::take_again(tx, notice.id, now).await;
    }
    Ok(settle::take(tx, &[notice.id], now).await?.contains(&notice.id))
}

fn is_cut_off(mail: &Mail) -> bool {
    mail.notice.as_ref().is_some_and(|notice| notice.status == Status::Sending)
}

fn account(addressee: &str) -> Option<domain::ids::AccountId> {
    domain::ids::AccountId::parse(addressee)
}

/// What the platform's answer means for one reader. Nobody is taken for reached without a key to ask by.
fn fate(report: &SendReport, user: &UserId) -> Fate {
    if report.flow_controlled_staff_id_list.contains(user) {
        Fate::HeldBack
    } else if report.invalid_staff_id_list.contains(user) {
        Fate::Invalid
    } else if report.process_query_key.is_empty() {
        Fate::Unknown
    } else {
        Fate::Accepted(report.process_query_key.clone())
    }
}

/// What a failed call means for a letter in it.
fn after(error: &dingtalk::Error, flow: Flow, letter: &outbox::Letter) -> Fate {
    use dingtalk::{Advice, Cause};
    match (error.advice(), error.cause()) {
        (Advice::FindOut, _) => Fate::Unknown,
        // What may wait for the next month waits, and counts no try.
        (_, Some(Cause::Quota)) if letter.lane > mailbox::Lane::Result => Fate::Untried,
        _ if flow == Flow::Stop => Fate::NotSent(error.code()),
        _ => Fate::Refused(error.code()),
    }
}

#[cfg(test)]
mod tests {
    use dingtalk::{UserId, robot::SendReport};

    use super::{Fate, fate};

    #[test]
    fn nobody_is_taken_for_reached_without_acceptance() {
        let user = |name: &str| name.parse::<UserId>().unwrap();
        let report = SendReport {
            process_query_key: "key".to_owned(),
            invalid_staff_id_list: vec![user("gone")],
            flow_controlled_staff_id_list: vec![user("busy")],
        };
        assert!(matches!(fate(&report, &user("wang")), Fate::Accepted(key) if key == "key"));
        assert!(matches!(fate(&report, &user("gone")), Fate::Invalid));
        assert!(matches!(fate(&report, &user("busy")), Fate::HeldBack));
        assert!(matches!(fate(&SendReport::default(), &user("wang")), Fate::Unknown));
    }
}
