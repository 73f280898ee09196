//! The control API and the console, as a browser meets them.

use serde_json::{Value, json};

use crate::{raw, tenant_with_app};
use dingtalk_sim::Tenant;

async fn get(tenant: &Tenant, path: &str) -> Value {
    let answer = raw().get(format!("{}/_sim/{path}", tenant.base_url())).send().await.unwrap();
    serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
}

async fn post(tenant: &Tenant, path: &str, body: Value) -> (u16, Value) {
    let answer = raw().post(format!("{}/_sim/{path}", tenant.base_url())).json(&body).send().await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap())
}

#[tokio::test]
async fn unchanged_state_is_a_304() {
    let (tenant, _app) = tenant_with_app().await;
    let address = format!("{}/_sim/state", tenant.base_url());
    let first = raw().get(&address).send().await.unwrap();
    let etag = first.headers()["etag"].clone();
    let again = async || raw().get(&address).header("if-none-match", &etag).send().await.unwrap().status();
    assert_eq!(again().await, 304);
    tenant.person("lgb0001").says("签到").await.unwrap();
    assert_eq!(again().await, 200);
}

#[tokio::test]
async fn the_clock_is_turned_in_steps_people_think_in() {
    let (tenant, _app) = tenant_with_app().await;
    assert_eq!(get(&tenant, "clock").await["said"], "2026年9月2日 星期三 10:00");
    let (_, evening) = post(&tenant, "clock", json!({"next_time": "19:00"})).await;
    assert_eq!(evening["said"], "2026年9月2日 星期三 19:00");
    let (_, morning) = post(&tenant, "clock", json!({"next_time": "08:30"})).await;
    assert_eq!(morning["said"], "2026年9月3日 星期四 08:30");
    let (_, later) = post(&tenant, "clock", json!({"advance_seconds": 3600})).await;
    assert_eq!(later["said"], "2026年9月3日 星期四 09:30");
    assert_eq!(post(&tenant, "clock", json!({"later": 1})).await.0, 400);
}

#[tokio::test]
async fn everything_a_test_can_do_a_visitor_can_do_too() {
    let (tenant, app) = tenant_with_app().await;
    assert_eq!(post(&tenant, "say", json!({"userid": "lgb0001", "text": "签到"})).await.0, 200);
    assert_eq!(get(&tenant, "chat/lgb0001").await["text"], "王秀英:\n  签到\n");
    assert_eq!(post(&tenant, "say", json!({"userid": "nobody", "text": "签到"})).await.0, 400);

    let newcomer = json!({"userid": "lgb0009", "name": "吴桂芳", "departments": [910_001]});
    assert_eq!(post(&tenant, "people", newcomer).await.0, 200);
    assert_eq!(
        post(&tenant, "events", json!({"kind": "org_dept_create", "fields": {"deptId": [7]}})).await.0,
        200
    );
    assert_eq!(post(&tenant, "pushes/deliver", json!({})).await.0, 200);
    assert_eq!(app.events(), ["user_add_org", "org_dept_create"]);

    let address = format!("{}/_sim/people/lgb0009", tenant.base_url());
    let renamed = raw().patch(&address).json(&json!({"name": "吴桂芬"})).send().await.unwrap();
    assert_eq!(renamed.status(), 200);
    let same = raw().patch(&address).json(&json!({"name": "吴桂芬"})).send().await.unwrap();
    assert_eq!(same.status(), 200);
    tenant.pushes().settled().await;
    assert_eq!(app.events()[2..], ["user_modify_org"], "what does not change is not told");

    let fault = json!({"calls": [{"api": "/gettoken", "times": 2, "answer": {"slow": {"ms": 5}}}]});
    assert_eq!(post(&tenant, "faults", fault).await.0, 200);
    assert_eq!(get(&tenant, "faults").await["calls"][0]["times"], 2);

    let (_, code) = post(&tenant, "auth_code", json!({"userid": "lgb0009"})).await;
    assert_eq!(code["code"].as_str().unwrap().len(), 32);
    assert_eq!(post(&tenant, "phones/0", json!({"user": "lgb0009"})).await.0, 200);
    assert_eq!(get(&tenant, "state").await["phones"][0]["user"], "lgb0009");
    assert_eq!(post(&tenant, "connect/check", json!({})).await.0, 200);
}

#[tokio::test]
async fn a_visitor_writes_reads_and_changes_groups_and_sends_files() {
    let (tenant, app) = tenant_with_app().await;
    let group = get(&tenant, "groups").await[0]["id"].as_str().unwrap().to_owned();
    let say = json!({"group": group, "userid": "lgb0001", "text": "@银龄小助手 签到"});
    assert_eq!(post(&tenant, "groups/say", say).await.0, 200);
    assert_eq!(app.said().len(), 1);
    let state = get(&tenant, "state").await;
    let secretary = state["people"].as_array().unwrap().iter().find(|one| one["userid"] == "zs0001").unwrap();
    assert_eq!(secretary["groups"][0]["unread"], 1);
    let by = json!({"group": group, "userid": "zs0001"});
    assert_eq!(post(&tenant, "groups/open", by).await.0, 200);
    let address: String = url::form_urlencoded::byte_serialize(group.as_bytes()).collect();
    let chat = get(&tenant, &format!("groups/{address}/chat")).await;
    assert_eq!(chat["lines"][0]["by"]["name"], "王秀英");
    assert_eq!(chat["lines"][0]["read_by"], json!(["lgb0001", "zs0001"]));

    assert_eq!(post(&tenant, "groups/robot", json!({"group": group, "present": false})).await.0, 200);
    assert_eq!(post(&tenant, "groups/leave", json!({"group": group, "userid": "lgb0002"})).await.0, 200);
    let robot = json!({"name": "告警", "token": "t", "keywords": ["告警"]});
    assert_eq!(post(&tenant, "groups/custom_robot", json!({"group": group, "robot": robot})).await.0, 200);
    let now = &tenant.groups()[0];
    assert!(!now.robot && now.members.len() == 3);

    let file = json!({"userid": "lgb0001", "kind": "file", "name": "票据.pdf", "content": "cGRm"});
    assert_eq!(post(&tenant, "send", file).await.0, 200);
    assert_eq!(app.said()[1]["content"]["fileName"], "票据.pdf");
    assert_eq!(post(&tenant, "open", json!({"userid": "lgb0001"})).await.0, 200);
    assert_eq!(post(&tenant, "open", json!({"userid": "nobody"})).await.0, 400);
}

#[tokio::test]
async fn the_console_and_all_it_names_is_served() {
    let (tenant, _app) = tenant_with_app().await;
    let page = raw().get(tenant.base_url()).send().await.unwrap().text().await.unwrap();
    let mut named: Vec<String> =
        page.split('"').filter(|part| part.starts_with("/_desk/")).map(str::to_owned).collect();
    assert!(named.len() >= 5);
    while let Some(path) = named.pop() {
        let answer = raw().get(format!("{}{path}", tenant.base_url())).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        let text = answer.text().await.unwrap();
        let imports = text.split('\'').filter(|part| part.starts_with("./"));
        named.extend(imports.map(|part| part.replacen("./", "/_desk/", 1)));
    }
}

#[tokio::test]
async fn secrets_are_not_in_the_wire_log() {
    let (tenant, _app) = tenant_with_app().await;
    crate::own_client(&tenant).contact().departments(dingtalk::DeptId(1)).await.unwrap();
    tenant.person("lgb0001").says("签到").await.unwrap();
    let wire = get(&tenant, "wire").await.to_string();
    assert!(!wire.contains(&crate::world().app.client_secret));
    assert!(!wire.contains("session=") || wire.contains("session=•••"));
}

#[tokio::test]
async fn a_first_opening_and_a_new_administrator_are_told() {
    let (tenant, app) = tenant_with_app().await;
    let newcomer = json!({"userid": "lgb0009", "name": "吴桂芳", "active": false});
    post(&tenant, "people", newcomer).await;
    let change = async |change: Value| {
        let address = format!("{}/_sim/people/lgb0009", tenant.base_url());
        assert_eq!(raw().patch(address).json(&change).send().await.unwrap().status(), 200);
        tenant.pushes().settled().await;
    };
    change(json!({"active": true})).await;
    change(json!({"admin": "sub"})).await;
    change(json!({"without_admin": true})).await;
    assert_eq!(
        app.events(),
        [
            "user_add_org",
            "user_active_org",
            "user_modify_org",
            "org_admin_add",
            "user_modify_org",
            "org_admin_remove",
            "user_modify_org"
        ]
    );
}

#[tokio::test]
async fn a_visitor_shares_a_task_passes_it_on_and_sees_to_dos() {
    let (tenant, _app) = tenant_with_app().await;
    let client = crate::own_client(&tenant);
    let id = client.workflow().create(&crate::client::new_instance("BF-1")).await.unwrap();
    let act = async |verb: &str, body: Value| post(&tenant, &format!("approvals/{id}/{verb}"), body).await.0;
    assert_eq!(act("ask_before", json!({"userid": "sp0001", "people": ["zs0001"]})).await, 200);
    assert_eq!(act("forward", json!({"userid": "zs0001", "to": "lgb0001", "remark": "请您看"})).await, 200);
    assert_eq!(act("forward", json!({"userid": "zs0001", "to": "lgb0001"})).await, 400, "no task any more");
    let mine = get(&tenant, "approvals?userid=lgb0001").await;
    assert_eq!((&mine[0]["may_decide"], &mine[0]["tasks"][0]["status"]), (&json!(true), &json!("PAUSED")));
    assert_eq!(mine[0]["records"][2]["others"][0], "王秀英");

    let worker: dingtalk::UnionId = tenant.days("gz0001").unionid().unwrap().parse().unwrap();
    let new = dingtalk::todo::NewTodo::new(
        "v-1",
        worker.clone(),
        vec![worker.clone()],
        "走访",
        "http://127.0.0.1/v",
    );
    client.todos().create(&new, &worker).await.unwrap();
    assert_eq!(get(&tenant, "todos?userid=gz0001").await[0]["subject"], "走访");
    let place = json!({"userid": "gz0001", "place": "活动中心", "longitude": 120.01, "latitude": 30.28});
    assert_eq!(post(&tenant, "check_ins", place).await.0, 200);
    let state = get(&tenant, "state").await;
    let person = state["people"].as_array().unwrap().iter().find(|one| one["userid"] == "gz0001").unwrap();
    assert_eq!(person["open_todos"], 1);
    let press = json!({"userid": "gz0001", "card": "none", "button": "accept"});
    assert_eq!(post(&tenant, "cards/press", press).await.0, 400);
}
