//! Naming a substitute, and ending it.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use super::{Substitution, store};
use crate::{
    Context, account,
    authority::{Grant, Grants, Role, store as grants},
    context::{Act, By},
    ids::{AccountId, GrantId, SubstitutionId},
};

/// Who is away for longer hands his grant back.
pub const LONGEST: TimeDelta = TimeDelta::days(92);

/// Why nobody stands in.
#[derive(Debug, thiserror::Error)]
pub enum SubstitutionError {
    /// No such login, grant or substitution, or none that the actor may know of.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(SubstitutionRefusal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Rules of substitutions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubstitutionRefusal {
    /// An administrator's role is not substituted, and neither is an entry of a need-to-know list.
    NotThis,
    /// Nobody stands in for himself.
    OwnAccount,
    /// The substitute has left the tenant.
    AccountLeft,
    /// The substitute holds no role of the desk: there is nobody to answer for it.
    NotStaff,
    /// The substitute holds this role, and the two exclude each other.
    Excludes(Role),
    /// It ends before it begins, has ended by now, or lasts longer than [`LONGEST`].
    Period,
    /// The substitute is away himself: it is not passed on.
    Chained,
    /// Somebody stands in already in these days.
    Exists,
    /// It has a reason.
    NoReason,
}

impl From<SubstitutionRefusal> for SubstitutionError {
    fn from(refusal: SubstitutionRefusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A substitution to be.
#[derive(Clone, Debug)]
pub struct NewSubstitution {
    /// Under which grant of one's own.
    pub grant: GrantId,
    /// Who stands in.
    pub substitute: AccountId,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when.
    pub to: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// Names a substitute. The proof is the grant itself: nobody gives away what is not his own, least of all what he holds as a substitute.
pub async fn arrange(
    db: &DatabaseConnection,
    cx: &Context,
    mine: &Grants,
    new: NewSubstitution,
    now: DateTime<Utc>,
) -> Result<Substitution, SubstitutionError> {
    let me = mine.account();
    let tx = mailbox::transaction::write(db).await?;
    // Logins are locked in one order, so that two who name each other do not wait for each other.
    let mut both = [me.clone(), new.substitute.clone()];
    both.sort();
    for login in &both {
        account::store::find_locked(&tx, login).await?.ok_or(SubstitutionError::NotFound)?;
    }
    let grant = grants::find(&tx, new.grant).await?.filter(|grant| grant.account_id == *me);
    let grant = grant.filter(|grant| grant.is_live(now)).ok_or(SubstitutionError::NotFound)?;
    may(&tx, &grant, &new, now).await?;
    let row = Substitution {
        id: SubstitutionId::new(now),
        account_id: me.clone(),
        substitute_id: new.substitute,
        grant_id: grant.id,
        valid_from: new.from,
        valid_to: new.to,
        reason: new.reason.trim().to_owned(),
        made_at: now,
        ended_by: None,
    };
    let row = store::insert(&tx, row).await?;
    record(&tx, cx, me, ("substitution.arranged", &row), now).await?;
    tx.commit().await?;
    Ok(row)
}

async fn may(
    tx: &DatabaseTransaction,
    grant: &Grant,
    new: &NewSubstitution,
    now: DateTime<Utc>,
) -> Result<(), SubstitutionError> {
    if grant.role.is_admin() || grant.scope.is_person() {
        return Err(SubstitutionRefusal::NotThis.into());
    }
    if new.substitute == grant.account_id {
        return Err(SubstitutionRefusal::OwnAccount.into());
    }
    if new.reason.trim().is_empty() {
        return Err(SubstitutionRefusal::NoReason.into());
    }
    if new.to <= new.from || new.to <= now || new.to - new.from > LONGEST {
        return Err(SubstitutionRefusal::Period.into());
    }
    let other = account::store::find(tx, &new.substitute).await?.ok_or(SubstitutionError::NotFound)?;
    if !other.active {
        return Err(SubstitutionRefusal::AccountLeft.into());
    }
    let held = grants::unended(tx, &new.substitute, now).await?;
    if let Some(other) = held.iter().find(|other| grant.role.excludes(other.role)) {
        return Err(SubstitutionRefusal::Excludes(other.role).into());
    }
    if !held.iter().any(|other| other.is_live(now)) {
        return Err(SubstitutionRefusal::NotStaff.into());
    }
    let days = (new.from, new.to);
    if store::away(tx, &grant.account_id, days).await?.iter().any(|row| row.grant_id == grant.id) {
        return Err(SubstitutionRefusal::Exists.into());
    }
    if !store::away(tx, &new.substitute, days).await?.is_empty() {
        return Err(SubstitutionRefusal::Chained.into());
    }
    Ok(())
}

/// Ends it at once: whoever is back, or whoever wants no more of it.
pub async fn end(
    db: &DatabaseConnection,
    cx: &Context,
    account: &AccountId,
    id: SubstitutionId,
    now: DateTime<Utc>,
) -> Result<(), SubstitutionError> {
    let tx = mailbox::transaction::write(db).await?;
    let row = store::find(&tx, id).await?.ok_or(SubstitutionError::NotFound)?;
    let mine = row.account_id == *account || row.substitute_id == *account;
    if !mine || !store::end(&tx, id, account, now).await? {
        return Err(SubstitutionError::NotFound);
    }
    record(&tx, cx, account, ("substitution.ended", &row), now).await?;
    tx.commit().await?;
    Ok(())
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    account: &AccountId,
    (action, row): (&'static str, &Substitution),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let detail = json!({ "account": row.account_id, "substitute": row.substitute_id, "grant": row.grant_id });
    let subject = format!("substitution/{}", row.id);
    cx.record(tx, Act { by: By::login(account), action, subject, detail }, now).await
}
