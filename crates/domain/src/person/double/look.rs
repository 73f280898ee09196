//! Looking before a record begins.

use std::collections::{BTreeSet, HashMap, HashSet};

use sea_orm::{ConnectionTrait, DbErr};
use secrecy::ExposeSecret;

use super::{LIKELY, Reason, Side, score, store};
use crate::{
    Context,
    authority::Scope,
    ids::PersonId,
    person::{Person, SealedColumn, reveal, store as people},
    privacy::{Blind, IdentityNumber, Searched},
};

/// Whoever has an identity number already, as much as the reader may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Existing {
    /// In the reader's scopes: there is a page.
    Here(PersonId),
    /// Elsewhere: the unit, whose steward knows more.
    Elsewhere {
        /// Its name.
        unit: String,
    },
}

/// Whose number is this? The record is for the trail, not for the reader.
pub async fn existing(
    db: &impl ConnectionTrait,
    cx: &Context,
    scopes: &[Scope],
    number: &IdentityNumber,
) -> Result<Option<(PersonId, Existing)>, DbErr> {
    let Some(person) = people::by_identity(db, &cx.seal, number).await? else { return Ok(None) };
    let id = person.merged_into.unwrap_or(person.id);
    Ok(known(db, scopes, id).await?.map(|existing| (id, existing)))
}

/// What a reader may know of somebody who is there.
pub async fn known(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    id: PersonId,
) -> Result<Option<Existing>, DbErr> {
    let Some(person) = people::find(db, id).await? else { return Ok(None) };
    let Some(unit) = people::find_unit(db, person.unit_id).await? else { return Ok(None) };
    // Of a provincial leader no more than whom to ask, whoever asks.
    let here = scopes.iter().any(|scope| scope.covers(&unit.place()));
    Ok(Some(if here { Existing::Here(id) } else { Existing::Elsewhere { unit: unit.name } }))
}

/// Somebody who may be the same human being.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The record.
    pub person: Person,
    /// What the reader may know.
    pub existing: Existing,
    /// 0–100.
    pub score: i16,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// Who is there already that this record (sealed, not yet written) may be: the likeliest first.
pub async fn look(
    db: &impl ConnectionTrait,
    cx: &Context,
    scopes: &[Scope],
    new: &Person,
) -> Result<Vec<Candidate>, DbErr> {
    let mut found = Vec::new();
    for (person, reasons) in alike(db, cx, new).await? {
        let score = score::score(&reasons);
        if let Some(existing) = known(db, scopes, person.id).await? {
            found.push(Candidate { person, existing, score, reasons });
        }
    }
    found.sort_by_key(|one| -one.score);
    Ok(found)
}

/// Every other record that looks like this one, likely enough, with the reasons.
pub(super) async fn alike(
    db: &impl ConnectionTrait,
    cx: &Context,
    new: &Person,
) -> Result<Vec<(Person, Vec<Reason>)>, DbErr> {
    let new = &reveal::reindexed(cx, new.clone());
    let side = Side::of(new);
    let phone = reveal::open(cx, new, SealedColumn::Phone).ok().flatten();
    let phones = phone.map(|phone| cx.seal.blinds(Searched::Phone, phone.expose_secret()));
    let mut found = Vec::new();
    for person in store::alike(db, &side, &phones.unwrap_or_default()).await? {
        if person.id == new.id {
            continue;
        }
        let person = reveal::reindexed(cx, person);
        let reasons = score::reasons(&side, &Side::of(&person), nearly(cx, new, &person));
        if score::score(&reasons) >= LIKELY {
            found.push((person, reasons));
        }
    }
    Ok(found)
}

/// The same for many records, in a handful of queries: in the order of `new`, whom each looks like and why.
pub(super) async fn alike_to_each(
    db: &impl ConnectionTrait,
    cx: &Context,
    new: &[Person],
) -> Result<Vec<Vec<(PersonId, Vec<Reason>)>>, DbErr> {
    let sides: Vec<Side> = new.iter().map(Side::of).collect();
    let by_sound = store::sounding(db, &sides).await?;
    let phones: HashSet<&Blind> = new.iter().filter_map(|person| person.phone_index.as_ref()).collect();
    let called = by_sound.values().flatten().copied().collect();
    let others = store::those(db, called, &phones).await?;
    let others: HashMap<PersonId, (Side, Person)> =
        others.into_iter().map(|person| (person.id, (Side::of(&person), person))).collect();
    let mut by_phone: HashMap<&Blind, Vec<PersonId>> = HashMap::new();
    for (id, (_, person)) in &others {
        if let Some(phone) = &person.phone_index {
            by_phone.entry(phone).or_default().push(*id);
        }
    }
    let mut all = Vec::with_capacity(new.len());
    for (person, side) in new.iter().zip(&sides) {
        let called = side.sounds().iter().filter_map(|sound| by_sound.get(sound)).flatten();
        let phone = person.phone_index.as_ref().and_then(|phone| by_phone.get(phone)).into_iter().flatten();
        let ids: BTreeSet<PersonId> = called.chain(phone).copied().filter(|id| *id != person.id).collect();
        let mut found = Vec::new();
        for (id, (its, other)) in ids.iter().filter_map(|id| Some((*id, others.get(id)?))) {
            let reasons = score::reasons(side, its, nearly(cx, person, other));
            if score::score(&reasons) >= LIKELY {
                found.push((id, reasons));
            }
        }
        all.push(found);
    }
    Ok(all)
}

/// What speaks for two records being one human being, and against it.
pub(super) fn compared(cx: &Context, one: &Person, other: Person) -> Vec<Reason> {
    let (one, other) = (reveal::reindexed(cx, one.clone()), reveal::reindexed(cx, other));
    score::reasons(&Side::of(&one), &Side::of(&other), nearly(cx, &one, &other))
}

/// Compares two numbers without showing them to anybody.
fn nearly(cx: &Context, one: &Person, other: &Person) -> bool {
    let open = |person: &Person| reveal::open(cx, person, SealedColumn::Identity).ok().flatten();
    match (open(one), open(other)) {
        (Some(one), Some(other)) => score::nearly_same(one.expose_secret(), other.expose_secret()),
        _ => false,
    }
}
