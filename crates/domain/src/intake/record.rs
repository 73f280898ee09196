//! A row of the file, read.

use std::fmt;

use chrono::NaiveDate;
use workbook::{Cell, Known};

use super::{Field, Problem, Wrong, fields};
use crate::{
    person::{Calendar, Gender, Retirement},
    privacy::{IdentityNumber, PayoutNumber, Phone},
};

/// What a row says of a person. What it does not say is `None`.
#[derive(Clone, Default)]
#[expect(missing_docs, reason = "each is what the column of COLUMNS with its name says")]
pub struct Record {
    pub name: Option<String>,
    pub gender: Option<Gender>,
    pub born: Option<Known>,
    pub identity: Option<IdentityNumber>,
    pub retirement: Option<Retirement>,
    pub unit: Option<String>,
    pub unit_region: Option<String>,
    pub joined_work: Option<Known>,
    pub party_joined: Option<NaiveDate>,
    pub phone: Option<Phone>,
    pub residence: Option<String>,
    pub living_alone: Option<bool>,
    pub calendar: Option<Calendar>,
    pub birthday: Option<(i16, i16)>,
    pub payout: Option<PayoutNumber>,
    pub bank: Option<String>,
    pub branch: Option<String>,
    pub branch_from: Option<NaiveDate>,
}

/// Nothing of anybody is printed.
impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record").finish_non_exhaustive()
    }
}

impl Record {
    /// Reads a row. Everything that is wrong with it is said at once.
    pub fn read(known: &[(u32, Field)], cells: &[(u32, Cell)], today: NaiveDate) -> (Self, Vec<Wrong>) {
        let (mut record, mut wrong) = (Self::default(), Vec::new());
        for (at, field) in known {
            let Some((_, cell)) = cells.iter().find(|(column, _)| column == at) else { continue };
            if let Err(problem) = fields::read(*field, cell, today, &mut record) {
                wrong.push(problem.of(*field));
            }
        }
        record.complete(&mut wrong);
        (record, wrong)
    }

    /// What one column says of another, and what must be there.
    fn complete(&mut self, wrong: &mut Vec<Wrong>) {
        if let Some(identity) = &self.identity {
            let gender = if identity.is_male() { Gender::Male } else { Gender::Female };
            if self.gender.is_some_and(|said| said != gender) {
                wrong.push(Problem::GenderDisagrees.of(Field::Gender));
            }
            self.gender = Some(gender);
        }
        let mut need = |there: bool, field| {
            if !there && !wrong.iter().any(|wrong| wrong.field == Some(field)) {
                wrong.push(Problem::Missing.of(field));
            }
        };
        need(self.name.is_some(), Field::Name);
        need(self.unit.is_some(), Field::Unit);
        need(self.retirement.is_some(), Field::Retirement);
        need(self.gender.is_some(), Field::Gender);
        need(self.born.is_some() || self.identity.is_some(), Field::Born);
        need(self.birthday.is_none() || self.calendar.is_some(), Field::BirthdayCalendar);
        if self.payout.is_some() && self.bank.is_none() {
            wrong.push(Problem::BankMissing.of(Field::Bank));
        }
    }
}
