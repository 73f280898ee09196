//! Money: reserved with the approval, paid when everything is settled.

use chrono::TimeDelta;
use domain::{
    authority::{Approver, Payer, Role},
    budget::{
        NewOrder, Wanted,
        commands::{decide as decide_order, propose},
        year_end::carry_over,
    },
    outreach::{
        Entry, EntryState, Occasion, Outcome, PlanState, Refusal,
        commands::{
            decide::decide as approve,
            plan::{Whose, submit},
            settle::settle,
            visit::{NewVisit, record_visit},
        },
        figures,
    },
    person::{
        death::record_death,
        death_undo::{
            Left, LeftToDo,
            commands::{Mistake, ask, decide},
            store::left_after as after_undo,
        },
    },
};
use ledger::Fen;

use super::scene::{COUNTY, Scene, later, refused, there, veteran};
use crate::cast::{audited, date, holder, now, region, registered};

schema::both! {
    async fn an_approval_reserves_and_is_another_persons(db) {
        let scene = Scene::open(db).await;
        let (cx, li, plan) = (&scene.cx, &scene.li, scene.festival().await);
        assert_eq!(refused(approve(db, cx, &scene.approver, (plan.id, true), now()).await), Refusal::NotNow);
        submit(db, cx, li, plan.id, now()).await.unwrap();
        assert_eq!(scene.held(2027).await, [10_000, 0, 0, 0], "nothing is bound by a proposal");
        let own: Approver = scene.also("li", Role::Approver).await;
        assert_eq!(refused(approve(db, cx, &own, (plan.id, true), now()).await), Refusal::SamePerson);
        let back = approve(db, cx, &scene.approver, (plan.id, false), now()).await.unwrap();
        assert_eq!(back.state, PlanState::Draft);
        submit(db, cx, li, plan.id, now()).await.unwrap();
        let plan = approve(db, cx, &scene.approver, (plan.id, true), now()).await.unwrap();
        assert_eq!((plan.state, plan.reserved), (PlanState::Approved, Fen::yuan(1500)));
        assert_eq!(scene.held(2027).await, [8500, 1500, 0, 0]);

        // Not more than there is.
        let winter = scene.plan(Occasion::Hospital, Whose::County(region(COUNTY))).await;
        assert_eq!(refused(submit(db, cx, li, winter.id, now()).await), Refusal::Nobody);
        assert_eq!(ledger::check(db).await.unwrap(), []);
        audited(db).await;
    }

    async fn what_is_not_there_is_not_reserved(db) {
        let scene = Scene::open(db).await;
        for nth in 0..20 {
            registered(db, veteran(scene.unit.id, &format!("老同志{nth}"))).await;
        }
        let plan = scene.festival().await;
        submit(db, &scene.cx, &scene.li, plan.id, now()).await.unwrap();
        let no = refused(approve(db, &scene.cx, &scene.approver, (plan.id, true), now()).await);
        assert_eq!(no, Refusal::Short { available: Fen::yuan(10_000), missing: Fen::yuan(11_500) });
        assert_eq!(scene.held(2027).await, [10_000, 0, 0, 0]);
        audited(db).await;
    }

    async fn who_was_there_does_not_settle_and_what_was_not_given_is_free_again(db) {
        let scene = Scene::open(db).await;
        let (cx, plan) = (&scene.cx, scene.approved().await);
        let wang = scene.entry(&plan, scene.wang.id).await.id;
        let visit = NewVisit { signed: false, ..there(Outcome::Given, 450) };
        let visit = record_visit(db, cx, &scene.li, (wang, visit), now()).await.unwrap();
        for (name, no) in [("li", Refusal::HadPart), ("approver", Refusal::HadPart), ("xu", Refusal::WasThere)] {
            let part: Payer = scene.also(name, Role::Payer).await;
            assert_eq!(refused(settle(db, cx, &part, plan.id, later(200)).await), no, "{name}");
        }
        assert_eq!(refused(settle(db, cx, &scene.payer, plan.id, later(1)).await), Refusal::NoReceipt { count: 1 });
        domain::outreach::commands::receipt::signed(db, cx, &scene.li, visit.id, now()).await.unwrap();
        assert_eq!(refused(settle(db, cx, &scene.payer, plan.id, later(1)).await), Refusal::StillDue { count: 1 });

        let late = later(100);
        let today = domain::calendar::local_date(late);
        let scopes = [scene.li.scope().clone()];
        let sum = figures::total(&figures::rows(db, &scopes, (Some(2027), today)).await.unwrap());
        assert_eq!([sum.planned, sum.visited, sum.open, sum.late, sum.never], [2, 1, 1, 1, 1], "what is missed is seen before");
        let plan = settle(db, cx, &scene.payer, plan.id, late).await.unwrap();
        assert_eq!((plan.state, plan.paid, plan.reserved), (PlanState::Settled, Fen::yuan(450), Fen::ZERO));
        assert_eq!(scene.held(2027).await, [9550, 0, 0, 450]);
        assert_eq!(scene.state(&plan, &scene.old_li).await, EntryState::Missed);
        assert_eq!(refused(settle(db, cx, &scene.payer, plan.id, late).await), Refusal::NotNow, "once");
        let sum = figures::total(&figures::rows(db, &scopes, (Some(2027), today)).await.unwrap());
        assert_eq!([sum.planned, sum.visited, sum.missed, sum.open, sum.late], [2, 1, 1, 0, 0]);
        assert!(sum.is_level());
        assert_eq!(ledger::check(db).await.unwrap(), []);
        audited(db).await;
    }

    async fn who_has_not_died_is_on_the_lists_that_nobody_agreed_to_and_may_come_on_another(db) {
        let scene = Scene::open(db).await;
        let (cx, li, plan) = (&scene.cx, &scene.li, scene.approved().await);
        let birthday = scene.plan(Occasion::Birthday, Whose::County(region(COUNTY))).await;
        let before = scene.entries(&birthday).await;
        record_death(db, cx, li, scene.old_li.id, date(2026, 11, 1), now()).await.unwrap();
        let why = Mistake { reason: "同名的另一位", evidence: "社区证明" };
        let undo = ask(db, cx, li, (scene.old_li.id, why), later(1)).await.unwrap();
        decide(db, cx, &scene.xu, (undo.id, None), later(2)).await.unwrap();
        assert_eq!(scene.state(&plan, &scene.old_li).await, EntryState::LeftOut, "its money went back");
        assert_eq!(scene.held(2027).await, [9500, 500, 0, 0]);
        let left = after_undo(db, undo.id).await.unwrap();
        let of_plan = |row: &LeftToDo| row.what == Left::Visit && row.about == Some(plan.id.to_string());
        assert!(left.iter().any(of_plan), "somebody has to arrange it");
        let states = |all: &[Entry]| all.iter().map(|entry| (entry.person_id, entry.state)).collect::<Vec<_>>();
        assert_eq!(states(&scene.entries(&birthday).await), states(&before));
        audited(db).await;
    }

    async fn a_death_takes_off_every_list_and_frees_the_money_with_it(db) {
        let scene = Scene::open(db).await;
        let (cx, li, plan) = (&scene.cx, &scene.li, scene.approved().await);
        let birthday = scene.plan(Occasion::Birthday, Whose::County(region(COUNTY))).await;
        record_death(db, cx, li, scene.old_li.id, date(2026, 11, 1), now()).await.unwrap();
        assert_eq!(scene.held(2027).await, [9500, 500, 0, 0], "the thousand is free");
        assert_eq!(scene.state(&plan, &scene.old_li).await, EntryState::Died);
        let entry = scene.entry(&plan, scene.old_li.id).await.id;
        assert_eq!(refused(record_visit(db, cx, li, (entry, there(Outcome::Given, 1000)), now()).await), Refusal::Dead);
        scene.visits(&plan, &scene.wang, 500).await;
        let plan = settle(db, cx, &scene.payer, plan.id, later(1)).await.unwrap();
        assert_eq!((plan.paid, scene.held(2027).await), (Fen::yuan(500), [9500, 0, 0, 500]));
        assert!(scene.entries(&birthday).await.iter().all(|entry| entry.person_id != scene.old_li.id || entry.state == EntryState::Died));
        assert_eq!(ledger::check(db).await.unwrap(), []);
        audited(db).await;
    }

    async fn what_is_reserved_for_visits_goes_over_with_the_year(db) {
        let scene = Scene::open(db).await;
        let (cx, li) = (&scene.cx, &scene.li);
        scene.appropriate(2026, 1000).await;
        domain::outreach::commands::stay::note(db, cx, li, (scene.wang.id, date(2026, 11, 1)), now()).await.unwrap();
        let plan = scene.plan(Occasion::Hospital, Whose::County(region(COUNTY))).await;
        submit(db, cx, li, plan.id, now()).await.unwrap();
        let plan = approve(db, cx, &scene.approver, (plan.id, true), now()).await.unwrap();
        assert_eq!(scene.held(2026).await, [700, 300, 0, 0]);
        let other: Payer = holder(db, "other", COUNTY).await;
        let eve = now() + TimeDelta::days(59);
        let new = NewOrder { region: region(COUNTY), year: 2026, wanted: Wanted::Freeze, source: "示例".to_owned() };
        let order = propose(db, cx, &scene.payer, new, eve).await.unwrap();
        decide_order(db, cx, &other, (order.id, true), eve).await.unwrap();
        let done = carry_over(db, cx, &scene.payer, (&region(COUNTY), 2026), eve).await.unwrap();
        assert_eq!((done.plans, done.amount), (1, Fen::yuan(300)));
        assert_eq!((scene.held(2026).await, scene.held(2027).await), ([700, 0, 0, 0], [10_000, 300, 0, 0]));
        scene.visits(&plan, &scene.wang, 300).await;
        let plan = settle(db, cx, &scene.payer, plan.id, later(61)).await.unwrap();
        assert_eq!((plan.budget_year, scene.held(2027).await), (2027, [10_000, 0, 0, 300]));
        assert_eq!(ledger::check(db).await.unwrap(), []);
        audited(db).await;
    }
}
