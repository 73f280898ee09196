//! The live grants of one login, loaded once for a page or a command.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Grant, Place, Role, Scope, store};
use crate::ids::AccountId;

/// What a login holds at one moment.
#[derive(Clone, Debug)]
pub struct Grants {
    account: AccountId,
    live: Vec<Grant>,
}

impl Grants {
    /// Loads them. A login that has left the tenant holds nothing, whatever its rows say.
    pub async fn of(
        db: &impl ConnectionTrait,
        account: &AccountId,
        now: DateTime<Utc>,
    ) -> Result<Self, DbErr> {
        let rows = store::of_active_account(db, account).await?;
        Ok(Self::among(account, rows, now))
    }

    /// The pure part: of any rows, those that are this login's and in force.
    pub(crate) fn among(account: &AccountId, rows: Vec<Grant>, now: DateTime<Utc>) -> Self {
        let live =
            rows.into_iter().filter(|grant| grant.account_id == *account && grant.is_live(now)).collect();
        Self { account: account.clone(), live }
    }

    /// Whose they are.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// No role at all: a retiree, or a family member.
    pub fn is_empty(&self) -> bool {
        self.live.is_empty()
    }

    /// Does the login hold the role anywhere?
    pub fn has(&self, role: Role) -> bool {
        self.live.iter().any(|grant| grant.role == role)
    }

    /// Where the login holds the role: for lists, which are filtered by scope.
    pub fn scopes(&self, role: Role) -> impl Iterator<Item = &Scope> {
        self.live.iter().filter(move |grant| grant.role == role).map(|grant| &grant.scope)
    }

    /// Every live grant, for "what may I do" pages.
    pub fn all(&self) -> &[Grant] {
        &self.live
    }

    /// The grant under which the login holds the role at the place.
    pub(super) fn covering(&self, role: Role, place: &Place) -> Option<&Grant> {
        self.live.iter().find(|grant| grant.role == role && grant.scope.covers(place))
    }

    /// The widest grant of the role.
    pub(super) fn widest(&self, role: Role) -> Option<&Grant> {
        let mine = self.live.iter().filter(|grant| grant.role == role);
        mine.min_by_key(|grant| grant.scope.to_string().len())
    }
}
