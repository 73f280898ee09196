use dingtalk_sim::{EventFaults, Fault};
use domain::aid::{Status, store};

use crate::harness::House;

/// The call that makes an instance.
const CREATE: &str = "POST /v1.0/workflow/processInstances";

impl House {
    async fn rounds(&self, case: &str) -> usize {
        store::approval::of_case(&self.app.db, case.parse().unwrap()).await.unwrap().len()
    }
}

#[actix_web::test]
async fn a_gateway_that_loses_the_answer_makes_no_second_instance() {
    House::each(async |house| {
        let case = house.visited().await;
        house.tenant.faults().next(1, CREATE, Fault::LostAnswer);
        house.presses("linfang", "ask", &case, 303).await;
        house.until("made", async || house.tenant.approvals().all().len() == 1).await;
        house.settled().await;
        assert_eq!(house.case(&case).await.status, Status::InApproval);
        // After a while it is looked for, and found.
        house.later(2);
        let adopted = async || {
            let rounds = store::approval::of_case(&house.app.db, case.parse().unwrap()).await.unwrap();
            rounds[0].instance_id.is_some()
        };
        house.until("adopted", adopted).await;
        assert_eq!((house.tenant.approvals().all().len(), house.rounds(&case).await), (1, 1));
        let instance = house.tenant.approvals().inbox("shenlan").remove(0).id;
        house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
        house.comes_to(&case, Status::Approved).await;
        assert_eq!(house.pot().await, [147_000, 3000, 0, 0]);
    })
    .await;
}

#[actix_web::test]
async fn a_decision_that_overtakes_the_answer_of_the_call_waits_for_it() {
    let house = House::open().await;
    let case = house.visited().await;
    house.tenant.faults().next(1, CREATE, Fault::LostAnswer);
    house.presses("linfang", "ask", &case, 303).await;
    house.until("made", async || house.tenant.approvals().all().len() == 1).await;
    let instance = house.tenant.approvals().inbox("shenlan").remove(0).id;
    house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
    house.settled().await;
    assert_eq!(house.case(&case).await.status, Status::InApproval);
    for _ in 0..4 {
        house.later(2);
        house.settled().await;
    }
    house.comes_to(&case, Status::Approved).await;
    assert_eq!(house.tenant.approvals().all().len(), 1);
}

#[actix_web::test]
async fn a_platform_that_is_busy_is_asked_again() {
    let house = House::open().await;
    let case = house.visited().await;
    for fault in [Fault::Busy, Fault::TooFast, Fault::SystemError, Fault::TokenExpired] {
        house.tenant.faults().next(1, CREATE, fault);
    }
    house.presses("linfang", "ask", &case, 303).await;
    house.settled().await;
    for _ in 0..4 {
        house.later(10);
        house.settled().await;
    }
    assert_eq!((house.tenant.approvals().all().len(), house.rounds(&case).await), (1, 1));
}

#[actix_web::test]
async fn an_event_that_comes_twice_decides_once() {
    House::each(async |house| {
        let (case, instance) = house.in_approval().await;
        house.tenant.faults().events(EventFaults { duplicate: 1.0, ..EventFaults::default() });
        house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
        house.comes_to(&case, Status::Approved).await;
        let steps = house.steps(&case).await;
        house.settled().await;
        // And once more, from somewhere else, long after.
        house.later(15);
        let again = server::jobs::Approvals { db: house.app.db.clone() };
        again.round(house.app.clock.now()).await.unwrap();
        house.settled().await;
        assert_eq!(house.steps(&case).await, steps);
        assert_eq!(house.pot().await, [147_000, 3000, 0, 0]);
        assert_eq!(house.told_of("wangxiuying", "通过了").len(), 1);
    })
    .await;
}

#[actix_web::test]
async fn what_was_decided_while_the_server_was_down_is_in_the_list_of_failed_events() {
    House::each(async |house| {
        let (case, instance) = house.in_approval().await;
        house.is_there().await;
        let off = house.off().await;
        off.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
        for _ in 0..3 {
            off.tenant.pushes().deliver_now().await;
        }
        assert_eq!(off.tenant.pushes().pending(), 0);
        assert!(!off.tenant.pushes().failed().is_empty());
        // Longer than a server needs to start again: something may have been missed.
        off.tenant.clock().advance(chrono::TimeDelta::minutes(1));
        let house = off.on().await;
        house.comes_to(&case, Status::Approved).await;
        assert!(house.tenant.pushes().failed().is_empty(), "taken");
        assert_eq!(house.pot().await, [147_000, 3000, 0, 0]);
    })
    .await;
}

#[actix_web::test]
async fn an_event_that_never_comes_is_asked_for() {
    House::each(async |house| {
        let (case, instance) = house.in_approval().await;
        house.tenant.faults().events(EventFaults { lose: 1.0, ..EventFaults::default() });
        house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
        house.settled().await;
        assert_eq!(house.case(&case).await.status, Status::InApproval, "nobody has said anything");
        // A server that starts asks about approvals that have been silent for long, as it does every half minute.
        house.later(6);
        let house = house.off().await.on().await;
        house.comes_to(&case, Status::Approved).await;
        assert_eq!(house.pot().await, [147_000, 3000, 0, 0]);
    })
    .await;
}
