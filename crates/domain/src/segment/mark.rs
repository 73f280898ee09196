//! What a line of a rule asks: one thing that the registers know of a person, or that it is not so. A closed list; nothing here is asked of
//! a person anew.

use std::{fmt, str::FromStr};

use crate::{
    ids::{NotAnId, RegionCode},
    person::{
        Retirement,
        fact::{FactKind, Level},
        period::Period,
    },
};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// 离休 or 退休.
    Kind(Retirement),
    /// Joined the work in this period.
    Period(Period),
    /// In this dimension a treatment of this level or higher.
    Treatment(FactKind, Level),
    /// From this age on, in full years.
    Age(u16),
    /// 独居.
    Alone,
    /// 党员.
    PartyMember,
    /// 志愿者.
    Volunteer,
    /// 困难干部.
    Hardship,
    /// Managed by a unit of this region.
    ManagedIn(RegionCode),
    /// Lives in this region.
    LivesIn(RegionCode),
    /// There is a telephone by which the person is reached.
    Telephone,
    /// The person has a login of the own.
    Account,
    /// A relative is on record.
    Relatives,
    /// Somebody was there within so many days.
    Visited(u16),
}

/// One thing, or that it is not so. In rows `age:90`, `!telephone`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What is asked.
    pub what: What,
    /// Is it to be so?
    pub so: bool,
}

/// The oldest age that is asked for.
const OLDEST: u16 = 130;
/// The longest time without a visit that is asked for.
const LONGEST: u16 = 3660;

impl What {
    /// That it is so.
    pub const fn so(self) -> Mark {
        Mark { what: self, so: true }
    }

    /// That it is not so.
    pub const fn not(self) -> Mark {
        Mark { what: self, so: false }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind(Retirement::Veteran) => f.write_str("veteran"),
            Self::Kind(Retirement::Retired) => f.write_str("retired"),
            Self::Period(period) => write!(f, "period:{}", period.code()),
            Self::Treatment(kind, level) => write!(f, "treatment:{}:{}", kind.code(), level.code()),
            Self::Age(age) => write!(f, "age:{age}"),
            Self::Alone => f.write_str("alone"),
            Self::PartyMember => f.write_str("party"),
            Self::Volunteer => f.write_str("volunteer"),
            Self::Hardship => f.write_str("hardship"),
            Self::ManagedIn(region) => write!(f, "managed:{region}"),
            Self::LivesIn(region) => write!(f, "lives:{region}"),
            Self::Telephone => f.write_str("telephone"),
            Self::Account => f.write_str("account"),
            Self::Relatives => f.write_str("relatives"),
            Self::Visited(days) => write!(f, "visited:{days}"),
        }
    }
}

impl FromStr for What {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let number = |text: &str, most: u16| {
            let number: u16 = text.parse().or(Err(NotAnId))?;
            if (1..=most).contains(&number) { Ok(number) } else { Err(NotAnId) }
        };
        Ok(match text.split_once(':').unwrap_or((text, "")) {
            ("veteran", "") => Self::Kind(Retirement::Veteran),
            ("retired", "") => Self::Kind(Retirement::Retired),
            ("period", code) => Self::Period(Period::parse(code).ok_or(NotAnId)?),
            ("treatment", rest) => {
                let (kind, level) = rest.split_once(':').ok_or(NotAnId)?;
                let kind = FactKind::parse(kind).filter(|kind| kind.is_treatment()).ok_or(NotAnId)?;
                Self::Treatment(kind, Level::parse(level).ok_or(NotAnId)?)
            }
            ("age", age) => Self::Age(number(age, OLDEST)?),
            ("alone", "") => Self::Alone,
            ("party", "") => Self::PartyMember,
            ("volunteer", "") => Self::Volunteer,
            ("hardship", "") => Self::Hardship,
            ("managed", code) => Self::ManagedIn(code.parse()?),
            ("lives", code) => Self::LivesIn(code.parse()?),
            ("telephone", "") => Self::Telephone,
            ("account", "") => Self::Account,
            ("relatives", "") => Self::Relatives,
            ("visited", days) => Self::Visited(number(days, LONGEST)?),
            _ => return Err(NotAnId),
        })
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.so { "" } else { "!" }, self.what)
    }
}

impl FromStr for Mark {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        Ok(match text.strip_prefix('!') {
            Some(rest) => rest.parse::<What>()?.not(),
            None => text.parse::<What>()?.so(),
        })
    }
}
