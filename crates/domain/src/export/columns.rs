//! How a person is shown in a row of a spreadsheet: the counterpart of `intake/fields.rs`.

use chrono::{Datelike, NaiveDate};

use crate::{
    ids::PersonId,
    intake::{COLUMNS as ALL, Field},
    person::{Calendar, Person, Precision, sight::Part},
};

/// The columns, in order.
pub const COLUMNS: [Field; 16] = [
    Field::Name,
    Field::Gender,
    Field::Born,
    Field::Identity,
    Field::Retirement,
    Field::Unit,
    Field::JoinedWork,
    Field::PartyJoined,
    Field::Phone,
    Field::Residence,
    Field::LivingAlone,
    Field::BirthdayCalendar,
    Field::Birthday,
    Field::Payout,
    Field::Bank,
    Field::Branch,
];

/// A person with what the row needs besides.
#[derive(Debug)]
pub struct Shown {
    pub(super) person: Person,
    pub(super) unit: String,
    pub(super) residence: String,
    pub(super) branch: String,
    pub(super) phone: String,
    pub(super) identity: String,
    /// Which part of the record is shown; `None`: all of it.
    pub(super) part: Option<Part>,
}

impl Shown {
    /// Whose row it is.
    pub fn id(&self) -> PersonId {
        self.person.id
    }

    /// Names of the columns.
    pub fn header() -> impl Iterator<Item = &'static str> {
        COLUMNS
            .iter()
            .map(|field| ALL.iter().find(|column| column.key == *field).map_or("", |column| column.name))
    }

    /// The cells, in the order of [`COLUMNS`]. What is not known is empty.
    pub fn cells(&self) -> Vec<String> {
        COLUMNS.iter().map(|field| self.cell(*field)).collect()
    }

    /// Is the column in the part? Of a birth, only the year.
    fn shows(&self, field: Field) -> bool {
        let Some(part) = self.part else { return true };
        match field {
            Field::Name | Field::Gender | Field::Born => true,
            Field::PartyJoined | Field::Branch => part.party,
            Field::Residence => part.volunteering,
            _ => false,
        }
    }

    fn cell(&self, field: Field) -> String {
        if !self.shows(field) {
            return String::new();
        }
        let person = &self.person;
        match field {
            Field::Born if self.part.is_some() => date(person.born_on, Precision::Year),
            Field::Name => person.name.clone(),
            Field::Gender => person.gender.label().to_owned(),
            Field::Born => date(person.born_on, person.born_precision),
            Field::Identity => self.identity.clone(),
            Field::Retirement => person.retirement.label().to_owned(),
            Field::Unit => self.unit.clone(),
            Field::JoinedWork => {
                let known = person.joined_work_on.zip(person.joined_work_precision);
                known.map(|(on, precision)| date(on, precision)).unwrap_or_default()
            }
            Field::PartyJoined => {
                person.party_joined_on.map(|on| date(on, Precision::Day)).unwrap_or_default()
            }
            Field::Phone => self.phone.clone(),
            Field::Residence => self.residence.clone(),
            Field::LivingAlone => if person.living_alone { "是" } else { "否" }.to_owned(),
            Field::BirthdayCalendar => match (person.birthday_month, person.birthday_calendar) {
                (None, _) => String::new(),
                (_, Calendar::Solar) => "公历".to_owned(),
                (_, Calendar::Lunar) => "农历".to_owned(),
            },
            Field::Birthday => {
                let day = person.birthday_month.zip(person.birthday_day);
                day.map(|(month, day)| format!("{month}月{day}日")).unwrap_or_default()
            }
            Field::Payout => {
                person.payout_tail.as_ref().map(|tail| format!("****{tail}")).unwrap_or_default()
            }
            Field::Bank => person.payout_bank.clone().unwrap_or_default(),
            Field::Branch => self.branch.clone(),
            Field::Number | Field::UnitRegion | Field::BranchFrom | Field::Reason => String::new(),
        }
    }
}

fn date(on: NaiveDate, precision: Precision) -> String {
    match precision {
        Precision::Day => on.to_string(),
        Precision::Month => format!("{}年{}月", on.year(), on.month()),
        Precision::Year => format!("{}年", on.year()),
    }
}
