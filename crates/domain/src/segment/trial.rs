//! 试算: who would be in, before anything is saved. It reads and writes nothing.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{
    Rule, Verdict,
    facts::{When, load},
    judge, narrow,
    walk::PAGE,
};
use crate::{
    authority::{DataClass, Scope, Worker},
    calendar::local_date,
    ids::RegionCode,
    person::{Person, place},
};

/// Somebody waits for the answer: more people than this are left to the night.
pub const MOST: u64 = 20_000;
/// So many are shown.
pub const SHOWN: usize = 10;

/// What would be.
#[derive(Clone, Debug)]
pub struct Trial {
    /// How many would be in, of those who were looked at.
    pub members: u64,
    /// Of how many somebody would have to find out.
    pub unsure: u64,
    /// Was everybody looked at of whom it can be so?
    pub whole: bool,
    /// Some of those who would be in.
    pub sample: Vec<Person>,
}

/// Tries all lines of a rule, with its region and what it narrows, on the people of a region. `None`: the worker's role does not reach it.
pub async fn trial(
    db: &impl ConnectionTrait,
    worker: &Worker,
    (region, rule): (&RegionCode, &Rule),
    now: DateTime<Utc>,
) -> Result<Option<Trial>, DbErr> {
    if !worker.covers(region) {
        return Ok(None);
    }
    let (today, scopes) = (local_date(now), [Scope::Region(region.clone())]);
    let mut trial = Trial { members: 0, unsure: 0, whole: true, sample: Vec::new() };
    let (mut after, mut looked) = (None, 0);
    loop {
        let among = (&scopes[..], narrow::possible(rule, today));
        let people = place::people_among(db, DataClass::Registry, among, (today, after, PAGE)).await?;
        let Some(last) = people.last() else { return Ok(Some(trial)) };
        after = Some(last.id);
        looked += PAGE;
        let living = people.into_iter().filter(Person::is_alive).collect();
        for one in load(db, living, When::Now(today, now)).await? {
            match judge::rule(rule, &one, today) {
                Verdict::Passed => {
                    trial.members += 1;
                    if trial.sample.len() < SHOWN {
                        trial.sample.push(one.person);
                    }
                }
                Verdict::Unknown => trial.unsure += 1,
                Verdict::Failed => {}
            }
        }
        if looked >= MOST {
            return Ok(Some(Trial { whole: false, ..trial }));
        }
    }
}
