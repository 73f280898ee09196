//! Every call there is, made wrongly in every way before it is made as it should be. The calls follow each other as they could in a
//! tenant: what a refused one had done would show in the next.

mod approvals;
mod days;
mod directory;
mod groups;
mod messages;
mod sign_in;
mod step;
mod wrong;

use std::collections::BTreeSet;

use dingtalk::limits::APIS;
use dingtalk_sim::{Code, CodeKind, Options, SentFile, Tenant, World};
use serde_json::{Map, Value, json};
use step::{Stage, Step, Token, is_new};
use wrong::{strangers, wrong_queries, wrongs};

use crate::FakeApp;

/// What is called without the app's token, what it asks for instead, and why.
const OPEN: &[(&str, &[&str], &str)] = &[
    ("POST /v1.0/oauth2/accessToken", &["appKey", "appSecret"], "it gives the token"),
    ("POST /v1.0/oauth2/{corpId}/token", &["client_id", "client_secret", "grant_type"], "it gives the token"),
    ("GET /gettoken", &["appkey", "appsecret"], "it gives the token"),
    (
        "POST /v1.0/oauth2/userAccessToken",
        &["clientId", "clientSecret", "code", "refreshToken"],
        "it gives a person's token",
    ),
    ("GET /v1.0/contact/users/{unionId}", &[], "it takes the person's token"),
    ("POST /v1.0/oauth2/ssoAccessToken", &["corpid", "ssoSecret"], "it gives the back office's token"),
    ("GET /v1.0/oauth2/ssoUserInfo", &["code"], "it takes the back office's token"),
    ("POST /v1.0/gateway/connections/open", &["clientId", "clientSecret"], "it takes the app's secret"),
    ("POST /robot/sendBySession", &["session"], "who has the address may answer"),
    ("POST /robot/send", &["access_token"], "who has the address may speak"),
];

/// Objects whose names are the app's own.
const FREE: &[&str] = &[
    "atUserIds",
    "cardParamMap",
    "extension",
    "extension_i18n",
    "extra",
    "extras",
    "lastMessageI18n",
    "thirdExtension",
];

fn open(api: &str) -> Option<&'static [&'static str]> {
    OPEN.iter().find(|(name, ..)| *name == api).map(|(_, secrets, _)| *secrets)
}

fn world() -> World {
    let mut world = crate::world();
    let union = |userid: &str| Some(format!("union-{userid}"));
    world.people.iter_mut().for_each(|person| person.unionid = union(&person.userid));
    for (code, kind) in [("strict-oauth-code", CodeKind::Oauth), ("strict-sign-in-code", CodeKind::SignIn)] {
        world.codes.push(Code { code: code.to_owned(), userid: "lgb0001".to_owned(), kind });
    }
    let group = &mut world.groups[0];
    (group.id, group.chat_id) = (Some("cidstrict".to_owned()), Some("chatstrict".to_owned()));
    group.custom_robots[0].secret = None;
    world
}

/// A tenant in which somebody has spoken to the robot and sent it a file.
async fn stage() -> Stage {
    let tenant = Tenant::start(world(), Options::default()).await.unwrap();
    let app = FakeApp::start();
    tenant.connect(app.endpoints());
    let wang = tenant.person("lgb0001");
    wang.says("帮助").await.unwrap();
    wang.sends(SentFile::file("票据.pdf", b"pdf")).await.unwrap();
    let said = app.said();
    let session = said[0]["sessionWebhook"].as_str().unwrap().split_once("session=").unwrap().1;
    let world = world();
    let now = crate::now().timestamp_millis();
    let kept = json!({
        "key": world.app.client_id,
        "secret": world.app.client_secret,
        "agent": world.app.agent_id,
        "corp": world.corp.id,
        "sso_secret": world.app.sso_secret,
        "webhook": world.groups[0].custom_robots[0].token,
        "session": session,
        "file_code": said[1]["content"]["downloadCode"],
        "now": now,
        "yesterday": now - 86_400_000,
        "tomorrow": now + 86_400_000,
    });
    let Value::Object(kept) = kept else { unreachable!() };
    Stage::new(tenant, kept)
}

fn steps() -> Vec<Step> {
    [
        sign_in::steps(),
        directory::steps(),
        messages::steps(),
        groups::steps(),
        approvals::steps(),
        days::steps(),
        directory::last_steps(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// With a status on the new host, inside a 200 on the old one.
fn assert_refused(api: &str, how: &str, (status, answer): &(u16, Value)) {
    if is_new(api) {
        assert!((400..500).contains(status), "{api} {how}: {status} {answer}");
        assert!(answer["code"].is_string() && answer["requestid"].is_string(), "{api} {how}: {answer}");
    } else {
        assert_eq!(*status, 200, "{api} {how}: {answer}");
        assert_ne!(answer["errcode"].as_i64().unwrap(), 0, "{api} {how}: {answer}");
    }
}

fn code(api: &str, (status, answer): &(u16, Value)) -> (u16, String) {
    let name = if is_new(api) { "code" } else { "errcode" };
    (*status, answer[name].to_string().trim_matches('"').to_owned())
}

#[tokio::test]
async fn without_the_token_of_now_in_its_place_every_call_is_refused_as_the_platform_refuses_it() {
    let mut stage = stage().await;
    let ended = stage.fetch_token().await;
    stage.tenant.clock().advance(chrono::TimeDelta::seconds(7201));
    let token = stage.fetch_token().await;
    for api in APIS.iter().map(|api| api.name).filter(|api| open(api).is_none()) {
        let missing = if is_new(api) { (400, "InvalidAuthentication") } else { (200, "41001") };
        let invalid = if is_new(api) { (400, "InvalidAuthentication") } else { (200, "40014") };
        for (how, token, (status, expected)) in [
            ("without a token", Token::None, missing),
            ("with a wrong token", Token::Here("wrong".to_owned()), invalid),
            ("with a token that has ended", Token::Here(ended.clone()), invalid),
            ("with the token where the other host wants it", Token::Elsewhere(token.clone()), missing),
        ] {
            let answer = stage.send(api, &token, &Value::Null, &json!({})).await;
            assert_eq!(code(api, &answer), (status, expected.to_owned()), "{api} {how}: {}", answer.1);
        }
        // The right one in its place is not what is complained of.
        let answer = stage.send(api, &Token::Here(token.clone()), &Value::Null, &json!({})).await;
        assert!(![missing.1, invalid.1].contains(&code(api, &answer).1.as_str()), "{api}: {}", answer.1);
    }
}

#[tokio::test]
async fn whatever_is_unknown_or_of_a_wrong_kind_is_refused_by_name_at_every_call() {
    let mut stage = stage().await;
    let mut made = BTreeSet::new();
    for step in steps() {
        made.insert(step.api.to_owned());
        stage.tenant.clock().advance(chrono::TimeDelta::seconds(step.after));
        let (api, query, body) = (step.api, stage.fill(&step.query), stage.fill(&step.body));
        let path = stage.path(&step);
        let token = stage.token(&step);
        let mut attempts = Vec::new();
        for (name, query) in strangers(&query, FREE).into_iter().chain(wrong_queries(&query)) {
            attempts.push((name, query, body.clone()));
        }
        if step.file.is_none() && !api.starts_with("GET ") {
            let loose = !is_new(api);
            for (name, body) in strangers(&body, FREE).into_iter().chain(wrongs(&body, loose, FREE)) {
                attempts.push((name, query.clone(), body));
            }
        }
        for (name, query, body) in attempts {
            let answer = match &step.file {
                Some(file) => stage.upload(&path, &token, &query, file).await,
                None => stage.send(&path, &token, &query, &body).await,
            };
            let how = format!("with {query} and {body}");
            assert_refused(api, &how, &answer);
            let said = answer.1[if is_new(api) { "message" } else { "errmsg" }].as_str().unwrap();
            assert!(name.iter().any(|name| said.contains(name)), "{api} {how}, of {name:?}: {said}");
        }
        let given = |secret: &&&str| query.get(secret).or(body.get(secret)).is_some();
        for secret in open(api).unwrap_or_default().iter().filter(given) {
            let wrong = |fields: &Value| {
                let mut fields = fields.clone();
                if let Some(field) = fields.get_mut(secret) {
                    *field = json!("wrong");
                }
                fields
            };
            let answer = stage.send(&path, &token, &wrong(&query), &wrong(&body)).await;
            assert_refused(api, &format!("with a wrong {secret}"), &answer);
        }
        if step.has_own_token() {
            for token in [Token::None, Token::Here("wrong".to_owned())] {
                let answer = stage.send(&path, &token, &query, &body).await;
                assert_refused(api, "without its own token", &answer);
            }
        }
        stage.play(&step).await;
    }
    let all: BTreeSet<_> = APIS.iter().map(|api| api.name.to_owned()).collect();
    assert_eq!(made, all, "a call that is simulated has its step here");
}

#[tokio::test]
async fn a_body_of_another_kind_is_refused_at_every_call() {
    let mut stage = stage().await;
    let token = Token::Here(stage.fetch_token().await);
    for api in APIS.iter().map(|api| api.name).filter(|api| !api.starts_with("GET ")) {
        for body in ["text", "[]", "\"text\"", "7", "{\"a\":"] {
            let answer = stage.send_text(api, &token, "application/json", body).await;
            assert_refused(api, body, &answer);
        }
        let answer = stage.send_text(api, &token, "text/plain", "{}").await;
        assert_refused(api, "in text/plain", &answer);
        if is_new(api) {
            let answer = stage.send_text(api, &token, "application/x-www-form-urlencoded", "a=b").await;
            assert_refused(api, "in a form", &answer);
        }
    }
}

type Kept = Map<String, Value>;
