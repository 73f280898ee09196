//! 为什么: each line of a rule with what decided it, for anybody, in a segment or not. It asks what the nightly computation asks.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{
    Rule, Verdict,
    facts::{When, load},
    judge, say,
};
use crate::{person::Person, region::Regions};

pub use super::say::Ground;

/// What a rule says of a person, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// All together.
    pub verdict: Verdict,
    /// Line by line.
    pub lines: Vec<Explained>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// In words.
    pub label: String,
    /// What became of it.
    pub verdict: Verdict,
    /// What the register says about each of its marks; the same said twice stands once.
    pub grounds: Vec<Ground>,
}

/// As of now.
pub async fn explain(
    db: &impl ConnectionTrait,
    (rule, regions): (&Rule, &Regions),
    person: &Person,
    (on, known): (NaiveDate, DateTime<Utc>),
) -> Result<Option<Explanation>, DbErr> {
    let found = load(db, vec![person.clone()], When::Now(on, known)).await?;
    let Some(facts) = found.first() else { return Ok(None) };
    let lines = rule.lines().iter().map(|line| {
        let mut grounds: Vec<Ground> =
            line.0.iter().map(|mark| say::ground(mark, facts, regions, on)).collect();
        grounds.dedup();
        Explained { label: line.label(regions, on), verdict: judge::line(line, facts, on), grounds }
    });
    let lines: Vec<Explained> = lines.collect();
    let verdict = Verdict::all(lines.iter().map(|line| line.verdict));
    // The dead are in no segment, whatever their record says.
    let verdict = if person.is_alive() { verdict } else { Verdict::Failed };
    Ok(Some(Explanation { verdict, lines }))
}

/// What many rules say of one person.
pub async fn verdicts(
    db: &impl ConnectionTrait,
    rules: &[&Rule],
    person: &Person,
    (on, known): (NaiveDate, DateTime<Utc>),
) -> Result<Vec<Verdict>, DbErr> {
    let found = load(db, vec![person.clone()], When::Now(on, known)).await?;
    let verdict = |rule: &&Rule| match found.first() {
        Some(facts) if person.is_alive() => judge::rule(rule, facts, on),
        _ => Verdict::Failed,
    };
    Ok(rules.iter().map(verdict).collect())
}
