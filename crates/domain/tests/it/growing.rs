//! Trees and regions that change: from a day on, shown before, by two where an administrator's reach is touched.

use chrono::{NaiveDate, TimeDelta};
use domain::{
    By,
    authority::{DataClass, Role, Scope, SecurityAdmin, Worker},
    ids::{TreeNodeId, UnitId},
    person::{place, store as people},
    region::{Regions, reference},
    tree::{
        About, Became, Change, ChangeState, NodeKind, Target, Tree, TreeError, TreeRefusal, carry_out_in,
        commands::NewNode,
        desk::{confirm, propose, refuse},
        effects, hanging, look, store,
    },
};
use sea_orm::DatabaseConnection;

use crate::cast::{
    audited, context, date, everything_but, granted, holder, joined, now, region, registered, someone, unit,
    write,
};

const SINCE: fn() -> NaiveDate = || date(2000, 1, 1);
const SOON: fn() -> NaiveDate = || date(2026, 12, 1);

/// The installer does it.
async fn done(db: &DatabaseConnection, change: Change) -> Result<About, TreeError> {
    let tx = write(db).await;
    let done = carry_out_in(&tx, &context(), By::INSTALLER, &change, now()).await?;
    tx.commit().await?;
    Ok(done.0)
}

async fn node(db: &DatabaseConnection, kind: NodeKind, name: &str, parent: Option<TreeNodeId>) -> TreeNodeId {
    let new = NewNode { kind, name: name.to_owned(), parent, from: SINCE() };
    match done(db, Change::Found(new)).await.unwrap() {
        About::Node(node) => node,
        About::Region(code) => panic!("{code}"),
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, TreeError>) -> TreeRefusal {
    match result {
        Err(TreeError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal: {other:?}"),
    }
}

/// 公安 and 卫健, with an office of two units and five people below the first.
struct Province {
    police: TreeNodeId,
    health: TreeNodeId,
    office: TreeNodeId,
    units: [UnitId; 2],
}

async fn province(db: &DatabaseConnection) -> Province {
    let police = node(db, NodeKind::System, "公安", None).await;
    let health = node(db, NodeKind::System, "卫健", None).await;
    let office = node(db, NodeKind::Body, "某局", Some(police)).await;
    let units = [unit(db, "330106").await.id, unit(db, "330106").await.id];
    for (nth, unit) in units.into_iter().enumerate() {
        done(db, Change::Join { node: office, target: Target::Unit(unit), on: SINCE() }).await.unwrap();
        for person in 0..2 + nth {
            registered(db, someone(unit, &format!("某人{nth}{person}"))).await;
        }
    }
    Province { police, health, office, units }
}

schema::both! {
    async fn a_name_is_another_from_a_day_on(db) {
        let office = node(db, NodeKind::Body, "某厅", None).await;
        done(db, Change::Rename { node: office, name: " 某委 ".to_owned(), on: date(2018, 11, 1) }).await.unwrap();
        done(db, Change::Rename { node: office, name: "某局".to_owned(), on: date(2024, 3, 1) }).await.unwrap();
        for (day, name) in [
            (date(2018, 10, 31), "某厅"),
            (date(2018, 11, 1), "某委"),
            (date(2024, 2, 29), "某委"),
            (date(2024, 3, 1), "某局"),
        ] {
            assert_eq!(look::node(db, office, day).await.unwrap().unwrap().name, name, "{day}");
            assert_eq!(store::nodes(db, Tree::Organ, day).await.unwrap()[0].name, name, "{day}");
            for other in ["某厅", "某委", "某局"] {
                assert_eq!(store::called(db, other, day).await.unwrap().len(), usize::from(other == name), "{day} {other}");
            }
        }
        let late = Change::Rename { node: office, name: "某办".to_owned(), on: date(2023, 1, 1) };
        assert_eq!(refusal(done(db, late).await), TreeRefusal::Day);
        let unnamed = Change::Rename { node: office, name: "  ".to_owned(), on: SOON() };
        assert_eq!(refusal(done(db, unnamed).await), TreeRefusal::NoName);
        assert_eq!(look::history(db, office).await.unwrap().names.len(), 2);
    }

    async fn what_a_move_means_is_shown_and_nothing_is_done_by_showing_it(db) {
        let it = province(db).await;
        let (one, two) = (joined(db, "one").await, joined(db, "two").await);
        granted(db, &one, Role::Worker, Scope::Organ(it.police)).await;
        granted(db, &two, Role::Worker, Scope::Organ(it.health)).await;
        let admin: SecurityAdmin = holder(db, "sec", "33").await;
        let before = (everything_but(db, &[]).await, audited(db).await);
        let change = Change::Move { node: it.office, parent: it.health, on: SOON() };
        let shown = effects(db, &context(), &change, now()).await.unwrap();
        assert_eq!((everything_but(db, &[]).await, audited(db).await), before);
        let mut shifts: Vec<_> =
            shown.shifts.iter().map(|shift| (shift.grant.account_id.as_str(), shift.people, shift.places)).collect();
        shifts.sort_unstable();
        assert_eq!(shifts, [("one", (0, 5), (0, 2)), ("two", (5, 0), (2, 0))]);
        assert!(!shown.by_two());

        // What was not shown is not done.
        assert_eq!(refusal(propose(db, &context(), &admin, (&change, ""), now()).await), TreeRefusal::Otherwise);
        registered(db, someone(it.units[0], "新来")).await;
        let seen = shown.seal();
        assert_eq!(refusal(propose(db, &context(), &admin, (&change, &seen), now()).await), TreeRefusal::Otherwise);
        let seen = effects(db, &context(), &change, now()).await.unwrap().seal();
        let became = propose(db, &context(), &admin, (&change, &seen), now()).await.unwrap();
        assert_eq!(became, Became::Done(About::Node(it.office)));
        let place = people::find_unit(db, it.units[0]).await.unwrap().unwrap().place();
        for (account, today, then) in [(&one, true, false), (&two, false, true)] {
            let covers = async |at| Worker::prove(db, account, place.clone(), at).await.unwrap().is_some();
            assert_eq!(covers(now()).await, today);
            assert_eq!(covers(now() + TimeDelta::days(40)).await, then);
        }
    }

    async fn what_an_administrators_grant_reaches_is_changed_by_two(db) {
        let it = province(db).await;
        let auditor = joined(db, "auditor").await;
        granted(db, &auditor, Role::AuditAdmin, Scope::Organ(it.health)).await;
        let (one, two): (SecurityAdmin, SecurityAdmin) = (holder(db, "one", "33").await, holder(db, "two", "33").await);
        let cx = context();
        let change = Change::Move { node: it.office, parent: it.health, on: SINCE() };
        let shown = effects(db, &cx, &change, now()).await.unwrap();
        assert!(shown.by_two());
        let seen = shown.seal();
        let Became::Waits(id) = propose(db, &cx, &one, (&change, &seen), now()).await.unwrap() else {
            panic!("it did not wait");
        };
        let reaches = async || store::reach(db, it.health, SOON()).await.unwrap().units.len();
        assert_eq!(reaches().await, 0);
        assert_eq!(refusal(propose(db, &cx, &two, (&change, &seen), now()).await), TreeRefusal::Waits);
        assert_eq!(refusal(confirm(db, &cx, &one, (id, &seen), now()).await), TreeRefusal::SamePerson);
        assert_eq!(refusal(confirm(db, &cx, &two, (id, ""), now()).await), TreeRefusal::Otherwise);
        assert_eq!(reaches().await, 0);
        confirm(db, &cx, &two, (id, &seen), now()).await.unwrap();
        assert_eq!(reaches().await, 2);
        assert_eq!(refusal(confirm(db, &cx, &two, (id, &seen), now()).await), TreeRefusal::NotWaiting);
        let row = store::find_change(db, id).await.unwrap().unwrap();
        assert_eq!((row.state, row.change()), (ChangeState::Done, Some(change)));

        // And back again, which is refused.
        let back = Change::Part { node: it.office, target: Target::Unit(it.units[1]), on: SOON() };
        let seen = effects(db, &cx, &back, now()).await.unwrap().seal();
        let Became::Waits(id) = propose(db, &cx, &two, (&back, &seen), now()).await.unwrap() else {
            panic!("it did not wait");
        };
        refuse(db, &cx, &one, id, now()).await.unwrap();
        assert_eq!(refusal(confirm(db, &cx, &one, (id, &seen), now()).await), TreeRefusal::NotWaiting);
        assert_eq!(reaches().await, 2);
        assert!(store::asked(db).await.unwrap().is_empty());
        audited(db).await;
    }

    async fn trees_are_changed_by_whoever_administers_the_province(db) {
        let it = province(db).await;
        let county: SecurityAdmin = holder(db, "county", "330106").await;
        let change = Change::Rename { node: it.office, name: "别的".to_owned(), on: SOON() };
        let refused = propose(db, &context(), &county, (&change, ""), now()).await;
        assert!(matches!(refused, Err(TreeError::NotFound)));
    }

    async fn nothing_closes_while_something_hangs_on_it(db) {
        let it = province(db).await;
        let account = joined(db, "w").await;
        granted(db, &account, Role::Worker, Scope::Organ(it.health)).await;
        let on = SOON();
        for node in [it.police, it.office, it.health] {
            assert_eq!(refusal(done(db, Change::Close { node, on }).await), TreeRefusal::Hangs, "{node}");
        }
        let hangs = async |node| hanging(db, &About::Node(node), (on, now())).await.unwrap();
        assert_eq!(hangs(it.police).await.below, ["某局"]);
        let mut places = hangs(it.office).await.places;
        places.sort();
        assert_eq!(places, [("某县农业局".to_owned(), 2), ("某县农业局".to_owned(), 3)]);
        assert_eq!(hangs(it.health).await.grants.len(), 1);
        for unit in it.units {
            done(db, Change::Part { node: it.office, target: Target::Unit(unit), on }).await.unwrap();
        }
        done(db, Change::Close { node: it.office, on }).await.unwrap();
        done(db, Change::Close { node: it.police, on }).await.unwrap();
        let there = async |day| look::children(db, Tree::Organ, None, day).await.unwrap().len();
        assert_eq!((there(date(2026, 11, 30)).await, there(on).await), (2, 1), "by day");
    }

    async fn a_region_gets_another_code_and_takes_everything_along(db) {
        reference::load(db).await.unwrap();
        let (old, new) = (region("330106005"), region("330110903"));
        let inside = unit(db, "330106005").await;
        let lives = domain::person::NewPerson { residence: Some(old.clone()), ..someone(inside.id, "某人") };
        let person = registered(db, lives).await;
        let corps = node(db, NodeKind::Team, "某队", None).await;
        done(db, Change::Join { node: corps, target: Target::Region(old.clone()), on: SINCE() }).await.unwrap();
        let (one, two) = (joined(db, "one").await, joined(db, "two").await);
        granted(db, &one, Role::Worker, Scope::Region(region("330106"))).await;
        granted(db, &two, Role::Worker, Scope::Region(region("330110"))).await;
        let on = date(2026, 11, 2);
        for (to, why) in [
            ("330106903", TreeRefusal::Code),
            ("330110", TreeRefusal::Code),
            ("339999903", TreeRefusal::Code),
            ("330110005", TreeRefusal::Exists),
        ] {
            let change = Change::MoveRegion { code: old.clone(), to: region(to), on };
            assert_eq!(refusal(done(db, change).await), why, "{to}");
        }
        let early = Change::MoveRegion { code: old.clone(), to: new.clone(), on: SOON() };
        assert_eq!(refusal(done(db, early).await), TreeRefusal::NotYet);
        let change = Change::MoveRegion { code: old.clone(), to: new.clone(), on };
        let shown = effects(db, &context(), &change, now()).await.unwrap();
        let mut shifts: Vec<_> =
            shown.shifts.iter().map(|shift| (shift.grant.account_id.as_str(), shift.people)).collect();
        shifts.sort_unstable();
        assert_eq!(shifts, [("one", (0, 1)), ("two", (1, 0))]);
        done(db, change).await.unwrap();

        let place = people::place_of(db, person.id).await.unwrap().unwrap();
        assert_eq!(place.region, new);
        let seen = async |account, at| Worker::prove(db, account, place.clone(), at).await.unwrap().is_some();
        assert!(seen(&two, now()).await && !seen(&one, now()).await);
        for class in [DataClass::Registry, DataClass::Volunteering] {
            let then = place::of(db, class, person.id, (date(2026, 11, 1), now())).await.unwrap();
            let today = place::of(db, class, person.id, (on, now())).await.unwrap().unwrap();
            assert_eq!(today.region, new, "{class:?}");
            assert!(then.is_none_or(|then| then.region == old), "{class:?}");
        }
        assert_eq!(store::reach(db, corps, on).await.unwrap().regions, std::slice::from_ref(&new));
        assert_eq!(store::reach(db, corps, date(2026, 11, 1)).await.unwrap().regions, std::slice::from_ref(&old));
        let regions = Regions::load(db).await.unwrap();
        assert!(regions.find(&old, on).is_none() && regions.find(&new, on).is_some());
        assert_eq!(regions.history(&old).last().unwrap().successors, new.as_str());
        audited(db).await;
    }

    async fn what_was_changed_here_stays_when_the_list_is_read_again(db) {
        reference::load(db).await.unwrap();
        let code = region("330106");
        let on = SOON();
        done(db, Change::RenameRegion { code: code.clone(), name: "新西湖区".to_owned(), on }).await.unwrap();
        let town = region("330106999");
        done(db, Change::FoundRegion { code: town.clone(), name: "某镇".to_owned(), on }).await.unwrap();
        reference::load(db).await.unwrap();
        let regions = Regions::load(db).await.unwrap();
        let name = |day| regions.find(&code, day).unwrap().name.clone();
        assert_eq!((name(date(2026, 11, 30)), name(on)), ("西湖区".to_owned(), "新西湖区".to_owned()));
        assert_eq!(regions.full_name(&town, on), "浙江省杭州市新西湖区某镇");
        assert_eq!(regions.history(&code).len(), 2);
        let digits = Change::RenameRegion { code: code.clone(), name: "330106".to_owned(), on };
        assert_eq!(refusal(done(db, digits).await), TreeRefusal::NoName);
        let again = Change::FoundRegion { code: town.clone(), name: "某镇".to_owned(), on };
        assert_eq!(refusal(done(db, again).await), TreeRefusal::Exists);
        let full = Change::CloseRegion { code, on: date(2027, 1, 1) };
        assert_eq!(refusal(done(db, full).await), TreeRefusal::Hangs);
        done(db, Change::CloseRegion { code: town.clone(), on: date(2027, 1, 1) }).await.unwrap();
        assert!(Regions::load(db).await.unwrap().find(&town, date(2027, 1, 1)).is_none());
    }
}
