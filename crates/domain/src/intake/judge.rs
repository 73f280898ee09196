//! What would become of one record. Pure: everything that it needs was looked up.

use chrono::NaiveDate;

use super::{
    Field, Problem, Record, Repeated, Verdict, Wrong,
    apply::{Change, born_on, changes, new_person},
    lookup::{Around, Known, Resolved},
};
use crate::{
    Context,
    branch::MembershipKind,
    ids::{BranchId, PersonId, RegionCode},
    person::{NewPerson, Person, commands::fits},
    privacy::{Blind, CannotSeal, Searched},
};

/// What is to be written.
pub(super) enum Plan {
    /// Nothing.
    Nothing,
    /// A person, of a unit in this region.
    Begin(Box<NewPerson>, RegionCode),
    /// Changes of a person; perhaps none, when only the branch is new.
    Change(Box<Person>, Box<Change>),
}

/// What would become of a record.
pub(super) struct Judged {
    pub(super) row: i32,
    pub(super) verdict: Verdict,
    pub(super) mistakes: Vec<Wrong>,
    pub(super) plan: Plan,
    /// The branch that the person joins, and when.
    pub(super) joins: Option<(BranchId, NaiveDate)>,
    pub(super) person: Option<PersonId>,
    pub(super) identity_index: Option<Blind>,
    pub(super) same_index: Option<Blind>,
    /// The same under every key there is, the newest first: a row of before a change of keys, or a record that waits for its turn, has
    /// an older one.
    pub(super) identities: Vec<Blind>,
    pub(super) sames: Vec<Blind>,
}

impl Judged {
    /// How many changes a second person would be asked to agree to.
    pub(super) fn requests(&self) -> u32 {
        let count = if let Plan::Change(_, change) = &self.plan { change.requests.len() } else { 0 };
        u32::try_from(count).unwrap_or_default()
    }

    fn new(row: i32, verdict: Verdict, mistakes: Vec<Wrong>) -> Self {
        Self {
            row,
            verdict,
            mistakes,
            plan: Plan::Nothing,
            joins: None,
            person: None,
            identity_index: None,
            same_index: None,
            identities: Vec::new(),
            sames: Vec::new(),
        }
    }

    /// With the indexes of its record.
    fn indexed(self, (identities, sames): (Vec<Blind>, Vec<Blind>)) -> Self {
        let (identity_index, same_index) = (identities.first().cloned(), sames.first().cloned());
        Self { identity_index, same_index, identities, sames, ..self }
    }
}

/// The indexes under which the same person is found again, in the register and in the file, the newest first.
pub(super) fn indexes(
    cx: &Context,
    record: &Record,
    resolved: Option<&Resolved>,
) -> (Vec<Blind>, Vec<Blind>) {
    let identity = record.identity.as_ref();
    let identity = identity.map(|number| cx.seal.blinds(Searched::IdentityNumber, number.as_str()));
    let same = record.name.as_ref().zip(born_on(record)).zip(resolved);
    let same = same.map(|((name, born), resolved)| format!("{name}|{born}|{}", resolved.unit));
    let same = same.map(|text| cx.seal.blinds(Searched::SamePerson, &text));
    (identity.unwrap_or_default(), same.unwrap_or_default())
}

/// The person whom a record is about, if there is one already.
fn found<'a>(
    around: &'a Around,
    record: &Record,
    resolved: &Resolved,
    identities: &[Blind],
) -> Result<Option<&'a Known>, Wrong> {
    if let Some(known) = identities.iter().find_map(|index| around.numbered(index)) {
        return if known.inside { Ok(Some(known)) } else { Err(Problem::Elsewhere.of(Field::Identity)) };
    }
    let (Some(name), Some(born)) = (&record.name, born_on(record)) else { return Ok(None) };
    match around.same(name, born, resolved.unit) {
        [] => Ok(None),
        // What was merged away was here; whoever is kept need not be.
        [known] if !known.inside => Err(Problem::NotTaken.of(Field::Name)),
        [known] if !identities.is_empty() && known.person.identity_index.is_some() => {
            Err(Problem::OtherNumber.of(Field::Identity))
        }
        [known] => Ok(Some(known)),
        _ => Err(Problem::WhichPerson.of(Field::Name)),
    }
}

/// Judges a record.
pub(super) fn judge(
    cx: &Context,
    around: &Around,
    (row, record, resolved): (i32, &Record, &Resolved),
) -> Result<Judged, CannotSeal> {
    let today = around.today;
    let indexes = indexes(cx, record, Some(resolved));
    let refused = |wrong| Judged::new(row, Verdict::Error, vec![wrong]);
    let found = found(around, record, resolved, &indexes.0);
    let judged = match found {
        Err(wrong) => refused(wrong),
        Ok(Some(known)) if !known.person.is_alive() => refused(Problem::Died.anywhere()),
        Ok(Some(known)) if known.by_merged => {
            // The number that led here is the merged record's, and nobody has it twice.
            let record = &Record { identity: None, ..record.clone() };
            again(cx, around, (row, record, resolved), &known.person)?
        }
        Ok(Some(known)) => again(cx, around, (row, record, resolved), &known.person)?,
        Ok(None) => match new_person(record, resolved) {
            None => refused(Problem::Missing.anywhere()),
            Some(new) => match fits(&new, today) {
                Err(refusal) => refused(refusal.into()),
                Ok(()) => Judged {
                    plan: Plan::Begin(Box::new(new), resolved.unit_region.clone()),
                    joins: resolved
                        .branch
                        .as_ref()
                        .map(|branch| (branch.id, record.branch_from.unwrap_or(today))),
                    ..Judged::new(row, Verdict::New, Vec::new())
                },
            },
        },
    };
    Ok(judged.indexed(indexes))
}

/// A person who is there already.
fn again(
    cx: &Context,
    around: &Around,
    (row, record, resolved): (i32, &Record, &Resolved),
    person: &Person,
) -> Result<Judged, CannotSeal> {
    let (rule, today) = (around.rule, around.today);
    // What would change if everything were taken from the file, to tell a repetition from news.
    let wanted = if rule == Repeated::Skip { Repeated::Overwrite } else { rule };
    let mut change = changes(cx, around, (row, record, resolved), person, wanted)?;
    let members = around.members(person.id);
    let joins =
        resolved.branch.as_ref().filter(|branch| !members.iter().any(|member| member.branch_id == branch.id));
    let mut judged = Judged { person: Some(person.id), ..Judged::new(row, Verdict::Unchanged, Vec::new()) };
    let news = !change.is_empty() || joins.is_some() || !change.wrong.is_empty();
    if rule == Repeated::Skip {
        judged.verdict = if news { Verdict::Duplicate } else { Verdict::Unchanged };
        return Ok(judged);
    }
    judged.mistakes = std::mem::take(&mut change.wrong);
    if joins.is_some() && members.iter().any(|member| member.kind == MembershipKind::Affiliation) {
        judged.mistakes.push(Problem::AffiliatedElsewhere.of(Field::Branch));
    }
    if !judged.mistakes.is_empty() {
        judged.verdict = Verdict::Error;
    } else if news {
        judged.verdict = Verdict::Update;
        judged.mistakes = std::mem::take(&mut change.notes);
        judged.plan = Plan::Change(Box::new(person.clone()), Box::new(change));
        judged.joins = joins.map(|branch| (branch.id, record.branch_from.unwrap_or(today)));
    }
    Ok(judged)
}

/// A record that could not even be read.
pub(super) fn unreadable(
    cx: &Context,
    (row, record, resolved): (i32, &Record, Option<&Resolved>),
    mistakes: Vec<Wrong>,
) -> Judged {
    Judged::new(row, Verdict::Error, mistakes).indexed(indexes(cx, record, resolved))
}

/// The same person further up.
pub(super) fn repeated(judged: Judged, first: i32) -> Judged {
    let mistakes = vec![Problem::Repeated { row: first }.anywhere()];
    Judged { verdict: Verdict::Duplicate, mistakes, plan: Plan::Nothing, joins: None, ..judged }
}
