//! Approvals as people decide them, and what the app is told.

use dingtalk_sim::{InstanceResult, InstanceStatus, NodeMode, Options, Tenant};

use crate::client::new_instance;
use crate::{FakeApp, own_client, tenant_with_app, world};

const START: [&str; 2] = ["bpms_instance_change/start", "bpms_task_change/start"];

#[tokio::test]
async fn agreeing_finishes_the_task_and_the_instance() {
    let (tenant, app) = tenant_with_app().await;
    own_client(&tenant).workflow().create(&new_instance("BF-1")).await.unwrap();
    let inbox = tenant.approvals().inbox("sp0001");
    assert_eq!(inbox.len(), 1);
    tenant.approvals().agree(&inbox[0].id, "sp0001", Some("同意")).unwrap();
    tenant.pushes().settled().await;
    assert_eq!(app.events()[..2], START);
    assert_eq!(app.events()[2..], ["bpms_task_change/finish", "bpms_instance_change/finish"]);
    let instance = &tenant.approvals().all()[0];
    assert_eq!(instance.result, Some(InstanceResult::Agree));
    assert!(tenant.approvals().inbox("sp0001").is_empty());
}

#[tokio::test]
async fn refusing_ends_it_and_deciding_twice_is_refused() {
    let (tenant, app) = tenant_with_app().await;
    let id = own_client(&tenant).workflow().create(&new_instance("BF-1")).await.unwrap();
    tenant.approvals().refuse(id.as_str(), "sp0001", None).unwrap();
    assert!(tenant.approvals().agree(id.as_str(), "sp0001", None).is_err());
    tenant.pushes().settled().await;
    assert_eq!(app.events()[2..], ["bpms_task_change/finish", "bpms_instance_change/finish"]);
    assert_eq!(tenant.approvals().all()[0].result, Some(InstanceResult::Refuse));
}

#[tokio::test]
async fn only_the_originator_withdraws() {
    let (tenant, app) = tenant_with_app().await;
    let id = own_client(&tenant).workflow().create(&new_instance("BF-1")).await.unwrap();
    assert!(tenant.approvals().withdraw(id.as_str(), "sp0001").is_err());
    tenant.approvals().withdraw(id.as_str(), "gz0001").unwrap();
    tenant.pushes().settled().await;
    assert_eq!(app.events()[2..], ["bpms_task_change/cancel", "bpms_instance_change/terminate"]);
    assert_eq!(tenant.approvals().all()[0].status, InstanceStatus::Terminated);
}

#[tokio::test]
async fn whoever_is_not_asked_cannot_decide() {
    let (tenant, _app) = tenant_with_app().await;
    let id = own_client(&tenant).workflow().create(&new_instance("BF-1")).await.unwrap();
    let refusal = tenant.approvals().agree(id.as_str(), "zs0001", None).unwrap_err();
    assert_eq!(refusal.to_string(), "the instance does not allow it: zs0001 has no running task here");
}

#[tokio::test]
async fn a_countersigned_node_waits_for_everybody_and_another_for_the_first() {
    let mut world = world();
    let node = &mut world.templates[0].nodes[0];
    node.approvers = vec!["sp0001".to_owned(), "zs0001".to_owned()];
    node.mode = NodeMode::All;
    let mut second = node.clone();
    second.mode = NodeMode::Any;
    world.templates[0].nodes.push(second);
    let tenant = Tenant::start(world, Options::default()).await.unwrap();
    let app = FakeApp::start();
    tenant.connect(app.endpoints());
    let id = own_client(&tenant).workflow().create(&new_instance("BF-1")).await.unwrap();
    let approvals = tenant.approvals();

    approvals.agree(id.as_str(), "sp0001", None).unwrap();
    assert!(approvals.inbox("sp0001").is_empty(), "the first node still waits for zs0001");
    approvals.agree(id.as_str(), "zs0001", None).unwrap();
    assert_eq!(approvals.inbox("sp0001").len(), 1, "the second node asks both again");
    approvals.agree(id.as_str(), "zs0001", None).unwrap();
    assert!(approvals.inbox("sp0001").is_empty(), "one decision was enough");
    assert_eq!(approvals.all()[0].result, Some(InstanceResult::Agree));
}
