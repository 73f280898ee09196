use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    By,
    authority::{DataClass, Grants, Role, Scope, Worker},
    ids::{TreeNodeId, UnitId},
    person::place,
    tree::{
        NodeKind, Target,
        commands::{NewNode, TreeError, TreeRefusal, close_in, found_in, join_in, part_in, put_under_in},
        store,
    },
};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use sea_orm::DatabaseConnection;

use crate::cast::{context, date, granted, joined, now, region, registered, someone, unit, write};

const SINCE: fn() -> NaiveDate = || date(2000, 1, 1);

async fn node(db: &DatabaseConnection, kind: NodeKind, name: &str, parent: Option<TreeNodeId>) -> TreeNodeId {
    let tx = write(db).await;
    let new = NewNode { kind, name: name.to_owned(), parent, from: SINCE() };
    let node = found_in(&tx, &context(), By::INSTALLER, new, now()).await.unwrap();
    tx.commit().await.unwrap();
    node.id
}

async fn join(db: &DatabaseConnection, node: TreeNodeId, target: Target, on: NaiveDate) {
    let tx = write(db).await;
    join_in(&tx, &context(), By::INSTALLER, (node, target, on), now()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn under(
    db: &DatabaseConnection,
    child: TreeNodeId,
    parent: TreeNodeId,
    on: NaiveDate,
) -> Result<(), TreeError> {
    let tx = write(db).await;
    let done = put_under_in(&tx, &context(), By::INSTALLER, (child, parent, on), now()).await;
    if done.is_ok() {
        tx.commit().await.unwrap();
    }
    done
}

fn refusal(result: Result<(), TreeError>) -> TreeRefusal {
    match result {
        Err(TreeError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal: {other:?}"),
    }
}

schema::both! {
    async fn a_question_about_a_day_is_answered_by_that_days_edges(db) {
        let provincial = node(db, NodeKind::Provincial, "省直", None).await;
        let university = node(db, NodeKind::University, "高校", None).await;
        let school = node(db, NodeKind::Body, "某学院", Some(provincial)).await;
        let unit = unit(db, "330106").await.id;
        join(db, school, Target::Unit(unit), SINCE()).await;
        under(db, school, university, date(2020, 9, 1)).await.unwrap();
        for (root, day, there) in [
            (provincial, date(2020, 8, 31), true),
            (provincial, date(2020, 9, 1), false),
            (university, date(2020, 8, 31), false),
            (university, date(2020, 9, 1), true),
        ] {
            let reach = store::reach(db, root, day).await.unwrap();
            assert_eq!(reach.units.contains(&unit), there, "{day}");
            let above = store::reaching(db, &Target::Unit(unit), day).await.unwrap();
            assert_eq!(above.contains(&root), there, "{day}");
        }
        assert!(store::reach(db, provincial, date(1999, 1, 1)).await.unwrap().units.is_empty(), "not yet");
        assert_eq!(store::path(db, school, date(2021, 1, 1)).await.unwrap(), [university, school]);
    }

    async fn nothing_stands_below_itself_or_in_two_trees(db) {
        let top = node(db, NodeKind::Committee, "某党委", None).await;
        let mid = node(db, NodeKind::GeneralBranch, "某总支", Some(top)).await;
        assert_eq!(refusal(under(db, top, mid, SINCE()).await), TreeRefusal::Circle);
        assert_eq!(refusal(under(db, top, top, SINCE()).await), TreeRefusal::Circle);
        // Neither on a day that is still to come.
        let (later, now_above) = (node(db, NodeKind::Committee, "甲", None).await, node(db, NodeKind::Committee, "乙", None).await);
        under(db, later, now_above, date(2030, 1, 1)).await.unwrap();
        assert_eq!(refusal(under(db, now_above, later, date(2010, 1, 1)).await), TreeRefusal::Circle);
        let team = node(db, NodeKind::Team, "某队", None).await;
        assert_eq!(refusal(under(db, team, top, SINCE()).await), TreeRefusal::OtherTree);
        under(db, mid, top, date(2010, 1, 1)).await.unwrap();
        assert_eq!(refusal(under(db, mid, top, date(2009, 1, 1)).await), TreeRefusal::Day);
        let tx = write(db).await;
        let full = close_in(&tx, &context(), By::INSTALLER, (top, date(2026, 1, 1)), now()).await;
        assert_eq!(refusal(full), TreeRefusal::Hangs);
        close_in(&tx, &context(), By::INSTALLER, (mid, date(2026, 1, 1)), now()).await.unwrap();
        close_in(&tx, &context(), By::INSTALLER, (top, date(2026, 1, 1)), now()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(store::subtree(db, top, date(2025, 12, 31)).await.unwrap().contains(&mid));
        assert!(store::subtree(db, top, date(2026, 1, 1)).await.unwrap().is_empty());
    }

    async fn a_grant_over_a_node_reaches_what_the_node_reaches_today(db) {
        let organ = node(db, NodeKind::System, "公安", None).await;
        let bureau = node(db, NodeKind::Body, "某局", Some(organ)).await;
        let (inside, outside) = (unit(db, "330106").await, unit(db, "330106").await);
        join(db, bureau, Target::Unit(inside.id), SINCE()).await;
        let person = registered(db, someone(inside.id, "王秀英")).await;
        registered(db, someone(outside.id, "李秀英")).await;
        let account = joined(db, "clerk").await;
        granted(db, &account, Role::Worker, Scope::Organ(organ)).await;
        let grants = Grants::of(db, &account, now()).await.unwrap();
        let proof = Worker::among(&grants, inside.place()).unwrap();
        assert_eq!(proof.scope(), &Scope::Organ(organ));
        assert!(proof.covers(inside.place()) && !proof.covers(outside.place()));
        assert!(!proof.covers(region("330106")), "a unit's region is not the unit");
        let scopes = grants.scopes_for(Role::Worker, DataClass::Registry);
        let when = (date(2026, 11, 2), None, 9);
        let seen = place::people(db, DataClass::Registry, &scopes, when).await.unwrap();
        assert_eq!(seen.iter().map(|one| one.id).collect::<Vec<_>>(), [person.id]);
        assert!(grants.scopes_for(Role::Worker, DataClass::Party).is_empty(), "an organ says nothing of party life");

        let tx = write(db).await;
        let parted = (bureau, &Target::Unit(inside.id), date(2026, 11, 2));
        part_in(&tx, &context(), By::INSTALLER, parted, now()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(Worker::prove(db, &account, inside.place(), now()).await.unwrap().is_none());
    }

    async fn a_corps_counts_for_volunteering_and_nothing_else(db) {
        let corps = node(db, NodeKind::Detachment, "西湖支队", None).await;
        let team = node(db, NodeKind::Team, "翠苑队", Some(corps)).await;
        join(db, team, Target::Region(region("330106003")), SINCE()).await;
        let account = joined(db, "captain").await;
        granted(db, &account, Role::Worker, Scope::Corps(corps)).await;
        let grants = Grants::of(db, &account, now()).await.unwrap();
        assert!(Worker::among(&grants, region("330106003")).is_none());
        for class in DataClass::all() {
            let may = grants.may(Role::Worker, class, &region("330106003").into());
            assert_eq!(may, class == DataClass::Volunteering, "{class:?}");
        }
        assert!(grants.everywhere().is_empty());
    }

    // Invariant: what a node reaches is what a naive walk over that day's edges finds, for random trees and days.
    async fn random_trees_reach_what_a_naive_walk_finds(db) {
        let mut random = ChaCha8Rng::seed_from_u64(20_261_125);
        let mut units: Vec<UnitId> = Vec::new();
        for _ in 0..4 {
            units.push(unit(db, "330106").await.id);
        }
        let mut nodes = Vec::new();
        for nth in 0..9 {
            nodes.push(node(db, NodeKind::Body, &format!("机构{nth}"), None).await);
        }
        let mut edges: Vec<(TreeNodeId, TreeNodeId, NaiveDate)> = Vec::new();
        let mut joins: Vec<(TreeNodeId, UnitId, NaiveDate)> = Vec::new();
        for year in 2001..2026 {
            let on = date(year, 6, 1);
            let (child, parent) = (*nodes.choose(&mut random).unwrap(), *nodes.choose(&mut random).unwrap());
            if under(db, child, parent, on).await.is_ok() {
                edges.push((child, parent, on));
            }
            if random.random_bool(0.4) {
                let (at, unit) = (*nodes.choose(&mut random).unwrap(), *units.choose(&mut random).unwrap());
                join(db, at, Target::Unit(unit), on).await;
                joins.push((at, unit, on));
            }
        }
        assert!(edges.len() > 8, "{}", edges.len());
        for year in (2000..2027).step_by(3) {
            let on = date(year, 6, 1);
            // The last edge upwards that has begun is the one that holds.
            let above = |node: TreeNodeId| {
                edges.iter().rev().find(|(child, _, from)| *child == node && *from <= on).map(|edge| edge.1)
            };
            for root in &nodes {
                let below = |node: TreeNodeId| {
                    let mut at = Some(node);
                    while let Some(here) = at {
                        if here == *root {
                            return true;
                        }
                        at = above(here);
                    }
                    false
                };
                let naive: BTreeSet<UnitId> = joins
                    .iter()
                    .filter(|(node, _, from)| *from <= on && below(*node))
                    .map(|(_, unit, _)| *unit)
                    .collect();
                let reach = store::reach(db, *root, on).await.unwrap();
                assert_eq!(reach.units.into_iter().collect::<BTreeSet<_>>(), naive, "{year}");
            }
        }
    }
}
