//! The approval form that somebody has changed: what is said of it, what is put right, and what stays as it was wanted.

use dingtalk_sim::{Control, World};
use schema::testing;
use serde_json::{Map, json};

use crate::harness::Site;

const FORM: &str = "PROC-AID-APPROVAL";
const SAVED: &str = "POST /v1.0/workflow/forms";

fn control(kind: &str, label: &str) -> Control {
    Control { label: label.to_owned(), kind: kind.to_owned(), ..Control::default() }
}

/// What administrators add: something to write in with a hint that is not printed, something to choose from, a table.
fn added() -> [Control; 3] {
    let more = json!({ "placeholder": "请写明来源", "notPrint": "1" });
    let more: Map<_, _> = more.as_object().unwrap().clone();
    let words = Control { more, ..control("TextareaField", "附言") };
    let choice = Control {
        options: vec!["来信".to_owned(), "来访".to_owned()],
        ..control("DDSelectField", "来源")
    };
    let table =
        Control { children: vec![control("MoneyField", "金额")], ..control("TableField", "明细") };
    [words, choice, table]
}

/// The same without what the platform makes up when nobody names it.
fn bare(control: &Control) -> Control {
    let children = control.children.iter().map(bare).collect();
    Control { id: None, children, ..control.clone() }
}

impl Site {
    fn controls(&self) -> Vec<Control> {
        self.tenant.approvals().form(FORM).unwrap().controls.iter().map(bare).collect()
    }

    fn labels(&self) -> Vec<String> {
        self.controls().into_iter().map(|control| control.label).collect()
    }

    /// How often a form was written. What `check` asks is refused, and writes none.
    fn saved(&self) -> usize {
        let wire = self.tenant.wire().into_iter();
        wire.filter(|one| one.status == 200 && format!("{} {}", one.method, one.path) == SAVED).count()
    }

    /// What `check` says of the form: its state, what was seen, what is to be done.
    async fn form(&self) -> [String; 3] {
        let (_, said) = self.run(&["manifest", "check", "--json"]).await;
        let found: serde_json::Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}"));
        let found = found.as_array().unwrap().iter().find(|found| found["key"] == "template.aid").cloned();
        ["state", "said", "todo"]
            .map(|field| found.as_ref().unwrap()[field].as_str().unwrap_or_default().to_owned())
    }

    async fn is_complete(&self) {
        let [state, said, todo] = self.form().await;
        assert!(state == "well" && said.contains("与清单一致") && todo.is_empty(), "{said} {todo}");
        let (before, saved) = (self.controls(), self.saved());
        let (status, said) = self.run(&["manifest", "apply"]).await;
        assert!(status == 0 && said.contains("已经有了，没有改动"), "{said}");
        assert_eq!((self.controls(), self.saved()), (before, saved), "again changes nothing");
    }
}

#[actix_web::test]
async fn a_form_is_put_right_and_keeps_what_an_administrator_added() {
    let dbs = [Some(testing::sqlite().await), testing::postgres().await];
    for db in dbs.into_iter().flatten() {
        let change = |world: &mut World| {
            let form = &mut world.templates[0];
            form.name = "困难帮扶审批（本局）".to_owned();
            form.description = "有疑问找办公室".to_owned();
            let [words, choice, table] = added();
            let controls = &mut form.controls;
            controls[5].options = ["县级", "市级", "另议"].map(str::to_owned).to_vec();
            controls[4].kind = "NumberField".to_owned();
            controls.remove(1);
            controls.insert(1, words);
            controls.insert(3, choice);
            controls.push(table);
        };
        let site = Site::with("drift", db, change).await;
        let [state, said, todo] = site.form().await;
        assert_eq!(state, "fault");
        for words in ["缺少“轮次”", "“建议金额（元）”应是金额，现在是数字输入框", "“审批级别”缺选项：省级"]
        {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert!(todo.contains("manifest apply") && todo.contains("别的控件不动"), "{todo}");
        let (status, said) = site.run(&["manifest", "apply"]).await;
        assert!(
            status == 0 && said.contains("改回来了：缺少“轮次”") && said.contains("别的控件没有动"),
            "{said}"
        );
        let order = [
            "受理编号",
            "轮次",
            "附言",
            "申请人",
            "来源",
            "帮扶类别",
            "建议金额（元）",
            "审批级别",
            "个案页面",
            "明细",
        ];
        assert_eq!(site.labels(), order);
        let (now, [words, choice, table]) = (site.controls(), added());
        assert_eq!((&now[2], &now[4], &now[9]), (&words, &choice, &table));
        assert_eq!((&*now[1].kind, now[1].required), ("NumberField", true));
        assert_eq!(now[6].kind, "MoneyField");
        assert_eq!(now[7].options, ["县级", "市级", "另议", "省级"]);
        let form = site.tenant.approvals().form(FORM).unwrap();
        assert_eq!((&*form.name, &*form.description), ("困难帮扶审批（本局）", "有疑问找办公室"));
        assert_eq!((form.nodes.len(), site.saved()), (1, 1), "who approves stays");
        site.is_complete().await;
        site.tenant.stop().await;
    }
}

#[actix_web::test]
async fn a_required_field_that_nobody_fills_in_is_left_to_a_person() {
    let change = |world: &mut World| {
        let controls = &mut world.templates[0].controls;
        controls.push(Control { required: true, ..control("TextField", "附言") });
    };
    let site = Site::with("required", testing::sqlite().await, change).await;
    let [state, said, todo] = site.form().await;
    assert!(state == "fault" && said.contains("多了必填的“附言”"), "{said}");
    let click = "OA审批 → 表单管理 → 困难帮扶审批 → 编辑 → 表单设计：把“附言”的“必填”去掉";
    assert!(todo.contains(click) && !todo.contains("apply"), "{todo}");
    let before = site.controls();
    let (status, said) = site.run(&["manifest", "apply"]).await;
    assert!(status == 1 && said.contains("审批表单没有改动") && said.contains(click), "{status} {said}");
    assert_eq!((site.controls(), site.saved()), (before, 0));

    // What can be put right is, and the rest is said again.
    site.tenant.approvals().edit_form(FORM, |form| drop(form.controls.remove(1)));
    let [_, said, todo] = site.form().await;
    assert!(said.contains("缺少“轮次”；多了必填的“附言”"), "{said}");
    assert!(todo.contains(click) && todo.contains("manifest apply"), "{todo}");
    let (status, said) = site.run(&["manifest", "apply"]).await;
    assert!(status == 1 && said.contains("改回来了：缺少“轮次”") && said.contains(click), "{status} {said}");
    let written = site.controls().into_iter().find(|control| control.label == "附言").unwrap();
    assert!(written.required, "it is theirs");
    site.tenant.approvals().edit_form(FORM, |form| form.controls.last_mut().unwrap().required = false);
    site.is_complete().await;
    site.tenant.stop().await;
}

#[actix_web::test]
async fn a_form_that_was_switched_off_is_switched_on_by_a_person() {
    let change = |world: &mut World| {
        world.templates[0].name = "本局困难帮扶".to_owned();
        world.templates[0].off = true;
        world.templates[0].controls.remove(1);
    };
    let site = Site::with("off", testing::sqlite().await, change).await;
    let [state, said, todo] = site.form().await;
    assert!(state == "fault" && said.contains("已停用；缺少“轮次”"), "{said}");
    assert!(todo.starts_with("OA审批 → 表单管理 → 本局困难帮扶 → 启用"), "as it is called there: {todo}");
    let (status, said) = site.run(&["manifest", "apply"]).await;
    assert!(status != 0 && said.contains("已停用，没有改动") && said.contains("启用"), "{status} {said}");
    assert_eq!(site.saved(), 0);
    site.tenant.approvals().edit_form(FORM, |form| form.off = false);
    assert_eq!(site.run(&["manifest", "apply"]).await.0, 0);
    site.is_complete().await;
    site.tenant.stop().await;
}

#[actix_web::test]
async fn a_form_that_cannot_be_written_back_without_a_loss_is_not_written() {
    let change = |world: &mut World| {
        let controls = &mut world.templates[0].controls;
        controls.remove(1);
        controls.push(control("RelateField", "前次审批"));
    };
    let site = Site::with("lossy", testing::sqlite().await, change).await;
    let lost = "接口写不回“前次审批”（关联审批单）的设置 availableTemplates";
    let click = "表单管理 → 困难帮扶审批 → 编辑 → 表单设计：加一个数字输入框，标题写“轮次”";
    let [state, _, todo] = site.form().await;
    assert!(state == "fault" && todo.contains(lost) && todo.contains(click), "{todo}");
    let before = site.controls();
    let (status, said) = site.run(&["manifest", "apply"]).await;
    assert!(status != 0 && said.contains(lost) && said.contains(click), "{status} {said}");
    assert_eq!((site.controls(), site.saved()), (before, 0));
    let by_hand = control("NumberField", "轮次");
    site.tenant.approvals().edit_form(FORM, |form| form.controls.push(by_hand));
    site.is_complete().await;
    site.tenant.stop().await;
}

#[actix_web::test]
async fn a_field_that_the_flow_branches_on_is_changed_after_its_branch_is_gone() {
    let change = |world: &mut World| {
        let form = &mut world.templates[0];
        let amount = Some("amount-by-hand".to_owned());
        form.controls[4] = Control { id: amount.clone(), ..control("NumberField", "建议金额（元）") };
        form.branches_on.extend(amount);
    };
    let site = Site::with("branch", testing::sqlite().await, change).await;
    let before = site.controls();
    let (status, said) = site.run(&["manifest", "apply"]).await;
    assert!(status == 1 && said.contains("流程条件分支中已使用的表单控件不可修改或删除"), "{status} {said}");
    assert!(said.contains("没有改动") && said.contains("困难帮扶审批 → 流程设计里去掉"), "{said}");
    assert_eq!((site.controls(), site.saved()), (before, 0));
    site.tenant.approvals().edit_form(FORM, |form| form.branches_on.clear());
    assert_eq!(site.run(&["manifest", "apply"]).await.0, 0);
    site.is_complete().await;
    site.tenant.stop().await;
}
