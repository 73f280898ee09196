//! The manifest: that it is true, and that a tenant is compared with it.

use std::collections::BTreeSet;

use dingtalk::limits::APIS;
use dingtalk_callback::Event;
use dingtalk_sim::World;
use notify::bot::Command;
use schema::testing;
use server::{
    callback::Incoming,
    config::{self, ROUTE},
    manifest::Manifest,
};

use crate::harness::{House, Site};

fn written() -> Manifest {
    Manifest::written().unwrap()
}

/// Every call of a story, as `METHOD /path`, each once.
fn called(house: &House) -> BTreeSet<String> {
    let wire = house.tenant.wire().into_iter();
    let calls = wire.map(|exchange| {
        let path = exchange.path.split('?').next().unwrap_or_default();
        format!("{} {path}", exchange.method)
    });
    calls.filter_map(|call| APIS.iter().find(|api| api.name == call).map(|_| call)).collect()
}

#[test]
fn every_call_of_the_manifest_exists_and_stands_there_once() {
    let manifest = written();
    let apis: Vec<&String> = manifest.permission.iter().flat_map(|permission| &permission.apis).collect();
    for name in &apis {
        assert!(APIS.iter().any(|api| api.name == name.as_str()), "{name}");
    }
    assert_eq!(apis.iter().collect::<BTreeSet<_>>().len(), apis.len());
    let codes: BTreeSet<&String> = manifest.permission.iter().map(|permission| &permission.code).collect();
    assert_eq!(codes.len(), manifest.permission.len());
    assert!(manifest.permission.iter().all(|permission| !permission.reason.is_empty()));
    assert!(manifest.robot.brief.chars().count() <= 10 && manifest.robot.description.chars().count() <= 200);
    assert!(manifest.contact_scope.fields.is_empty());
    assert!(manifest.approval.iter().all(|form| form.branches.len() == 3));
}

#[test]
fn the_robot_understands_its_menu_and_its_menu_has_what_it_understands() {
    let words: Vec<String> = written().robot.command.into_iter().map(|command| command.word).collect();
    assert_eq!(words, Command::ALL.map(|command| command.word().to_owned()));
    for command in written().robot.command {
        assert_eq!(Command::read(&command.word).map(Command::help), Some(command.what.as_str()));
    }
}

#[test]
fn every_event_that_does_something_is_subscribed_and_no_other() {
    let subscribed: BTreeSet<String> =
        written().events.subscribe.into_iter().map(|event| event.kind).collect();
    let optional: BTreeSet<String> = written().events.optional.into_iter().map(|event| event.kind).collect();
    let now = "2026-11-24T01:00:00Z".parse().unwrap();
    for (kind, body) in [
        ("user_add_org", r#""userId":["a"],"timeStamp":"1793520000000""#),
        ("user_modify_org", r#""userId":["a"],"timeStamp":"1793520000000""#),
        ("user_leave_org", r#""userId":["a"],"timeStamp":"1793520000000""#),
        (
            "bpms_instance_change",
            r#""processInstanceId":"p","processCode":"c","type":"finish","result":"agree","createTime":1,"finishTime":2,"staffId":"a","title":"t","corpId":"ding""#,
        ),
        ("robot_msg_read", r#""processQueryKey":"k","userId":"a","operatTime":"1793520000000""#),
        ("robot_msg_recall", r#""processQueryKey":"k","userId":"a","operatTime":1793520000000"#),
        ("org_dept_create", r#""deptId":[7],"timeStamp":"1793520000000""#),
        (
            "bpms_task_change",
            r#""processInstanceId":"p","taskId":7,"processCode":"c","type":"start","staffId":"a","corpId":"ding""#,
        ),
    ] {
        let record = serde_json::json!({ "call_back_tag": kind, "event_time": 1_793_520_000_000_i64, kind:
            serde_json::from_str::<serde_json::Value>(&format!("{{\"EventType\":\"{kind}\",{body}}}")).unwrap() });
        let event = Event::from_failed_record(&record).unwrap_or_else(|error| panic!("{kind}: {error}"));
        let acts = Incoming::of_event(&event, now).is_some();
        assert_eq!(subscribed.contains(kind) || optional.contains(kind), acts, "{kind}");
    }
}

#[test]
fn the_card_of_the_manifest_has_what_the_code_fills_in() {
    let manifest = written();
    let [card] = &manifest.cards.templates[..] else { panic!("one card") };
    let level = domain::aid::standard::Level::County;
    let waiting = notify::words::card::waiting("BF-1", level, "今天到期", "https://example.gov.cn/");
    let over = notify::words::card::over("已同意");
    let names = |data: &dingtalk::card::CardData| -> BTreeSet<String> {
        data.card_param_map.keys().cloned().collect()
    };
    let variables: BTreeSet<String> = card.variables.iter().cloned().collect();
    assert_eq!(names(&waiting), variables);
    assert!(names(&over).is_subset(&variables));
    // The demo's tenant has the card that the manifest describes.
    let world = World::parse(include_str!("../../src/demo/world.toml")).unwrap();
    let theirs = &world.cards[0];
    assert_eq!((&theirs.name, &theirs.variables), (&card.name, &card.variables));
    let ours: Vec<_> = card.buttons.iter().map(|one| (&one.id, &one.title)).collect();
    let theirs: Vec<_> = theirs.buttons.iter().map(|one| (&one.id, &one.title)).collect();
    assert_eq!(ours, theirs);
}

#[actix_web::test]
async fn the_address_for_presses_is_registered_where_there_are_cards_and_presses_are_posted() {
    let site = Site::new("route", testing::sqlite().await).await;
    let registered = || {
        let wire = site.tenant.wire().into_iter();
        wire.filter(|one| one.path == "/v1.0/card/callbacks/register").collect::<Vec<_>>()
    };
    let (status, said) = site.run(&["manifest", "apply"]).await;
    assert!(status == 0 && !said.contains("卡片") && registered().is_empty(), "{said}");
    site.has_cards();
    let (_, said) = site.run(&["manifest", "apply", "--set", "dingtalk.incoming=stream"]).await;
    assert!(registered().is_empty(), "{said}");
    for times in 1..=2 {
        let (status, said) = site.run(&["manifest", "apply"]).await;
        assert!(status == 0 && said.contains("卡片的回调地址登记好了"), "{said}");
        let all = registered();
        let last = all.last().unwrap();
        assert_eq!((all.len(), last.status), (times, 200));
        assert_eq!(last.request["callbackRouteKey"], ROUTE);
        assert_eq!(last.request["callbackUrl"], format!("{}/callback/card", site.address("web")));
        assert!(last.request["apiSecret"].is_string() && last.request["forceUpdate"] == true, "{last:?}");
    }
    let (_, said) = site.run(&["manifest", "check"]).await;
    for words in ["卡片“待审批”：变量 title、number、level", "去审批（open，", "看办好没有（check，回调）"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    site.tenant.stop().await;
}

#[actix_web::test]
async fn every_call_that_the_server_makes_stands_in_the_manifest() {
    let house = House::open().await;
    let known: BTreeSet<String> =
        written().permission.into_iter().flat_map(|permission| permission.apis).collect();
    // Signing in, an approval with its reminders, a directory that is walked and watched.
    let (_, instance) = house.in_approval().await;
    house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
    house.settled().await;
    let settings =
        config::Directory { nightly_at: None, watch_seconds: 20, removal_percent: 2, removals_unasked: 3 };
    let (db, cx, client) = (house.app.db.clone(), house.app.cx.clone(), house.app.dingtalk.clone());
    let job = server::jobs::directory::Directory { db, cx, client, settings };
    let now = house.app.clock.now();
    job.sync(now).await.unwrap();
    job.leavers(now).await.unwrap();
    let called = called(&house);
    assert!(called.len() > 7, "{called:?}");
    let token = "POST /v1.0/oauth2/accessToken";
    let unknown: Vec<&String> =
        called.iter().filter(|call| !known.contains(*call) && call.as_str() != token).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[actix_web::test]
async fn a_tenant_that_lacks_something_is_told_what_to_click() {
    let complete = |world: &mut World| {
        let codes = written().permission.into_iter().map(|permission| permission.code);
        world.app.permissions = Some(codes.collect());
    };
    let site = Site::with("manifest", testing::sqlite().await, complete).await;
    site.run(&["migrate"]).await;
    let serving = site.serve();
    site.is_ready().await;
    let (status, said) = site.run(&["manifest", "check"]).await;
    assert!(status == 0 && !said.contains("[故障]"), "{status} {said}");
    for words in ["权限点 qyapi_get_member", "审批表单“困难帮扶审批”与清单一致", "应答正确", "事件订阅"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    let (status, said) = site.run(&["manifest", "apply"]).await;
    assert!(status == 0 && said.contains("已经有了，没有改动"), "{said}");
    let (status, said) = site.run(&["doctor", "--json"]).await;
    let found: serde_json::Value = serde_json::from_str(&said).unwrap();
    let state = |key: &str| {
        let found = found.as_array().unwrap().iter().find(|found| found["key"] == key);
        found.unwrap_or_else(|| panic!("{key} in {said}"))["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(status, 2, "{said}");
    for key in ["clock", "token", "permission.Workflow.Instance.Write", "template.aid", "stream", "quota"] {
        assert_eq!(state(key), "well", "{key} {said}");
    }
    assert_eq!((state("delivery.events"), state("delivery.robot")), ("well".into(), "well".into()));
    assert_eq!(state("domain.trusted"), "look", "the address of this test is not https");
    serving.told_to_stop("TERM").await;
    site.tenant.stop().await;
}

#[actix_web::test]
async fn what_is_missing_is_a_fault_and_the_form_is_made_once() {
    let poor = |world: &mut World| {
        world.app.permissions = Some(vec!["Workflow.Form.Read".to_owned(), "Workflow.Form.Write".to_owned()]);
        world.templates[0].controls.remove(1);
    };
    let site = Site::with("poor", testing::sqlite().await, poor).await;
    site.run(&["migrate"]).await;
    let (status, said) = site.run(&["manifest", "check"]).await;
    assert_eq!(status, 1, "{said}");
    for words in [
        "权限点 qyapi_get_department_member（通讯录部门成员读权限）没有开通",
        "权限管理 → 机器人 → 搜索“qyapi_robot_sendmsg”",
        "审批表单“困难帮扶审批”被改动过：缺少“轮次”",
        "不通",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    // Another code: not there, but one of its name is.
    let other = ["--set", "dingtalk.aid_process_code=PROC-NOT-THERE"];
    let (status, said) = site.run(&[&["manifest", "apply"], &other[..]].concat()).await;
    assert!(status == 0 && said.contains("aid_process_code = \"PROC-AID-APPROVAL\""), "{said}");

    let bare = |world: &mut World| world.templates[0].name = "别的表单".to_owned();
    let site = Site::with("bare", testing::sqlite().await, bare).await;
    let (status, first) = site.run(&[&["manifest", "apply"], &other[..]].concat()).await;
    assert!(status == 0 && first.contains("审批表单建好了"), "{first}");
    let (status, second) = site.run(&[&["manifest", "apply"], &other[..]].concat()).await;
    assert!(status == 0 && second.contains("已有同名的审批表单"), "{second}");
    let code =
        |said: &str| said.split("aid_process_code = ").nth(1).unwrap().lines().next().unwrap().to_owned();
    assert_eq!(code(&first), code(&second));
    site.tenant.stop().await;
}
