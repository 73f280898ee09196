//! Who has read it? The platform answers for a day, and each question is a call that it counts, one for up to twenty readers. So only
//! what somebody must act on is asked about: after an hour, by when most who look at all have looked, after eight, and once more
//! before the next way is tried. When the month gets short, only the last question is asked: it saves a text message or a telephone call.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use dingtalk::{
    Advice,
    robot::{PeopleRead, ReadStatus, SendStatus},
};
use domain::{
    letters::Lane,
    notice::{Notice, rungs, settle},
    quota::{self, Admission, Via},
};

use super::{Dispatcher, Flow};
use crate::address;

/// So long after the platform took a message it is asked about it.
const ASKS: [TimeDelta; 3] = [TimeDelta::hours(1), TimeDelta::hours(8), TimeDelta::hours(23)];
/// A question that was not answered is asked again. A server that dies over it has lost it for so long.
const AGAIN: TimeDelta = TimeDelta::minutes(10);
/// The most notices of one round.
const ROUND: u64 = 100;

/// When a message of that time is asked about next; `None` after the last question.
pub(super) fn next(accepted: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    ASKS.into_iter().map(|after| accepted + after).find(|at| *at > now)
}

impl Dispatcher {
    /// One round of questions. Says how many notices were asked about.
    pub async fn prove(&self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        let mut sendings: BTreeMap<String, Vec<Notice>> = BTreeMap::new();
        for notice in rungs::to_prove(&self.db, now, ROUND).await? {
            match notice.process_query_key.clone() {
                Some(key) => sendings.entry(key).or_default().push(notice),
                None => rungs::ask_next(&self.db, notice.id, None, now).await?,
            }
        }
        let mut asked = 0;
        for (key, notices) in sendings {
            let all = notices.len();
            if self.ask(&key, notices, now).await? == Flow::Stop {
                break;
            }
            asked += all;
        }
        Ok(asked)
    }

    async fn ask(&self, key: &str, notices: Vec<Notice>, now: DateTime<Utc>) -> anyhow::Result<Flow> {
        let next = |notice: &Notice| next(notice.accepted_at.unwrap_or(notice.updated_at), now);
        let last = notices.iter().any(|notice| next(notice).is_none());
        let lane = if last { Lane::Result } else { Lane::Digest };
        match quota::admit(&self.db, &self.limits, (lane, Via::App), now).await? {
            Admission::Go => {}
            Admission::Wait(_) => return Ok(Flow::Stop),
            Admission::Held(_) => {
                for notice in &notices {
                    rungs::ask_next(&self.db, notice.id, next(notice), now).await?;
                }
                return Ok(Flow::On);
            }
        }
        let mut ours = Vec::with_capacity(notices.len());
        for notice in notices {
            if rungs::take_for_proof(&self.db, &notice, now + AGAIN, now).await? {
                ours.push(notice);
            }
        }
        if ours.is_empty() {
            return Ok(Flow::On);
        }
        match self.client.robot().read_by_people(key).await {
            Ok(answer) => {
                self.worked(now).await?;
                self.note(&ours, &answer, next, now).await?;
                Ok(Flow::On)
            }
            Err(error) => {
                let flow = self.did_not_work(&error, now).await?;
                // The platform does not know the sending, or not any more.
                if error.advice() == Advice::GiveUp && flow == Flow::On {
                    tracing::warn!(code = %error.code(), "the platform does not say who has read it");
                    for notice in &ours {
                        rungs::ask_next(&self.db, notice.id, None, now).await?;
                    }
                }
                Ok(flow)
            }
        }
    }

    async fn note(
        &self,
        notices: &[Notice],
        answer: &PeopleRead,
        next: impl Fn(&Notice) -> Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let read = |notice: &Notice| {
            let user = notice.account_id.as_ref().and_then(address::user);
            answer.message_read_info_list.iter().any(|reader| {
                Some(&reader.user_id) == user.as_ref() && reader.read_status == ReadStatus::Read
            })
        };
        let tx = mailbox::transaction::write(&self.db).await?;
        for notice in notices {
            if read(notice) {
                settle::read(&tx, &[notice.id], now).await?;
                metrics::counter!("letters_read").increment(1);
            } else if answer.send_status == SendStatus::Recalled {
                settle::filtered(&tx, &[notice.id], now).await?;
            } else {
                rungs::ask_next(&tx, notice.id, next(notice), now).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use domain::notice::{Channel, ladder::patience};

    use super::{AGAIN, ASKS, next};

    #[test]
    fn the_last_question_can_be_repeated_before_the_next_way_is_tried() {
        let accepted = DateTime::UNIX_EPOCH;
        let mut at = accepted;
        let mut asked = Vec::new();
        while let Some(then) = next(accepted, at) {
            (asked, at) = ([asked, vec![then - accepted]].concat(), then);
        }
        assert_eq!(asked, ASKS);
        assert!(at + AGAIN * 3 < accepted + patience(Channel::Robot).unwrap());
        assert!(at < accepted + TimeDelta::hours(24), "the platform forgets it then");
    }
}
