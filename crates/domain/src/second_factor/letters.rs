//! What is said to the owner about a second factor: that one is bound, and that one is taken away. Whoever hears of it and has not done it
//! knows that somebody else uses the login.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    ids::{AccountId, SecondFactorId},
    letters::{
        self,
        stamp::{Lane, Stamp},
    },
    notice::Occasion,
};

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// One is bound.
    Bound,
    /// A security administrator asks that it is taken away.
    ResetAsked,
    /// It is taken away.
    Reset,
}

impl News {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Bound, Self::ResetAsked, Self::Reset];

    /// As in a letter's key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bound => "second_factor.bound",
            Self::ResetAsked => "second_factor.reset_asked",
            Self::Reset => "second_factor.reset",
        }
    }

    /// The words of the ledger.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Bound => "绑定动态口令",
            Self::ResetAsked => "申请重置动态口令",
            Self::Reset => "重置动态口令",
        }
    }
}

/// Letters of this feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// Something about the own second factor.
    Told {
        /// Whom.
        account: AccountId,
        /// What.
        news: News,
        /// Which time.
        of: Uuid,
    },
}

impl Letter {
    /// What the ledger says that it tells of.
    pub(crate) fn occasion(&self) -> Occasion {
        match self {
            Self::Told { news, of, .. } => Occasion::SecondFactor(*news, *of),
        }
    }

    /// What is on the envelope.
    pub fn stamp(&self) -> Stamp {
        match self {
            Self::Told { news, of, .. } => Stamp {
                kind: news.code(),
                lane: Lane::Result,
                key: format!("{}/{}", news.code(), of.simple()),
            },
        }
    }
}

/// Tells the owner.
pub(super) async fn tell(
    tx: &DatabaseTransaction,
    account: &AccountId,
    news: News,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    // Nothing but another id each time.
    let of = SecondFactorId::new(now).uuid();
    let letter = letters::Letter::SecondFactor(Letter::Told { account: account.clone(), news, of });
    letters::post(tx, &letter, Some(account), now, now).await?;
    Ok(())
}
