//! 离休干部 by county, period and band of treatment.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use ring::digest::{SHA256, digest};
use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    ids::{PersonId, RegionCode},
    person::{
        fact::{FactKind, PersonFact, store},
        leader, merge,
        period::Period,
    },
    treatment,
};

/// One cell of the table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count {
    /// The county of the managing unit as it was on the day, or the city or province itself.
    pub county: RegionCode,
    /// `None`: not decided.
    pub period: Option<Period>,
    /// 生活待遇, in the four bands; `None`: not written down.
    pub band: Option<&'static str>,
}

/// The table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(pub BTreeMap<Count, u64>);

impl Counts {
    /// All together.
    pub fn total(&self) -> u64 {
        self.0.values().sum()
    }

    /// The table in one way only, cell by cell: what the hash is of.
    pub fn text(&self) -> String {
        let line = |(cell, count): (&Count, &u64)| {
            let period = cell.period.map_or("-", Period::code);
            format!("{}\t{period}\t{}\t{count}\n", cell.county, cell.band.unwrap_or("-"))
        };
        self.0.iter().map(line).collect()
    }

    /// SHA-256 of the text, in hex.
    pub fn sha256(&self) -> String {
        hex::encode(digest(&SHA256, self.text().as_bytes()))
    }
}

/// Counts who was 离休, alive and managed in the region at the end of a day. Provincial leaders are a class of their own and counted by
/// nobody here: a cell of one is a name.
pub async fn veterans(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    when: (NaiveDate, DateTime<Utc>),
) -> Result<Counts, DbErr> {
    let mut left_out: HashSet<PersonId> = merge::store::merged_as_of(db, when.1).await?.into_iter().collect();
    left_out.extend(leader::store::as_of(db, when.1).await?);
    let persons: Vec<PersonId> = store::holders_as_of(db, FactKind::Veteran, when)
        .await?
        .into_iter()
        .map(|row| row.person_id)
        .filter(|person| !left_out.contains(person))
        .collect();
    let kinds =
        [FactKind::ManagingUnit, FactKind::JoinedWork, FactKind::Period, FactKind::Living, FactKind::Died];
    let mut known: HashMap<PersonId, Vec<PersonFact>> = HashMap::new();
    for row in store::as_of(db, &kinds, &persons, when).await? {
        known.entry(row.person_id).or_default().push(row);
    }
    let mut counts = Counts::default();
    for person in persons {
        let rows = known.remove(&person).unwrap_or_default();
        if rows.iter().any(|row| row.kind == FactKind::Died) {
            continue;
        }
        let unit = rows.iter().find(|row| row.kind == FactKind::ManagingUnit);
        let place = unit.and_then(|row| row.region.as_ref()).filter(|place| region.covers(place));
        let Some(place) = place else { continue };
        let living = rows.iter().find(|row| row.kind == FactKind::Living).and_then(PersonFact::level);
        let cell = Count {
            county: county(place),
            period: treatment::period(&rows),
            band: living.map(crate::person::fact::Level::band),
        };
        *counts.0.entry(cell).or_default() += 1;
    }
    Ok(counts)
}

/// The county of a township; what is wider stays as it is.
fn county(place: &RegionCode) -> RegionCode {
    place.as_str().get(..6).and_then(RegionCode::parse).unwrap_or_else(|| place.clone())
}
