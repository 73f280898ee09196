//! Events: sealed, answered in time or tried again, and at last in the failed list.

use chrono::TimeDelta;
use dingtalk_sim::EventFaults;

use crate::app::Manner;
use crate::{own_client, tenant, tenant_with_app};

#[tokio::test]
async fn a_leaver_is_told_of_once() {
    let (tenant, app) = tenant_with_app().await;
    tenant.remove_person("lgb0002").unwrap();
    tenant.pushes().settled().await;
    assert_eq!(app.events(), ["user_leave_org"]);
    assert_eq!(tenant.pushes().pending(), 0);
}

#[tokio::test]
async fn an_event_is_tried_after_10_and_30_seconds_and_then_listed() {
    let (tenant, app) = tenant_with_app().await;
    app.behaves(Manner::SaysSomethingElse);
    tenant.remove_person("lgb0002").unwrap();
    for (pause, tries) in [(0, 1), (9, 1), (1, 2), (29, 2), (1, 3)] {
        tenant.clock().advance(TimeDelta::seconds(pause));
        tenant.pushes().settled().await;
        assert_eq!(app.events().len(), tries);
    }
    assert_eq!(tenant.pushes().pending(), 0);
    assert_eq!(tenant.pushes().failed().len(), 1);

    let failed = own_client(&tenant).events().failed().await.unwrap();
    assert_eq!(failed.failed_list.len(), 1);
    let event = dingtalk_callback::Event::from_failed_record(&failed.failed_list[0]).unwrap();
    assert_eq!(event.kind, "user_leave_org");
    assert!(
        own_client(&tenant).events().failed().await.unwrap().failed_list.is_empty(),
        "reading empties it"
    );
}

#[tokio::test]
async fn an_app_that_comes_back_gets_what_waited() {
    let (tenant, app) = tenant_with_app().await;
    app.behaves(Manner::Answers500);
    tenant.remove_person("lgb0002").unwrap();
    tenant.pushes().settled().await;
    assert_eq!(tenant.pushes().pending(), 1);
    app.behaves(Manner::Takes);
    tenant.pushes().deliver_now().await;
    assert_eq!(app.events(), ["user_leave_org"]);
}

#[tokio::test]
async fn an_answer_that_takes_too_long_counts_as_none() {
    let (tenant, app) = tenant_with_app().await;
    app.behaves(Manner::TakesTooLong);
    assert!(tenant.pushes().check_url().await.is_err());
    app.behaves(Manner::Takes);
    assert_eq!(tenant.pushes().check_url().await, Ok(()));
}

#[tokio::test]
async fn without_an_app_nothing_is_lost() {
    let tenant = tenant().await;
    tenant.remove_person("lgb0002").unwrap();
    tenant.pushes().settled().await;
    assert_eq!(tenant.pushes().pending(), 1);
}

#[tokio::test]
async fn events_may_come_twice_or_never() {
    let (tenant, app) = tenant_with_app().await;
    tenant.faults().events(EventFaults { duplicate: 1.0, ..EventFaults::default() });
    tenant.remove_person("lgb0002").unwrap();
    tenant.pushes().settled().await;
    assert_eq!(app.events(), ["user_leave_org", "user_leave_org"]);

    tenant.faults().events(EventFaults { lose: 1.0, ..EventFaults::default() });
    tenant.remove_person("lgb0001").unwrap();
    tenant.pushes().settled().await;
    assert_eq!(app.events().len(), 2);
    assert!(tenant.pushes().failed().is_empty());
}

#[tokio::test]
async fn a_delayed_event_waits_on_the_tenants_clock() {
    let (tenant, app) = tenant_with_app().await;
    tenant.faults().events(EventFaults { delay_ms: 60_000, ..EventFaults::default() });
    tenant.remove_person("lgb0002").unwrap();
    tenant.pushes().settled().await;
    assert!(app.events().is_empty());
    tenant.clock().advance(TimeDelta::minutes(1));
    tenant.pushes().settled().await;
    assert_eq!(app.events().len(), 1);
}
