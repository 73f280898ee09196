//! Asking to act for somebody, and the answer.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use super::{AskState, MandateAsk, MandateNews, Matters, asks, news};
use crate::{
    Context,
    account::{
        AccountLink,
        commands::{Link, LinkError, LinkRefusal, OWN_CONSENT, Terms, make_mandate, reach},
        store,
    },
    authority::{Myself, Worker},
    context::{Act, By},
    evidence,
    ids::{AccountId, MandateAskId, PersonId},
    person::{self, contact},
    privacy::Phone,
};

/// Whoever asks more often than this in a day is guessing.
const MOST_A_DAY: u64 = 5;

/// For whom, in what, until when. The person is named by name and telephone: what family knows, and no list tells.
#[derive(Debug)]
pub struct Wanted {
    /// The name, as the office writes it.
    pub name: String,
    /// A telephone of the person.
    pub phone: Phone,
    /// In what.
    pub matters: Matters,
    /// Until when.
    pub until: DateTime<Utc>,
}

/// Why nothing is asked.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// It must end after it begins, and within the longest time.
    #[error("the period is too long, or over")]
    Period,
    /// Enough for today.
    #[error("asked too often today")]
    TooOften,
    /// The login has left the tenant.
    #[error("the login has left")]
    Left,
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Asks. Whether somebody of that name and number is on record is not said: the person, or the office, answers.
pub async fn ask(
    db: &DatabaseConnection,
    cx: &Context,
    account: &AccountId,
    (wanted, longest): (&Wanted, TimeDelta),
    now: DateTime<Utc>,
) -> Result<(), AskError> {
    if wanted.until <= now || wanted.until - now > longest {
        return Err(AskError::Period);
    }
    let tx = mailbox::transaction::write(db).await?;
    let login = store::find_locked(&tx, account).await?.filter(|login| login.active).ok_or(AskError::Left)?;
    if tries(&tx, account, now).await? >= MOST_A_DAY {
        return Err(AskError::TooOften);
    }
    let found = named(&tx, cx, wanted).await?.filter(|person| login.person_id != Some(*person));
    let mut detail = json!({ "account": account, "found": found.is_some() });
    if let Some(person) = found
        && store::mandate(&tx, account, person, now).await?.is_none()
        && !asks::is_open(&tx, account, person, now).await?
    {
        let row = MandateAsk {
            id: MandateAskId::new(now),
            account_id: account.clone(),
            person_id: person,
            matters: wanted.matters.clone(),
            until: wanted.until,
            state: AskState::Asked,
            asked_at: now,
            decided_by: None,
            decided_at: None,
            link_id: None,
        };
        let ask = asks::insert(&tx, row).await?;
        news::tell(&tx, person, (MandateNews::Asked, ask.id.uuid()), now).await?;
        detail = json!({ "account": account, "person": person, "ask": ask.id });
    }
    let subject = format!("account/{account}");
    cx.record(&tx, Act { by: By::login(account), action: "mandate.asked", subject, detail }, now).await?;
    tx.commit().await?;
    Ok(())
}

/// How often this login asked today, also in vain.
async fn tries(tx: &DatabaseTransaction, account: &AccountId, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let search = audit::Search {
        actor: Some(account.to_string()),
        actions: vec!["mandate.asked".to_owned()],
        from: Some(now - TimeDelta::days(1)),
        ..audit::Search::default()
    };
    Ok(audit::search(tx, &search, None, MOST_A_DAY).await?.len() as u64)
}

/// The one living person of that name whom that telephone reaches.
async fn named(tx: &DatabaseTransaction, cx: &Context, wanted: &Wanted) -> Result<Option<PersonId>, DbErr> {
    let mut people = person::store::by_phone(tx, &cx.seal, &wanted.phone).await?;
    let others = contact::store::reached_by(tx, &cx.seal, &wanted.phone).await?;
    people.extend(person::store::find_all(tx, &others).await?);
    people.retain(|one| one.is_alive() && one.merged_into.is_none() && one.name == wanted.name.trim());
    people.sort_by_key(|one| one.id);
    people.dedup_by_key(|one| one.id);
    Ok(match people.as_slice() {
        [one] => Some(one.id),
        _ => None,
    })
}

/// The person agrees. Nobody agrees for somebody else.
pub async fn accept(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    (ask, longest): (MandateAskId, TimeDelta),
    now: DateTime<Utc>,
) -> Result<AccountLink, LinkError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = mine(&tx, myself, ask).await?;
    let by = (By::from(myself), myself.account());
    let link = become_mandate(&tx, cx, by, (&found, OWN_CONSENT, longest), now).await?;
    tx.commit().await?;
    Ok(link)
}

/// A worker has the person's word, with a proof: for those who cannot do it on a screen.
pub async fn accept_by_worker(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (ask, proof, longest): (MandateAskId, &str, TimeDelta),
    now: DateTime<Utc>,
) -> Result<AccountLink, LinkError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = asks::find(&tx, ask).await?.ok_or(LinkError::NotFound)?;
    reach(&tx, worker, found.person_id).await?;
    let by = (By::from(worker), worker.account());
    let link = become_mandate(&tx, cx, by, (&found, proof, longest), now).await?;
    tx.commit().await?;
    Ok(link)
}

/// The person does not agree.
pub async fn refuse(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    ask: MandateAskId,
    now: DateTime<Utc>,
) -> Result<(), LinkError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = mine(&tx, myself, ask).await?;
    refuse_in(&tx, cx, (By::from(myself), myself.account()), &found, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The person told a worker so.
pub async fn refuse_by_worker(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    ask: MandateAskId,
    now: DateTime<Utc>,
) -> Result<(), LinkError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = asks::find(&tx, ask).await?.ok_or(LinkError::NotFound)?;
    reach(&tx, worker, found.person_id).await?;
    refuse_in(&tx, cx, (By::from(worker), worker.account()), &found, now).await?;
    tx.commit().await?;
    Ok(())
}

async fn mine(tx: &DatabaseTransaction, myself: &Myself, ask: MandateAskId) -> Result<MandateAsk, LinkError> {
    let found = asks::find(tx, ask).await?;
    let found = found.filter(|ask| ask.person_id == myself.person() && !myself.is_for_another());
    found.ok_or(LinkError::NotFound)
}

async fn become_mandate(
    tx: &DatabaseTransaction,
    cx: &Context,
    (by, actor): (By<'_>, &AccountId),
    (ask, proof, longest): (&MandateAsk, &str, TimeDelta),
    now: DateTime<Utc>,
) -> Result<AccountLink, LinkError> {
    let given = Link { account: &ask.account_id, person: ask.person_id, proof };
    let terms = Terms { matters: ask.matters.clone(), until: ask.until, longest };
    let link = make_mandate(tx, cx, (by, actor), (&given, &terms), now).await?;
    if !asks::decide(tx, ask, (AskState::Accepted, actor, Some(link.id)), now).await? {
        return Err(LinkError::NotFound);
    }
    evidence::store::hand_to_mandate(tx, (ask.id, link.id)).await?;
    news::tell_login(tx, &ask.account_id, (MandateNews::Agreed, ask.id.uuid()), now).await?;
    record(tx, cx, by, "mandate.accepted", ask, now).await?;
    Ok(link)
}

async fn refuse_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    (by, actor): (By<'_>, &AccountId),
    ask: &MandateAsk,
    now: DateTime<Utc>,
) -> Result<(), LinkError> {
    if !asks::decide(tx, ask, (AskState::Refused, actor, None), now).await? {
        return Err(LinkError::Refused(LinkRefusal::Answered));
    }
    Ok(record(tx, cx, by, "mandate.refused", ask, now).await?)
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    action: &'static str,
    ask: &MandateAsk,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let detail = json!({ "account": ask.account_id, "ask": ask.id });
    cx.record(tx, Act { by, action, subject: format!("person/{}", ask.person_id), detail }, now).await
}
