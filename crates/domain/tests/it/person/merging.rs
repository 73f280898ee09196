use std::collections::{BTreeMap, BTreeSet};

use domain::{
    By,
    account::commands::{Link, link_own},
    authority::{Grants, Role, Scope, Worker},
    branch::{self, MembershipKind, commands::NewMember},
    person::{
        NewPerson, Person, PersonError, PersonRefusal,
        commands::{Contact, change_contact, register},
        contact::{self, NewContact, Owner},
        death::record_death,
        double::{
            self, Existing, LIKELY, Reason,
            commands::{scan, two_people},
        },
        fact::{self, FactKind, NewFact, Value},
        kin::{self, NewKin, Relationship},
        merge::{
            MOVED, MergeError, MergeRefusal, STAYS,
            commands::{decide, propose, undo},
            store as merges,
        },
        name::search::{Asked, Search, find},
    },
    privacy::{IdentityNumber, Phone},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};

use crate::cast::{
    audited, context, date, everything_but, granted, joined, now, region, registered, someone, texts, unit,
    worker, write,
};

/// Every row of every table but the history of merges itself and the audit chain, as text.
async fn everything(db: &DatabaseConnection) -> BTreeMap<String, Vec<String>> {
    everything_but(db, &["person_merge", "person_merge_move"]).await
}

fn refusal<T: std::fmt::Debug>(result: Result<T, MergeError>) -> MergeRefusal {
    match result {
        Err(MergeError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal: {other:?}"),
    }
}

/// What is attached to a person before the merge.
#[derive(Clone, Copy, Debug)]
enum Thing {
    Login,
    Member,
    Visitor,
    Telephone,
    Child,
    Notice,
}

async fn attach(db: &DatabaseConnection, person: &Person, nth: usize, thing: Thing) {
    let cx = context();
    let tx = write(db).await;
    match thing {
        Thing::Login => {
            drop(tx);
            let account = joined(db, &format!("login{nth}")).await;
            let tx = write(db).await;
            let link = Link { account: &account, person: person.id, proof: "identity_seen" };
            let _ = domain::account::commands::link_own_in(&tx, &cx, By::INSTALLER, None, &link, now()).await;
            tx.commit().await.unwrap();
        }
        Thing::Member | Thing::Visitor => {
            let new = branch::commands::NewBranch {
                name: format!("支部{nth}"),
                region: region("330106"),
                unit: None,
                party_day: 10,
                party_groups: 0,
                founded_on: date(2010, 1, 1),
            };
            let branch = branch::commands::found_in(&tx, &cx, By::INSTALLER, new, now()).await.unwrap();
            let kind = if matches!(thing, Thing::Member) {
                MembershipKind::Affiliation
            } else {
                MembershipKind::Participation
            };
            let new = NewMember { branch: branch.id, person: person.id, kind, from_on: date(2011, 1, 1) };
            let _ = branch::commands::admit_in(&tx, &cx, By::INSTALLER, new, now()).await;
            tx.commit().await.unwrap();
        }
        Thing::Telephone | Thing::Child => {
            drop(tx);
            let worker = worker(db, &format!("helper{nth}"), "330106").await;
            if matches!(thing, Thing::Telephone) {
                let phone = Phone::parse(&format!("1380000{nth:04}")).unwrap();
                let new = NewContact { owner: Owner::Own, label: None, phone, purposes: Vec::new() };
                contact::commands::add(db, &cx, &worker, (person.id, new), now()).await.unwrap();
            } else {
                let new = NewKin {
                    name: format!("小{nth}"),
                    relation: Relationship::Child,
                    relative: None,
                    from_on: None,
                };
                kin::commands::add(db, &cx, &worker, (person.id, new), now()).await.unwrap();
            }
        }
        Thing::Notice => {
            let id = if db.get_database_backend() == DbBackend::Postgres {
                "gen_random_uuid()"
            } else {
                "randomblob(16)"
            };
            // The same occasion for some: who was told twice stays told twice.
            let sql = format!(
                "INSERT INTO notice (id, person_id, occasion, status, reason, due_at, created_at, updated_at, channel) \
                 SELECT {id}, person.id, 'meeting.eve/{}', 'suppressed', 'no_account', created_at, created_at, \
                 created_at, 'call' FROM person WHERE name = '{}' ON CONFLICT DO NOTHING",
                nth % 3,
                person.name
            );
            tx.execute_unprepared(&sql).await.unwrap();
            // Somebody has to telephone about it.
            let sql = format!(
                "INSERT INTO call_task (id, notice_id, person_id, region_code, opened_at, version) \
                 SELECT {id}, notice.id, person_id, '330106', created_at, 1 FROM notice WHERE person_id IS NOT NULL ON CONFLICT DO NOTHING",
            );
            tx.execute_unprepared(&sql).await.unwrap();
            tx.commit().await.unwrap();
        }
    }
}

schema::both! {
    // A new table with a person in it must say what becomes of it.
    async fn every_column_that_points_to_a_person_is_in_one_of_the_lists(db) {
        let sql = if db.get_database_backend() == DbBackend::Postgres {
            "SELECT (kcu.table_name || '.' || kcu.column_name)::text FROM information_schema.referential_constraints AS rc \
             JOIN information_schema.key_column_usage AS kcu ON kcu.constraint_name = rc.constraint_name \
             JOIN information_schema.constraint_column_usage AS ccu ON ccu.constraint_name = rc.constraint_name \
             WHERE ccu.table_name = 'person' AND ccu.column_name = 'id'"
        } else {
            "SELECT m.name || '.' || f.\"from\" FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f \
             WHERE m.type = 'table' AND f.\"table\" = 'person'"
        };
        let there: BTreeSet<String> = texts(db, sql).await.into_iter().collect();
        let moved = MOVED.iter().map(|one| format!("{}.{}", one.table, one.column));
        let stays = STAYS.iter().map(|(table, column)| format!("{table}.{column}"));
        let listed: BTreeSet<String> = moved.chain(stays).collect();
        assert_eq!(there, listed);
        // What is called so but has no foreign key would slip through.
        let sql = if db.get_database_backend() == DbBackend::Postgres {
            "SELECT (table_name || '.' || column_name)::text FROM information_schema.columns \
             WHERE table_schema = 'public' AND column_name LIKE '%person_id'"
        } else {
            "SELECT m.name || '.' || c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c \
             WHERE m.type = 'table' AND c.name LIKE '%person_id'"
        };
        let called: BTreeSet<String> = texts(db, sql).await.into_iter().collect();
        assert!(called.is_subset(&listed), "{:?}", called.difference(&listed));
    }

    async fn what_pointed_to_the_one_points_to_the_other_and_back_again(db) {
        let cx = context();
        let (first, second) = (worker(db, "w1", "330106").await, worker(db, "w2", "330106").await);
        let here = unit(db, "330106").await;
        let things = prop::sample::select(vec![Thing::Login, Thing::Member, Thing::Visitor, Thing::Telephone, Thing::Child, Thing::Notice]);
        let both = prop::collection::vec((any::<bool>(), things), 0..7);
        let mut runner = TestRunner::deterministic();
        let (mut merged_some, mut nth) = (0, 0);
        for round in 0..10 {
            let pair = [
                registered(db, someone(here.id, &format!("王秀英甲{round}"))).await,
                registered(db, someone(here.id, &format!("王秀英乙{round}"))).await,
            ];
            for (which, thing) in both.new_tree(&mut runner).unwrap().current() {
                nth += 1;
                attach(db, &pair[usize::from(which)], nth, thing).await;
            }
            let before = everything(db).await;
            let merge = match propose(db, &cx, &first, (pair[0].id, pair[1].id), now()).await {
                Ok(merge) => merge,
                Err(MergeError::Refused(MergeRefusal::BothAffiliated)) => continue,
                Err(other) => panic!("{other:?}"),
            };
            match decide(db, &cx, &second, (merge.id, true), now()).await {
                Ok(()) => merged_some += 1,
                Err(MergeError::Refused(MergeRefusal::Collides)) => {
                    assert_eq!(everything(db).await, before, "round {round}: all or nothing");
                    continue;
                }
                Err(other) => panic!("{other:?}"),
            }
            let left = texts(db, &format!(
                "SELECT name FROM person WHERE merged_into IS NOT NULL AND name = '王秀英乙{round}' AND NOT EXISTS \
                 (SELECT 1 FROM branch_membership WHERE person_id = person.id) AND NOT EXISTS (SELECT 1 FROM person_contact \
                 WHERE person_id = person.id) AND NOT EXISTS (SELECT 1 FROM account WHERE person_id = person.id)"
            )).await;
            assert_eq!(left.len(), 1, "round {round}");
            undo(db, &cx, &first, merge.id, now()).await.unwrap();
            assert_eq!(everything(db).await, before, "round {round}");
            assert_eq!(refusal(undo(db, &cx, &first, merge.id, now()).await), MergeRefusal::NotNow);
        }
        assert!(merged_some >= 4, "{merged_some}");
        audited(db).await;
    }

    async fn a_merge_needs_two_workers_and_makes_one_person(db) {
        let cx = context();
        let (first, second) = (worker(db, "w1", "330106").await, worker(db, "w2", "330106").await);
        let here = unit(db, "330106").await;
        let kept = registered(db, someone(here.id, "王秀英")).await;
        let merged = registered(db, NewPerson {
            identity: Some(IdentityNumber::parse("330106192803150029").unwrap()), ..someone(here.id, "王琇英")
        }).await;
        let login = joined(db, "wang").await;
        let link = Link { account: &login, person: merged.id, proof: "identity_seen" };
        link_own(db, &cx, &first, &link, now()).await.unwrap();
        let merge = propose(db, &cx, &first, (kept.id, merged.id), now()).await.unwrap();
        assert_eq!(refusal(decide(db, &cx, &first, (merge.id, true), now()).await), MergeRefusal::SamePerson);
        assert_eq!(merges::waiting(db, &[second.scope().clone()], 9).await.unwrap().len(), 1);
        decide(db, &cx, &second, (merge.id, true), now()).await.unwrap();
        assert!(merges::waiting(db, &[second.scope().clone()], 9).await.unwrap().is_empty());

        let own = domain::authority::Myself::of(db, &login, now()).await.unwrap().unwrap();
        assert_eq!(own.person(), kept.id, "the login went along");
        let (scopes, asked) = ([first.scope().clone()], Asked::read("王琇英"));
        let hits = find(db, &cx.seal, &Search { scopes: &scopes, asked: &asked, unit: "", limit: 9 }).await.unwrap();
        assert_eq!(hits.iter().map(|hit| hit.person.id).collect::<Vec<_>>(), [kept.id], "found by the other name");
        let again = NewPerson { identity: Some(IdentityNumber::parse("330106192803150029").unwrap()), ..someone(here.id, "王琇英") };
        let refused = register(db, &cx, &first, again, now()).await;
        assert!(matches!(refused, Err(PersonError::Refused(PersonRefusal::Exists(id))) if id == kept.id), "{refused:?}");
        let contact = Contact { version: merged.version, phone: None, residence: None, living_alone: false };
        let touched = change_contact(db, &cx, &first, merged.id, contact, now()).await;
        assert!(matches!(touched, Err(PersonError::NotFound)), "the merged record is not worked on");
        let fact = NewFact { kind: FactKind::Volunteer, value: Value::Bare, from_on: date(2020, 1, 1), basis: "x".to_owned() };
        assert!(fact::commands::record(db, &cx, &first, (merged.id, fact), now()).await.is_err());
    }

    async fn a_pair_across_two_counties_waits_for_whoever_reaches_both(db) {
        let cx = context();
        let (near, far) = (unit(db, "330106").await, unit(db, "330105").await);
        let pair = [registered(db, someone(near.id, "王秀英")).await, registered(db, someone(far.id, "王秀英")).await];
        let counties = ["330106", "330105"].map(|code| [Scope::Region(region(code))]);
        let (city, both) = ([Scope::Region(region("3301"))], [counties[0][0].clone(), counties[1][0].clone()]);
        // A login with a grant in each of the two.
        let account = joined(db, "two").await;
        for scope in &both {
            granted(db, &account, Role::Worker, scope.clone()).await;
        }
        let grants = Grants::of(db, &account, now()).await.unwrap();
        assert!(Worker::among_both(&grants, (near.place(), unit(db, "330108").await.place())).is_none());
        let worker_of_both = Worker::among_both(&grants, (near.place(), far.place())).unwrap();
        let open = async |scopes: &[Scope]| double::store::open_in(db, scopes, 9).await.unwrap().len();
        let waiting = async |scopes: &[Scope]| merges::waiting(db, scopes, 9).await.unwrap().len();
        for (scopes, count) in [(&counties[0][..], 0), (&counties[1][..], 0), (&city[..], 1), (&both[..], 1)] {
            assert_eq!(open(scopes).await, count, "{scopes:?}");
        }
        let merge = propose(db, &cx, &worker_of_both, (pair[0].id, pair[1].id), now()).await.unwrap();
        for (scopes, count) in [(&counties[0][..], 0), (&counties[1][..], 0), (&city[..], 1), (&both[..], 1)] {
            assert_eq!(waiting(scopes).await, count, "{scopes:?}");
        }
        let third = registered(db, someone(near.id, "王秀英")).await;
        assert_eq!((open(&counties[0]).await, open(&both).await), (1, 3));
        decide(db, &cx, &worker(db, "chief", "33").await, (merge.id, true), now()).await.unwrap();
        assert_eq!(open(&both).await, 1, "what was merged away waits for nobody");
        assert_ne!(third.id, pair[0].id);
    }

    async fn of_a_common_name_whoever_has_more_in_common_is_seen(db) {
        let (near, far) = (unit(db, "330106").await, unit(db, "330105").await);
        let tx = write(db).await;
        for nth in 0..405 {
            let other = NewPerson { born_on: date(1930, 1, 1) + chrono::TimeDelta::days(nth * 7), ..someone(far.id, "王秀英") };
            domain::person::commands::register_in(&tx, &context(), By::INSTALLER, None, other, now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        let twin = registered(db, NewPerson { born_on: date(1950, 3, 15), ..someone(near.id, "王秀英") }).await;
        let new = NewPerson { born_on: date(1950, 3, 15), ..someone(near.id, "王秀英") };
        let new = new.sealed(&context().seal, domain::ids::PersonId::new(now()), now()).unwrap();
        let found = double::look(db, &context(), &[Scope::Region(region("33"))], &new).await.unwrap();
        assert_eq!(found.iter().map(|one| one.person.id).collect::<Vec<_>>(), [twin.id]);
    }

    async fn what_cannot_be_one_human_being_is_refused(db) {
        let cx = context();
        let first = worker(db, "w1", "330106").await;
        let here = unit(db, "330106").await;
        let (wang, zhao) = (registered(db, someone(here.id, "王秀英")).await, registered(db, someone(here.id, "赵德福")).await);
        let try_it = async |pair| refusal(propose(db, &cx, &first, pair, now()).await);
        assert_eq!(try_it((wang.id, wang.id)).await, MergeRefusal::Itself);
        let spouse = NewKin { name: "赵德福".to_owned(), relation: Relationship::Spouse, relative: Some(zhao.id), from_on: None };
        kin::commands::add(db, &cx, &first, (wang.id, spouse), now()).await.unwrap();
        assert_eq!(try_it((wang.id, zhao.id)).await, MergeRefusal::Relatives);
        let dead = registered(db, someone(here.id, "王秀英")).await;
        record_death(db, &cx, &first, dead.id, date(2026, 11, 1), now()).await.unwrap();
        assert_eq!(try_it((wang.id, dead.id)).await, MergeRefusal::DeathDiffers);
        let elsewhere = registered(db, someone(unit(db, "330105").await.id, "王秀英")).await;
        let over = propose(db, &cx, &first, (wang.id, elsewhere.id), now()).await;
        assert!(matches!(over, Err(MergeError::NotFound)));
    }

    async fn who_looks_the_same_is_noted_with_reasons_and_judged_once(db) {
        let cx = context();
        let first = worker(db, "w1", "330106").await;
        let here = unit(db, "330106").await;
        let one = registered(db, NewPerson { born_on: date(1936, 2, 1), ..someone(here.id, "王𬭎") }).await;
        let scopes = [first.scope().clone()];
        assert!(double::store::open_in(db, &scopes, 9).await.unwrap().is_empty());
        registered(db, NewPerson { born_on: date(1936, 2, 1), ..someone(here.id, "王宏") }).await;
        registered(db, someone(here.id, "李国强")).await;
        let open = double::store::open_in(db, &scopes, 9).await.unwrap();
        assert_eq!(open.len(), 1);
        assert!(open[0].score >= LIKELY && open[0].reasons.0.contains(&Reason::SameSound), "{open:?}");
        assert_eq!(scan(db, &region("330106"), now()).await.unwrap(), 0, "noted already");
        two_people(db, &cx, &first, open[0].id, now()).await.unwrap();
        assert_eq!(scan(db, &region("330106"), now()).await.unwrap(), 0, "and not asked again");
        assert!(double::store::open_in(db, &scopes, 9).await.unwrap().is_empty());

        // Before a record begins: here with a link, elsewhere with the unit's name only.
        let number = IdentityNumber::parse("330106192803150029").unwrap();
        let known = registered(db, NewPerson { identity: Some(number.clone()), ..someone(here.id, "赵德福") }).await;
        assert_eq!(double::existing(db, &cx, &scopes, &number).await.unwrap(), Some((known.id, Existing::Here(known.id))));
        let neighbours = [crate::cast::worker(db, "w9", "330105").await.scope().clone()];
        let elsewhere = Existing::Elsewhere { unit: here.name.clone() };
        assert_eq!(double::existing(db, &cx, &neighbours, &number).await.unwrap(), Some((known.id, elsewhere.clone())));
        // One digit wrong, and its check with it: proposed, never taken for the same.
        let mistyped = IdentityNumber::parse(&near(&number)).unwrap();
        let new = NewPerson { identity: Some(mistyped), ..someone(here.id, "赵得福") };
        let new = new.sealed(&cx.seal, domain::ids::PersonId::new(now()), now()).unwrap();
        let found = double::look(db, &cx, &neighbours, &new).await.unwrap();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].reasons.contains(&Reason::NumberNearlySame) && found[0].existing == elsewhere, "{found:?}");
        assert_ne!(one.id, known.id);
    }
}

/// The number with another sequence digit, and the check character that fits it.
fn near(number: &IdentityNumber) -> String {
    let body = format!("{}3{}", &number.as_str()[..15], &number.as_str()[16..17]);
    ('0'..='9')
        .chain(['X'])
        .map(|check| format!("{body}{check}"))
        .find(|text| IdentityNumber::parse(text).is_ok())
        .unwrap()
}

#[tokio::test]
async fn the_planted_doubles_of_the_seed_are_found() {
    let test = schema::testing::sqlite().await;
    let planted =
        domain::seed::load(&test.db, &context(), domain::seed::Size::Tiny, now(), &|_, _| {}).await.unwrap();
    let everywhere = [domain::authority::Scope::Region(region("33"))];
    let found = double::store::open_in(&test.db, &everywhere, 9_999).await.unwrap().len();
    assert_eq!(scan(&test.db, &region("330106"), now()).await.unwrap(), 0, "the seed has looked");
    assert!(found >= planted.duplicates, "{found} of {}", planted.duplicates);
}
