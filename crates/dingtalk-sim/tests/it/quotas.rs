//! How fast, how much, and from where: what the world file switches on is enforced.

use std::time::Duration;

use chrono::TimeDelta;
use dingtalk::{Advice, Cause, Error, UserId};
use dingtalk_sim::{Ban, Limits, Options, Tenant};

use crate::{own_client, raw, tenant};

async fn tenant_with(limits: Limits) -> Tenant {
    let mut world = crate::world();
    world.limits = limits;
    Tenant::start(world, Options::default()).await.unwrap()
}

fn wang() -> UserId {
    "lgb0001".parse().unwrap()
}

fn seconds(seconds: u64) -> Advice {
    Advice::Retry(Duration::from_secs(seconds))
}

async fn message(tenant: &Tenant) -> Result<(), Error> {
    let text = dingtalk::robot::RobotMessage::Text("您好".to_owned());
    own_client(tenant).robot().send_to_people(&[wang()], &text).await.map(drop)
}

#[tokio::test]
async fn too_many_calls_in_a_second_or_a_minute_ask_to_wait_on_both_hosts() {
    let limits = Limits { calls_per_second: Some(2), calls_per_minute: Some(3), ..Limits::default() };
    let tenant = tenant_with(limits).await;
    let client = own_client(&tenant);
    for _ in 0..2 {
        client.contact().user(&wang()).await.unwrap();
    }
    let error = client.contact().user(&wang()).await.unwrap_err();
    assert_eq!((error.code().as_str(), error.advice()), ("90018", seconds(1)));
    client.contact().count(false).await.unwrap();
    tenant.clock().advance(TimeDelta::seconds(1));
    client.contact().user(&wang()).await.unwrap();
    assert_eq!(client.contact().user(&wang()).await.unwrap_err().code(), "90005");

    let search = || dingtalk::contact::PersonSearch {
        query_word: "王".to_owned(),
        offset: 0,
        size: 1,
        full_match_field: None,
    };
    for _ in 0..2 {
        client.contact().search_users(&search()).await.unwrap();
    }
    let error = client.contact().search_users(&search()).await.unwrap_err();
    assert_eq!(error.code(), "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi");
    tenant.clock().advance(TimeDelta::seconds(1));
    client.contact().search_users(&search()).await.unwrap();
    let error = client.contact().search_users(&search()).await.unwrap_err();
    assert_eq!(error.code(), "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi");
    assert_eq!(error.advice(), seconds(60));
    assert_eq!(tenant.quota().calls, 3, "what was turned away is not counted");
}

#[tokio::test]
async fn the_standard_edition_takes_twenty_calls_a_second_until_the_month_is_used_up() {
    let tenant = tenant_with(Limits { calls_per_month: Some(30), ..Limits::standard() }).await;
    let token = crate::strictness::token(&tenant).await;
    let url = format!("{}/v1.0/workflow/processes/todoTasks/numbers?userId=lgb0001", tenant.base_url());
    let code = || async {
        let request = raw().get(&url).header("x-acs-dingtalk-access-token", &token);
        let answer = request.send().await.unwrap().bytes().await.unwrap();
        let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
        answer["code"].as_str().unwrap_or("taken").to_owned()
    };
    for (calls, then) in [(20, "QpsLimitForAppkeyAndApi"), (10, "ApiCountLimitForOrg")] {
        for _ in 0..calls {
            assert_eq!(code().await, "taken");
        }
        assert_eq!(code().await, format!("Forbidden.AccessDenied.{then}"));
        tenant.clock().advance(TimeDelta::seconds(1));
    }
    assert_eq!(tenant.quota().calls, 30);
}

#[tokio::test]
async fn an_address_that_calls_too_often_is_banned_for_five_minutes_in_either_form() {
    for ban in [Ban::Json, Ban::Page] {
        let tenant = tenant_with(Limits { calls_per_address: Some(3), ban, ..Limits::default() }).await;
        let client = own_client(&tenant);
        for _ in 0..2 {
            client.contact().user(&wang()).await.unwrap();
        }
        let error = client.contact().user(&wang()).await.unwrap_err();
        assert_eq!((error.code().as_str(), error.advice()), ("address banned", seconds(300)));
        let page = raw().get(format!("{}/gettoken", tenant.base_url())).send().await.unwrap();
        assert_eq!(page.status(), 403);
        let html = page.headers()["content-type"].to_str().unwrap().starts_with("text/html");
        assert_eq!(html, ban == Ban::Page);
        tenant.clock().advance(TimeDelta::minutes(5));
        own_client(&tenant).contact().user(&wang()).await.unwrap();
    }
}

#[tokio::test]
async fn a_client_that_was_banned_keeps_still_by_itself() {
    let tenant = tenant_with(Limits { calls_per_address: Some(1), ..Limits::default() }).await;
    let client = own_client(&tenant);
    client.contact().user(&wang()).await.unwrap_err();
    let before = tenant.wire().len();
    let error = client.contact().user(&wang()).await.unwrap_err();
    assert_eq!(error.code(), dingtalk::limits::OWN_PACE);
    assert_eq!(tenant.wire().len(), before, "nothing went over the line");
}

#[tokio::test]
async fn the_month_runs_out_for_what_is_counted_and_begins_anew() {
    let tenant = tenant_with(Limits { calls_per_month: Some(1), ..Limits::default() }).await;
    message(&tenant).await.unwrap();
    assert_eq!(message(&tenant).await.unwrap_err().cause(), Some(Cause::Quota));
    own_client(&tenant).contact().user(&wang()).await.unwrap();
    tenant.clock().advance(TimeDelta::days(30));
    message(&tenant).await.unwrap();
}

#[tokio::test]
async fn calls_from_elsewhere_are_refused_on_both_hosts() {
    let mut world = crate::world();
    world.app.allowed_addresses = Some(vec!["203.0.113.7".to_owned()]);
    let elsewhere = Tenant::start(world.clone(), Options::default()).await.unwrap();
    let client = own_client(&elsewhere);
    let error = client.contact().user(&wang()).await.unwrap_err();
    assert_eq!((error.code().as_str(), error.cause()), ("60020", Some(Cause::App)));
    let error = message(&elsewhere).await.unwrap_err();
    assert_eq!(error.code(), "Forbidden.AccessDenied.IpNotInWhiteList");
    world.app.allowed_addresses = Some(vec!["127.0.0.1".to_owned()]);
    let here = Tenant::start(world, Options::default()).await.unwrap();
    own_client(&here).contact().user(&wang()).await.unwrap();
}

/// The simulator's table and the client's must agree on what a call costs.
#[tokio::test]
async fn what_is_free_for_the_client_is_free_here() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    client.contact().user(&wang()).await.unwrap();
    client.jsapi().ticket().await.unwrap();
    client.contact().admins().await.unwrap();
    assert_eq!(tenant.quota().calls, 0);
    client.contact().scopes().await.unwrap();
    message(&tenant).await.unwrap();
    let counted: Vec<_> = tenant.quota().calls_by_api.into_keys().collect();
    assert_eq!(counted, ["/auth/scopes", "/v1.0/robot/oToMessages/batchSend"]);
    for path in counted {
        let known = dingtalk::limits::APIS.iter().find(|api| api.name.ends_with(&path)).unwrap();
        assert_eq!(known.cost, dingtalk::limits::Cost::Counted);
    }
}
