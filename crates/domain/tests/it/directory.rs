use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    account::{
        self,
        commands::{Link, link_own},
        news::{News, Profile, joined_in},
    },
    authority::held,
    directory::{
        Change, Department, Directory, Entry, Kind, Rail, Run, State,
        commands::{Answer, DecideError, begin, decide, fail, gone, resume, settle},
        store,
    },
    ids::DepartmentId,
    session,
};
use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::cast::{audited, context, holder, joined, login, now, registered, someone, unit, worker, write};

fn entry(id: &str, departments: &[i64]) -> Entry {
    let departments = departments.iter().map(|id| DepartmentId(*id)).collect();
    Entry { name: format!("某{id}"), unionid: None, departments }
}

fn seen(people: &[&str]) -> Directory {
    let mut seen = Directory::default();
    seen.people.extend(people.iter().map(|id| (login(id), entry(id, &[1]))));
    seen.departments.insert(DepartmentId(1), Department { name: "示例局".to_owned(), parent: None });
    seen
}

async fn walk(db: &DatabaseConnection, seen: &Directory, rail: Rail, at: DateTime<Utc>) -> Run {
    let known = store::known(db).await.unwrap();
    let run = begin(db, None, at).await.unwrap().unwrap();
    settle(db, &context(), &run, (&known, seen), rail, at).await.unwrap()
}

async fn kinds(db: &DatabaseConnection, run: &Run) -> Vec<(&'static str, u64)> {
    let mut kinds = Vec::new();
    for kind in Kind::REPORTED {
        match store::count(db, run.id, kind).await.unwrap() {
            0 => {}
            count => kinds.push((kind.code(), count)),
        }
    }
    kinds
}

async fn is_active(db: &DatabaseConnection, id: &str) -> bool {
    account::store::find(db, &login(id)).await.unwrap().unwrap().active
}

fn later(minutes: i64) -> DateTime<Utc> {
    now() + TimeDelta::minutes(minutes)
}

/// Everything goes.
const OPEN: Rail = Rail { percent: 100, unasked: 0 };

schema::both! {
    async fn whoever_left_loses_the_sessions_and_whoever_was_found_is_not_greeted(db) {
        let (stays, leaves) = (joined(db, "stays").await, joined(db, "leaves").await);
        let opened = session::open(db, &context(), &leaves, None, now()).await.unwrap();
        let waiting = mailbox::outbox::depth(db).await.unwrap().waiting;
        let run = walk(db, &seen(&["stays", "found"]), Rail::default(), later(1)).await;
        assert_eq!((run.state, run.known, run.people, run.removals), (State::Applied, 2, 2, 1));
        assert_eq!(
            kinds(db, &run).await,
            [("left", 1), ("joined", 1), ("department_made", 1), ("unlinked", 2)]
        );
        assert!(session::store::find_by_token(db, &opened.token, later(1)).await.unwrap().is_none());
        assert!(!is_active(db, "leaves").await && is_active(db, "found").await);
        assert_eq!(mailbox::outbox::depth(db).await.unwrap().waiting, waiting, "nobody is greeted");
        assert_eq!(store::departments_of(db, &stays).await.unwrap(), BTreeSet::from([DepartmentId(1)]));
        // Nothing is new: nothing is written but how things stand, which only the newest walk has.
        let rows = audited(db).await;
        let again = walk(db, &seen(&["stays", "found"]), Rail::default(), later(2)).await;
        assert_eq!(kinds(db, &again).await, [("unlinked", 2)]);
        assert_eq!(kinds(db, &run).await, [("left", 1), ("joined", 1), ("department_made", 1)]);
        assert_eq!(audited(db).await, rows);
    }

    async fn too_many_removals_write_nothing_until_somebody_answers(db) {
        for id in ["a", "b", "c", "d", "e"] {
            joined(db, id).await;
        }
        let admin = holder::<held::SystemAdmin>(db, "admin", "330106").await;
        let seen = seen(&["admin", "a", "new"]);
        let run = walk(db, &seen, Rail::default(), later(1)).await;
        assert_eq!((run.state, run.removals), (State::Asked, 4));
        assert!(is_active(db, "b").await, "nothing is written");
        assert!(account::store::find(db, &login("new")).await.unwrap().is_none());
        assert_eq!(store::departments(db).await.unwrap().len(), 0);
        assert_eq!(store::kept(db).await.unwrap().len(), 4);

        // The next night asks again, and only the newest question is open.
        let next = walk(db, &seen, Rail::default(), later(60)).await;
        assert_eq!(store::question(db).await.unwrap().unwrap().id, next.id);
        let cx = context();
        let late = decide(db, &cx, &admin, run.id, Answer::Approve, later(61)).await;
        assert!(matches!(late, Err(DecideError::Already)), "{late:?}");

        decide(db, &cx, &admin, next.id, Answer::Refuse, later(61)).await.unwrap();
        assert!(is_active(db, "b").await);
        assert_eq!(store::kept(db).await.unwrap().len(), 4, "the watch leaves them alone");
        assert!(store::question(db).await.unwrap().is_none());

        let third = walk(db, &seen, Rail::default(), later(120)).await;
        let session = session::open(db, &cx, &login("b"), None, later(121)).await.unwrap();
        // In the meantime one of them joins again, by an event.
        let tx = write(db).await;
        let news = News { key: "again".to_owned(), account: login("c"), happened_at: later(121) };
        joined_in(&tx, &cx, &news, &Profile::default(), later(121)).await.unwrap();
        tx.commit().await.unwrap();
        decide(db, &cx, &admin, third.id, Answer::Approve, later(122)).await.unwrap();
        let third = store::find(db, third.id).await.unwrap().unwrap();
        assert_eq!((third.state, third.decided_by.unwrap()), (State::Applied, login("admin")));
        assert!(!is_active(db, "b").await && is_active(db, "new").await);
        assert!(is_active(db, "c").await, "what is newer than the walk is believed");
        assert!(session::store::find_by_token(db, &session.token, later(122)).await.unwrap().is_none());
        assert!(store::kept(db).await.unwrap().is_empty());
        assert!(audited(db).await > 0);
    }

    async fn a_department_keeps_its_people_when_it_is_renamed_and_moved(db) {
        let wang = joined(db, "wang").await;
        let mut there = seen(&[]);
        there.people.insert(wang.clone(), entry("wang", &[2]));
        for (id, name) in [(2, "一处"), (3, "二处")] {
            let department = Department { name: name.to_owned(), parent: Some(DepartmentId(1)) };
            there.departments.insert(DepartmentId(id), department);
        }
        walk(db, &there, OPEN, later(1)).await;
        let moved = there.departments.get_mut(&DepartmentId(2)).unwrap();
        *moved = Department { name: "老干部处".to_owned(), parent: Some(DepartmentId(3)) };
        let run = walk(db, &there, OPEN, later(2)).await;
        assert_eq!(
            kinds(db, &run).await,
            [("department_renamed", 1), ("department_moved", 1), ("unlinked", 1)]
        );
        assert_eq!(store::departments_of(db, &wang).await.unwrap(), BTreeSet::from([DepartmentId(2)]));
        assert_eq!(store::known(db).await.unwrap(), there);
        // Gone, and back: the same one.
        let mut without = there.clone();
        without.departments.remove(&DepartmentId(3));
        walk(db, &without, OPEN, later(3)).await;
        assert_eq!(store::known(db).await.unwrap(), without);
        walk(db, &there, OPEN, later(4)).await;
        assert_eq!(store::known(db).await.unwrap(), there);
    }

    async fn whoever_joined_during_a_walk_is_no_leaver(db) {
        joined(db, "wang").await;
        let run = begin(db, None, later(1)).await.unwrap().unwrap();
        // Read before the event came, settled after it.
        let tx = write(db).await;
        let news = News { key: "mid".to_owned(), account: login("mid"), happened_at: later(2) };
        joined_in(&tx, &context(), &news, &Profile::default(), later(2)).await.unwrap();
        tx.commit().await.unwrap();
        let known = store::known(db).await.unwrap();
        settle(db, &context(), &run, (&known, &seen(&["wang"])), OPEN, later(3)).await.unwrap();
        assert!(is_active(db, "mid").await);
    }

    async fn a_night_has_one_walk_and_a_broken_one_is_tried_again(db) {
        let tonight = Some("2026-11-02");
        let first = begin(db, tonight, now()).await.unwrap().unwrap();
        assert!(begin(db, tonight, later(1)).await.unwrap().is_none());
        fail(db, &first, later(2)).await.unwrap();
        assert!(begin(db, tonight, later(3)).await.unwrap().is_none(), "not at once");
        let second = begin(db, tonight, later(40)).await.unwrap().unwrap();
        let known = store::known(db).await.unwrap();
        // The first server comes back to life: its walk is not there any more.
        assert!(settle(db, &context(), &first, (&known, &seen(&["x"])), OPEN, later(41)).await.is_err());
        assert!(account::store::find(db, &login("x")).await.unwrap().is_none());
        let done = settle(db, &context(), &second, (&known, &seen(&["y"])), OPEN, later(41)).await.unwrap();
        assert_eq!(done.state, State::Applied);
        assert!(begin(db, tonight, later(400)).await.unwrap().is_none());
    }

    async fn what_a_server_did_not_finish_writing_is_finished(db) {
        joined(db, "stays").await;
        let run = walk(db, &seen(&["stays", "found"]), OPEN, later(1)).await;
        // As if it had died before the last step.
        db.execute_unprepared("UPDATE directory_run SET state = 'applying'").await.unwrap();
        assert!(!resume(db, &context(), later(2)).await.unwrap(), "somebody may be at it");
        assert!(resume(db, &context(), later(10)).await.unwrap());
        assert_eq!(store::find(db, run.id).await.unwrap().unwrap().state, State::Applied);
        assert!(!resume(db, &context(), later(20)).await.unwrap());
    }

    async fn a_person_whose_login_left_stands_in_the_report(db) {
        let unit = unit(db, "330106").await;
        let person = registered(db, someone(unit.id, "王秀英")).await;
        let (wang, worker) = (joined(db, "wang").await, worker(db, "chen", "330106").await);
        let own = Link { account: &wang, person: person.id, proof: "identity_seen" };
        link_own(db, &context(), &worker, &own, now()).await.unwrap();
        let run = walk(db, &seen(&["chen"]), OPEN, later(1)).await;
        let rows = store::changes(db, run.id, Kind::LeaverLinked, 9).await.unwrap();
        assert_eq!(rows[0].what, Change::LeaverLinked { account: wang, person: person.id });
        assert_eq!(format!("{:?}", rows[0].what), "leaver_linked(wang)");
    }

    async fn the_watch_has_one_turn_in_its_time(db) {
        let every = TimeDelta::seconds(20);
        let at = |seconds| now() + TimeDelta::seconds(seconds);
        assert_eq!(store::watch::look(db, every, at(0)).await.unwrap(), Some(store::watch::Before::default()));
        assert_eq!(store::watch::look(db, every, at(19)).await.unwrap(), None);
        store::watch::swept(db, 3, at(19)).await.unwrap();
        let before = store::watch::look(db, every, at(20)).await.unwrap().unwrap();
        assert_eq!((before.swept_at, before.difference), (Some(at(19)), Some(3)));
        joined(db, "wang").await;
        assert!(gone(db, &context(), &login("wang"), at(30), at(31)).await.unwrap());
        assert!(!gone(db, &context(), &login("wang"), at(32), at(33)).await.unwrap(), "gone already");
    }
}
