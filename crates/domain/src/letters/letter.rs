//! The union, and the one way into the outbox.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};
use serde::{Deserialize, Serialize};

use super::{Lane, Stamp};
use crate::{
    account, aid, authority, grievance,
    ids::AccountId,
    notice::{self, Occasion},
    outreach,
    quota::Via,
    second_factor, trail,
};

/// One letter of any feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "feature", content = "letter", rename_all = "snake_case")]
pub enum Letter {
    /// About logins.
    Account(account::letters::Letter),
    /// About grants.
    Authority(authority::letters::Letter),
    /// About hardship aid.
    Aid(aid::letters::Letter),
    /// About what somebody has to say.
    Grievance(grievance::letters::Letter),
    /// About visits.
    Outreach(outreach::letters::Letter),
    /// Reminders.
    Notice(notice::letters::Letter),
    /// About second factors.
    SecondFactor(second_factor::letters::Letter),
    /// About the chain of what was done.
    Trail(trail::letters::Letter),
}

impl Letter {
    /// What is on the envelope.
    pub fn stamp(&self) -> Stamp {
        match self {
            Self::Account(letter) => letter.stamp(),
            Self::Authority(letter) => letter.stamp(),
            Self::Aid(letter) => letter.stamp(),
            Self::Grievance(letter) => letter.stamp(),
            Self::Outreach(letter) => letter.stamp(),
            Self::Notice(letter) => letter.stamp(),
            Self::SecondFactor(letter) => letter.stamp(),
            Self::Trail(letter) => letter.stamp(),
        }
    }

    /// `<feature>.<what>`.
    pub fn kind(&self) -> &'static str {
        self.stamp().kind
    }

    /// How soon.
    pub fn lane(&self) -> Lane {
        self.stamp().lane
    }

    /// Two letters with one key are one letter.
    pub fn key(&self) -> String {
        self.stamp().key
    }

    /// What the ledger says that it tells of; `None` for what asks the platform for something, and for reminders, whose rows
    /// are written by their plans.
    pub fn occasion(&self) -> Option<Occasion> {
        match self {
            Self::Account(letter) => Some(letter.occasion()),
            Self::Authority(letter) => Some(letter.occasion()),
            Self::Aid(letter) => letter.occasion(),
            Self::Grievance(letter) => Some(letter.occasion()),
            Self::Outreach(letter) => Some(letter.occasion()),
            Self::SecondFactor(letter) => Some(letter.occasion()),
            Self::Trail(letter) => Some(letter.occasion()),
            Self::Notice(_) => None,
        }
    }
}

/// The kinds that ask the platform for something of which nobody hears: the robot's pace does not hold them up.
pub const UNHEARD: [&str; 5] =
    ["approval.create", "approval.terminate", "approval.pass", "approval.card_over", "approval.decide"];

/// By what a letter of this kind leaves.
pub fn via(kind: &str) -> Via {
    if UNHEARD.contains(&kind) { Via::App } else { Via::Robot }
}

/// Puts a letter into the outbox inside the caller's transaction, to be sent from `run_at` on. Says whether it
/// is new: a letter whose key has been used is not written again.
pub async fn post(
    tx: &impl ConnectionTrait,
    letter: &Letter,
    addressee: Option<&AccountId>,
    run_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let stamp = letter.stamp();
    let payload = serde_json::to_value(letter).map_err(|error| DbErr::Json(error.to_string()))?;
    let new = mailbox::outbox::NewLetter {
        key: stamp.key,
        lane: stamp.lane,
        kind: stamp.kind.to_owned(),
        addressee: addressee.map(ToString::to_string),
        payload,
        run_at,
    };
    let pushed = mailbox::outbox::push(tx, &new, now).await? == mailbox::outbox::Pushed::New;
    if let (true, Some(account), Some(occasion)) = (pushed, addressee, letter.occasion()) {
        notice::post::queued(tx, (account, occasion), run_at, now).await?;
    }
    Ok(pushed)
}
