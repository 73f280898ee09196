//! How much two records look like one human being, and why.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::birthday_in,
    ids::UnitId,
    person::{Gender, Person, name::sound},
    privacy::Blind,
};

/// From this score on a pair is shown.
pub const LIKELY: i16 = 60;

/// One part of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// 姓名相同.
    SameName,
    /// 姓名读音相同.
    SameSound,
    /// 同一个生僻字.
    RareCharacter,
    /// 出生日期相同.
    SameBirth,
    /// One birthday is the other's by the moon.
    BirthByMoon,
    /// 管理单位相同.
    SameUnit,
    /// 电话相同.
    SamePhone,
    /// The identity numbers differ in one place.
    NumberNearlySame,
    /// 性别不同.
    OtherGender,
    /// Both have identity numbers, and they have nothing to do with each other.
    OtherNumber,
}

impl Reason {
    /// What it adds.
    pub const fn points(self) -> i16 {
        match self {
            Self::SameName | Self::NumberNearlySame => 40,
            Self::SameSound | Self::BirthByMoon => 25,
            Self::SameBirth => 30,
            Self::RareCharacter | Self::SameUnit => 10,
            Self::SamePhone => 15,
            Self::OtherGender | Self::OtherNumber => -35,
        }
    }

    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::SameName => "姓名相同",
            Self::SameSound => "姓名读音相同",
            Self::RareCharacter => "同一个生僻字",
            Self::SameBirth => "出生日期相同",
            Self::BirthByMoon => "公历和农历的生日对得上",
            Self::SameUnit => "管理单位相同",
            Self::SamePhone => "电话相同",
            Self::NumberNearlySame => "身份证号只差一位",
            Self::OtherGender => "性别不同",
            Self::OtherNumber => "身份证号不同",
        }
    }
}

/// What is compared of a person.
#[derive(Clone)]
pub struct Side {
    name: String,
    sounds: Vec<String>,
    gender: Gender,
    born_on: NaiveDate,
    /// The solar day, when the numbers of the birth were the moon's.
    moon: Option<NaiveDate>,
    unit: UnitId,
    phone: Option<Blind>,
    identity: Option<Blind>,
}

impl Side {
    /// Of a record.
    pub fn of(person: &Person) -> Self {
        Self {
            name: person.name.trim().to_owned(),
            sounds: sound::readings(&person.name).into_iter().map(|one| one.spaced).collect(),
            gender: person.gender,
            born_on: person.born_on,
            moon: by_moon(person.born_on),
            unit: person.unit_id,
            phone: person.phone_index.clone(),
            identity: person.identity_index.clone(),
        }
    }

    /// The days of birth of whoever may be the same: this one, what it is when its numbers were the moon's, and whose numbers by the
    /// moon are this one.
    pub(super) fn births(&self) -> Vec<NaiveDate> {
        // A lunar month begins three to eight weeks after the solar one of its number.
        let earlier = (1..=70).filter_map(|days| self.born_on.checked_sub_days(Days::new(days)));
        let told = earlier.filter(|day| by_moon(*day) == Some(self.born_on));
        [self.born_on].into_iter().chain(self.moon).chain(told).collect()
    }

    /// Who manages the person.
    pub(super) fn unit(&self) -> UnitId {
        self.unit
    }

    /// How the name may sound.
    pub(super) fn sounds(&self) -> &[String] {
        &self.sounds
    }
}

/// Why they look alike, the strongest reason first. `nearly`: the caller has opened both numbers and found one digit between them.
pub fn reasons(one: &Side, other: &Side, nearly: bool) -> Vec<Reason> {
    let mut found = Vec::new();
    if one.name == other.name {
        found.push(Reason::SameName);
        if one.name.chars().any(is_rare) {
            found.push(Reason::RareCharacter);
        }
    } else if one.sounds.iter().any(|sound| !sound.is_empty() && other.sounds.contains(sound)) {
        found.push(Reason::SameSound);
    }
    if one.born_on == other.born_on {
        found.push(Reason::SameBirth);
    } else if one.moon == Some(other.born_on) || other.moon == Some(one.born_on) {
        found.push(Reason::BirthByMoon);
    }
    if one.unit == other.unit {
        found.push(Reason::SameUnit);
    }
    if one.phone.is_some() && one.phone == other.phone {
        found.push(Reason::SamePhone);
    }
    if nearly {
        found.push(Reason::NumberNearlySame);
    } else if one.identity.is_some() && other.identity.is_some() && one.identity != other.identity {
        found.push(Reason::OtherNumber);
    }
    if one.gender != other.gender {
        found.push(Reason::OtherGender);
    }
    found.sort_by_key(|reason| -reason.points());
    found
}

/// 0 to 100.
pub fn score(reasons: &[Reason]) -> i16 {
    reasons.iter().map(|reason| reason.points()).sum::<i16>().clamp(0, 100)
}

/// The solar day, when these year, month and day were the moon's.
fn by_moon(day: NaiveDate) -> Option<NaiveDate> {
    let (month, date) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    (date <= 30).then(|| birthday_in(day.year(), month, false, date).ok()).flatten()
}

/// Beyond the some 20,900 characters that every machine of the nineties had.
fn is_rare(character: char) -> bool {
    let code = u32::from(character);
    (0x3400..0x4DC0).contains(&code) || code >= 0x20000 || (0x9FA6..=0x9FFF).contains(&code)
}

/// Two numbers of the same length that differ in one place, or in two neighbours that changed places.
pub fn nearly_same(one: &str, other: &str) -> bool {
    if one.len() != other.len() || one == other {
        return false;
    }
    let wrong: Vec<(u8, u8)> = one.bytes().zip(other.bytes()).filter(|(a, b)| a != b).collect();
    // The check character follows the mistake, or does not.
    let (last, body) = match (one.bytes().last(), other.bytes().last()) {
        (a, b) if a != b => (1, wrong.len().saturating_sub(1)),
        _ => (0, wrong.len()),
    };
    match (body, wrong.as_slice()) {
        (0 | 1, _) => true,
        (2, [(a, b), (c, d), ..]) => a == d && b == c && wrong.len() <= 2 + last,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{LIKELY, Reason, Side, nearly_same, reasons, score};
    use crate::{ids::UnitId, person::Gender};

    fn side(name: &str, born: &str) -> Side {
        Side {
            name: name.to_owned(),
            sounds: crate::person::name::sound::readings(name).into_iter().map(|one| one.spaced).collect(),
            gender: Gender::Male,
            born_on: born.parse().unwrap(),
            moon: super::by_moon(born.parse().unwrap()),
            unit: UnitId::from_uuid(Uuid::from_u128(1)),
            phone: None,
            identity: None,
        }
    }

    #[test]
    fn the_reasons_are_those_that_people_would_give() {
        let (one, other) = (side("王𬭎", "1936-02-01"), side("王宏", "1936-02-01"));
        assert_eq!(reasons(&one, &other, false), [Reason::SameBirth, Reason::SameSound, Reason::SameUnit]);
        assert!(score(&reasons(&one, &other, false)) >= LIKELY);
        let same = reasons(&one, &side("王𬭎", "1950-01-01"), false);
        assert_eq!(same, [Reason::SameName, Reason::RareCharacter, Reason::SameUnit]);
        // The file has the numbers of the one calendar, the card those of the other.
        let kept = crate::calendar::birthday_in(1936, 2, false, 1).unwrap();
        let moon = side("王𬭎", &kept.to_string());
        let found = reasons(&one, &moon, false);
        assert!(found.contains(&Reason::BirthByMoon), "{found:?}");
        let woman = Side { gender: Gender::Female, ..side("王𬭎", "1936-02-01") };
        assert!(score(&reasons(&one, &woman, false)) < LIKELY);
        assert!(score(&reasons(&one, &side("李国强", "1936-02-01"), false)) < LIKELY);
    }

    #[test]
    fn whoever_is_found_by_birth_is_looked_for_by_birth() {
        for born in ["1936-02-01", "1944-03-15", "1944-05-21", "1949-12-29"] {
            let one = side("王宏", born);
            let moon = side("王宏", &one.moon.unwrap().to_string());
            assert!(one.births().contains(&moon.born_on) && moon.births().contains(&one.born_on), "{born}");
            assert!(one.births().contains(&one.born_on) && one.births().len() <= 5, "{born}");
        }
    }

    #[test]
    fn one_mistyped_digit_is_seen() {
        let right = "330102194910010017";
        assert!(nearly_same(right, "330102194910010027"));
        assert!(
            nearly_same(right, "330102194910010108"),
            "neighbours changed places, and the check with them"
        );
        assert!(nearly_same(right, "330102194911010012"), "one digit and its check");
        for other in [right, "330102194910230037", "110105194912310021", "3301"] {
            assert!(!nearly_same(right, other), "{other}");
        }
    }
}
