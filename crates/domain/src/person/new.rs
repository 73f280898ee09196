//! A person's record before it is sealed into a row.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};

use super::{BirthSource, Calendar, Gender, Person, Precision, Retirement, SealedColumn};
use crate::{
    ids::{PersonId, RegionCode, UnitId},
    privacy::{CannotSeal, IdentityNumber, PayoutNumber, Phone, Sealer, Searched},
};

/// Everything that is known of a person when the record begins.
#[derive(Clone)]
pub struct NewPerson {
    /// 姓名.
    pub name: String,
    /// 性别.
    pub gender: Gender,
    /// 出生日期 (solar).
    pub born_on: NaiveDate,
    /// How much of it is known.
    pub born_precision: Precision,
    /// Who says so.
    pub born_source: BirthSource,
    /// What the family celebrates, if it said so.
    pub birthday: Option<Birthday>,
    /// 离休 or 退休.
    pub retirement: Retirement,
    /// 参加工作时间.
    pub joined_work: Option<(NaiveDate, Precision)>,
    /// 入党时间.
    pub party_joined_on: Option<NaiveDate>,
    /// 管理单位.
    pub unit: UnitId,
    /// 居住地.
    pub residence: Option<RegionCode>,
    /// 独居.
    pub living_alone: bool,
    /// Telephone.
    pub phone: Option<Phone>,
    /// Identity number.
    pub identity: Option<IdentityNumber>,
    /// Where money goes.
    pub payout: Option<Payout>,
}

/// A birthday as a family keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Birthday {
    /// In which calendar.
    pub calendar: Calendar,
    /// Month, 1–12.
    pub month: i16,
    /// Day, 1–31 (lunar 1–30).
    pub day: i16,
}

/// An account for payments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout {
    /// The number.
    pub number: PayoutNumber,
    /// The bank's name.
    pub bank: String,
}

impl fmt::Debug for NewPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPerson").finish_non_exhaustive()
    }
}

impl NewPerson {
    /// The row, with everything sealed for it.
    pub fn sealed(self, seal: &Sealer, id: PersonId, now: DateTime<Utc>) -> Result<Person, CannotSeal> {
        let row = id.to_string();
        let close = |column: SealedColumn, clear: &str| seal.seal(column.cell(&row), clear);
        let phone = self.phone.as_ref().map(|phone| close(SealedColumn::Phone, phone.as_str()));
        let identity = self.identity.as_ref().map(|number| close(SealedColumn::Identity, number.as_str()));
        let payout = self.payout.as_ref().map(|payout| close(SealedColumn::Payout, payout.number.as_str()));
        Ok(Person {
            id,
            name: self.name,
            gender: self.gender,
            born_on: self.born_on,
            born_precision: self.born_precision,
            born_source: self.born_source,
            birthday_calendar: self.birthday.map_or(Calendar::Solar, |birthday| birthday.calendar),
            birthday_month: self.birthday.map(|birthday| birthday.month),
            birthday_day: self.birthday.map(|birthday| birthday.day),
            retirement: self.retirement,
            joined_work_on: self.joined_work.map(|(on, _)| on),
            joined_work_precision: self.joined_work.map(|(_, precision)| precision),
            party_joined_on: self.party_joined_on,
            unit_id: self.unit,
            residence: self.residence,
            living_alone: self.living_alone,
            phone: phone.transpose()?,
            phone_index: self.phone.map(|phone| seal.blind(Searched::Phone, phone.as_str())),
            identity: identity.transpose()?,
            identity_derived: self.identity.as_ref().is_some_and(IdentityNumber::is_derived),
            identity_index: self.identity.map(|number| seal.blind(Searched::IdentityNumber, number.as_str())),
            payout: payout.transpose()?,
            payout_tail: self.payout.as_ref().map(|payout| payout.number.tail()),
            payout_bank: self.payout.map(|payout| payout.bank),
            merged_into: None,
            died_on: None,
            version: 1,
            created_at: now,
            updated_at: now,
        })
    }
}
