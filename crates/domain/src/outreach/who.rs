//! Whom a row of a standard is about: facts of the record, and nothing else. Pure.

use std::{fmt, str::FromStr};

use sea_orm::DeriveValueType;

use crate::{
    ids::NotAnId,
    person::{Retirement, fact::Level},
};

/// Which birthdays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turning {
    /// 逢十的周岁.
    Tens,
    /// 逢十的虚岁: 九十大寿 is at 89 by birthdays.
    NominalTens,
}

/// 慰问对象: all that is said must be so; nothing said is everybody. In rows `retired+age:80+alone`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub struct Who {
    /// 离休 or 退休.
    pub retirement: Option<Retirement>,
    /// From this age on, in full years.
    pub from_age: Option<u16>,
    /// A treatment of this level or higher.
    pub level: Option<Level>,
    /// 独居.
    pub alone: bool,
    /// 困难.
    pub hardship: bool,
    /// Birthdays only of this kind.
    pub turning: Option<Turning>,
}

/// What is on record of somebody on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// 离休 or 退休.
    pub retirement: Retirement,
    /// 周岁.
    pub age: u32,
    /// 虚岁.
    pub nominal_age: u32,
    /// The highest level of any treatment.
    pub level: Option<Level>,
    /// 独居.
    pub alone: bool,
    /// 困难.
    pub hardship: bool,
}

impl Who {
    /// Is somebody of them?
    pub fn holds(&self, facts: &Facts) -> bool {
        self.retirement.is_none_or(|kind| kind == facts.retirement)
            && self.from_age.is_none_or(|age| facts.age >= u32::from(age))
            && self.level.is_none_or(|level| facts.level.is_some_and(|has| has >= level))
            && (!self.alone || facts.alone)
            && (!self.hardship || facts.hardship)
            && match self.turning {
                None => true,
                Some(Turning::Tens) => facts.age > 0 && facts.age.is_multiple_of(10),
                Some(Turning::NominalTens) => facts.nominal_age > 0 && facts.nominal_age.is_multiple_of(10),
            }
    }

    /// How much is said: of two rows that give the same, the narrower is the reason.
    pub fn narrowness(&self) -> usize {
        self.to_string().split('+').filter(|part| *part != EVERYBODY).count()
    }

    /// In words.
    pub fn label(&self) -> String {
        let mut words = vec![match self.retirement {
            Some(kind) => format!("{}干部", kind.label()),
            None => "离退休干部".to_owned(),
        }];
        words.extend(self.from_age.map(|age| format!("{age}周岁以上")));
        words.extend(self.level.map(|level| format!("{}以上待遇", level.label())));
        words.extend(self.alone.then(|| "独居".to_owned()));
        words.extend(self.hardship.then(|| "困难".to_owned()));
        words.extend(self.turning.map(|turning| turning.label().to_owned()));
        words.join("，")
    }
}

impl Turning {
    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tens => "tens",
            Self::NominalTens => "nominal_tens",
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Tens => "周岁逢十",
            Self::NominalTens => "虚岁逢十",
        }
    }
}

const EVERYBODY: &str = "everybody";

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        parts.extend(self.retirement.map(|kind| match kind {
            Retirement::Veteran => "veteran".to_owned(),
            Retirement::Retired => "retired".to_owned(),
        }));
        parts.extend(self.from_age.map(|age| format!("age:{age}")));
        parts.extend(self.level.map(|level| format!("level:{}", level.code())));
        parts.extend(self.alone.then(|| "alone".to_owned()));
        parts.extend(self.hardship.then(|| "hardship".to_owned()));
        parts.extend(self.turning.map(|turning| turning.code().to_owned()));
        if parts.is_empty() {
            return f.write_str(EVERYBODY);
        }
        f.write_str(&parts.join("+"))
    }
}

impl FromStr for Who {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let mut who = Self::default();
        if text == EVERYBODY {
            return Ok(who);
        }
        for part in text.split('+') {
            match part.split_once(':').unwrap_or((part, "")) {
                ("veteran", "") => who.retirement = Some(Retirement::Veteran),
                ("retired", "") => who.retirement = Some(Retirement::Retired),
                ("age", age) => who.from_age = Some(age.parse().or(Err(NotAnId))?),
                ("level", level) => who.level = Some(Level::parse(level).ok_or(NotAnId)?),
                ("alone", "") => who.alone = true,
                ("hardship", "") => who.hardship = true,
                ("tens", "") => who.turning = Some(Turning::Tens),
                ("nominal_tens", "") => who.turning = Some(Turning::NominalTens),
                _ => return Err(NotAnId),
            }
        }
        Ok(who)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Facts, Level, Retirement, Turning, Who};

    fn facts() -> Facts {
        Facts {
            retirement: Retirement::Retired,
            age: 89,
            nominal_age: 90,
            level: Some(Level::Bureau),
            alone: true,
            hardship: false,
        }
    }

    #[test]
    fn all_that_is_said_must_be_so() {
        for (text, holds) in [
            ("everybody", true),
            ("veteran", false),
            ("retired+age:80+alone", true),
            ("age:90", false),
            ("level:deputy_bureau", true),
            ("level:deputy_province", false),
            ("hardship", false),
            ("nominal_tens", true),
            ("tens", false),
        ] {
            let who: Who = text.parse().unwrap();
            assert_eq!(who.to_string(), text);
            assert_eq!(who.holds(&facts()), holds, "{text}");
        }
        for bad in ["", "rich", "age:", "level:king", "alone:1", "retired+"] {
            assert!(bad.parse::<Who>().is_err(), "{bad}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn it_reads_back_what_it_writes(
            retirement in 0..3_u8, from_age in prop::option::of(50_u16..120), level in 0..8_usize,
            alone in any::<bool>(), hardship in any::<bool>(), turning in 0..3_u8,
        ) {
            let who = Who {
                retirement: [None, Some(Retirement::Veteran), Some(Retirement::Retired)][usize::from(retirement)],
                from_age,
                level: Level::all().nth(level),
                alone,
                hardship,
                turning: [None, Some(Turning::Tens), Some(Turning::NominalTens)][usize::from(turning)],
            };
            prop_assert_eq!(who.to_string().parse(), Ok(who));
        }
    }
}
