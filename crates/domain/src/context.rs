//! What every command needs besides the database, the proof and the time: the keys.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::json;

use crate::{
    account::mandate,
    authority::{Capacity, Held, Live, Myself, Proof, Secretary},
    ids::{AccountId, AccountLinkId, PersonId},
    privacy::Sealer,
};

/// The installation's keys. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Context {
    /// Keys the audit chain.
    pub audit: audit::Key,
    /// Seals personal fields.
    pub seal: Sealer,
}

/// Who did something, and in what capacity, for the audit row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct By<'a> {
    actor: &'a str,
    role: &'static str,
    /// For whom, under which mandate, when it is not for oneself.
    on_behalf: Option<(PersonId, AccountLinkId)>,
    /// Whose substitute acts.
    stands_for: Option<&'a str>,
}

impl By<'static> {
    /// The workplace platform said so.
    pub const PLATFORM: Self = Self::plain("platform", "platform");
    /// The system did it by itself: a plan, a deadline, a reconciliation.
    pub const SYSTEM: Self = Self::plain("system", "system");
    /// Somebody at the machine itself: installation, seed, emergency.
    pub const INSTALLER: Self = Self::plain("installer", "installer");
}

impl<'a> By<'a> {
    const fn plain(actor: &'a str, role: &'static str) -> Self {
        Self { actor, role, on_behalf: None, stands_for: None }
    }

    /// In what capacity, for a feature's own log.
    pub fn role(&self) -> &'static str {
        self.role
    }

    /// A login in no particular role: signing in and out, its own settings.
    pub fn login(account: &'a AccountId) -> Self {
        Self::plain(account.as_str(), "login")
    }
}

impl<'a> By<'a> {
    /// Under one of a login's grants, where no proof of one role is asked for: whoever reads a case may be anybody who works on it.
    pub fn under(account: &'a AccountId, grant: &'a Live) -> Self {
        let stands_for = grant.stands_for.as_ref().map(AccountId::as_str);
        Self { stands_for, ..Self::plain(account.as_str(), grant.role.code()) }
    }
}

impl<'a, R: Held> From<&'a Proof<R>> for By<'a> {
    fn from(proof: &'a Proof<R>) -> Self {
        let stands_for = proof.stands_for().map(AccountId::as_str);
        Self { stands_for, ..Self::plain(proof.account().as_str(), proof.role().code()) }
    }
}

impl<'a> From<&'a Myself> for By<'a> {
    fn from(myself: &'a Myself) -> Self {
        let on_behalf = match myself.capacity() {
            Capacity::Own => None,
            Capacity::For(link) => Some((myself.person(), link)),
        };
        Self { on_behalf, ..Self::plain(myself.account().as_str(), myself.role_code()) }
    }
}

impl<'a> From<&'a Secretary> for By<'a> {
    fn from(secretary: &'a Secretary) -> Self {
        Self::plain(secretary.account().as_str(), "secretary")
    }
}

/// One thing that was done, for the audit row: words and ids, never names or values.
#[derive(Clone, Debug)]
pub struct Act<'a> {
    /// By whom.
    pub by: By<'a>,
    /// `<feature>.<past participle>`.
    pub action: &'static str,
    /// `<kind>/<id>`: what it was done to.
    pub subject: String,
    /// More ids.
    pub detail: serde_json::Value,
}

impl Context {
    /// Appends the audit row of something that succeeded. The last statement of a command, because it takes the
    /// lock of the chain. What was done for somebody else says for whom, and that person is told. A chain that does not hold fails like a database that does not answer: nothing is done.
    pub async fn record(
        &self,
        tx: &DatabaseTransaction,
        act: Act<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), DbErr> {
        let mut detail = act.detail;
        if let Some((person, link)) = act.by.on_behalf {
            let under = mandate::Under { link, account: act.by.actor, person };
            mandate::note(tx, under, (act.action, &act.subject), now).await?;
            if let Some(fields) = detail.as_object_mut() {
                fields.insert("for".to_owned(), json!(person));
                fields.insert("mandate".to_owned(), json!(link));
            }
        }
        if let (Some(account), Some(detail)) = (act.by.stands_for, detail.as_object_mut()) {
            detail.insert("stands_for".to_owned(), account.into());
        }
        let row = audit::NewRow {
            actor: act.by.actor,
            role: act.by.role,
            action: act.action,
            subject: &act.subject,
            result: "ok",
            detail,
        };
        match audit::append(tx, &self.audit, &row, now).await {
            Ok(_) => Ok(()),
            Err(audit::AuditError::Db(error)) => Err(error),
            Err(forged @ audit::AuditError::HeadForged) => Err(DbErr::Custom(forged.to_string())),
        }
    }
}
