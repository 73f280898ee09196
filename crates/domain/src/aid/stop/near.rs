//! What comes near to a double payment and is none by the rules: for people to look at. Numbers of cases, and nobody's name.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    aid::{Case, store},
    authority::Scope,
    calendar::local_date,
    ids::PersonId,
};

/// Why somebody should look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Near {
    /// Husband and wife are both helped in this year.
    Couple,
    /// Two records look like one human being, and both are helped.
    Double,
    /// Two people are paid into what looks like one account: bank and last digits agree.
    Account,
    /// Other schemes were declared, and somebody has said why that does not stand in the way.
    Elsewhere,
}

impl Near {
    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Couple => "夫妻今年都有帮扶",
            Self::Double => "两份档案像是同一个人",
            Self::Account => "两个人像是同一个账户",
            Self::Elsewhere => "别处也有帮扶，已说明",
        }
    }
}

/// One of them. Whoever sees one of two cases only sees neither here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// Why.
    pub near: Near,
    /// Which cases.
    pub cases: Vec<Case>,
}

/// What comes near among the year's cases that the scopes reach, in the order of [`Near`].
pub async fn near_misses(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    now: DateTime<Utc>,
) -> Result<Vec<NearMiss>, DbErr> {
    let year = local_date(now).year();
    let cases: Vec<Case> =
        store::stop::cases_of_year(db, scopes, year).await?.into_iter().filter(counts).collect();
    let mut by_person: BTreeMap<PersonId, Vec<&Case>> = BTreeMap::new();
    for case in &cases {
        by_person.entry(case.person_id).or_default().push(case);
    }
    let people: Vec<PersonId> = by_person.keys().copied().collect();
    let both = |(one, other): &(PersonId, PersonId)| -> Option<Vec<Case>> {
        let cases = by_person.get(one)?.iter().chain(by_person.get(other)?);
        Some(cases.map(|case| (*case).clone()).collect())
    };
    let mut found = Vec::new();
    for (near, pairs) in [
        (Near::Couple, store::stop::couples(db, &people, local_date(now)).await?),
        (Near::Double, store::stop::doubles(db, &people).await?),
    ] {
        let ordered: BTreeSet<_> =
            pairs.into_iter().map(|(one, other)| (one.min(other), one.max(other))).collect();
        found.extend(ordered.iter().filter_map(both).map(|cases| NearMiss { near, cases }));
    }
    let mut accounts: BTreeMap<(String, String), BTreeMap<PersonId, &Case>> = BTreeMap::new();
    for case in &cases {
        for payment in store::payment::of_case(db, case.id).await? {
            if !payment.account_tail.is_empty() {
                accounts
                    .entry((payment.bank, payment.account_tail))
                    .or_default()
                    .insert(case.person_id, case);
            }
        }
    }
    let shared = accounts.into_values().filter(|people| people.len() > 1);
    found.extend(
        shared.map(|people| NearMiss { near: Near::Account, cases: people.into_values().cloned().collect() }),
    );
    let noted = store::stop::noted(db, &cases.iter().map(|case| case.id).collect::<Vec<_>>()).await?;
    let declared = cases.iter().filter(|case| noted.contains(&case.id));
    found.extend(declared.map(|case| NearMiss { near: Near::Elsewhere, cases: vec![case.clone()] }));
    Ok(found)
}

/// What ended without help is near to nothing.
fn counts(case: &Case) -> bool {
    case.status.is_paid() || !case.status.is_over()
}
