//! Whatever the rows, rules, holds and days are, and whenever it is killed: nothing goes before its day, nothing from under a hold, nothing
//! without a tombstone, and in the end has gone what would have gone anyhow.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use chrono::{Months, NaiveDate, TimeDelta};
use domain::{
    calendar::local_date,
    ids::{PersonId, WishId},
    retention::{
        self, Counted, ItemState, Over, Period, Step, Tally, check,
        holds::{NewHold, ask_lift, lift, place},
        rules::{NewRule, set},
        store,
    },
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sea_orm::{ConnectionTrait, DbBackend};
use uuid::Uuid;

use super::scene::Scene;
use crate::cast::{audited, now};

/// What one history has in it.
#[derive(Clone, Debug)]
struct Plan {
    /// Of which person, answered how many days ago.
    wishes: Vec<(usize, i64)>,
    /// A rule of so many months, from which day counted.
    rule: Option<(u32, bool)>,
    /// A hold over this person, or over everything: before the list is made (0), after it was approved (1), in the middle of the work (2).
    holds: Vec<(Option<usize>, u8)>,
    /// The first of them is lifted before the work.
    lifted: bool,
    /// How many milliseconds each step has to live, at first.
    patience: u64,
}

fn plans() -> impl Strategy<Value = Plan> {
    // Around the days on which three and five years are over.
    let days = prop_oneof![0_i64..2500, 1090_i64..1100, 1455_i64..1470, 1820_i64..1830];
    let wishes = prop::collection::vec((0_usize..4, days), 1..40);
    let rule = prop::option::of((prop::sample::select(vec![36_u32, 48, 60]), any::<bool>()));
    let holds = prop::collection::vec((prop::option::weighted(0.8, 0_usize..4), 0_u8..3), 0..3);
    (wishes, rule, holds, any::<bool>(), 1_u64..6).prop_map(|(wishes, rule, holds, lifted, patience)| Plan {
        wishes,
        rule,
        holds,
        lifted,
        patience,
    })
}

/// The naive reading of a rule.
fn due(answered: NaiveDate, months: u32, year_end: bool) -> NaiveDate {
    use chrono::Datelike;
    let from = if year_end { NaiveDate::from_ymd_opt(answered.year() + 1, 1, 1).unwrap() } else { answered };
    // None of the days is the 29th of February of a year that matters.
    from.checked_add_months(Months::new(months)).unwrap()
}

/// Lets a step live for a while. `None`: it was killed.
async fn step(scene: &Scene<'_>, patience: u64) -> Option<Step> {
    let step = retention::step(scene.db, &scene.cx, now());
    tokio::time::timeout(Duration::from_millis(patience), step).await.ok().map(Result::unwrap)
}

/// The connections of a killed server are gone; those of a step that was dropped go back to the pool, perhaps inside a transaction.
async fn tidy(scene: &Scene<'_>) {
    if scene.db.get_database_backend() == DbBackend::Postgres {
        for _ in 0..32 {
            scene.db.execute_unprepared("ROLLBACK").await.unwrap();
        }
    }
}

async fn held(scene: &Scene<'_>, people: &[PersonId], over: Option<usize>) -> domain::ids::HoldId {
    let over = match over {
        Some(nth) => Over::Person(people[nth]),
        None => Over::Class("person_wish".to_owned()),
    };
    let new = NewHold { over, reason: "核查".to_owned(), document: "示例".to_owned() };
    place(scene.db, &scene.cx, &scene.chief, new, now()).await.unwrap().id
}

schema::both! {
    async fn whenever_it_is_killed_the_same_has_gone_and_nothing_before_its_day(db) {
        let scene = Scene::open(db).await;
        let (mut people, mut selves) = (Vec::new(), Vec::new());
        for (name, login) in [("王秀英", "wang"), ("李国强", "li"), ("赵德福", "zhao"), ("孙桂兰", "sun")] {
            let (person, me) = scene.person(name, login).await;
            people.push(person.id);
            selves.push(me);
        }
        let today = local_date(now());
        let (mut runner, mut killed, mut gone_in_all) = (TestRunner::deterministic(), 0, 0);
        for round in 0..8 {
            let plan = plans().new_tree(&mut runner).unwrap().current();
            let mut rows: BTreeMap<Uuid, (usize, NaiveDate)> = BTreeMap::new();
            for (who, days) in &plan.wishes {
                let at = now() - TimeDelta::days(*days);
                let wish: WishId = scene.wished(&selves[*who], at).await;
                rows.insert(wish.uuid(), (*who, local_date(at)));
            }
            let (months, year_end) = plan.rule.unwrap_or((36, false));
            let counted = if year_end { Counted::YearEnd } else { Counted::Day };
            let new = NewRule {
                class: "person_wish".to_owned(),
                period: Period::months(months),
                counted,
                document: "示例".to_owned(),
                valid_from: today,
            };
            set(db, &scene.cx, &scene.system, new, now()).await.unwrap();
            // What earlier rounds have left is there, too.
            let before: BTreeSet<Uuid> = store::tombstones(db, 9999).await.unwrap().0.iter().map(|stone| stone.subject).collect();

            let mut holds = Vec::new();
            for (over, _) in plan.holds.iter().filter(|(_, when)| *when == 0) {
                holds.push((held(&scene, &people, *over).await, *over));
            }
            let list = scene.listed().await;
            let mut approved = false;
            if scene.waiting(list.id).await > 0 {
                retention::propose(db, &scene.cx, &scene.chief, list.id, now()).await.unwrap();
                let seen = scene.waiting(list.id).await;
                retention::approve(db, &scene.cx, &scene.security, (list.id, seen), now()).await.unwrap();
                approved = true;
            }
            for (over, _) in plan.holds.iter().filter(|(_, when)| *when == 1) {
                holds.push((held(&scene, &people, *over).await, *over));
            }
            let mut lifted = Vec::new();
            if plan.lifted && !holds.is_empty() {
                let (hold, over) = holds.remove(0);
                ask_lift(db, &scene.cx, &scene.chief, (hold, "结束"), now()).await.unwrap();
                lift(db, &scene.cx, &scene.second, hold, now()).await.unwrap();
                lifted.push(over);
            }
            let late: Vec<_> = plan.holds.iter().filter(|(_, when)| *when == 2).map(|(over, _)| *over).collect();
            let mut gone_when_held: BTreeSet<Uuid> = BTreeSet::new();
            let (mut patience, mut steps) = (plan.patience, 0);
            loop {
                match step(&scene, patience).await {
                    None => {
                        killed += 1;
                        patience += 1 + patience / 3;
                    }
                    Some(Step::Went { .. }) => {
                        steps += 1;
                        if steps == 1 && !late.is_empty() {
                            tidy(&scene).await;
                            for over in &late {
                                holds.push((held(&scene, &people, *over).await, *over));
                            }
                            gone_when_held = store::tombstones(db, 9999).await.unwrap().0.iter().map(|stone| stone.subject).collect();
                        }
                    }
                    Some(Step::Finished | Step::Idle) => break,
                }
            }
            tidy(&scene).await;
            if !late.is_empty() && steps == 0 {
                for over in &late {
                    holds.push((held(&scene, &people, *over).await, *over));
                }
            }

            let stones: BTreeMap<Uuid, _> = store::tombstones(db, 9999).await.unwrap().0.into_iter().map(|stone| (stone.subject, stone)).collect();
            let covers = |over: &Option<usize>, who: usize| over.is_none_or(|nth| nth == who);
            for (id, (who, answered)) in &rows {
                let there = domain::wish::store::find(db, WishId::from_uuid(*id)).await.unwrap().is_some();
                assert_eq!(there, !stones.contains_key(id), "round {round}: a tombstone exactly for what has gone");
                if !there {
                    gone_in_all += 1;
                    assert!(due(*answered, months, year_end) <= today, "round {round}: {answered} has gone before its day");
                    assert_eq!(stones[id].counted_from, *answered);
                    let early = plan.holds.iter().filter(|(over, when)| *when < 2 && !lifted.contains(over));
                    assert!(!early.into_iter().any(|(over, _)| covers(over, *who)), "round {round}: from under a hold");
                    let from_under_a_late_one = late.iter().any(|over| covers(over, *who)) && !gone_when_held.contains(id) && steps > 0;
                    assert!(!from_under_a_late_one, "round {round}: from under a hold that was answered before");
                } else if late.is_empty() && plan.holds.is_empty() {
                    assert!(due(*answered, months, year_end) > today, "round {round}: {answered} was due");
                }
            }
            assert!(before.iter().all(|id| stones.contains_key(id)), "tombstones stand");
            if approved {
                let items = store::items(db, (list.id, "person_wish"), 9999).await.unwrap();
                assert!(items.iter().all(|item| item.state != ItemState::Waiting), "round {round}");
                let erased: BTreeSet<Uuid> = items.iter().filter(|item| item.state == ItemState::Erased).map(|item| item.subject).collect();
                let new: BTreeSet<Uuid> = stones.keys().filter(|id| !before.contains(*id)).copied().collect();
                assert_eq!(erased, new, "round {round}: what went is what was approved");
            }
            assert_eq!(check::step(db, &scene.cx, (None, true), now()).await.unwrap().0, []);
            // The next round begins without holds.
            for (hold, _) in holds {
                ask_lift(db, &scene.cx, &scene.chief, (hold, "结束"), now()).await.unwrap();
                lift(db, &scene.cx, &scene.second, hold, now()).await.unwrap();
            }
            assert!(matches!(retention::make(db, &scene.cx, now()).await.unwrap(), Tally::Idle));
        }
        assert!(killed > 3 && gone_in_all > 20, "{killed} {gone_in_all}");
        audited(db).await;
    }
}
