use domain::{
    authority::Worker,
    calendar::local_date,
    ids::UnitId,
    person::{
        NewPerson, Person, Precision, Retirement,
        death::record_death,
        fact::FactKind,
        kin::{self, NewKin, Relationship},
        period::Known,
    },
    privacy::Phone,
    segment::{Standing, Verdict, explain::verdicts},
};
use proptest::{prelude::*, sample::select, strategy::ValueTree, test_runner::TestRunner};
use sea_orm::DatabaseConnection;

use super::{computes, made, says, stands};
use crate::cast::{context, date, now, region, registered, someone, unit, worker};

/// Somebody of whom this and that is known.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is so or is not, whatever the others are")]
struct Someone {
    unit: usize,
    veteran: bool,
    born: (i32, u32, Precision),
    joined: Option<&'static str>,
    party: bool,
    alone: bool,
    lives: Option<&'static str>,
    phone: bool,
    roles: Vec<FactKind>,
    child: bool,
    dead: bool,
}

fn people() -> impl Strategy<Value = Vec<Someone>> {
    let born = (1926..1948_i32, 1..13_u32, select(vec![Precision::Day, Precision::Month, Precision::Year]));
    let joined = prop::option::of(select(vec!["1938-01", "1945-09", "1945", "1948-05-02"]));
    let lives = prop::option::of(select(vec!["3301", "330105", "330106", "330106003"]));
    let roles = prop::sample::subsequence(vec![FactKind::Volunteer, FactKind::Hardship], 0..=2);
    let kind = (0..2_usize, any::<bool>(), born, joined);
    let rest = (any::<bool>(), any::<bool>(), lives, any::<bool>(), roles, any::<bool>(), 0..6_u8);
    let one = (kind, rest).prop_map(|((unit, veteran, born, joined), rest)| {
        let (party, alone, lives, phone, roles, child, dead) = rest;
        Someone { unit, veteran, born, joined, party, alone, lives, phone, roles, child, dead: dead == 0 }
    });
    prop::collection::vec(one, 24)
}

/// Up to four lines of up to three marks, of which some are turned round.
fn rules() -> impl Strategy<Value = Vec<String>> {
    let marks = vec![
        "veteran",
        "retired",
        "period:J",
        "period:K2",
        "age:80",
        "age:85",
        "age:90",
        "alone",
        "party",
        "volunteer",
        "hardship",
        "managed:330106",
        "managed:3301",
        "lives:330106",
        "lives:3301",
        "telephone",
        "account",
        "relatives",
        "visited:30",
        "treatment:medical:county",
    ];
    let mark = (select(marks), 0..3_u8)
        .prop_map(|(mark, turned)| format!("{}{mark}", if turned == 0 { "!" } else { "" }));
    let line = prop::collection::vec(mark, 1..=3).prop_map(|marks| marks.join("|"));
    let rule = prop::collection::vec(line, 1..=4).prop_map(|lines| lines.join("+"));
    prop::collection::hash_set(rule, 24).prop_map(|rules| rules.into_iter().collect())
}

async fn enters(db: &DatabaseConnection, li: &Worker, units: &[UnitId; 2], it: &Someone) -> Person {
    let (year, month, precision) = it.born;
    // What is not known is the first of it, as the registers keep it.
    let month = if precision == Precision::Year { 1 } else { month };
    let day = if precision == Precision::Day { 2 } else { 1 };
    let known = it.joined.map(|text| Known::read(text).unwrap());
    let new = NewPerson {
        retirement: if it.veteran { Retirement::Veteran } else { Retirement::Retired },
        born_on: date(year, month, day),
        born_precision: precision,
        joined_work: known.map(|known| (known.on, known.precision)),
        party_joined_on: it.party.then(|| date(1970, 7, 1)),
        residence: it.lives.map(region),
        living_alone: it.alone,
        phone: it.phone.then(|| Phone::parse("13800001234").unwrap()),
        ..someone(units[it.unit], "某人")
    };
    let person = registered(db, new).await;
    for kind in &it.roles {
        says(db, li, (person.id, *kind), now()).await;
    }
    if it.child {
        let child =
            NewKin {
                name: "某女".to_owned(), relation: Relationship::Child, relative: None, from_on: None
            };
        kin::commands::add(db, &context(), li, (person.id, child), now()).await.unwrap();
    }
    if it.dead {
        record_death(db, &context(), li, person.id, date(2026, 11, 1), now()).await.unwrap();
    }
    domain::person::store::find(db, person.id).await.unwrap().unwrap()
}

schema::both! {
    /// What is stored is what is explained, whoever it is and whatever the rule.
    async fn the_membership_is_the_explanations_verdict(db) {
        let li = worker(db, "li", "33").await;
        let units = [unit(db, "330106").await.id, unit(db, "330205").await.id];
        let mut runner = TestRunner::deterministic();
        let mut persons = Vec::new();
        for it in people().new_tree(&mut runner).unwrap().current() {
            persons.push(enters(db, &li, &units, &it).await);
        }
        let mut segments = Vec::new();
        for rule in rules().new_tree(&mut runner).unwrap().current() {
            segments.push((made(db, &li, ("33", &rule)).await.id, rule.parse().unwrap()));
        }
        computes(db, now()).await;
        let mut seen = [0; 3];
        for person in &persons {
            for (segment, rule) in &segments {
                let said = verdicts(db, &[rule], person, (local_date(now()), now())).await.unwrap()[0];
                let wanted = match said {
                    Verdict::Passed => Some(Standing::Member),
                    Verdict::Unknown => Some(Standing::Unsure),
                    Verdict::Failed => None,
                };
                seen[match said {
                    Verdict::Passed => 0,
                    Verdict::Failed => 1,
                    Verdict::Unknown => 2,
                }] += 1;
                assert_eq!(stands(db, *segment, person.id).await, wanted, "{rule} of {:?}", person.id);
            }
        }
        assert!(seen.iter().all(|many| *many >= 10), "each of them happens: {seen:?}");
    }
}
