//! Approvals beyond yes and no: added people, tasks passed on, steps one by one, self-selected steps, copies, comments.

use dingtalk::workflow::{
    AddSign, AddSignPlace, AddSignRequest, ApprovalMode, Approver, CcPosition, CommentRequest,
    ExecuteRequest, ForecastRequest, InstanceResult as Wanted, NewInstance, RedirectRequest, SelfSelected,
};
use dingtalk::{Error, InstanceId, UserId};
use dingtalk_sim::{InstanceResult, NodeMode, Options, Tenant};

use crate::client::new_instance;
use crate::{FakeApp, own_client, tenant_with_app, world};

fn user(userid: &str) -> UserId {
    userid.parse().unwrap()
}

fn code(error: &Error) -> String {
    error.code()
}

async fn started() -> (Tenant, FakeApp, dingtalk::Client, InstanceId) {
    let (tenant, app) = tenant_with_app().await;
    let client = own_client(&tenant);
    let id = client.workflow().create(&new_instance("BF-1")).await.unwrap();
    (tenant, app, client, id)
}

async fn task_of(client: &dingtalk::Client, id: &InstanceId, userid: &str) -> i64 {
    client.workflow().get(id).await.unwrap().waiting_for(&user(userid)).unwrap().task_id
}

#[tokio::test]
async fn whoever_is_asked_before_decides_first_and_the_asker_after() {
    let (tenant, app, client, id) = started().await;
    let task = task_of(&client, &id, "sp0001").await;
    let added = vec![user("zs0001"), user("lgb0002")];
    let request =
        AddSignRequest::new((id.clone(), task), user("sp0001"), added, AddSignPlace::Before, AddSign::All);
    client.workflow().add_sign(&request).await.unwrap();
    let read = client.workflow().get(&id).await.unwrap();
    assert_eq!(read.tasks[0].status, "PAUSED");
    assert_eq!(read.operation_records.last().unwrap().kind, "APPEND_TASK_BEFORE");
    let again = client.workflow().add_sign(&request).await.unwrap_err();
    assert_eq!(code(&again), "task.status.error");

    let approvals = tenant.approvals();
    approvals.agree(id.as_str(), "zs0001", None).unwrap();
    assert!(approvals.inbox("sp0001").is_empty(), "lgb0002 has not decided");
    approvals.agree(id.as_str(), "lgb0002", None).unwrap();
    approvals.agree(id.as_str(), "sp0001", Some("同意")).unwrap();
    assert_eq!(approvals.all()[0].result, Some(InstanceResult::Agree));
    tenant.pushes().settled().await;
    let counts = |kind: &str| app.events().iter().filter(|one| *one == kind).count();
    assert_eq!((counts("bpms_task_change/start"), counts("bpms_task_change/finish")), (3, 3));
}

#[tokio::test]
async fn whoever_is_asked_after_decides_once_the_asker_agreed() {
    let (tenant, _app, _client, id) = started().await;
    let approvals = tenant.approvals();
    approvals.ask_after(id.as_str(), "sp0001", &["zs0001"]).unwrap();
    assert!(approvals.inbox("zs0001").is_empty());
    approvals.agree(id.as_str(), "sp0001", None).unwrap();
    assert_eq!(approvals.all()[0].result, None);
    approvals.refuse(id.as_str(), "zs0001", Some("材料不全")).unwrap();
    assert_eq!(approvals.all()[0].result, Some(InstanceResult::Refuse));
}

#[tokio::test]
async fn adding_people_by_api_has_its_rules() {
    let (_tenant, _app, client, id) = started().await;
    let task = task_of(&client, &id, "sp0001").await;
    let ask = async |operator: &str, added: &str, how| {
        let people = vec![user(added)];
        let place = AddSignPlace::After;
        let request = AddSignRequest::new((id.clone(), task), user(operator), people, place, how);
        client.workflow().add_sign(&request).await.unwrap_err().code()
    };
    assert_eq!(ask("zs0001", "lgb0001", AddSign::All).await, "param.illegal.operator");
    assert_eq!(ask("sp0001", "nobody", AddSign::All).await, "user.not.exist");
    assert_eq!(ask("sp0001", "zs0001", AddSign::OneByOne).await, "param.illegal");

    let mut poor = world();
    poor.approvals.premium = false;
    let tenant = Tenant::start(poor, Options::default()).await.unwrap();
    let client = own_client(&tenant);
    let id = client.workflow().create(&new_instance("BF-1")).await.unwrap();
    let task = task_of(&client, &id, "sp0001").await;
    let people = vec![user("zs0001")];
    let request = AddSignRequest::new((id, task), user("sp0001"), people, AddSignPlace::After, AddSign::Any);
    assert_eq!(client.workflow().add_sign(&request).await.unwrap_err().code(), "benefit.status.invalid");
}

#[tokio::test]
async fn a_task_that_is_passed_on_ends_as_redirected() {
    let (tenant, app, client, id) = started().await;
    let task = task_of(&client, &id, "sp0001").await;
    let mut request = RedirectRequest {
        task_id: task,
        to_user_id: user("zs0001"),
        operate_user_id: user("sp0001"),
        remark: "请您看看".to_owned(),
        action_name: None,
        file: None,
    };
    client.workflow().redirect(&request).await.unwrap();
    let read = client.workflow().get(&id).await.unwrap();
    assert_eq!(read.tasks[0].result.as_deref(), Some("REDIRECTED"));
    assert!(read.waiting_for(&user("zs0001")).is_some());
    assert_eq!(code(&client.workflow().redirect(&request).await.unwrap_err()), "task.status.error");
    request.operate_user_id = user("lgb0001");
    assert_eq!(code(&client.workflow().redirect(&request).await.unwrap_err()), "param.illegal.operator");
    tenant.pushes().settled().await;
    let told = app.raw_events();
    let redirected = told.iter().find(|event| event["result"] == "redirect").unwrap();
    assert_eq!((&redirected["type"], &redirected["remark"]), (&"finish".into(), &"请您看看".into()));
    tenant.approvals().agree(id.as_str(), "zs0001", None).unwrap();
    assert_eq!(tenant.approvals().all()[0].result, Some(InstanceResult::Agree));
}

#[tokio::test]
async fn the_app_decides_in_the_name_of_the_holder_only() {
    let (_tenant, _app, client, id) = started().await;
    let task = task_of(&client, &id, "sp0001").await;
    let decision = |userid: &str, task| ExecuteRequest {
        process_instance_id: id.clone(),
        task_id: task,
        actioner_user_id: user(userid),
        result: Wanted::Refuse,
        remark: "不符合条件".to_owned(),
        file: None,
    };
    let refused = async |request| client.workflow().decide(&request).await.unwrap_err().code();
    assert_eq!(refused(decision("zs0001", task)).await, "needAuth");
    assert_eq!(refused(decision("nobody", task)).await, "userNotExist");
    assert_eq!(refused(decision("sp0001", 7)).await, "invalidInstanceExecuteTaskId");
    assert_eq!(client.workflow().waiting_tasks(&user("sp0001")).await.unwrap(), 1);
    client.workflow().decide(&decision("sp0001", task)).await.unwrap();
    assert_eq!(refused(decision("sp0001", task)).await, "aflowProcessInstCanNotBeExecuted");
    assert_eq!(client.workflow().waiting_tasks(&user("sp0001")).await.unwrap(), 0);
    let read = client.workflow().get(&id).await.unwrap();
    assert_eq!(read.result, Some(Wanted::Refuse));
    assert_eq!(read.operation_records.last().unwrap().remark.as_deref(), Some("不符合条件"));
}

#[tokio::test]
async fn a_step_one_by_one_asks_the_next_when_one_has_agreed() {
    let mut world = world();
    world.templates[0].nodes[0].approvers = ["sp0001", "zs0001"].map(str::to_owned).to_vec();
    world.templates[0].nodes[0].mode = NodeMode::OneByOne;
    let tenant = Tenant::start(world, Options::default()).await.unwrap();
    let id = own_client(&tenant).workflow().create(&new_instance("BF-1")).await.unwrap();
    let approvals = tenant.approvals();
    assert!(approvals.inbox("zs0001").is_empty());
    approvals.agree(id.as_str(), "sp0001", None).unwrap();
    assert_eq!(approvals.inbox("zs0001").len(), 1);
    approvals.agree(id.as_str(), "zs0001", None).unwrap();
    assert_eq!(approvals.all()[0].result, Some(InstanceResult::Agree));
}

#[tokio::test]
async fn a_step_that_the_originator_fills_is_forecast_and_filled() {
    let mut world = world();
    world.templates[0].nodes[0].self_select = true;
    let tenant = Tenant::start(world, Options::default()).await.unwrap();
    let client = own_client(&tenant);
    let new = new_instance("BF-1");
    let request = ForecastRequest {
        process_code: new.process_code.clone(),
        dept_id: new.dept_id.unwrap(),
        user_id: new.originator_user_id.clone(),
        form_component_values: new.form_component_values.clone(),
    };
    let forecast = client.workflow().forecast(&request).await.unwrap();
    let step = &forecast.workflow_activity_rules[0];
    assert!(step.is_target_select && step.activity_type == "target_select");
    let key = step.workflow_actor.as_ref().unwrap().actor_key.clone();

    let missing = client.workflow().create(&new).await.unwrap_err();
    assert_eq!(code(&missing), "targetSelectApproverMissing");
    let chosen = |userid: &str| NewInstance {
        target_select_actioners: vec![SelfSelected {
            actioner_key: key.clone(),
            actioner_user_ids: vec![user(userid)],
        }],
        ..new.clone()
    };
    let outside = client.workflow().create(&chosen("zs0001")).await.unwrap_err();
    assert_eq!(code(&outside), "targetSelectApproverScopeError");
    client.workflow().create(&chosen("sp0001")).await.unwrap();
    assert_eq!(tenant.approvals().inbox("sp0001").len(), 1);
}

#[tokio::test]
async fn a_flow_named_on_the_spot_replaces_the_templates_and_sends_copies() {
    let (tenant, _app) = tenant_with_app().await;
    let client = own_client(&tenant);
    let step = |mode, userid: &str| Approver { action_type: mode, user_ids: vec![user(userid)] };
    let new = NewInstance {
        dept_id: None,
        approvers: vec![step(ApprovalMode::None, "zs0001"), step(ApprovalMode::And, "lgb0002")],
        cc_list: vec![user("lgb0001")],
        cc_position: Some(CcPosition::Start),
        ..new_instance("BF-1")
    };
    let id = client.workflow().create(&new).await.unwrap();
    let read = client.workflow().get(&id).await.unwrap();
    assert_eq!(read.approver_user_ids, [user("zs0001"), user("lgb0002")]);
    let copy = read.operation_records.iter().find(|record| record.kind == "PROCESS_CC").unwrap();
    assert_eq!(copy.cc_user_ids, [user("lgb0001")]);
    tenant.approvals().agree(id.as_str(), "zs0001", None).unwrap();
    assert_eq!(tenant.approvals().inbox("lgb0002").len(), 1);
}

#[tokio::test]
async fn a_comment_stands_in_the_record() {
    let (_tenant, _app, client, id) = started().await;
    let comment = CommentRequest {
        process_instance_id: id.clone(),
        text: "请补充病历".to_owned(),
        comment_user_id: user("zs0001"),
        file: None,
    };
    client.workflow().comment(&comment).await.unwrap();
    let read = client.workflow().get(&id).await.unwrap();
    let last = read.operation_records.last().unwrap();
    assert_eq!((&*last.kind, last.remark.as_deref()), ("ADD_REMARK", Some("请补充病历")));
    let nobody = CommentRequest { comment_user_id: user("nobody"), ..comment };
    assert_eq!(code(&client.workflow().comment(&nobody).await.unwrap_err()), "userNotExist");
}
