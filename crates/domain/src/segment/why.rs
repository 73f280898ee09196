//! Why somebody stands otherwise than before: the same rule over what was so when it was computed last, as far as that has a date, and then
//! which lines are otherwise now.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};

use super::{
    Cause, Line, Member, Run, Standing, Verdict,
    facts::{Facts, When, load},
    judge, store,
};
use crate::{ids::PersonId, person::Person};

/// Somebody who stands otherwise than before.
pub(super) struct Turned {
    /// As it is now.
    pub(super) facts: Facts,
    /// How it was.
    pub(super) was: Option<Member>,
    /// How it is now.
    pub(super) standing: Option<Standing>,
}

/// What was so when the segment was computed last.
pub(super) struct Why<'a> {
    run: &'a Run,
    before: Option<Run>,
    facts: HashMap<PersonId, Facts>,
}

impl<'a> Why<'a> {
    pub(super) async fn of(
        db: &impl ConnectionTrait,
        run: &'a Run,
        turned: &[Turned],
    ) -> Result<Self, DbErr> {
        let before = store::run::last_done(db, run.segment_id).await?;
        let mut facts = HashMap::new();
        if let Some(before) = &before {
            let persons: Vec<Person> = turned.iter().map(|one| one.facts.person.clone()).collect();
            // What was written while it ran may have come too late for it.
            let then = When::Before(before.on_day, before.began_at);
            for one in load(db, persons, then).await? {
                facts.insert(one.person.id, one);
            }
        }
        Ok(Self { run, before, facts })
    }

    pub(super) fn joined(&self, one: &Turned) -> Cause {
        let Some(before) = &self.before else { return Cause::First };
        if one.was.is_none() && one.facts.person.created_at > before.began_at {
            return Cause::New;
        }
        let changed = self.changed(one, before.on_day, |now| now != Verdict::Failed);
        match changed {
            Some(lines) => Cause::Lines(lines),
            None if before.rule != self.run.rule => Cause::Rule,
            None => Cause::Record,
        }
    }

    pub(super) fn left(&self, one: &Turned) -> Cause {
        let before = self.before.as_ref();
        if one.standing == Some(Standing::Member) {
            // Somebody has found out what was not known.
            return self.joined(one);
        }
        let changed =
            before.and_then(|before| self.changed(one, before.on_day, |now| now != Verdict::Passed));
        match changed {
            Some(lines) => Cause::Lines(lines),
            None if before.is_some_and(|before| before.rule != self.run.rule) => Cause::Rule,
            // What has no date was corrected: then the line says so by itself.
            None => {
                let lines = self.run.rule.lines().iter();
                let lost = lines.filter(|line| self.now(line, one) != Verdict::Passed);
                Cause::Lines(lost.cloned().collect())
            }
        }
    }

    fn now(&self, line: &Line, one: &Turned) -> Verdict {
        judge::line(line, &one.facts, self.run.on_day)
    }

    /// The lines that were otherwise then; `None`: there is none.
    fn changed(&self, one: &Turned, then: NaiveDate, counts: impl Fn(Verdict) -> bool) -> Option<Vec<Line>> {
        let before = self.facts.get(&one.facts.person.id)?;
        let lines = self.run.rule.lines().iter().filter(|line| {
            let now = self.now(line, one);
            counts(now) && judge::line(line, before, then) != now
        });
        let lines: Vec<Line> = lines.cloned().collect();
        (!lines.is_empty()).then_some(lines)
    }
}
