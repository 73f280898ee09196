//! What goes wrong on purpose, as our own client meets it.

use chrono::TimeDelta;
use dingtalk::robot::RobotMessage;
use dingtalk::{Advice, Error};
use dingtalk_sim::{CallFault, EventFaults, Fault};

use crate::app::Manner;
use crate::client::new_instance;
use crate::{own_client, tenant, tenant_with_app, user};

const SEND: &str = "/v1.0/robot/oToMessages/batchSend";

#[tokio::test]
async fn too_fast_and_busy_ask_to_wait_and_do_nothing() {
    for fault in [Fault::TooFast, Fault::Busy] {
        let tenant = tenant().await;
        tenant.faults().next(1, SEND, fault);
        let client = own_client(&tenant);
        let to = ["lgb0001".parse().unwrap()];
        let message = RobotMessage::Text("您好".to_owned());
        let error = client.robot().send_to_people(&to, &message).await.unwrap_err();
        assert!(matches!(error.advice(), Advice::Retry(_)), "{fault:?}: {error:?}");
        assert!(tenant.sent().is_empty());
        client.robot().send_to_people(&to, &message).await.unwrap();
    }
}

#[tokio::test]
async fn a_lost_answer_leaves_the_outcome_unknown_and_the_instance_made() {
    for fault in [Fault::LostAnswer, Fault::Slow { ms: 2000 }] {
        let tenant = tenant().await;
        let client = own_client(&tenant);
        client.probe().await.unwrap();
        tenant.faults().next(1, "/v1.0/workflow/processInstances", fault);
        let error = client.workflow().create(&new_instance("BF-1")).await.unwrap_err();
        assert!(matches!(error, Error::Unknown(_)), "{fault:?}: {error:?}");
        assert_eq!(tenant.approvals().all().len(), 1);
    }
}

#[tokio::test]
async fn a_token_that_ends_in_mid_batch_is_fetched_anew_without_a_word() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let api = "/topapi/v2/user/get".to_owned();
    tenant.faults().plan(CallFault { api, times: 1, after: 2, answer: Fault::TokenExpired });
    for userid in ["lgb0001", "lgb0002", "zs0001", "gz0001"] {
        client.contact().user(&user(userid)).await.unwrap();
    }
    let calls = |path: &str| tenant.wire().iter().filter(|one| one.path.starts_with(path)).count();
    assert_eq!((calls("/v1.0/oauth2/accessToken"), calls("/topapi/v2/user/get")), (2, 5));
}

#[tokio::test]
async fn an_event_that_is_sealed_with_a_wrong_key_is_not_taken_and_ends_in_the_list() {
    let (tenant, app) = tenant_with_app().await;
    tenant.faults().events(EventFaults { wrong_key: 1.0, ..EventFaults::default() });
    tenant.remove_person("lgb0002").unwrap();
    for pause in [0, 10, 30] {
        tenant.clock().advance(TimeDelta::seconds(pause));
        tenant.pushes().settled().await;
    }
    assert!(app.events().is_empty());
    assert_eq!(own_client(&tenant).events().failed().await.unwrap().failed_list.len(), 1);
    tenant.faults().clear();
    tenant.remove_person("lgb0001").unwrap();
    tenant.pushes().settled().await;
    assert_eq!(app.events(), ["user_leave_org"]);
}

#[tokio::test]
async fn while_the_platform_is_down_nothing_is_done_and_events_wait() {
    let (tenant, app) = tenant_with_app().await;
    let client = own_client(&tenant);
    client.probe().await.unwrap();
    tenant.faults().down(true);
    let error = client.contact().user(&user("lgb0001")).await.unwrap_err();
    assert!(matches!(error.advice(), Advice::Retry(_)) || matches!(error, Error::Unknown(_)), "{error:?}");
    tenant.remove_person("lgb0002").unwrap();
    tenant.person("lgb0001").says("签到").await.unwrap();
    tenant.pushes().settled().await;
    assert!(app.events().is_empty() && app.said().is_empty());
    tenant.faults().down(false);
    tenant.pushes().settled().await;
    assert_eq!(app.events(), ["user_leave_org"]);
    client.contact().user(&user("lgb0001")).await.unwrap();
}

#[tokio::test]
async fn a_tenant_begins_anew_as_its_file_says() {
    let (tenant, app) = tenant_with_app().await;
    let client = own_client(&tenant);
    let message = RobotMessage::Text("您好".to_owned());
    client.robot().send_to_people(&[user("lgb0001")], &message).await.unwrap();
    app.behaves(Manner::Answers500);
    tenant.remove_person("lgb0002").unwrap();
    tenant.pushes().settled().await;
    tenant.clock().advance(TimeDelta::days(3));
    tenant.faults().next(9, "/", Fault::Busy);

    tenant.reset();
    app.behaves(Manner::Takes);
    assert_eq!(tenant.clock().now(), crate::now());
    assert!(tenant.sent().is_empty() && tenant.wire().is_empty());
    assert_eq!((tenant.pushes().pending(), tenant.quota().calls), (0, 0));
    let anew = own_client(&tenant);
    assert_eq!(anew.contact().user(&user("lgb0002")).await.unwrap().name, "李国梁");
    tenant.remove_person("lgb0002").unwrap();
    tenant.pushes().settled().await;
    assert_eq!(app.events().last().map(String::as_str), Some("user_leave_org"), "the app is still known");
}
