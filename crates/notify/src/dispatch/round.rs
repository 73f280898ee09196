//! A round: letters with the same words go together, in the order of claiming; when nothing more may leave, or the server stops, the rest
//! goes back.

use std::panic::AssertUnwindSafe;

use chrono::{DateTime, Utc};
use domain::{account, aid, letters::Letter, notice};
use futures_util::FutureExt;
use mailbox::{Error, outbox};

use super::{Dispatcher, Flow};
use crate::bot;

/// A letter that is read.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// Says something to somebody, or asks the platform for something.
    Letter(Letter),
    /// The bot's answer.
    Reply(bot::Reply),
}

/// What is sent in one step.
enum Job {
    /// Letters with the same words.
    Together(String, Vec<(outbox::Letter, Letter)>),
    /// Anything else.
    Alone(Box<(outbox::Letter, What)>),
}

impl Job {
    fn letters(&self) -> Vec<outbox::Letter> {
        match self {
            Self::Together(_, letters) => letters.iter().map(|(letter, _)| letter.clone()).collect(),
            Self::Alone(one) => vec![one.0.clone()],
        }
    }
}

/// Letters whose words are the same may share a call. `None`: it goes alone.
fn words_key(letter: &Letter) -> Option<String> {
    match letter {
        Letter::Notice(notice::letters::Letter::MeetingEve { meeting, .. }) => Some(format!("eve/{meeting}")),
        Letter::Notice(notice::letters::Letter::BranchDigest { branch, on, .. }) => {
            Some(format!("digest/{branch}/{on}"))
        }
        Letter::Aid(aid::letters::Letter::Told { case, news, .. }) => Some(format!("told/{case}/{news:?}")),
        Letter::Account(account::letters::Letter::Welcome { .. }) => Some("welcome".to_owned()),
        Letter::Account(account::letters::Letter::Mandate { news, .. }) => Some(news.code().to_owned()),
        // Each term, and each way, is somebody's own.
        Letter::Authority(_)
        | Letter::Aid(_)
        | Letter::Grievance(_)
        | Letter::Outreach(_)
        | Letter::Notice(_)
        | Letter::SecondFactor(_)
        | Letter::Trail(_) => None,
    }
}

fn read(letter: &outbox::Letter) -> Result<What, serde_json::Error> {
    if letter.kind == bot::KIND {
        serde_json::from_value(letter.payload.clone()).map(What::Reply)
    } else {
        serde_json::from_value(letter.payload.clone()).map(What::Letter)
    }
}

impl Dispatcher {
    pub(super) async fn send_all(
        &self,
        claimed: Vec<outbox::Letter>,
        now: DateTime<Utc>,
    ) -> anyhow::Result<usize> {
        let taken = claimed.len();
        let mut jobs: Vec<Job> = Vec::new();
        for letter in claimed {
            match read(&letter) {
                Ok(What::Letter(what)) => match words_key(&what) {
                    Some(key) => join(&mut jobs, key, (letter, what)),
                    None => jobs.push(Job::Alone(Box::new((letter, What::Letter(what))))),
                },
                Ok(what) => jobs.push(Job::Alone(Box::new((letter, what)))),
                Err(error) => {
                    tracing::error!(letter.kind = %letter.kind, %error, "letter cannot be read");
                    outbox::dead(&self.db, &letter, "unreadable", now).await?;
                }
            }
        }
        let mut left: Vec<outbox::Letter> = Vec::new();
        let (mut back, mut flow) = (0, Flow::On);
        for job in jobs {
            if flow == Flow::Stop || self.stop.is_told() {
                left.extend(job.letters());
                continue;
            }
            let letters = job.letters();
            // One that panics is a failure of this one; the others have their turn.
            match AssertUnwindSafe(self.send_one(job, now)).catch_unwind().await {
                Ok(Ok((next, returned))) => {
                    flow = next;
                    back += returned;
                }
                Ok(Err(error)) => {
                    tracing::error!(error = format!("{error:#}"), "letters failed");
                    self.tried(&letters, "failed", now).await?;
                }
                Err(_) => {
                    tracing::error!("letters panicked");
                    self.tried(&letters, "panicked", now).await?;
                }
            }
        }
        self.back(&left.iter().collect::<Vec<_>>(), now).await?;
        Ok(taken - back - left.len())
    }

    async fn send_one(&self, job: Job, now: DateTime<Utc>) -> anyhow::Result<(Flow, usize)> {
        match job {
            Job::Together(_, letters) => self.together(letters, now).await,
            Job::Alone(one) => {
                let (letter, what) = *one;
                self.alone(letter, what, now).await
            }
        }
    }

    /// We failed over these; a try is counted, so that one over which we always fail is given up and holds up nobody. Those that were
    /// settled before are.
    async fn tried(
        &self,
        letters: &[outbox::Letter],
        why: &'static str,
        now: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        metrics::counter!("letters_failed", "why" => why).increment(u64::try_from(letters.len())?);
        let tx = mailbox::transaction::write(&self.db).await?;
        for letter in letters {
            match outbox::fail(&tx, letter, why, now).await {
                Ok(_) | Err(Error::LeaseLost(_)) => {}
                Err(Error::Db(error)) => return Err(error.into()),
            }
        }
        tx.commit().await?;
        Ok(())
    }
}

fn join(jobs: &mut Vec<Job>, key: String, one: (outbox::Letter, Letter)) {
    let same = jobs.iter_mut().find_map(|job| match job {
        Job::Together(other, letters) if *other == key => Some(letters),
        _ => None,
    });
    match same {
        Some(letters) => letters.push(one),
        None => jobs.push(Job::Together(key, vec![one])),
    }
}
