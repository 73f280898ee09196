//! The person hears of everything about a mandate: by a message, or by a worker who telephones when there is no login.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    account::{letters, store},
    ids::{AccountId, PersonId},
    letters::{Letter, post},
    notice::{self, Occasion},
};

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MandateNews {
    /// Somebody would like to act for you.
    Asked,
    /// Somebody may act for you from now on.
    Given,
    /// Somebody did something for you.
    Acted,
    /// A mandate has ended.
    Ended,
    /// To whoever asked: the person agreed.
    Agreed,
}

impl MandateNews {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Asked, Self::Given, Self::Acted, Self::Ended, Self::Agreed];

    /// As in a letter's key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Asked => "mandate.asked",
            Self::Given => "mandate.given",
            Self::Acted => "mandate.acted",
            Self::Ended => "mandate.ended",
            Self::Agreed => "mandate.agreed",
        }
    }

    /// The words of the ledger.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Asked => "有人申请代办",
            Self::Given => "代办开始",
            Self::Acted => "代办了一件事",
            Self::Ended => "代办结束",
            Self::Agreed => "代办申请通过",
        }
    }
}

/// Tells the person.
pub(crate) async fn tell(
    tx: &DatabaseTransaction,
    person: PersonId,
    (news, of): (MandateNews, Uuid),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    match store::of_person(tx, person).await? {
        Some(account) => tell_login(tx, &account.id, (news, of), now).await,
        None => notice::post::to_call(tx, person, Occasion::Mandate(news, of), now).await,
    }
}

/// Tells a login.
pub(crate) async fn tell_login(
    tx: &DatabaseTransaction,
    account: &AccountId,
    (news, of): (MandateNews, Uuid),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let letter = Letter::Account(letters::Letter::Mandate { account: account.clone(), news, of });
    post(tx, &letter, Some(account), now, now).await?;
    Ok(())
}
