//! 委托书: the proof of a mandate as a paper. It comes with the wish, when the office writes down the person's word, or later, with the
//! mandate itself. Those who keep the person's record see it; nobody else does.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use serde_json::json;

use super::{
    Evidence, EvidenceError, Files, Item, MOST, Part, Refusal, Sent, Source,
    keep::{self, New, Owner},
    store,
};
use crate::{
    Act, By, Context,
    account::{self, LinkKind, mandate::asks},
    authority::Worker,
    ids::{AccountLinkId, EvidenceId, MandateAskId, PersonId},
    person,
};

/// What a paper proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proves {
    /// A wish that waits for the person's word.
    Ask(MandateAskId),
    /// A mandate.
    Mandate(AccountLinkId),
}

impl Proves {
    const fn owner(self) -> Owner {
        match self {
            Self::Ask(id) => Owner::Ask(id),
            Self::Mandate(id) => Owner::Link(id),
        }
    }
}

/// A paper that comes: its id, given by the form, so that one that is sent twice comes once; has the worker seen the original; the file.
#[derive(Clone, Debug)]
pub struct NewProof {
    /// Id.
    pub id: EvidenceId,
    /// Has the worker held the original in his hands?
    pub source: Source,
    /// The file.
    pub sent: Sent,
}

/// A worker who has the person in his places brings a proof.
pub async fn add(
    db: &DatabaseConnection,
    (cx, files): (&Context, &Files),
    worker: &Worker,
    (proves, new): (Proves, NewProof),
    now: DateTime<Utc>,
) -> Result<Evidence, EvidenceError> {
    let person = whose(db, worker, proves).await?;
    if let Some(paper) = store::find(db, new.id).await? {
        let same = paper.ask_id.map(Proves::Ask).or(paper.link_id.map(Proves::Mandate)) == Some(proves);
        return if same { Ok(paper) } else { Err(EvidenceError::NotFound) };
    }
    let written = keep::write(db, (cx, files), (new.id, &new.sent), now).await?;
    let tx = mailbox::transaction::write(db).await?;
    if whose(&tx, worker, proves).await? != person {
        return Err(EvidenceError::NotFound);
    }
    if store::count(&tx, proves.owner()).await? >= MOST {
        return Err(Refusal::TooMany.into());
    }
    let (owner, by) = (proves.owner(), worker.account());
    let new = New { id: new.id, owner, item: Item::Mandate, source: new.source, by, sent: &new.sent };
    let paper = keep::row(&tx, written, new, now).await?;
    record(&tx, cx, (worker, "mandate.evidence_added"), (person, &paper), now).await?;
    tx.commit().await?;
    Ok(paper)
}

/// The proofs of a mandate or of a wish for one.
pub async fn list(
    db: &impl ConnectionTrait,
    worker: &Worker,
    proves: Proves,
) -> Result<Vec<Evidence>, EvidenceError> {
    whose(db, worker, proves).await?;
    Ok(match proves {
        Proves::Ask(id) => store::of_ask(db, id).await?,
        Proves::Mandate(id) => store::of_mandate(db, id).await?,
    })
}

/// Opens a proof.
pub async fn open(
    db: &DatabaseConnection,
    (cx, files): (&Context, &Files),
    worker: &Worker,
    (proves, paper): (Proves, EvidenceId),
    now: DateTime<Utc>,
) -> Result<(Evidence, Vec<u8>), EvidenceError> {
    let tx = mailbox::transaction::write(db).await?;
    let person = whose(&tx, worker, proves).await?;
    let found = list(&tx, worker, proves).await?.into_iter().find(|one| one.id == paper);
    let found = found.ok_or(EvidenceError::NotFound)?;
    record(&tx, cx, (worker, "mandate.evidence_opened"), (person, &found), now).await?;
    tx.commit().await?;
    let bytes = keep::open((cx, files), &found, Part::Original).await?;
    Ok((found, bytes))
}

/// Whose mandate it is, if the worker has him in his places.
async fn whose(
    db: &impl ConnectionTrait,
    worker: &Worker,
    proves: Proves,
) -> Result<PersonId, EvidenceError> {
    let person = match proves {
        Proves::Ask(id) => asks::find(db, id).await?.map(|ask| ask.person_id),
        Proves::Mandate(id) => {
            let link = account::store::find_link(db, id).await?;
            link.filter(|link| link.kind == LinkKind::Proxy).map(|link| link.person_id)
        }
    };
    let person = person.ok_or(EvidenceError::NotFound)?;
    let place = person::store::place_of(db, person).await?;
    let covered = place.is_some_and(|place| worker.covers(place));
    if covered { Ok(person) } else { Err(EvidenceError::NotFound) }
}

async fn record(
    tx: &sea_orm::DatabaseTransaction,
    cx: &Context,
    (worker, action): (&Worker, &'static str),
    (person, paper): (PersonId, &Evidence),
    now: DateTime<Utc>,
) -> Result<(), EvidenceError> {
    let detail = json!({ "evidence": paper.id, "sha256": paper.kept_sha256 });
    let act = Act { by: By::from(worker), action, subject: format!("person/{person}"), detail };
    Ok(cx.record(tx, act, now).await?)
}
