use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use dingtalk::{
    Advice, Cause, Client, Error,
    limits::{Call, Heard, InProcess, Limiter, OWN_PACE, Plan, Verdict},
    robot::RobotMessage,
};
use futures_util::future::{BoxFuture, FutureExt, ready};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::host::{Host, SEND, TOKEN, USER};

/// Says what it was told to say, and keeps what it was asked and what it heard.
#[derive(Default)]
struct Told {
    says: Mutex<Vec<Verdict>>,
    asked: Mutex<Vec<String>>,
    heard: Mutex<Vec<(String, Heard)>>,
}

impl Limiter for Told {
    fn ask<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Verdict> {
        self.asked.lock().unwrap().push(call.api.name.clone());
        ready(self.says.lock().unwrap().pop().unwrap_or(Verdict::Go)).boxed()
    }

    fn heard<'a>(&'a self, call: &'a Call, what: Heard) -> BoxFuture<'a, ()> {
        self.heard.lock().unwrap().push((call.api.name.clone(), what));
        ready(()).boxed()
    }

    fn delivered<'a>(&'a self, _: &'a str, _: DateTime<Utc>) -> BoxFuture<'a, ()> {
        ready(()).boxed()
    }
}

fn limited(host: &Host, limiter: Arc<dyn Limiter>) -> Client {
    Client::limited(host.config(), || "2026-09-02T02:00:00Z".parse().unwrap(), limiter).unwrap()
}

async fn send(client: &Client) -> Result<(), Error> {
    let to = ["lgb0007".parse().unwrap()];
    client.robot().send_to_people(&to, &RobotMessage::Text("好".to_owned())).await.map(drop)
}

#[tokio::test]
async fn every_call_is_asked_for_by_its_name_the_token_too() {
    let host = Host::start().await;
    host.answers(SEND, 200, json!({"processQueryKey": "k"})).await;
    let told = Arc::new(Told::default());
    send(&limited(&host, told.clone())).await.unwrap();
    let asked = told.asked.lock().unwrap().clone();
    assert_eq!(asked, [format!("POST {TOKEN}"), format!("POST {SEND}")]);
    assert!(told.heard.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_short_wait_is_kept_and_a_long_one_is_the_callers() {
    let host = Host::start().await;
    host.answers(SEND, 200, json!({"processQueryKey": "k"})).await;
    let told = Arc::new(Told::default());
    let client = limited(&host, told.clone());
    client.probe().await.unwrap();
    told.says.lock().unwrap().push(Verdict::Wait(Duration::from_millis(80)));
    let began = Instant::now();
    send(&client).await.unwrap();
    assert!(began.elapsed() >= Duration::from_millis(80));

    told.says.lock().unwrap().push(Verdict::Wait(Duration::from_secs(40)));
    let error = send(&client).await.unwrap_err();
    assert_eq!((error.code().as_str(), error.advice()), (OWN_PACE, Advice::Retry(Duration::from_secs(40))));
    told.says.lock().unwrap().push(Verdict::UsedUp);
    assert_eq!(send(&client).await.unwrap_err().cause(), Some(Cause::Quota));
    assert_eq!(host.asked(SEND).await.len(), 1, "what was not let go was not sent");
}

#[tokio::test]
async fn what_the_platform_says_about_limits_is_passed_on() {
    let denied = |reason: &str| json!({"code": format!("Forbidden.AccessDenied.{reason}"), "message": "m"});
    let ban = json!({"status": 1111, "wait": 5, "source": "x5", "punish": "deny", "uuid": "1"});
    let table: [(u16, Value, Option<Heard>); 5] = [
        (403, denied("QpsLimitForAppkeyAndApi"), Some(Heard::NotCounted)),
        (403, denied("ApiCountLimitForOrg"), Some(Heard::UsedUp)),
        (403, denied("AccessTokenPermissionDenied"), None),
        (200, ban, Some(Heard::Banned)),
        (400, json!({"code": "invalidParameter"}), None),
    ];
    for (status, body, expected) in table {
        let host = Host::start().await;
        host.answers(SEND, status, body.clone()).await;
        let told = Arc::new(Told::default());
        send(&limited(&host, told.clone())).await.unwrap_err();
        let heard: Vec<_> = told.heard.lock().unwrap().iter().map(|(_, what)| *what).collect();
        assert_eq!(heard, Vec::from_iter(expected), "{body}");
    }
}

#[tokio::test]
async fn after_the_page_of_the_ban_nothing_is_sent_for_five_minutes() {
    let host = Host::start().await;
    host.answers_with(USER, ResponseTemplate::new(200).set_body_string("<html>slow down</html>")).await;
    let client = limited(&host, Arc::new(InProcess::new(Plan::STANDARD)));
    let wang = "lgb0007".parse().unwrap();
    client.contact().user(&wang).await.unwrap_err();
    let error = client.contact().user(&wang).await.unwrap_err();
    let Advice::Retry(after) = error.advice() else { panic!("{error:?}") };
    assert!(after > Duration::from_secs(290), "{after:?}");
    assert_eq!(host.asked(USER).await.len(), 1);
}

#[tokio::test]
async fn a_client_alone_keeps_to_twenty_calls_in_a_second() {
    let host = Host::start().await;
    host.answers(USER, 200, json!({"errcode": 0, "result": {"userid": "lgb0007"}})).await;
    let client = host.client();
    let began = Instant::now();
    for _ in 0..21 {
        client.contact().user(&"lgb0007".parse().unwrap()).await.unwrap();
    }
    assert!(began.elapsed() >= Duration::from_secs(1));
}
