//! What people do to logins: read larger, and say who may act as whom.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use super::{
    Account, AccountLink, LinkKind, TextSize,
    mandate::{MandateNews, Matter, Matters, news},
    store,
};
use crate::{
    Context,
    authority::Worker,
    consent::{self, How, Purpose},
    context::{Act, By},
    ids::{AccountId, AccountLinkId, PersonId},
    person::{self, Happened},
};

pub use super::ending::{end_link, end_mandate, give_up_mandate};

/// A mandate ends after this long at the latest and is then asked for again, unless the configuration says otherwise.
pub const LONGEST_MANDATE: TimeDelta = TimeDelta::days(366);

/// The proof of whoever agreed on the own screen.
pub const OWN_CONSENT: &str = "own_consent";

/// Why a link is not made or ended.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// No such login, person or link, or not one that the actor may know of.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(LinkRefusal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Rules of links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkRefusal {
    /// The login has left the tenant.
    AccountLeft,
    /// The person has died.
    PersonDied,
    /// The login is somebody's own already.
    AccountTaken,
    /// The person has an own login already.
    PersonTaken,
    /// A mandate must end after it begins, and within the longest time.
    Period,
    /// Nobody is his own proxy.
    OwnPerson,
    /// There is such a mandate already.
    Exists,
    /// Somebody has answered already.
    Answered,
}

/// How large the login's owner reads. His own setting: no audit.
pub async fn set_text_size(
    db: &DatabaseConnection,
    account: &AccountId,
    size: TextSize,
) -> Result<bool, DbErr> {
    store::set_text_size(db, account, size).await
}

/// Says that a login is a person's own. The worker has seen who it is.
pub async fn link_own(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    own: &Link<'_>,
    now: DateTime<Utc>,
) -> Result<AccountLink, LinkError> {
    let tx = mailbox::transaction::write(db).await?;
    reach(&tx, worker, own.person).await?;
    let link = link_own_in(&tx, cx, By::from(worker), Some(worker.account()), own, now).await?;
    tx.commit().await?;
    Ok(link)
}

/// Which login, which person, on what proof.
#[derive(Clone, Debug)]
pub struct Link<'a> {
    /// The login.
    pub account: &'a AccountId,
    /// The person.
    pub person: PersonId,
    /// How it was proven, a word of the office.
    pub proof: &'a str,
}

/// The same inside a caller's transaction, for imports, the directory and seeds.
pub async fn link_own_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    recorded_by: Option<&AccountId>,
    own: &Link<'_>,
    now: DateTime<Utc>,
) -> Result<AccountLink, LinkError> {
    let account = both_there(tx, own).await?;
    if account.person_id.is_some() {
        return Err(LinkError::Refused(LinkRefusal::AccountTaken));
    }
    if store::holder_of_person(tx, own.person).await?.is_some() {
        return Err(LinkError::Refused(LinkRefusal::PersonTaken));
    }
    store::set_person(tx, &account.id, Some(own.person)).await?;
    let row = AccountLink {
        id: AccountLinkId::new(now),
        account_id: account.id,
        person_id: own.person,
        kind: LinkKind::Own,
        matters: Matters::all(),
        proof: own.proof.to_owned(),
        recorded_by: recorded_by.cloned(),
        valid_from: now,
        valid_to: None,
    };
    write(tx, cx, by, row, now).await
}

/// 代办: a login may act for a person until a day. The worker has the mandate in hand.
pub async fn give_mandate(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (given, terms): (&Link<'_>, &Terms),
    now: DateTime<Utc>,
) -> Result<AccountLink, LinkError> {
    let tx = mailbox::transaction::write(db).await?;
    reach(&tx, worker, given.person).await?;
    let link = make_mandate(&tx, cx, (By::from(worker), worker.account()), (given, terms), now).await?;
    tx.commit().await?;
    Ok(link)
}

/// In what, and for how long.
#[derive(Clone, Debug)]
pub struct Terms {
    /// In what.
    pub matters: Matters,
    /// Until when.
    pub until: DateTime<Utc>,
    /// No mandate is longer than this.
    pub longest: TimeDelta,
}

/// The mandate itself, whoever has the person's word.
pub(super) async fn make_mandate(
    tx: &DatabaseTransaction,
    cx: &Context,
    (by, actor): (By<'_>, &AccountId),
    (given, terms): (&Link<'_>, &Terms),
    now: DateTime<Utc>,
) -> Result<AccountLink, LinkError> {
    let account = both_there(tx, given).await?;
    if terms.until <= now || terms.until - now > terms.longest {
        return Err(LinkError::Refused(LinkRefusal::Period));
    }
    if account.person_id == Some(given.person) {
        return Err(LinkError::Refused(LinkRefusal::OwnPerson));
    }
    if store::mandate(tx, &account.id, given.person, now).await?.is_some() {
        return Err(LinkError::Refused(LinkRefusal::Exists));
    }
    let row = AccountLink {
        id: AccountLinkId::new(now),
        account_id: account.id,
        person_id: given.person,
        kind: LinkKind::Proxy,
        matters: terms.matters.clone(),
        proof: given.proof.to_owned(),
        recorded_by: Some(actor.clone()),
        valid_from: now,
        valid_to: Some(terms.until),
    };
    // Who agreed on the own screen has seen it.
    if given.proof != OWN_CONSENT {
        news::tell(tx, given.person, (MandateNews::Given, row.id.uuid()), now).await?;
    }
    if terms.matters.hold(Matter::Information)
        && !consent::holds(tx, given.person, Purpose::Family, now).await?
    {
        let line = (Purpose::Family, true, How::Mandate);
        consent::commands::say_in(tx, cx, (by, Some(actor)), given.person, line, now).await?;
    }
    write(tx, cx, by, row, now).await
}

pub(super) async fn reach(
    tx: &DatabaseTransaction,
    worker: &Worker,
    person: PersonId,
) -> Result<(), LinkError> {
    let place = person::store::place_of(tx, person).await?.ok_or(LinkError::NotFound)?;
    if worker.covers(place) { Ok(()) } else { Err(LinkError::NotFound) }
}

async fn both_there(tx: &DatabaseTransaction, link: &Link<'_>) -> Result<Account, LinkError> {
    let person = person::store::find_locked(tx, link.person).await?.ok_or(LinkError::NotFound)?;
    let account = store::find_locked(tx, link.account).await?.ok_or(LinkError::NotFound)?;
    if !account.active {
        return Err(LinkError::Refused(LinkRefusal::AccountLeft));
    }
    if !person.is_alive() {
        return Err(LinkError::Refused(LinkRefusal::PersonDied));
    }
    Ok(account)
}

async fn write(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    row: AccountLink,
    now: DateTime<Utc>,
) -> Result<AccountLink, LinkError> {
    let link = store::insert_link(tx, row).await?;
    let what = Happened::Linked { link: link.id };
    person::store::write_event(tx, link.person_id, link.recorded_by.as_ref(), what, now).await?;
    let detail = json!({ "account": link.account_id, "person": link.person_id, "kind": link.kind.code() });
    cx.record(tx, Act { by, action: "link.made", subject: format!("link/{}", link.id), detail }, now).await?;
    Ok(link)
}
