//! The form of a rule: one question for each thing that the registers know. What is chosen for a question is one line; what is ticked together
//! is one line of which one mark is enough.

use domain::{
    person::{
        Retirement,
        fact::{FactKind, Level},
        period::Period,
    },
    segment::{Line, Mark, Rule, Version, What},
};
use serde::Deserialize;

use crate::page::Mistakes;

/// What is typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) act: String,
    pub(super) name: String,
    pub(super) base: String,
    pub(super) source: String,
    pub(super) from: String,
    pub(super) every: String,
    pub(super) way: String,
    pub(super) hands: String,
    pub(super) kind: String,
    pub(super) r1: String,
    pub(super) r2: String,
    pub(super) k1: String,
    pub(super) k2: String,
    pub(super) j: String,
    pub(super) dimension: String,
    pub(super) level: String,
    pub(super) age: String,
    pub(super) below: String,
    pub(super) alone: String,
    pub(super) party: String,
    pub(super) volunteer: String,
    pub(super) hardship: String,
    pub(super) relatives: String,
    pub(super) reach: String,
    pub(super) managed: String,
    pub(super) lives: String,
    pub(super) unvisited: String,
    pub(super) any_alone: String,
    pub(super) any_hardship: String,
    pub(super) any_relatives: String,
    pub(super) any_telephone: String,
    pub(super) any_age: String,
    pub(super) any_unvisited: String,
}

/// The ways in which somebody is reached, as the form asks for them.
pub(super) const REACH: [(&str, &str); 7] = [
    ("", "不限"),
    ("telephone", "有电话号码"),
    ("no_telephone", "没有电话号码"),
    ("account", "有本人账号"),
    ("no_account", "没有本人账号"),
    ("either", "有电话号码或本人账号"),
    ("neither", "电话号码和本人账号都没有"),
];

const TICKED: &str = "yes";

impl Typed {
    /// What a version says.
    pub(super) fn of(version: &Version) -> Self {
        let mut typed = Self {
            name: version.name.clone(),
            source: version.source.clone(),
            every: version.every_days.to_string(),
            way: version.way.code().to_owned(),
            hands: version.hands.code().to_owned(),
            ..Self::default()
        };
        for line in version.rule.lines() {
            typed.put(line);
        }
        typed
    }

    fn put(&mut self, line: &Line) {
        match line.0.as_slice() {
            [Mark { what, so }] => self.put_one(what, *so),
            [Mark { what: What::Telephone, .. }, Mark { what: What::Account, .. }] => {
                "either".clone_into(&mut self.reach);
            }
            marks => {
                for mark in marks {
                    self.tick(mark);
                }
            }
        }
    }

    fn put_one(&mut self, what: &What, so: bool) {
        let pick = |yes: &'static str, no: &'static str| if so { yes } else { no };
        let yes = pick("yes", "no").to_owned();
        match what {
            What::Kind(Retirement::Veteran) => pick("veteran", "retired").clone_into(&mut self.kind),
            What::Kind(Retirement::Retired) => pick("retired", "veteran").clone_into(&mut self.kind),
            What::Period(period) => TICKED.clone_into(self.period(*period)),
            What::Treatment(dimension, level) => {
                (self.dimension, self.level) = (dimension.code(), level.code());
            }
            What::Age(age) if so => self.age = age.to_string(),
            What::Age(age) => self.below = age.to_string(),
            What::Alone => self.alone = yes,
            What::PartyMember => self.party = yes,
            What::Volunteer => self.volunteer = yes,
            What::Hardship => self.hardship = yes,
            What::Relatives => self.relatives = yes,
            What::ManagedIn(region) => self.managed = region.to_string(),
            What::LivesIn(region) => self.lives = region.to_string(),
            What::Visited(days) => self.unvisited = days.to_string(),
            What::Telephone => pick("telephone", "no_telephone").clone_into(&mut self.reach),
            What::Account if !so && self.reach == "no_telephone" => "neither".clone_into(&mut self.reach),
            What::Account => pick("account", "no_account").clone_into(&mut self.reach),
        }
    }

    /// A mark of a line in which one is enough.
    fn tick(&mut self, mark: &Mark) {
        match &mark.what {
            What::Period(period) => TICKED.clone_into(self.period(*period)),
            What::Alone => TICKED.clone_into(&mut self.any_alone),
            What::Hardship => TICKED.clone_into(&mut self.any_hardship),
            What::Relatives => TICKED.clone_into(&mut self.any_relatives),
            What::Telephone => TICKED.clone_into(&mut self.any_telephone),
            What::Age(age) => self.any_age = age.to_string(),
            What::Visited(days) => self.any_unvisited = days.to_string(),
            _ => {}
        }
    }

    fn period(&mut self, period: Period) -> &mut String {
        match period {
            Period::R1 => &mut self.r1,
            Period::R2 => &mut self.r2,
            Period::K1 => &mut self.k1,
            Period::K2 => &mut self.k2,
            Period::J => &mut self.j,
        }
    }

    /// The rule, in the order of the form.
    pub(super) fn rule(&self, mistakes: &mut Mistakes) -> Rule {
        let mut lines: Vec<Line> = Vec::new();
        let mut one = |mark: Mark| lines.push(mark.into());
        match self.kind.as_str() {
            "veteran" => one(What::Kind(Retirement::Veteran).so()),
            "retired" => one(What::Kind(Retirement::Retired).so()),
            _ => {}
        }
        if let Some(mark) = number(mistakes, "age", &self.age, What::Age) {
            one(mark.so());
        }
        if let Some(mark) = number(mistakes, "below", &self.below, What::Age) {
            one(mark.not());
        }
        match (FactKind::parse(&self.dimension), Level::parse(&self.level)) {
            (Some(dimension), Some(level)) if dimension.is_treatment() => {
                one(What::Treatment(dimension, level).so());
            }
            (None, None) => {}
            _ => mistakes.add("level", "待遇和级别请一起选"),
        }
        for (said, what) in [
            (&self.alone, What::Alone),
            (&self.party, What::PartyMember),
            (&self.volunteer, What::Volunteer),
            (&self.hardship, What::Hardship),
            (&self.relatives, What::Relatives),
        ] {
            match said.as_str() {
                "yes" => one(what.so()),
                "no" => one(what.not()),
                _ => {}
            }
        }
        for (field, code) in [("managed", &self.managed), ("lives", &self.lives)] {
            match code.parse() {
                Ok(region) if field == "managed" => one(What::ManagedIn(region).so()),
                Ok(region) => one(What::LivesIn(region).so()),
                Err(_) if code.is_empty() => {}
                Err(_) => mistakes.add(field, "请选一个地方"),
            }
        }
        if let Some(what) = number(mistakes, "unvisited", &self.unvisited, What::Visited) {
            one(what.not());
        }
        match self.reach.as_str() {
            "telephone" => one(What::Telephone.so()),
            "no_telephone" => one(What::Telephone.not()),
            "account" => one(What::Account.so()),
            "no_account" => one(What::Account.not()),
            "neither" => {
                one(What::Telephone.not());
                one(What::Account.not());
            }
            "either" => lines.push(Line(vec![What::Telephone.so(), What::Account.so()])),
            _ => {}
        }
        let periods = [
            (&self.r1, Period::R1),
            (&self.r2, Period::R2),
            (&self.k1, Period::K1),
            (&self.k2, Period::K2),
            (&self.j, Period::J),
        ];
        let periods = periods.into_iter().filter(|(ticked, _)| !ticked.is_empty());
        lines.extend(together(periods.map(|(_, period)| What::Period(period).so()).collect()));
        lines.extend(together(self.any(mistakes)));
        Rule(lines)
    }

    fn any(&self, mistakes: &mut Mistakes) -> Vec<Mark> {
        let ticks = [
            (&self.any_alone, What::Alone.so()),
            (&self.any_hardship, What::Hardship.so()),
            (&self.any_relatives, What::Relatives.not()),
            (&self.any_telephone, What::Telephone.not()),
        ];
        let mut marks: Vec<Mark> =
            ticks.into_iter().filter(|(ticked, _)| !ticked.is_empty()).map(|(_, mark)| mark).collect();
        marks.extend(number(mistakes, "any_age", &self.any_age, What::Age).map(What::so));
        marks.extend(number(mistakes, "any_unvisited", &self.any_unvisited, What::Visited).map(What::not));
        marks
    }
}

/// One line of which one is enough.
fn together(marks: Vec<Mark>) -> Option<Line> {
    (!marks.is_empty()).then_some(Line(marks))
}

fn number(
    mistakes: &mut Mistakes,
    field: &'static str,
    text: &str,
    what: impl Fn(u16) -> What,
) -> Option<What> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    // As it would be read back from the rule.
    let read = text.parse::<u16>().ok().map(what);
    let read = read.filter(|what| what.to_string().parse::<What>().as_ref() == Ok(what));
    mistakes.need(field, read.ok_or("请写一个合适的整数，不写就不限"))
}

#[cfg(test)]
mod tests {
    use domain::segment::{Hands, Rule, Version, Way};

    use super::{Mistakes, Typed};

    fn version(rule: &str) -> Version {
        Version {
            id: "018f0000000070008000000000000001".parse().unwrap(),
            segment_id: "018f0000000070008000000000000002".parse().unwrap(),
            nth: 1,
            name: "示例".to_owned(),
            rule: rule.parse().unwrap(),
            every_days: 30,
            way: Way::Visit,
            hands: Hands::Worker,
            source: "示例".to_owned(),
            from_on: "2026-11-02".parse().unwrap(),
            recorded_by: domain::ids::AccountId::parse("li").unwrap(),
            recorded_at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn the_form_writes_what_it_reads() {
        for rule in [
            "",
            "veteran",
            "retired+age:80+!age:90",
            "treatment:medical:bureau+alone+!party+volunteer+!hardship+!relatives",
            "managed:330106+lives:330106003+!visited:90+telephone",
            "!telephone+!account",
            "telephone|account",
            "!account+period:K1|period:K2",
            "alone|hardship|!relatives|!telephone|age:90|!visited:60",
        ] {
            let wanted: Rule = rule.parse().unwrap();
            let mut mistakes = Mistakes::new();
            let read = Typed::of(&version(rule)).rule(&mut mistakes);
            assert_eq!(read, wanted, "{rule}");
            assert!(mistakes.is_empty(), "{rule}");
        }
    }

    #[test]
    fn what_is_no_number_is_said() {
        let typed = Typed { age: "九十".to_owned(), level: "bureau".to_owned(), ..Typed::default() };
        let mut mistakes = Mistakes::new();
        typed.rule(&mut mistakes);
        assert!(mistakes.of("age").is_some() && mistakes.of("level").is_some());
    }
}
