//! Approval forms: strict values, templates that the app makes, files.

use dingtalk::workflow::{
    Component, ComponentProps, DownloadRequest, FileInfo, FormField, FormOption, NewForm, NewInstance, Search,
};
use dingtalk::{DeptId, ProcessCode, UserId};
use futures_util::TryStreamExt;

use crate::client::new_instance;
use crate::{now, own_client, tenant};

fn user(userid: &str) -> UserId {
    userid.parse().unwrap()
}

fn control(kind: &str, label: &str) -> Component {
    let props = ComponentProps {
        component_id: Some(format!("{kind}_{label}")),
        label: label.to_owned(),
        required: kind == "TextField",
        ..ComponentProps::default()
    };
    Component { component_type: kind.to_owned(), props, children: Vec::new() }
}

fn form(name: &str, code: Option<ProcessCode>) -> NewForm {
    let mut choice = control("DDSelectField", "类别");
    choice.props.options =
        ["医疗", "生活"].map(|value| FormOption { value: value.to_owned(), key: None }).to_vec();
    let mut table = control("TableField", "明细");
    table.children = vec![control("MoneyField", "金额")];
    let components = vec![control("TextField", "事由"), choice, table, control("DDAttachment", "附件")];
    NewForm {
        process_code: code,
        name: name.to_owned(),
        description: String::new(),
        form_components: components,
        template_config: None,
    }
}

#[tokio::test]
async fn a_template_made_by_the_app_is_seen_read_and_used() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let workflow = client.workflow();
    let code = workflow.save_form(&form("走访慰问", None)).await.unwrap();
    let names = async || -> Vec<String> {
        let forms = workflow.visible_forms(Some(&user("lgb0001"))).await.unwrap();
        forms.into_iter().map(|form| form.name).collect()
    };
    assert_eq!(names().await, ["困难帮扶审批", "走访慰问"]);
    let taken = workflow.save_form(&form("走访慰问", None)).await.unwrap_err();
    assert_eq!(taken.code(), "formName.error");
    workflow.save_form(&form("节日慰问", Some(code.clone()))).await.unwrap();
    assert_eq!(names().await, ["困难帮扶审批", "节日慰问"]);
    let unknown = form("别的", Some("PROC-NONE".parse().unwrap()));
    assert_eq!(workflow.save_form(&unknown).await.unwrap_err().code(), "processcode.error");

    let schema = workflow.schema(&code).await.unwrap();
    let items = &schema.schema_content.items;
    assert_eq!((&*items[0].props.id, items[0].props.required), ("TextField_事由", true));
    assert_eq!(items[1].props.choices(), ["医疗", "生活"]);
    assert_eq!(items[2].children[0].props.label, "金额");

    // Its flow is the platform's default: who leads the originator's department.
    let fields = vec![FormField::new("事由", "高龄独居"), FormField::new("类别", "生活")];
    let new = NewInstance::new(code, user("lgb0001"), DeptId(910_001), fields);
    let id = workflow.create(&new).await.unwrap();
    assert_eq!(tenant.approvals().inbox("zs0001")[0].id, id.as_str());
}

#[tokio::test]
async fn a_control_that_the_flow_branches_on_stays_as_it_is() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let workflow = client.workflow();
    let code = workflow.save_form(&form("走访慰问", None)).await.unwrap();
    let branches = vec!["DDSelectField_类别".to_owned()];
    assert!(tenant.approvals().edit_form(code.as_str(), |form| form.branches_on = branches));

    let save = async |change: fn(&mut Component)| {
        let mut changed = form("走访慰问", Some(code.clone()));
        change(&mut changed.form_components[1]);
        workflow.save_form(&changed).await
    };
    let gone = save(|choice| choice.props.component_id = Some("DDSelectField_类".to_owned())).await;
    assert_eq!(gone.unwrap_err().code(), "formschema.error");
    let other = save(|choice| choice.component_type = "DDMultiSelectField".to_owned()).await;
    assert_eq!(other.unwrap_err().code(), "formschema.error");
    save(|choice| choice.props.label = "种类".to_owned()).await.unwrap();
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_refused_by_its_control() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let workflow = client.workflow();
    let code = workflow.save_form(&form("走访慰问", None)).await.unwrap();
    let attempt = async |field: FormField| {
        let fields = vec![FormField::new("事由", "高龄独居"), field];
        let new = NewInstance::new(code.clone(), user("lgb0001"), DeptId(910_001), fields);
        match workflow.create(&new).await {
            Ok(_) => String::new(),
            Err(dingtalk::Error::Refused { code, message, .. }) => format!("{code} {message}"),
            Err(other) => panic!("{other:?}"),
        }
    };
    let row = |money: &str| FormField::table("明细", &[vec![FormField::new("金额", money)]]);
    assert_eq!(attempt(row("300")).await, "");
    assert_eq!(
        attempt(row("三百")).await,
        "formConverterError form control 明细: 金额: not a value of a MoneyField"
    );
    assert_eq!(
        attempt(FormField::new("类别", "丧葬")).await,
        "formConverterError form control 类别: not a value of a DDSelectField"
    );
    assert_eq!(
        attempt(FormField::new("附件", "a.pdf")).await,
        "formConverterError form control 附件: not a value of a DDAttachment"
    );
    assert!(tenant.approvals().all().len() == 1, "what is refused is not made");
}

#[tokio::test]
async fn files_of_an_instance_are_granted_and_found() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let workflow = client.workflow();
    let code = workflow.save_form(&form("走访慰问", None)).await.unwrap();
    let space = workflow.file_space(&user("lgb0001")).await.unwrap();
    let file = dingtalk::workflow::Attached {
        space_id: space.space_id.to_string(),
        file_id: "f-1".to_owned(),
        file_name: "证明.pdf".to_owned(),
        file_size: "1024".to_owned(),
        file_type: "pdf".to_owned(),
    };
    let fields = vec![FormField::new("事由", "高龄独居"), FormField::files("附件", &[file])];
    let new = NewInstance::new(code, user("lgb0001"), DeptId(910_001), fields);
    let id = workflow.create(&new).await.unwrap();
    let mut request = DownloadRequest {
        process_instance_id: id,
        file_id: "f-1".to_owned(),
        with_comment_attatchment: false,
    };
    assert!(workflow.file_address(&request).await.unwrap().download_uri.contains("f-1"));
    request.file_id = "f-2".to_owned();
    assert_eq!(workflow.file_address(&request).await.unwrap_err().code(), "noPermission");
    let info = |space_id| vec![FileInfo { file_id: "f-1".to_owned(), space_id }];
    workflow.let_download(&user("zs0001"), info(space.space_id)).await.unwrap();
    assert_eq!(workflow.let_download(&user("zs0001"), info(7)).await.unwrap_err().code(), "noPermission");
}

#[tokio::test]
async fn instances_are_streamed_over_more_than_one_window() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let mut made = Vec::new();
    for number in 0..25 {
        made.push(client.workflow().create(&new_instance(&format!("BF-{number}"))).await.unwrap());
        tenant.clock().advance(chrono::TimeDelta::days(10));
    }
    let search = Search {
        process_code: "PROC-AID-APPROVAL".parse().unwrap(),
        from: now(),
        until: tenant.clock().now(),
        originators: vec![user("gz0001")],
        statuses: Vec::new(),
    };
    let found: Vec<_> = client.workflow().ids(&search).try_collect().await.unwrap();
    assert_eq!(found, made);
}
