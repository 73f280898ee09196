//! The dispatcher: takes letters from the outbox, asks once more whether they are wanted, makes the words, asks whether they may leave
//! now, sends, and writes down what became of it. The only sender of the product.

mod approvals;
mod cards;
mod fate;
mod mail;
mod passing;
mod proof;
mod replies;
mod round;
mod texting;
mod words_of;

pub use cards::ended;

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use dingtalk::{Advice, Cause, Client, robot::Remind};
use domain::{
    Context, letters,
    quota::{self, Admission, Limits, Via},
};
use mailbox::{
    After, Stop,
    outbox::{self, Wanted},
};
use sea_orm::DatabaseConnection;

use crate::{settings::Settings, sms::SmsProvider};

/// How long a claimed letter is ours once we have died: while we live the lease is renewed.
const LEASE: Duration = Duration::from_secs(30);
/// How many letters one round takes.
const ROUND: u32 = 100;
/// An app whose secret, permission or address the platform does not accept is not tried again before then: somebody must act.
const APP_REFUSED: TimeDelta = TimeDelta::minutes(5);

/// All that sending needs.
#[derive(Clone, Debug)]
pub struct Dispatcher {
    /// Rows.
    pub db: DatabaseConnection,
    /// Keys.
    pub cx: Context,
    /// The platform.
    pub client: Client,
    /// This installation.
    pub settings: Settings,
    /// How much, and how fast.
    pub limits: Limits,
    /// Who sends text messages; without one, a text message fails and the ladder goes on.
    pub sms: Option<Arc<dyn SmsProvider>>,
    /// How DING rings; without it, a DING fails and the ladder goes on.
    pub ding: Option<Remind>,
    /// Who claims: one name for each process.
    pub owner: String,
    /// Told when the server stops.
    pub stop: Stop,
}

/// What a round does after a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    /// It goes on.
    On,
    /// Nothing more may leave now: what it still has goes back, untried.
    Stop,
}

impl Dispatcher {
    /// One round: claims what is due and may go, and sends it. Says how many letters it settled; zero means that there is nothing to
    /// do now, or that nothing may leave.
    pub async fn run_once(&self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        let mut kinds = None;
        if quota::next_try(&self.db, &self.limits, Via::Robot, now).await? > now {
            if quota::next_try(&self.db, &self.limits, Via::App, now).await? > now {
                return Ok(0);
            }
            // The robot has said enough for now; what it does not say goes on.
            kinds = Some(&letters::UNHEARD[..]);
        }
        let last = quota::last_lane(&self.db, &self.limits, now).await?;
        // A call that tries whether the platform is back takes one letter with it: its outcome may be unknown once more.
        let limit = if quota::is_in_doubt(&self.db, &self.limits).await? { 1 } else { ROUND };
        let wanted = Wanted { limit, last, kinds };
        let claimed = outbox::claim_of(&self.db, &self.owner, wanted, LEASE, now).await?;
        if claimed.is_empty() {
            return Ok(0);
        }
        mailbox::point("outbox.claimed").await?;
        let hold = outbox::hold(&claimed);
        hold.during(&self.db, (LEASE, now), Box::pin(self.send_all(claimed, now))).await
    }

    /// May one call leave now? Otherwise the letters go back to their places, untried.
    async fn may_leave(&self, letters: &[&outbox::Letter], now: DateTime<Utc>) -> anyhow::Result<Flow> {
        let Some(first) = letters.first() else { return Ok(Flow::On) };
        let call = (first.lane, letters::via(&first.kind));
        if quota::admit(&self.db, &self.limits, call, now).await? == Admission::Go {
            mailbox::point("call.counted").await?;
            return Ok(Flow::On);
        }
        self.back(letters, now).await?;
        Ok(Flow::Stop)
    }

    /// Letters go back to their places, untried.
    async fn back(&self, letters: &[&outbox::Letter], now: DateTime<Utc>) -> anyhow::Result<()> {
        if letters.is_empty() {
            return Ok(());
        }
        let tx = mailbox::transaction::write(&self.db).await?;
        for letter in letters {
            match outbox::give_back(&tx, letter, now).await {
                Ok(()) => {}
                Err(mailbox::Error::LeaseLost(id)) => tracing::warn!(letter.id = %id, "lease lost"),
                Err(mailbox::Error::Db(error)) => return Err(error.into()),
            }
        }
        tx.commit().await?;
        Ok(())
    }

    /// A call has worked: whatever stood in the way of calls is over.
    async fn worked(&self, now: DateTime<Utc>) -> anyhow::Result<()> {
        metrics::counter!("dingtalk_calls", "result" => "ok").increment(1);
        if quota::recovered(&self.db, &self.limits).await? {
            quota::works(&self.db, &self.limits, now).await?;
            tracing::info!("the platform takes calls again");
        }
        Ok(())
    }

    /// A call has failed: what that means for every other call.
    async fn did_not_work(&self, error: &dingtalk::Error, now: DateTime<Utc>) -> anyhow::Result<Flow> {
        let code = error.code();
        metrics::counter!("dingtalk_calls", "result" => code.clone()).increment(1);
        Ok(match (error.advice(), error.cause()) {
            (Advice::Retry(after), _) => {
                let at_least = TimeDelta::from_std(after).unwrap_or(TimeDelta::MAX);
                let until = quota::failed(&self.db, &self.limits, at_least, now).await?;
                tracing::warn!(%code, %until, "the platform does not take calls; everybody waits");
                Flow::Stop
            }
            // A platform that is away looks like this while we hold a token, and the letters behind would fare as this one did. So the
            // first pauses already: the next may be one that is not sent again, and if it was this one call only, it cost five seconds.
            (Advice::FindOut, _) => {
                self.client.forget_token().await;
                let until = quota::failed(&self.db, &self.limits, TimeDelta::zero(), now).await?;
                tracing::warn!(%code, %until, "nobody knows what became of a call; everybody waits");
                Flow::Stop
            }
            (_, Some(Cause::Quota)) => {
                tracing::error!(%code, "the month's quota is used up; what may wait waits");
                Flow::Stop
            }
            (_, Some(Cause::App)) => {
                quota::failed(&self.db, &self.limits, APP_REFUSED, now).await?;
                tracing::error!(%code, "the platform does not accept the app; somebody must look");
                Flow::Stop
            }
            _ => Flow::On,
        })
    }

    /// Settles a letter without a row in the ledger whose call failed.
    async fn failed(
        &self,
        letter: &outbox::Letter,
        error: &dingtalk::Error,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Flow> {
        let flow = self.did_not_work(error, now).await?;
        let code = error.code();
        let lost = error.advice() == Advice::GiveUp && flow == Flow::On;
        if lost {
            outbox::dead(&self.db, letter, &code, now).await?;
        } else if outbox::fail(&self.db, letter, &code, now).await? == After::Dead {
            tracing::error!(letter.kind = %letter.kind, %code, "letter given up");
        }
        Ok(flow)
    }
}
