//! Who comes into whose reach by a change, and who leaves it: shown before anything is done, and the reason why some changes need two.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr};

use super::{About, Change, TreeError, change::apply_in, store};
use crate::{
    Context,
    authority::{self, DataClass, Grant, Scope},
    context::By,
    ids::{GrantId, RegionCode, TreeNodeId},
    person::place,
};

/// What a change means to one grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The grant.
    pub grant: Grant,
    /// How many people come into its reach, and how many leave it.
    pub people: (u64, u64),
    /// The same of what the people belong to: units, branches, regions.
    pub places: (usize, usize),
}

/// What a change means to everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Grants whose reach changes.
    pub shifts: Vec<Shift>,
}

impl Effects {
    /// What an administrator's grant reaches is changed by two, as it is given by two.
    pub fn by_two(&self) -> bool {
        self.shifts.iter().any(|shift| shift.grant.role.is_admin())
    }

    /// By what a page knows whether it is still as it was shown.
    pub fn seal(&self) -> String {
        let one = |shift: &Shift| {
            format!("{}:{:?}:{:?};", shift.grant.id, shift.people, shift.places).replace(' ', "")
        };
        self.shifts.iter().map(one).collect()
    }
}

/// Tries a change and keeps nothing of it.
pub async fn effects(
    db: &DatabaseConnection,
    cx: &Context,
    change: &Change,
    now: DateTime<Utc>,
) -> Result<Effects, TreeError> {
    let tx = mailbox::transaction::write(db).await?;
    // Dropped, so that it goes back.
    Ok(carry_out_in(&tx, cx, By::SYSTEM, change, now).await?.1)
}

/// Carries a change out inside a caller's transaction, and says what it meant.
pub async fn carry_out_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    change: &Change,
    now: DateTime<Utc>,
) -> Result<(About, Effects), TreeError> {
    if !change.shifts() {
        return Ok((apply_in(tx, cx, by, change, now).await?, Effects::default()));
    }
    let grants = touched(tx, change, now).await?;
    let on = change.on();
    let before = reaches(tx, &grants, on).await?;
    let region = match change {
        // Where the people of a region are is the same before and after; what it is called by is not.
        Change::MoveRegion { code, to, .. } => Some((code, to, people_of(tx, code, on).await?)),
        _ => None,
    };
    let about = apply_in(tx, cx, by, change, now).await?;
    let mut shifts = Vec::new();
    if let Some((code, to, people)) = region {
        for grant in grants {
            let Scope::Region(scope) = &grant.scope else { continue };
            let moved = match (scope.covers(code), scope.covers(to)) {
                (true, false) => ((0, people), (0, 1)),
                (false, true) => ((people, 0), (1, 0)),
                _ => continue,
            };
            shifts.push(Shift { grant, people: moved.0, places: moved.1 });
        }
        return Ok((about, Effects { shifts }));
    }
    let after = reaches(tx, &grants, on).await?;
    let none = BTreeSet::new();
    for grant in grants {
        let then = before.get(&grant.id).unwrap_or(&none);
        let soon = after.get(&grant.id).unwrap_or(&none);
        let class = class(&grant.scope);
        let (came, went): (Vec<Scope>, Vec<Scope>) = (difference(soon, then), difference(then, soon));
        if came.is_empty() && went.is_empty() {
            continue;
        }
        let people = (place::count(tx, class, &came, on).await?, place::count(tx, class, &went, on).await?);
        shifts.push(Shift { grant, people, places: (came.len(), went.len()) });
    }
    Ok((about, Effects { shifts }))
}

/// By which of their places the people are counted.
const fn class(scope: &Scope) -> DataClass {
    match scope {
        Scope::Party(_) => DataClass::Party,
        Scope::Corps(_) => DataClass::Volunteering,
        _ => DataClass::Registry,
    }
}

/// Who is managed in a region.
async fn people_of(db: &impl ConnectionTrait, code: &RegionCode, on: NaiveDate) -> Result<u64, DbErr> {
    place::count(db, DataClass::Registry, &[Scope::Region(code.clone())], on).await
}

/// The grants that a change could concern: over nodes, or over regions.
async fn touched(
    db: &impl ConnectionTrait,
    change: &Change,
    now: DateTime<Utc>,
) -> Result<Vec<Grant>, DbErr> {
    let regions = matches!(change, Change::MoveRegion { .. });
    let mut grants = authority::store::unended_of_all(db, now).await?;
    grants.retain(|grant| match grant.scope {
        Scope::Region(_) => regions,
        Scope::Organ(_) | Scope::Party(_) | Scope::Corps(_) => !regions,
        Scope::Unit(_) | Scope::Branch(_) | Scope::Person(_) => false,
    });
    Ok(grants)
}

/// What each grant over a node reaches on a day, in words that can be told apart.
async fn reaches(
    db: &impl ConnectionTrait,
    grants: &[Grant],
    on: NaiveDate,
) -> Result<BTreeMap<GrantId, BTreeSet<String>>, DbErr> {
    let (mut all, mut nodes) = (BTreeMap::new(), BTreeMap::<TreeNodeId, BTreeSet<String>>::new());
    for grant in grants {
        let (Scope::Organ(node) | Scope::Party(node) | Scope::Corps(node)) = &grant.scope else { continue };
        if let Some(known) = nodes.get(node) {
            all.insert(grant.id, known.clone());
            continue;
        }
        let reach = store::reach(db, *node, on).await?;
        let reached: BTreeSet<String> = match &grant.scope {
            Scope::Organ(_) => texts(reach.units.into_iter().map(Scope::Unit)),
            Scope::Party(_) => texts(reach.branches.into_iter().map(Scope::Branch)),
            _ => texts(reach.regions.into_iter().map(Scope::Region)),
        };
        nodes.insert(*node, reached.clone());
        all.insert(grant.id, reached);
    }
    Ok(all)
}

fn texts(scopes: impl Iterator<Item = Scope>) -> BTreeSet<String> {
    scopes.map(|scope| scope.to_string()).collect()
}

fn difference(of: &BTreeSet<String>, without: &BTreeSet<String>) -> Vec<Scope> {
    of.difference(without).filter_map(|text| text.parse().ok()).collect()
}
