//! Persons, with faults planted.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};

use super::{draw::Draw, error::SeedError, facts};
use crate::{
    Context,
    calendar::{LunarDate, local_date},
    ids::{PersonId, RegionCode, UnitId},
    person::{
        BirthSource, Birthday, Calendar, Gender, NewPerson, Payout, Person, Precision, Retirement,
        period::{Known, Told},
    },
    privacy::{IdentityNumber, PayoutNumber, Phone},
};

/// How many faults were planted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Planted {
    /// The same human being a second time, without identity number.
    pub duplicates: usize,
    /// Telephones that two people have.
    pub shared_phones: usize,
    /// Birthdays that are kept by the moon.
    pub lunar_birthdays: usize,
    /// Party members without a branch.
    pub without_branch: usize,
    /// 离休 whose date of joining is known to a month or year that lies in two periods.
    pub straddling: usize,
    /// Dead, with memberships and logins that still live.
    pub dead_but_active: usize,
}

/// What is said of one person before it is sealed.
pub(super) struct Sketch<'a> {
    pub(super) name: String,
    pub(super) gender: Gender,
    pub(super) born_on: NaiveDate,
    pub(super) region: &'a RegionCode,
    pub(super) unit: UnitId,
    pub(super) party: bool,
    pub(super) phone: String,
    pub(super) account: String,
    pub(super) identified: bool,
}

/// Seals a sketch.
pub(super) fn person(
    cx: &Context,
    draw: &mut Draw,
    id: PersonId,
    sketch: Sketch<'_>,
    planted: &mut Planted,
    now: DateTime<Utc>,
) -> Result<Person, SeedError> {
    let lunar = draw.chance(5_500).then(|| LunarDate::of(sketch.born_on).ok()).flatten();
    planted.lunar_birthdays += usize::from(lunar.is_some());
    let number = draw.identity(sketch.born_on, sketch.gender);
    let joined_party = sketch.born_on.checked_add_days(Days::new(22 * 365)).unwrap_or(sketch.born_on);
    let veteran =
        sketch.born_on < NaiveDate::from_ymd_opt(1933, 1, 1).unwrap_or_default() && draw.chance(6_000);
    let joined = if veteran {
        facts::joined(sketch.born_on)
    } else {
        Known { on: joined_party, precision: Precision::Day }
    };
    planted.straddling += usize::from(veteran && matches!(joined.period(), Told::Straddles(..)));
    let new = NewPerson {
        name: sketch.name,
        gender: sketch.gender,
        born_on: sketch.born_on,
        born_precision: Precision::Day,
        born_source: BirthSource::File,
        birthday: Some(match lunar {
            Some(lunar) => {
                Birthday { calendar: Calendar::Lunar, month: lunar.month.into(), day: lunar.day.into() }
            }
            None => Birthday {
                calendar: Calendar::Solar,
                month: i16::try_from(sketch.born_on.month()).unwrap_or(1),
                day: i16::try_from(sketch.born_on.day()).unwrap_or(1),
            },
        }),
        retirement: if veteran { Retirement::Veteran } else { Retirement::Retired },
        joined_work: Some((joined.on, joined.precision)),
        party_joined_on: sketch.party.then_some(joined_party),
        unit: sketch.unit,
        residence: Some(sketch.region.clone()),
        living_alone: draw.chance(1_400),
        phone: Phone::parse(&sketch.phone).ok(),
        identity: if sketch.identified { IdentityNumber::parse(&number).ok() } else { None },
        payout: PayoutNumber::parse(&sketch.account)
            .ok()
            .map(|number| Payout { number, bank: "示例银行".to_owned() }),
    };
    debug_assert!(local_date(now) > sketch.born_on);
    Ok(new.sealed(&cx.seal, id, now)?)
}
