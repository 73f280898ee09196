//! What the live holds hold: a pure question about whom and what a subject touches.

use std::collections::{HashMap, HashSet};

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait};
use uuid::Uuid;

use super::{
    due, find,
    hold::{self, Model as Hold, Over},
};
use crate::{
    ids::{CaseId, HoldId, PersonId, UnitId},
    person::unit,
};

/// Any number, as long as nothing else in the database locks it.
const GATE: i64 = 0x7969_6e6c_686f_6c64;

/// Whoever places a hold and whoever takes something away go one after the other, until their transactions end: once a hold has been
/// answered, nothing goes that it holds. On `SQLite` writers do anyhow.
pub(crate) async fn gate(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({GATE})")).await?;
    }
    Ok(())
}

/// Does a hold hold this subject of a class? Asked in the transaction in which it would go.
pub(crate) async fn is_held(tx: &DatabaseTransaction, class: &str, subject: Uuid) -> Result<bool, DbErr> {
    gate(tx).await?;
    let holding = Holding::load(tx).await?;
    let Some((class, ruled)) = find(class).filter(|_| !holding.is_empty()) else { return Ok(false) };
    let (touched, _) = due::touched(tx, ruled, subject).await?;
    Ok(holding.over(class.code, &touched).is_some())
}

/// Whom and what a subject touches.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    /// Whose it is, with the records into which theirs were merged.
    pub people: HashSet<PersonId>,
    /// Of which units.
    pub units: HashSet<UnitId>,
    /// Of which cases.
    pub cases: HashSet<CaseId>,
}

/// The live holds at one moment.
#[derive(Clone, Debug, Default)]
pub struct Holding {
    holds: Vec<(HoldId, Over)>,
    /// Which units a hold over a unit reaches.
    below: HashMap<UnitId, HashSet<UnitId>>,
}

impl Holding {
    /// Loads them.
    pub async fn load(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let live = hold::live(db).await?;
        let held: Vec<UnitId> = live.iter().filter_map(|hold| hold.unit_id).collect();
        let parents: Vec<(UnitId, Option<UnitId>)> = if held.is_empty() {
            Vec::new()
        } else {
            unit::Entity::find().all(db).await?.into_iter().map(|unit| (unit.id, unit.parent_id)).collect()
        };
        Ok(Self::of(&live, &parents))
    }

    /// The pure part.
    pub fn of(live: &[Hold], parents: &[(UnitId, Option<UnitId>)]) -> Self {
        let holds: Vec<_> = live.iter().filter_map(|hold| Some((hold.id, hold.over()?))).collect();
        let mut below = HashMap::new();
        for hold in live {
            let Some(top) = hold.unit_id else { continue };
            let mut reached = HashSet::from([top]);
            loop {
                let more: Vec<UnitId> = parents
                    .iter()
                    .filter(|(unit, parent)| {
                        !reached.contains(unit) && parent.is_some_and(|parent| reached.contains(&parent))
                    })
                    .map(|(unit, _)| *unit)
                    .collect();
                if more.is_empty() {
                    break;
                }
                reached.extend(more);
            }
            below.insert(top, reached);
        }
        Self { holds, below }
    }

    /// Is a person held, by name or with the unit?
    pub fn over_one(&self, person: PersonId, unit: UnitId) -> bool {
        let touched = Touched { people: [person].into(), units: [unit].into(), ..Touched::default() };
        self.over("", &touched).is_some()
    }

    /// The first hold that holds a subject of a class.
    pub fn over(&self, class: &str, touched: &Touched) -> Option<HoldId> {
        let holds = |over: &Over| match over {
            Over::Person(person) => touched.people.contains(person),
            Over::Case(case) => touched.cases.contains(case),
            Over::Class(held) => held == class,
            Over::Unit(unit) => self.below.get(unit).is_some_and(|below| !below.is_disjoint(&touched.units)),
        };
        self.holds.iter().find(|(_, over)| holds(over)).map(|(id, _)| *id)
    }

    /// Does nothing hold anything?
    pub fn is_empty(&self) -> bool {
        self.holds.is_empty()
    }
}
