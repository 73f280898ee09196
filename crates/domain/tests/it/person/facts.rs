use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    By,
    branch::{self, MembershipKind, commands::NewMember, transfer},
    ids::PersonId,
    person::{
        fact::{
            FactError, FactKind, FactRefusal, LONG_AGO, Level, NewFact, PersonFact, Value, commands, store,
            transfer::transfer as move_unit,
        },
        store as people,
    },
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::cast::{context, date, now, region, registered, someone, unit, worker, write};

fn bare(kind: FactKind, from_on: NaiveDate) -> NewFact {
    NewFact { kind, value: Value::Bare, from_on, basis: "示例〔2026〕1号".to_owned() }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, FactError>) -> FactRefusal {
    match result {
        Err(FactError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal: {other:?}"),
    }
}

async fn roles(
    db: &DatabaseConnection,
    person: PersonId,
    on: NaiveDate,
    known: DateTime<Utc>,
) -> Vec<FactKind> {
    let held = store::of_person_as_of(db, person, (on, known)).await.unwrap();
    let mut roles: Vec<FactKind> =
        held.into_iter().map(|row| row.kind).filter(|kind| kind.is_role()).collect();
    roles.sort();
    roles
}

/// One step of a random history.
#[derive(Clone, Debug)]
enum Edit {
    Begin(FactKind, i64),
    End(FactKind, i64),
    Move(usize, i64),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let kind = prop::sample::select(vec![FactKind::Volunteer, FactKind::Hardship]);
    let edit = prop_oneof![
        (kind.clone(), 0_i64..1500).prop_map(|(kind, day)| Edit::Begin(kind, day)),
        (kind, 0_i64..1500).prop_map(|(kind, day)| Edit::End(kind, day)),
        (0_usize..2, 0_i64..1500).prop_map(|(to, day)| Edit::Move(to, day)),
    ];
    prop::collection::vec(edit, 1..12)
}

/// What the model holds: of each kind, episodes as they are said now.
type Said = Vec<(FactKind, Value, NaiveDate, Option<NaiveDate>)>;

fn model(said: &mut Said, kind: FactKind, value: Value, from: NaiveDate) -> bool {
    let earliest = said.iter().filter(|row| row.0 == kind).map(|row| row.3.unwrap_or(row.2)).max();
    if earliest.is_some_and(|earliest| from < earliest) {
        return false;
    }
    if let Some(at) = said.iter().position(|row| row.0 == kind && row.3.is_none()) {
        if said[at].2 < from { said[at].3 = Some(from) } else { drop(said.remove(at)) }
    }
    said.push((kind, value, from, None));
    true
}

fn model_end(said: &mut Said, kind: FactKind, on: NaiveDate) -> bool {
    let Some(at) = said.iter().position(|row| row.0 == kind && row.3.is_none()) else { return false };
    if on < said[at].2 {
        return false;
    }
    if said[at].2 < on {
        said[at].3 = Some(on);
    } else {
        drop(said.remove(at));
    }
    true
}

fn as_of(said: &Said, on: NaiveDate) -> Vec<(FactKind, Value)> {
    let held = |row: &&(FactKind, Value, NaiveDate, Option<NaiveDate>)| {
        row.2 <= on && row.3.is_none_or(|end| on < end)
    };
    let mut all: Vec<_> = said.iter().filter(held).map(|row| (row.0, row.1.clone())).collect();
    all.sort_by_key(|row| row.0);
    all
}

fn told(rows: &[PersonFact]) -> Vec<(FactKind, Value)> {
    let mut all: Vec<_> = rows.iter().map(|row| (row.kind, row.said())).collect();
    all.sort_by_key(|row| row.0);
    all
}

schema::both! {
    async fn a_role_is_begun_and_ended_and_its_history_stays(db) {
        let (cx, worker) = (context(), worker(db, "w1", "330106").await);
        let person = registered(db, someone(unit(db, "330106").await.id, "王秀英")).await;
        let volunteer = bare(FactKind::Volunteer, date(2019, 3, 5));
        commands::record(db, &cx, &worker, (person.id, volunteer), now()).await.unwrap();
        let later = now() + TimeDelta::hours(1);
        commands::end(db, &cx, &worker, (person.id, FactKind::Volunteer), (date(2022, 1, 1), later)).await.unwrap();
        let all = [FactKind::Retired, FactKind::PartyMember, FactKind::Volunteer];
        assert_eq!(roles(db, person.id, date(2020, 1, 1), later).await, all);
        assert_eq!(roles(db, person.id, date(2022, 1, 1), later).await, all[..2]);
        let known_before = later - TimeDelta::minutes(1);
        assert_eq!(roles(db, person.id, date(2022, 1, 1), known_before).await, all, "what was said before stays said");
        let history = store::history(db, person.id).await.unwrap();
        let episode = history.iter().find(|row| row.kind == FactKind::Volunteer).unwrap();
        assert_eq!((episode.from_on, episode.to_on), (date(2019, 3, 5), Some(date(2022, 1, 1))));
        let persons = people::search(db, &[domain::authority::Scope::Region(region("33"))], "王秀英", 9).await.unwrap();
        assert_eq!(persons.len(), 1, "a role makes no second person");
        let again = bare(FactKind::Volunteer, date(2021, 1, 1));
        let overlapping = commands::record(db, &cx, &worker, (person.id, again), later).await;
        assert_eq!(refusal(overlapping), FactRefusal::Overlaps { earliest: date(2022, 1, 1) });
    }

    async fn what_is_protected_or_makes_no_sense_is_refused(db) {
        let (cx, worker) = (context(), worker(db, "w1", "330106").await);
        let person = registered(db, someone(unit(db, "330106").await.id, "王秀英")).await;
        let level = NewFact { value: Value::Level(Level::County), ..bare(FactKind::Medical, date(2020, 1, 1)) };
        let record = async |new| refusal(commands::record(db, &cx, &worker, (person.id, new), now()).await);
        assert_eq!(record(level).await, FactRefusal::ByRequest);
        assert_eq!(record(bare(FactKind::Post, date(2020, 1, 1))).await, FactRefusal::Value);
        assert_eq!(record(bare(FactKind::Volunteer, date(2030, 1, 1))).await, FactRefusal::TooLate);
        let baseless = NewFact { basis: " ".to_owned(), ..bare(FactKind::Volunteer, date(2020, 1, 1)) };
        assert_eq!(record(baseless).await, FactRefusal::NoBasis);
        let ended = commands::end(db, &cx, &worker, (person.id, FactKind::ManagingUnit), (date(2026, 1, 1), now())).await;
        assert_eq!(refusal(ended), FactRefusal::AlwaysOne);
        let neighbour = crate::cast::worker(db, "w2", "330105").await;
        let theirs = commands::record(db, &cx, &neighbour, (person.id, bare(FactKind::Volunteer, date(2020, 1, 1))), now()).await;
        assert!(matches!(theirs, Err(FactError::NotFound)));
    }

    // The record itself says today's.
    async fn what_begins_or_ends_tomorrow_is_written_tomorrow(db) {
        let (cx, worker) = (context(), worker(db, "w1", "3301").await);
        let person = registered(db, someone(unit(db, "330106").await.id, "王秀英")).await;
        let tomorrow = date(2026, 11, 3);
        let residence = |on| NewFact { value: Value::Region(region("330106")), ..bare(FactKind::Residence, on) };
        let early = commands::record(db, &cx, &worker, (person.id, residence(tomorrow)), now()).await;
        assert_eq!(refusal(early), FactRefusal::TooLate);
        let early = commands::record(db, &cx, &worker, (person.id, bare(FactKind::Retired, tomorrow)), now()).await;
        assert_eq!(refusal(early), FactRefusal::TooLate);
        assert_eq!(people::find(db, person.id).await.unwrap().unwrap().residence, None);
        commands::record(db, &cx, &worker, (person.id, residence(date(2026, 11, 2))), now()).await.unwrap();
        let early = commands::end(db, &cx, &worker, (person.id, FactKind::Residence), (tomorrow, now())).await;
        assert_eq!(refusal(early), FactRefusal::TooLate);
        assert!(people::find(db, person.id).await.unwrap().unwrap().residence.is_some());
        commands::record(db, &cx, &worker, (person.id, bare(FactKind::Volunteer, tomorrow)), now()).await.unwrap();
    }

    async fn nobody_is_both_kinds_of_retired(db) {
        let (cx, worker) = (context(), worker(db, "w1", "330106").await);
        let here = unit(db, "330106").await.id;
        let young = registered(db, someone(here, "王秀英")).await;
        let refused = commands::record(db, &cx, &worker, (young.id, bare(FactKind::Veteran, date(2000, 1, 1))), now()).await;
        assert_eq!(refusal(refused), FactRefusal::NoVeteran);
        let joined = Some((date(1949, 9, 1), domain::person::Precision::Month));
        let old = registered(db, domain::person::NewPerson { joined_work: joined, born_on: date(1930, 1, 1), ..someone(here, "李老") }).await;
        commands::record(db, &cx, &worker, (old.id, bare(FactKind::Veteran, date(1990, 1, 1))), now()).await.unwrap();
        let retired_of = async |on| roles(db, old.id, on, now()).await.into_iter().find(|kind| *kind != FactKind::PartyMember);
        assert_eq!(retired_of(date(1989, 12, 31)).await, Some(FactKind::Retired));
        assert_eq!(roles(db, old.id, date(1990, 1, 1), now()).await, [FactKind::Veteran, FactKind::PartyMember]);
        let row = people::find(db, old.id).await.unwrap().unwrap();
        assert_eq!(row.retirement, domain::person::Retirement::Veteran);
    }

    // Two transactions that each think that nothing is current meet at the index.
    async fn the_database_itself_knows_no_second_current_unit(db) {
        let person = registered(db, someone(unit(db, "330106").await.id, "王秀英")).await;
        let other = unit(db, "330105").await;
        let id = if db.get_database_backend() == sea_orm::DbBackend::Postgres { "gen_random_uuid()" } else { "randomblob(16)" };
        let copy = |end: &str| format!(
            "INSERT INTO person_fact (id, person_id, kind, value, unit_id, region, from_on, to_on, basis, recorded_at) \
             SELECT {id}, person_id, kind, value, unit_id, region, from_on, {end}, basis, recorded_at FROM person_fact \
             WHERE kind = 'managing_unit'"
        );
        assert!(db.execute_unprepared(&copy("NULL")).await.is_err());
        db.execute_unprepared(&copy("'1950-01-01'")).await.unwrap();
        assert!(db.execute_unprepared("UPDATE person SET unit_id = NULL").await.is_err(), "nor a person without one");
        assert_ne!(person.unit_id, other.id);
    }

    async fn a_transfer_leaves_exactly_one_unit_and_one_affiliation(db) {
        let (cx, city) = (context(), worker(db, "w1", "3301").await);
        let units = [unit(db, "330106").await, unit(db, "330105").await];
        let person = registered(db, someone(units[0].id, "王秀英")).await;
        let mut branches = Vec::new();
        for code in ["330106", "330105"] {
            let new = branch::commands::NewBranch {
                name: format!("支部{code}"), region: region(code), unit: None, party_day: 10, party_groups: 0,
                founded_on: date(2010, 1, 1),
            };
            let tx = write(db).await;
            branches.push(branch::commands::found_in(&tx, &cx, By::INSTALLER, new, now()).await.unwrap());
            tx.commit().await.unwrap();
        }
        let first = NewMember { branch: branches[0].id, person: person.id, kind: MembershipKind::Affiliation, from_on: date(2011, 1, 1) };
        branch::commands::admit(db, &cx, &city, first, now()).await.unwrap();
        let mut at = now();
        for (step, on) in [date(2020, 5, 1), date(2021, 5, 1), date(2021, 5, 1), date(2026, 11, 2)].into_iter().enumerate() {
            at += TimeDelta::minutes(1);
            let to = (step + 1) % 2;
            move_unit(db, &cx, &city, (person.id, units[to].id, "调动通知"), (on, at)).await.unwrap();
            transfer::transfer(db, &cx, &city, (person.id, branches[to].id), (on, at)).await.unwrap();
            for day in [date(2019, 1, 1), on.pred_opt().unwrap(), on, date(2026, 12, 31)] {
                let held = store::of_person_as_of(db, person.id, (day, at)).await.unwrap();
                assert_eq!(held.iter().filter(|row| row.kind == FactKind::ManagingUnit).count(), 1, "{day}");
                let live = branch::store::live_memberships_of(db, person.id, day).await.unwrap();
                assert_eq!(live.iter().filter(|row| row.kind == MembershipKind::Affiliation).count(), 1, "{day}");
            }
            let row = people::find(db, person.id).await.unwrap().unwrap();
            assert_eq!(row.unit_id, units[to].id);
        }
        let ahead = move_unit(db, &cx, &city, (person.id, units[1].id, "x"), (date(2026, 11, 3), at)).await;
        assert_eq!(refusal(ahead), FactRefusal::TooLate);
        let county = crate::cast::worker(db, "w2", "330106").await;
        let over_the_border = move_unit(db, &cx, &county, (person.id, units[1].id, "x"), (date(2026, 11, 2), at)).await;
        assert!(matches!(over_the_border, Err(FactError::NotFound)));
    }

    // Invariant 26, and what a question was answered with is what it is answered with for ever.
    async fn a_question_about_a_day_is_answered_as_the_history_says_and_stays_answered(db) {
        let (cx, city) = (context(), worker(db, "w1", "3301").await);
        let units = [unit(db, "330106").await, unit(db, "330105").await];
        let unit_value = |at: usize| Value::of_unit(&units[at]);
        let mut runner = TestRunner::deterministic();
        for round in 0..8 {
            let edits = edits().new_tree(&mut runner).unwrap().current();
            let person = registered(db, someone(units[0].id, "王秀英")).await;
            let (mut at, base) = (now() + TimeDelta::days(1), date(2018, 1, 1));
            let mut said: Said = vec![
                (FactKind::ManagingUnit, unit_value(0), LONG_AGO, None),
                (FactKind::Retired, Value::Bare, LONG_AGO, None),
                (FactKind::PartyMember, Value::Bare, date(1970, 7, 1), None),
            ];
            let mut answers: Vec<(DateTime<Utc>, Said)> = Vec::new();
            for edit in edits {
                at += TimeDelta::seconds(1);
                let day = |offset: i64| base + TimeDelta::days(offset);
                let (did, model) = match edit {
                    Edit::Begin(kind, offset) => (
                        commands::record(db, &cx, &city, (person.id, bare(kind, day(offset))), at).await.is_ok(),
                        model(&mut said, kind, Value::Bare, day(offset)),
                    ),
                    Edit::End(kind, offset) => (
                        commands::end(db, &cx, &city, (person.id, kind), (day(offset), at)).await.is_ok(),
                        model_end(&mut said, kind, day(offset)),
                    ),
                    Edit::Move(to, offset) => (
                        move_unit(db, &cx, &city, (person.id, units[to].id, "x"), (day(offset), at)).await.is_ok(),
                        model(&mut said, FactKind::ManagingUnit, unit_value(to), day(offset)),
                    ),
                };
                assert_eq!(did, model, "round {round}");
                answers.push((at, said.clone()));
                for (known, said) in &answers {
                    for on in [date(2018, 12, 31), date(2020, 6, 1), date(2023, 1, 1)] {
                        let rows = store::of_person_as_of(db, person.id, (on, *known)).await.unwrap();
                        assert_eq!(told(&rows), as_of(said, on), "round {round}, {on}, known {known}");
                    }
                }
            }
            let row = people::find(db, person.id).await.unwrap().unwrap();
            let current = store::current(db, person.id, FactKind::ManagingUnit).await.unwrap().unwrap();
            assert_eq!(Some(row.unit_id), current.unit_id, "the record and its history name one unit");
        }
    }
}
