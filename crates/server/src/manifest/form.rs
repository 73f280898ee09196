//! The approval form: is it as the code fills it in, and making it when it is missing.

use dingtalk::{
    Client, Error, ProcessCode,
    workflow::{NewForm, Schema},
};

use super::read::form;
use crate::{config::Config, finding::Finding};

/// How the tenant's form stands to ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Template {
    /// It has what we fill in.
    Same,
    /// It differs; each difference in words.
    Differs(Vec<String>),
    /// It is not known under the configured code, or none is configured.
    Missing,
}

/// What [`apply`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It is there, under the configured code.
    There,
    /// There is one of its name; nothing was made.
    Found(ProcessCode),
    /// It was made.
    Made(ProcessCode),
}

/// Reads the form of the tenant. One counted call.
pub async fn template(config: &Config, client: &Client) -> Finding {
    let (key, form) = (
        "template.aid",
        match form() {
            Ok(form) => form,
            Err(error) => return Finding::fault("template.aid", format!("{error:#}")),
        },
    );
    match compare(config, client, &form).await {
        Ok(Template::Same) => Finding::well(key, format!("审批表单“{}”与清单一致", form.name)),
        Ok(Template::Missing) => Finding::fault(key, format!("没有审批表单“{}”", form.name))
            .todo("运行 `yinling manifest apply`，把它给出的编码写进 dingtalk.aid_process_code"),
        Ok(Template::Differs(how)) => {
            Finding::fault(key, format!("审批表单“{}”被改动过：{}", form.name, how.join("；")))
                .todo("OA审批 → 表单管理 → 编辑该表单，按 dingtalk-manifest/forms/aid-approval.json 改回来")
        }
        Err(error) => Finding::look(key, format!("审批表单没查成：{}", error.code()))
            .todo("先处理上面的权限点 Workflow.Form.Read"),
    }
}

async fn compare(config: &Config, client: &Client, form: &NewForm) -> Result<Template, Error> {
    let Ok(code) = config.dingtalk.aid_process_code.parse::<ProcessCode>() else {
        return Ok(Template::Missing);
    };
    match client.workflow().schema(&code).await {
        Ok(schema) => {
            let how = differences(form, &schema);
            Ok(if how.is_empty() { Template::Same } else { Template::Differs(how) })
        }
        // Refused for the form, not for the app.
        Err(error) if error.cause() == Some(dingtalk::Cause::Request) => Ok(Template::Missing),
        Err(error) => Err(error),
    }
}

fn differences(form: &NewForm, schema: &Schema) -> Vec<String> {
    let mut how = Vec::new();
    if schema.status == "INVALID" {
        how.push("已停用".to_owned());
    }
    let items = &schema.schema_content.items;
    for wanted in &form.form_components {
        let label = &wanted.props.label;
        match items.iter().find(|item| item.props.label == *label) {
            None => how.push(format!("缺少“{label}”")),
            Some(item) if item.component_name != wanted.component_type => {
                how.push(format!("“{label}”应是{}，现在是{}", wanted.component_type, item.component_name));
            }
            Some(_) => {}
        }
    }
    for item in items.iter().filter(|item| item.props.required) {
        let label = &item.props.label;
        if !form.form_components.iter().any(|wanted| wanted.props.label == *label) {
            how.push(format!("多了必填的“{label}”，系统不会填它"));
        }
    }
    how
}

/// Makes the form when it is missing. A second time it finds what the first made.
pub async fn apply(config: &Config, client: &Client) -> anyhow::Result<Applied> {
    let form = form()?;
    if compare(config, client, &form).await? != Template::Missing {
        return Ok(Applied::There);
    }
    let forms = client.workflow().visible_forms(None).await?;
    if let Some(found) = forms.into_iter().find(|found| found.name == form.name) {
        return Ok(Applied::Found(found.process_code));
    }
    Ok(Applied::Made(client.workflow().save_form(&form).await?))
}

#[cfg(test)]
mod tests {
    use dingtalk::workflow::Schema;
    use serde_json::json;

    use super::{differences, form};

    fn schema(change: impl Fn(&mut Vec<serde_json::Value>)) -> Schema {
        let controls = form().unwrap().form_components;
        let item = |label: &str, kind: &str| json!({ "componentName": kind, "props": { "id": label, "label": label, "required": true } });
        let mut items: Vec<_> =
            controls.iter().map(|control| item(&control.props.label, &control.component_type)).collect();
        change(&mut items);
        serde_json::from_value(json!({ "status": "PUBLISHED", "schemaContent": { "items": items } })).unwrap()
    }

    #[test]
    fn a_form_that_lost_gained_or_changed_a_field_differs() {
        let form = form().unwrap();
        assert_eq!(differences(&form, &schema(|_| {})), Vec::<String>::new());
        let lost = differences(&form, &schema(|items| drop(items.remove(0))));
        assert_eq!(lost, ["缺少“受理编号”"]);
        let changed = differences(&form, &schema(|items| items[1]["componentName"] = "TextField".into()));
        assert_eq!(changed, ["“轮次”应是NumberField，现在是TextField"]);
        let gained = schema(|items| {
            items.push(
                json!({ "componentName": "TextField", "props": { "label": "附言", "required": true } }),
            );
            items.push(json!({ "componentName": "TextField", "props": { "label": "备注" } }));
        });
        assert_eq!(differences(&form, &gained), ["多了必填的“附言”，系统不会填它"]);
    }
}
