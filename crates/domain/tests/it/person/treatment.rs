use chrono::TimeDelta;
use domain::{
    authority::Worker,
    person::{
        NewPerson, Person, Retirement,
        change::{Field, NewChange, Wanted, commands as changing},
        death::record_death,
        fact::{self, FactKind, Level},
        merge::commands as merging,
        period::Period,
    },
    statistics::{self, Check},
    treatment::{
        FloorError, FloorRefusal, NewFloor, TreatmentFloor,
        commands::{apply, decide, propose},
        simulate, store,
    },
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::cast::{audited, context, date, now, region, registered, someone, unit, worker};

fn refusal<T: std::fmt::Debug>(result: Result<T, FloorError>) -> FloorRefusal {
    match result {
        Err(FloorError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal: {other:?}"),
    }
}

async fn veteran(db: &DatabaseConnection, unit: domain::ids::UnitId, name: &str, joined: &str) -> Person {
    let known = domain::person::period::Known::read(joined).unwrap();
    let new = NewPerson {
        retirement: Retirement::Veteran,
        born_on: date(1928, 3, 15),
        joined_work: Some((known.on, known.precision)),
        ..someone(unit, name)
    };
    registered(db, new).await
}

/// Two workers agree that somebody has a level.
async fn treats(
    db: &DatabaseConnection,
    (first, second): (&Worker, &Worker),
    person: &Person,
    (kind, level): (FactKind, Level),
    at: chrono::DateTime<chrono::Utc>,
) -> bool {
    let new = NewChange {
        field: Field::Treatment(kind),
        after: Wanted::Level(level),
        effective_on: date(2010, 1, 1),
        evidence: "示例".to_owned(),
    };
    let Ok(asked) = changing::ask(db, &context(), first, (person.id, new), at).await else { return false };
    changing::decide(db, &context(), second, (asked.id, None), at).await.is_ok()
}

fn floor() -> NewFloor {
    NewFloor {
        region: region("33"),
        period: Period::J,
        dimension: FactKind::Medical,
        level: Level::DeputyBureau,
        from_on: date(2020, 1, 1),
        basis: "示例〔2020〕1号".to_owned(),
    }
}

schema::both! {
    async fn a_floor_raises_who_is_below_it_and_lowers_nobody(db) {
        let cx = context();
        let (first, second) = (worker(db, "w1", "33").await, worker(db, "w2", "33").await);
        let here = unit(db, "330106").await;
        let low = veteran(db, here.id, "李老", "1948-05").await;
        let high = veteran(db, here.id, "王老", "1949-09-30").await;
        let nothing = veteran(db, here.id, "赵老", "1946").await;
        let earlier = veteran(db, here.id, "孙老", "1944-01-01").await;
        let undecided = veteran(db, here.id, "周老", "1945-09").await;
        let dead = veteran(db, here.id, "吴老", "1948-05").await;
        for (person, level) in [(&low, Level::County), (&high, Level::Bureau), (&earlier, Level::Section), (&dead, Level::Section)] {
            assert!(treats(db, (&first, &second), person, (FactKind::Medical, level), now()).await);
        }
        record_death(db, &cx, &first, dead.id, date(2026, 11, 1), now()).await.unwrap();

        let proposed: TreatmentFloor = propose(db, &cx, &first, floor(), now()).await.unwrap();
        let would: Vec<_> = simulate(db, &proposed, now()).await.unwrap();
        let mut who: Vec<_> = would.iter().map(|raise| (raise.person, raise.before)).collect();
        who.sort();
        let mut expected = vec![(low.id, Some(Level::County)), (nothing.id, None)];
        expected.sort();
        assert_eq!(who, expected);
        assert_eq!(fact::store::current(db, low.id, FactKind::Medical).await.unwrap().unwrap().level(), Some(Level::County));

        assert_eq!(refusal(apply(db, &cx, &first, proposed.id, now()).await), FloorRefusal::NotNow);
        assert_eq!(refusal(decide(db, &cx, &first, (proposed.id, true), now()).await), FloorRefusal::SamePerson);
        decide(db, &cx, &second, (proposed.id, true), now()).await.unwrap();
        assert_eq!(apply(db, &cx, &first, proposed.id, now()).await.unwrap(), would);
        for (person, level) in [(&low, Level::DeputyBureau), (&nothing, Level::DeputyBureau), (&high, Level::Bureau), (&earlier, Level::Section)] {
            let medical = fact::store::current(db, person.id, FactKind::Medical).await.unwrap().unwrap();
            assert_eq!(medical.level(), Some(level));
        }
        let raised = fact::store::current(db, low.id, FactKind::Medical).await.unwrap().unwrap();
        assert_eq!((raised.from_on, raised.basis.as_str()), (date(2020, 1, 1), "示例〔2020〕1号"));
        let before = fact::store::of_person_as_of(db, low.id, (date(2019, 12, 31), now())).await.unwrap();
        assert!(before.iter().any(|row| row.kind == FactKind::Medical && row.level() == Some(Level::County)));
        assert_eq!(store::raised(db, proposed.id).await.unwrap().len(), 2);
        assert!(apply(db, &cx, &first, proposed.id, now()).await.unwrap().is_empty(), "again, it has nothing to do");
        assert_eq!(refusal(propose(db, &cx, &first, floor(), now()).await), FloorRefusal::Exists);
        assert!(fact::store::current(db, undecided.id, FactKind::Medical).await.unwrap().is_none());
        audited(db).await;
    }

    async fn a_floor_belongs_to_its_region(db) {
        let cx = context();
        let county = worker(db, "w1", "330106").await;
        assert!(matches!(propose(db, &cx, &county, floor(), now()).await, Err(FloorError::NotFound)));
        let mine = NewFloor { region: region("330106"), ..floor() };
        assert_eq!(refusal(propose(db, &cx, &county, NewFloor { dimension: FactKind::Post, ..mine.clone() }, now()).await), FloorRefusal::Dimension);
        assert_eq!(refusal(propose(db, &cx, &county, NewFloor { basis: String::new(), ..mine.clone() }, now()).await), FloorRefusal::NoBasis);
        let (here, there) = (unit(db, "330106").await, unit(db, "330105").await);
        let ours = veteran(db, here.id, "李老", "1948-05").await;
        veteran(db, there.id, "王老", "1948-05").await;
        let proposed = propose(db, &cx, &county, mine, now()).await.unwrap();
        let would = simulate(db, &proposed, now()).await.unwrap();
        assert_eq!(would.iter().map(|raise| raise.person).collect::<Vec<_>>(), [ours.id]);
        let neighbour = worker(db, "w2", "330105").await;
        assert!(matches!(decide(db, &cx, &neighbour, (proposed.id, true), now()).await, Err(FloorError::NotFound)));
    }

    async fn the_years_figures_stay_what_they_were_whatever_is_edited(db) {
        let cx = context();
        let (first, second) = (worker(db, "w1", "33").await, worker(db, "w2", "33").await);
        let units = [unit(db, "330106").await, unit(db, "330105").await];
        let mut persons = Vec::new();
        for (nth, joined) in ["1948-05", "1944", "1945-09", "1938-01-01", "1949-09"].into_iter().enumerate() {
            persons.push(veteran(db, units[nth % 2].id, &format!("老同志{nth}"), joined).await);
        }
        registered(db, someone(units[0].id, "退休的人")).await;
        treats(db, (&first, &second), &persons[0], (FactKind::Living, Level::Bureau), now()).await;
        let (year_end, mut at) = (date(2018, 12, 31), now() + TimeDelta::hours(1));
        let snapshot = statistics::freeze(db, &cx, &first, (&region("33"), year_end), at).await.unwrap().unwrap();
        let mut cells: Vec<&str> = snapshot.answer.lines().collect();
        cells.sort_unstable();
        let expected = ["330105\tK1\t-\t1", "330105\tK2\t-\t1", "330106\t-\t-\t1", "330106\tJ\t-\t1", "330106\tJ\t厅局级\t1"];
        assert_eq!(cells, expected);
        let mut runner = TestRunner::deterministic();
        let edits = prop::collection::vec((0_usize..5, 0_u8..6), 20).new_tree(&mut runner).unwrap().current();
        let mut done = 0;
        for (which, edit) in edits {
            at += TimeDelta::minutes(1);
            let person = &persons[which];
            done += usize::from(match edit {
                0 => record_death(db, &cx, &first, person.id, date(2017, 5, 1), at).await.is_ok(),
                1 => treats(db, (&first, &second), person, (FactKind::Living, Level::County), at).await,
                2 => {
                    let on = date(2015, 1, 1) + TimeDelta::days(i64::try_from(done).unwrap());
                    fact::transfer::transfer(db, &cx, &first, (person.id, units[done % 2].id, "x"), (on, at)).await.is_ok()
                }
                3 => {
                    let field = Field::JoinedWork;
                    let after = Wanted::read(field, "1943-01-01").unwrap();
                    let new = NewChange { field, after, effective_on: date(2018, 1, 1), evidence: "x".to_owned() };
                    match changing::ask(db, &cx, &first, (person.id, new), at).await {
                        Ok(asked) => changing::decide(db, &cx, &second, (asked.id, None), at).await.is_ok(),
                        Err(_) => false,
                    }
                }
                4 => fact::commands::end(db, &cx, &first, (person.id, FactKind::Veteran), (date(2018, 6, 1), at)).await.is_ok(),
                _ => match merging::propose(db, &cx, &first, (persons[0].id, person.id), at).await {
                    Ok(merge) => merging::decide(db, &cx, &second, (merge.id, true), at).await.is_ok(),
                    Err(_) => false,
                },
            });
            assert_eq!(statistics::check(db, &snapshot).await.unwrap(), Check::Same);
        }
        assert!(done >= 6, "{done}");
        let today = statistics::veterans(db, &region("33"), (year_end, at)).await.unwrap();
        assert_ne!(today.text(), snapshot.answer, "what is known today is another answer");
        let county = worker(db, "w3", "330106").await;
        assert!(statistics::freeze(db, &cx, &county, (&region("33"), year_end), at).await.unwrap().is_none());
        assert!(db.execute_unprepared("UPDATE statistics_snapshot SET answer = ''").await.is_err());
        let touched = statistics::Snapshot { answer: "x".to_owned(), ..snapshot.clone() };
        assert_eq!(statistics::check(db, &touched).await.unwrap(), Check::Touched);
        // Behind the program's back.
        db.execute_unprepared("UPDATE person_fact SET region = '330102' WHERE kind = 'managing_unit'").await.unwrap();
        assert_eq!(statistics::check(db, &snapshot).await.unwrap(), Check::Differs);
    }
}
