//! Our own client against the simulator: each call of the one must be a call of the other.

use dingtalk::robot::RobotMessage;
use dingtalk::workflow::{FormField, NewInstance};

use crate::{own_client, tenant};

pub(crate) fn new_instance(number: &str) -> NewInstance {
    let fields = [
        ("受理编号", number),
        ("轮次", "1"),
        ("申请人", "王秀英"),
        ("帮扶类别", "医疗"),
        ("建议金额（元）", "3000.00"),
        ("审批级别", "县级"),
        ("个案页面", "/aid/1"),
    ];
    let fields = fields.map(|(name, value)| FormField::new(name, value)).to_vec();
    let (code, worker) = ("PROC-AID-APPROVAL".parse().unwrap(), "gz0001".parse().unwrap());
    NewInstance::new(code, worker, dingtalk::DeptId(910_002), fields)
}

#[tokio::test]
async fn the_directory_is_read_as_it_is() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let departments = client.contact().departments(dingtalk::DeptId(1)).await.unwrap();
    assert_eq!(departments.len(), 2);
    let people = client.contact().users(dingtalk::DeptId(910_001)).await.unwrap();
    assert_eq!(people.len(), 3);
    let secretary = client.contact().user(&"zs0001".parse().unwrap()).await.unwrap();
    assert_eq!(secretary.name, "陈志远");
}

#[tokio::test]
async fn a_message_reaches_those_who_are_there() {
    let tenant = tenant().await;
    let to = ["lgb0001", "nobody"].map(|userid| userid.parse().unwrap());
    let message = RobotMessage::Markdown { title: "提醒".to_owned(), text: "明天有学习".to_owned() };
    let report = own_client(&tenant).robot().send_to_people(&to, &message).await.unwrap();
    assert_eq!(report.invalid_staff_id_list.len(), 1);
    assert_eq!(tenant.person("lgb0001").chat(), "银龄小助手:\n  【提醒】\n  明天有学习\n");
    assert_eq!(tenant.sent().len(), 1);
}

#[tokio::test]
async fn an_instance_is_made_found_read_and_withdrawn() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let workflow = client.workflow();
    let id = workflow.create(&new_instance("BF-1")).await.unwrap();
    let found = workflow
        .created_since(&"PROC-AID-APPROVAL".parse().unwrap(), &"gz0001".parse().unwrap(), crate::now())
        .await
        .unwrap();
    assert_eq!(found, std::slice::from_ref(&id));
    assert_eq!(workflow.get(&id).await.unwrap().field("受理编号"), Some("BF-1"));

    let originator = "gz0001".parse().unwrap();
    assert!(workflow.terminate(&id, &originator, "撤回").await.is_err(), "not within 15 s");
    tenant.clock().advance(chrono::TimeDelta::seconds(16));
    workflow.terminate(&id, &originator, "撤回").await.unwrap();
    assert_eq!(tenant.approvals().all()[0].status, dingtalk_sim::InstanceStatus::Terminated);
}
