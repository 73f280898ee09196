//! Approvals: ended by the system, listed page by page, and their files shown to somebody.

use chrono::TimeDelta;
use dingtalk::{
    DeptId, InstanceId,
    workflow::{
        Attached, AuthPreviewRequest, Component, ComponentProps, FormField, ListRequest, NewForm,
        NewInstance, Workflow,
    },
};
use dingtalk_sim::InstanceStatus;

use super::{open, user};

const CODE: &str = "PROC-AID-APPROVAL";

async fn ask(workflow: Workflow<'_>, number: &str) -> InstanceId {
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
    let new = NewInstance::new(CODE.parse().unwrap(), user("gz0001"), DeptId(910_002), fields);
    workflow.create(&new).await.unwrap()
}

#[tokio::test]
async fn the_system_ends_an_instance_in_nobodys_name() {
    let (tenant, client) = open().await;
    let workflow = client.workflow();
    let id = ask(workflow, "BF-1").await;
    assert!(workflow.terminate_as_system(&id, "重复申请").await.is_err(), "not within 15 s of its start");
    assert_eq!(tenant.approvals().all()[0].status, InstanceStatus::Running);
    tenant.clock().advance(TimeDelta::seconds(16));
    workflow.terminate_as_system(&id, "重复申请").await.unwrap();

    let held = &tenant.approvals().all()[0];
    assert_eq!((held.status, held.result), (InstanceStatus::Terminated, None));
    assert!(tenant.approvals().inbox("sp0001").is_empty(), "nobody is asked any more");
    let read = workflow.get(&id).await.unwrap();
    assert_eq!(read.status, dingtalk::workflow::InstanceStatus::Terminated);
    assert_eq!(read.result, None);
    let last = read.operation_records.last().unwrap();
    assert_eq!(last.remark.as_deref(), Some("重复申请"));
    assert!(workflow.terminate_as_system(&id, "再次").await.is_err(), "it has ended");
}

#[tokio::test]
async fn ids_come_in_pages_of_one_window() {
    let (tenant, client) = open().await;
    let workflow = client.workflow();
    let start = tenant.clock().now().timestamp_millis();
    let mut made = Vec::new();
    for number in 0..5 {
        made.push(ask(workflow, &format!("BF-{number}")).await);
        tenant.clock().advance(TimeDelta::minutes(1));
    }
    let mut request = ListRequest {
        process_code: CODE.parse().unwrap(),
        start_time: start,
        end_time: None,
        next_token: 0,
        max_results: 2,
        user_ids: vec![user("gz0001")],
        statuses: Vec::new(),
    };
    let (mut found, mut pages) = (Vec::new(), 0);
    loop {
        let page = workflow.list_ids(&request).await.unwrap();
        found.extend(page.list);
        pages += 1;
        let Some(next) = page.next_token else { break };
        request.next_token = next;
    }
    assert_eq!((found, pages), (made.clone(), 3));

    tenant.approvals().agree(made[0].as_str(), "sp0001", None).unwrap();
    let done = vec![dingtalk::workflow::InstanceStatus::Completed];
    let request = ListRequest { next_token: 0, statuses: done, ..request };
    assert_eq!(workflow.list_ids(&request).await.unwrap().list, [made[0].clone()]);
}

#[tokio::test]
async fn somebody_may_look_at_files_of_an_instance_and_at_no_others() {
    let (tenant, client) = open().await;
    let workflow = client.workflow();
    let control = |kind: &str, label: &str| {
        let props = ComponentProps {
            component_id: Some(format!("{kind}_{label}")),
            label: label.to_owned(),
            ..ComponentProps::default()
        };
        Component { component_type: kind.to_owned(), props, children: Vec::new() }
    };
    let form = NewForm {
        process_code: None,
        name: "走访慰问".to_owned(),
        description: String::new(),
        form_components: vec![control("TextField", "事由"), control("DDAttachment", "附件")],
        template_config: None,
    };
    let code = workflow.save_form(&form).await.unwrap();
    let space = workflow.file_space(&user("lgb0001")).await.unwrap();
    let file = |file_id: &str| Attached {
        space_id: space.space_id.to_string(),
        file_id: file_id.to_owned(),
        file_name: "证明.pdf".to_owned(),
        file_size: "1024".to_owned(),
        file_type: "pdf".to_owned(),
    };
    let fields =
        vec![FormField::new("事由", "高龄独居"), FormField::files("附件", &[file("f-1"), file("f-2")])];
    let id =
        workflow.create(&NewInstance::new(code, user("lgb0001"), DeptId(910_001), fields)).await.unwrap();

    let look = AuthPreviewRequest {
        user_id: user("zs0001"),
        process_instance_id: id,
        file_id: "f-1".to_owned(),
        file_id_list: vec!["f-2".to_owned()],
    };
    assert_eq!(workflow.let_preview(&look).await.unwrap(), space);
    // The tenant keeps no grants; its log says for whom and for what one was given.
    let line = tenant.wire().pop().unwrap();
    assert!(line.path.ends_with("/spaces/authPreview") && line.status == 200, "{line:?}");
    assert_eq!((&line.request["userId"], &line.request["fileIdList"][0]), (&"zs0001".into(), &"f-2".into()));
    let other = AuthPreviewRequest { file_id: "f-3".to_owned(), ..look.clone() };
    assert_eq!(workflow.let_preview(&other).await.unwrap_err().code(), "noPermission");
    let many = AuthPreviewRequest { file_id_list: vec!["f-1".to_owned(); 21], ..look };
    assert!(matches!(workflow.let_preview(&many).await, Err(dingtalk::Error::NotSent(_))));
}
