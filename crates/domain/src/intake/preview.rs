//! What the rows of an import would do, for the second person: who begins, and what becomes of whoever is there. The rows are judged anew,
//! so that what is shown is what would be written now.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue, ConnectionTrait, DbErr};
use secrecy::ExposeSecret;

use super::{
    Field, Intake, Verdict,
    apply::Change,
    fields,
    judge::{Judged, Plan},
    look::{LookError, look},
    store,
};
use crate::{
    Context,
    authority::Worker,
    branch,
    calendar::{local_date, say},
    ids::{BranchId, PersonId, RegionCode, UnitId},
    person::{
        self, Calendar, NewPerson, Person, Precision, SealedColumn,
        change::{self, NewChange},
        period::Known,
        reveal,
    },
    privacy::{CannotSeal, mask},
    region::Regions,
};

/// Rows of a page.
pub const PAGE: u64 = 50;

/// Why nothing is shown.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// The actor's role does not reach the import.
    #[error("not found")]
    NotFound,
    /// The rows could not be looked at.
    #[error(transparent)]
    Look(#[from] LookError),
}

impl From<DbErr> for PreviewError {
    fn from(error: DbErr) -> Self {
        Self::Look(error.into())
    }
}

/// A page of rows that would write something.
#[derive(Debug)]
pub struct Preview {
    /// In the order of the file.
    pub rows: Vec<Planned>,
    /// After which row to go on; `None`: that was all.
    pub next: Option<i32>,
}

/// What a row would do.
pub struct Planned {
    /// Its number in the file.
    pub row: i32,
    /// As it is judged now.
    pub verdict: Verdict,
    /// What whoever it is about is called.
    pub name: String,
    /// Whose record changes; nobody's when one begins.
    pub person: Option<PersonId>,
    /// Column by column.
    pub values: Vec<Altered>,
}

/// Without what it says of somebody.
impl std::fmt::Debug for Planned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Planned").field("row", &self.row).finish_non_exhaustive()
    }
}

/// What becomes of one column. Numbers are masked.
pub struct Altered {
    /// The column.
    pub what: &'static str,
    /// What is known now.
    pub before: Option<String>,
    /// What would be.
    pub after: String,
    /// A second person is asked for this one by itself.
    pub asked: bool,
}

/// The next rows that would write something, after one of them.
pub async fn preview(
    db: &impl ConnectionTrait,
    cx: &Context,
    worker: &Worker,
    (intake, after): (&Intake, i32),
    now: DateTime<Utc>,
) -> Result<Preview, PreviewError> {
    if !worker.covers(intake.at()) {
        return Err(PreviewError::NotFound);
    }
    let lines = store::writing(db, intake.id, after, PAGE).await?;
    let full = lines.len() as u64 == PAGE;
    let next = lines.last().map(|line| line.row).filter(|_| full);
    let judged = look(db, cx, intake, &lines, now).await?;
    let words = Words::of(db, &judged, now).await?;
    let mut rows = Vec::with_capacity(judged.len());
    for one in &judged {
        rows.push(words.planned(cx, one).map_err(LookError::from)?);
    }
    Ok(Preview { rows, next })
}

/// The names of what rows refer to.
struct Words {
    regions: Regions,
    units: HashMap<UnitId, String>,
    branches: HashMap<BranchId, String>,
    today: NaiveDate,
}

const fn set<T: Into<sea_orm::Value>>(column: &ActiveValue<T>) -> Option<&T> {
    match column {
        ActiveValue::Set(value) => Some(value),
        ActiveValue::Unchanged(_) | ActiveValue::NotSet => None,
    }
}

fn altered(field: Field, before: Option<String>, after: String) -> Altered {
    Altered { what: fields::name(field), before, after, asked: false }
}

fn yes(is: bool) -> String {
    if is { "是" } else { "否" }.to_owned()
}

fn known(on: NaiveDate, precision: Precision) -> String {
    Known { on, precision }.say()
}

fn birthday(calendar: Calendar, month: i16, day: i16) -> String {
    let calendar = if calendar == Calendar::Lunar { "农历" } else { "公历" };
    format!("{calendar}{month}月{day}日")
}

fn account(bank: Option<&str>, tail: Option<&str>) -> String {
    format!("{} ****{}", bank.unwrap_or_default(), tail.unwrap_or_default())
}

impl Words {
    async fn of(db: &impl ConnectionTrait, judged: &[Judged], now: DateTime<Utc>) -> Result<Self, DbErr> {
        let (mut units, mut branches) = (HashMap::new(), HashMap::new());
        for one in judged {
            let ids = match &one.plan {
                Plan::Begin(new, _) => vec![new.unit],
                Plan::Change(person, change) => {
                    set(&change.columns.unit_id).map(|unit| vec![person.unit_id, *unit]).unwrap_or_default()
                }
                Plan::Nothing => Vec::new(),
            };
            for id in ids {
                if let Entry::Vacant(free) = units.entry(id) {
                    let unit = person::store::find_unit(db, id).await?;
                    free.insert(unit.map(|unit| unit.name).unwrap_or_default());
                }
            }
        }
        let joined: Vec<BranchId> =
            judged.iter().filter_map(|one| one.joins).map(|(branch, _)| branch).collect();
        for branch in branch::store::find_all(db, &joined).await? {
            branches.insert(branch.id, branch.name);
        }
        Ok(Self { regions: Regions::load(db).await?, units, branches, today: local_date(now) })
    }

    fn region(&self, code: &RegionCode) -> String {
        self.regions.full_name(code, self.today)
    }

    fn unit(&self, id: UnitId) -> String {
        self.units.get(&id).cloned().unwrap_or_default()
    }

    fn planned(&self, cx: &Context, judged: &Judged) -> Result<Planned, CannotSeal> {
        let (name, mut values) = match &judged.plan {
            Plan::Nothing => (String::new(), Vec::new()),
            Plan::Begin(new, _) => (new.name.clone(), self.begins(new)),
            Plan::Change(person, change) => (person.name.clone(), self.changes(cx, person, change)?),
        };
        if let Some((branch, _)) = judged.joins {
            let name = self.branches.get(&branch).cloned().unwrap_or_default();
            values.push(altered(Field::Branch, None, name));
        }
        Ok(Planned { row: judged.row, verdict: judged.verdict, name, person: judged.person, values })
    }

    fn begins(&self, new: &NewPerson) -> Vec<Altered> {
        let phone = new.phone.as_ref().map(|phone| mask::phone(phone.as_str()));
        let identity = new.identity.as_ref().map(|number| mask::identity_number(number.as_str()));
        let payout = new.payout.as_ref();
        let payout = payout.map(|payout| account(Some(&payout.bank), Some(&payout.number.tail())));
        let birthday = new.birthday.as_ref().map(|day| birthday(day.calendar, day.month, day.day));
        let all = [
            (Field::Gender, Some(new.gender.label().to_owned())),
            (Field::Born, Some(known(new.born_on, new.born_precision))),
            (Field::Identity, identity),
            (Field::Retirement, Some(new.retirement.label().to_owned())),
            (Field::Unit, Some(self.unit(new.unit))),
            (Field::JoinedWork, new.joined_work.map(|(on, precision)| known(on, precision))),
            (Field::PartyJoined, new.party_joined_on.map(say::full_date)),
            (Field::Phone, phone),
            (Field::Residence, new.residence.as_ref().map(|code| self.region(code))),
            (Field::LivingAlone, new.living_alone.then(|| yes(true))),
            (Field::Birthday, birthday),
            (Field::Payout, payout),
        ];
        all.into_iter().filter_map(|(field, said)| said.map(|said| altered(field, None, said))).collect()
    }

    fn changes(&self, cx: &Context, person: &Person, change: &Change) -> Result<Vec<Altered>, CannotSeal> {
        let (to, mut all) = (&change.columns, Vec::new());
        let mut put = |field, before, after| all.push(altered(field, before, after));
        if let Some(name) = set(&to.name) {
            put(Field::Name, Some(person.name.clone()), name.clone());
        }
        if let Some(gender) = set(&to.gender) {
            put(Field::Gender, Some(person.gender.label().to_owned()), gender.label().to_owned());
        }
        if let Some(Some(sealed)) = set(&to.identity) {
            let clear = cx.seal.open(SealedColumn::Identity.cell(&person.id.to_string()), sealed);
            put(Field::Identity, None, mask::identity_number(clear.or(Err(CannotSeal))?.expose_secret()));
        }
        if let Some(way) = set(&to.retirement) {
            put(Field::Retirement, Some(person.retirement.label().to_owned()), way.label().to_owned());
        }
        if let Some(unit) = set(&to.unit_id) {
            put(Field::Unit, Some(self.unit(person.unit_id)), self.unit(*unit));
        }
        if let (Some(Some(on)), Some(Some(precision))) =
            (set(&to.joined_work_on), set(&to.joined_work_precision))
        {
            put(Field::JoinedWork, None, known(*on, *precision));
        }
        if let Some(Some(on)) = set(&to.party_joined_on) {
            put(Field::PartyJoined, person.party_joined_on.map(say::full_date), say::full_date(*on));
        }
        if let Some(Some(sealed)) = set(&to.phone) {
            let before = reveal::open(cx, person, SealedColumn::Phone).or(Err(CannotSeal))?;
            let before = before.map(|clear| mask::phone(clear.expose_secret()));
            let clear = cx.seal.open(SealedColumn::Phone.cell(&person.id.to_string()), sealed);
            put(Field::Phone, before, mask::phone(clear.or(Err(CannotSeal))?.expose_secret()));
        }
        if let Some(Some(code)) = set(&to.residence) {
            put(Field::Residence, person.residence.as_ref().map(|code| self.region(code)), self.region(code));
        }
        if let Some(alone) = set(&to.living_alone) {
            put(Field::LivingAlone, Some(yes(person.living_alone)), yes(*alone));
        }
        if let (Some(calendar), Some(Some(month)), Some(Some(day))) =
            (set(&to.birthday_calendar), set(&to.birthday_month), set(&to.birthday_day))
        {
            let before = person.birthday_month.zip(person.birthday_day);
            let before = before.map(|(month, day)| birthday(person.birthday_calendar, month, day));
            put(Field::Birthday, before, birthday(*calendar, *month, *day));
        }
        if let (Some(Some(bank)), Some(Some(tail))) = (set(&to.payout_bank), set(&to.payout_tail)) {
            put(Field::Payout, None, account(Some(bank), Some(tail)));
        }
        all.extend(change.requests.iter().map(|new| asked(person, new)));
        Ok(all)
    }
}

fn asked(person: &Person, new: &NewChange) -> Altered {
    let before = match new.field {
        change::Field::Birth => Some(known(person.born_on, person.born_precision)),
        change::Field::JoinedWork => {
            person.joined_work_on.map(|on| known(on, person.joined_work_precision.unwrap_or(Precision::Year)))
        }
        change::Field::Payout => {
            person.payout_tail.as_deref().map(|tail| account(person.payout_bank.as_deref(), Some(tail)))
        }
        change::Field::Identity
        | change::Field::Gender
        | change::Field::Period
        | change::Field::Treatment(_) => None,
    };
    Altered { what: new.field.label(), before, after: new.after.say(), asked: true }
}
