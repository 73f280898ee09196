use chrono::{DateTime, Days, NaiveDate};
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    Act, Bar, Kind, Sides, Status,
    bar::admits,
    reach::{above, settled},
};
use crate::{
    aid::{
        ProposalState,
        procedure::{Procedure, in_force},
        separation::Part,
        standard::Level,
    },
    calendar::Calendar,
    ids::{AccountId, ProcedureId, RegionCode},
};

/// Seven people: three of the county, two of the city, two of the province. The second stands in for the first.
const PEOPLE: [(&str, Level); 7] = [
    ("a", Level::County),
    ("b", Level::County),
    ("c", Level::County),
    ("d", Level::City),
    ("e", Level::City),
    ("f", Level::Province),
    ("g", Level::Province),
];

fn login(at: usize) -> AccountId {
    AccountId::parse(PEOPLE[at].0).unwrap()
}

fn hands(at: usize) -> Vec<AccountId> {
    let mut hands = vec![login(at)];
    if at == 1 {
        hands.push(login(0));
    }
    hands
}

/// One as the commands leave it, without a database.
#[derive(Debug)]
struct Walk {
    sides: Sides,
    status: Status,
    level: Level,
    round: i32,
    has: Option<usize>,
    /// Who answered, with what stood in his way at that moment.
    answers: Vec<(usize, Sides, Level)>,
}

impl Walk {
    fn able(&self) -> Vec<(AccountId, Level)> {
        let may = |at: &usize| admits(self.sides.bar(&hands(*at)), (PEOPLE[*at].1, self.level)).is_ok();
        (0..PEOPLE.len()).filter(may).map(|at| (login(at), PEOPLE[at].1)).collect()
    }

    fn settle(&mut self) {
        if !self.status.is_open() {
            return;
        }
        let able = self.able();
        if let (Status::Assigned, Some(has)) = (self.status, self.has)
            && !able.iter().any(|(one, _)| *one == login(has))
        {
            self.status = self.status.after(Act::Free).unwrap();
            self.has = None;
        }
        self.level = settled(self.level, &able);
    }

    fn does(&mut self, deed: u8, who: usize) {
        match deed {
            0 => self.sides.named.push(login(who)),
            1 => self.sides.acted.push((Part::Registrar, login(who))),
            2 => self.sides.side.push(login(who)),
            3..=5 => {
                if let (Ok(next), true) =
                    (self.status.after(Act::Assign), self.able().iter().any(|(one, _)| *one == login(who)))
                {
                    (self.status, self.has) = (next, Some(who));
                }
            }
            6..=8 => {
                let may = admits(self.sides.bar(&hands(who)), (PEOPLE[who].1, self.level));
                if let (Ok(next), Ok(()), true) = (self.status.after(Act::Answer), may, self.has == Some(who))
                {
                    self.answers.push((who, self.sides.clone(), self.level));
                    self.sides.answered.push(login(who));
                    self.status = next;
                }
            }
            9 => {
                if let (Ok(next), 1) = (self.status.after(Act::Reopen), self.round) {
                    self.level = above(self.level, self.answers.iter().map(|(at, ..)| PEOPLE[*at].1));
                    (self.status, self.round, self.has) = (next, 2, None);
                }
            }
            _ => {
                if let Ok(next) = self.status.after(Act::Withdraw) {
                    (self.status, self.has) = (next, None);
                }
            }
        }
        self.settle();
    }
}

fn region(code: &str) -> RegionCode {
    RegionCode::parse(code).unwrap()
}

fn row(code: &str, kind: Kind, value: i32) -> Procedure {
    Procedure {
        id: ProcedureId::from_uuid(Uuid::nil()),
        region: region(code),
        limit_of: kind.limit(),
        valid_from: NaiveDate::from_ymd_opt(2020, 1, 1).unwrap(),
        value,
        source: "示例".to_owned(),
        state: ProposalState::Agreed,
        proposed_by: None,
        proposed_at: DateTime::UNIX_EPOCH,
        decided_by: None,
        decided_at: None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Whatever is done in whatever order, nobody who is named in it, acted in the case, is on the side of whoever says it, wrote it down,
    /// or stands in for one of these, answers it; and the second answer is somebody else's, above the first.
    #[test]
    fn nobody_who_is_excluded_answers(
        wrote in prop::option::of(0_usize..7), walk in prop::collection::vec((0_u8..11, 0_usize..7), 0..40),
    ) {
        let mut it = Walk {
            sides: Sides { wrote: wrote.map(login), ..Sides::default() },
            status: Status::Received,
            level: Level::County,
            round: 1,
            has: None,
            answers: Vec::new(),
        };
        it.settle();
        for (deed, who) in walk {
            it.does(deed, who);
            // Whoever has it may answer it, at every moment.
            if let (Status::Assigned, Some(has)) = (it.status, it.has) {
                prop_assert!(it.able().iter().any(|(one, _)| *one == login(has)));
            }
        }
        prop_assert!(it.answers.len() <= 2);
        for (who, sides, level) in &it.answers {
            for hand in hands(*who) {
                prop_assert!(!sides.named.contains(&hand) && !sides.side.contains(&hand));
                prop_assert!(!sides.acted.iter().any(|(_, account)| *account == hand));
                prop_assert!(sides.wrote.as_ref() != Some(&hand) && !sides.answered.contains(&hand));
            }
            prop_assert!(PEOPLE[*who].1 >= *level);
        }
        if let [(first, ..), (second, ..)] = it.answers.as_slice() {
            let (one, other) = (PEOPLE[*first].1, PEOPLE[*second].1);
            prop_assert!(first != second && (other > one || one == Level::Province));
        }
    }

    /// However the layers are and whichever holidays lie between, an answer is due on a working day, after exactly as many of them as the
    /// strictest layer gives.
    #[test]
    fn the_days_hold_through_holidays(
        offset in 0_u64..700, values in prop::collection::vec(1_i32..40, 3), which in 0_usize..6,
    ) {
        let calendar = Calendar::built_in();
        let kind = Kind::all().nth(which).unwrap();
        let from = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap() + Days::new(offset);
        let places = ["33", "3301", "330106"];
        let rows: Vec<Procedure> =
            places.iter().zip(&values).map(|(code, days)| row(code, kind, *days)).collect();
        let set = in_force(&rows, kind.limit(), &region("330106"), from).unwrap();
        let due = calendar.add_working_days(from, set.value);
        prop_assert!(calendar.is_working(due));
        let least = usize::try_from(*values.iter().min().unwrap()).unwrap();
        prop_assert_eq!(calendar.working_days_between(from, due), least);
    }
}

#[test]
fn what_bars_somebody_from_reading_is_said_before_what_does_not() {
    let sides = Sides {
        named: vec![login(0)],
        wrote: Some(login(0)),
        answered: vec![login(2)],
        acted: vec![(Part::Clerk, login(3)), (Part::AppealJudge, login(4))],
        ..Sides::default()
    };
    assert_eq!(sides.bar(&hands(0)), Some(Bar::Named));
    assert_eq!(sides.bar(&hands(1)), Some(Bar::Named), "whoever stands in for him");
    assert_eq!(sides.bar(&hands(2)), Some(Bar::Answered));
    assert_eq!(sides.bar(&hands(3)), None, "writing down is no part");
    assert_eq!(sides.bar(&hands(4)), Some(Bar::Acted(Part::AppealJudge)));
    assert!(Bar::Named.hides() && !Bar::Wrote.hides() && !Bar::Answered.hides());
}

#[test]
fn the_level_above_has_it_when_nobody_of_the_own_may() {
    let able = [(login(3), Level::City), (login(5), Level::Province)];
    assert_eq!(settled(Level::County, &able), Level::City);
    assert_eq!(settled(Level::City, &able), Level::City);
    assert_eq!(settled(Level::County, &[]), Level::Province, "it waits for somebody new");
    assert_eq!(above(Level::County, [Level::County]), Level::City);
    assert_eq!(above(Level::County, [Level::City]), Level::Province);
    assert_eq!(above(Level::Province, []), Level::Province);
}
