//! The proof that a login acts as a person: its own, or one for whom it holds a mandate (代办).

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    account::{self, mandate::Matter},
    consent,
    ids::{AccountId, AccountLinkId, PersonId},
};

/// A login that may act as a living person. Every act under it is recorded with both, and whether it was
/// done for somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Myself {
    account: AccountId,
    person: PersonId,
    capacity: Capacity,
}

/// In what capacity somebody acts as a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capacity {
    /// 本人.
    Own,
    /// 代办, under this link.
    For(AccountLinkId),
}

impl Myself {
    /// The person that the login itself is. `None` for a login without one, a left login, a dead person.
    pub async fn of(
        db: &impl ConnectionTrait,
        account: &AccountId,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>, DbErr> {
        let link = account::store::own_link(db, account, now).await?;
        Ok(link.map(|link| Self {
            account: link.account_id,
            person: link.person_id,
            capacity: Capacity::Own,
        }))
    }

    /// Another person in one matter, under a mandate that is in force. Revoking it ends this at once.
    pub async fn acting_for(
        db: &impl ConnectionTrait,
        account: &AccountId,
        about: (PersonId, Matter),
        now: DateTime<Utc>,
    ) -> Result<Option<Self>, DbErr> {
        let link = account::store::mandate_in(db, account, about, now).await?;
        // What is on record is seen with the person's own yes, too, and not a moment longer.
        let (person, matter) = about;
        if matter == Matter::Information && !consent::holds(db, person, consent::Purpose::Family, now).await?
        {
            return Ok(None);
        }
        Ok(link.map(|link| Self {
            account: link.account_id,
            person: link.person_id,
            capacity: Capacity::For(link.id),
        }))
    }

    /// Which login acts.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// As which person.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// In what capacity.
    pub fn capacity(&self) -> Capacity {
        self.capacity
    }

    /// Is it done for somebody else?
    pub fn is_for_another(&self) -> bool {
        matches!(self.capacity, Capacity::For(_))
    }

    /// The word for audit rows: `self` or `proxy`.
    pub fn role_code(&self) -> &'static str {
        if self.is_for_another() { "proxy" } else { "self" }
    }
}
