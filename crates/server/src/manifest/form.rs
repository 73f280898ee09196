//! The approval form: is it as the code fills it in, and making it when it is missing.

use dingtalk::{
    Client, Error, ProcessCode,
    card::RegisterRequest,
    workflow::{NewForm, Schema},
};
use secrecy::ExposeSecret;

use super::read::form;
use crate::{
    config::{Config, Incoming, ROUTE},
    finding::Finding,
};

/// Somebody has switched it off.
const OFF: &str = "已停用";

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
    /// It was put right; what had differed.
    PutRight(Vec<String>),
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
                .todo("运行 `yinling manifest apply` 改回来；流程分支用到的控件要先在“流程设计”里放开")
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
        how.push(OFF.to_owned());
    }
    let items = &schema.schema_content.items;
    for wanted in &form.form_components {
        let label = &wanted.props.label;
        match items.iter().find(|item| item.props.label == *label) {
            None => how.push(format!("缺少“{label}”")),
            Some(item) if item.component_name != wanted.component_type => {
                how.push(format!("“{label}”应是{}，现在是{}", wanted.component_type, item.component_name));
            }
            Some(item) => {
                let choices = item.props.choices();
                let missing: Vec<&str> =
                    wanted.props.options.iter().map(|option| option.value.as_str()).collect();
                let missing: Vec<&str> =
                    missing.into_iter().filter(|option| !choices.iter().any(|one| one == option)).collect();
                if !missing.is_empty() {
                    how.push(format!("“{label}”缺选项：{}", missing.join("、")));
                }
            }
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

/// Makes the form when it is missing, and puts it right where it differs. A second time it finds what the first made, and changes nothing.
/// A form that was switched off is left so: somebody wanted that.
pub async fn apply(config: &Config, client: &Client) -> anyhow::Result<Applied> {
    let form = form()?;
    match compare(config, client, &form).await? {
        Template::Same => return Ok(Applied::There),
        Template::Differs(how) if how.iter().any(|one| one == OFF) => {
            anyhow::bail!("审批表单已停用；先在 OA审批 → 表单管理 里启用");
        }
        Template::Differs(how) => {
            let code = config.dingtalk.aid_process_code.parse()?;
            client.workflow().save_form(&NewForm { process_code: Some(code), ..form }).await?;
            return Ok(Applied::PutRight(how));
        }
        Template::Missing => {}
    }
    let forms = client.workflow().visible_forms(None).await?;
    if let Some(found) = forms.into_iter().find(|found| found.name == form.name) {
        return Ok(Applied::Found(found.process_code));
    }
    Ok(Applied::Made(client.workflow().save_form(&form).await?))
}

/// Says where presses on cards are posted to, if any are. Again is no error.
pub async fn register_cards(config: &Config, client: &Client) -> anyhow::Result<bool> {
    let it = &config.dingtalk;
    if it.incoming != Incoming::Http || it.approval_card_template.is_empty() {
        return Ok(false);
    }
    let request = RegisterRequest {
        callback_route_key: ROUTE.to_owned(),
        callback_url: format!("{}/callback/card", config.web.public_url.as_str().trim_end_matches('/')),
        api_secret: Some(it.card_secret.expose_secret().to_owned()),
        force_update: true,
    };
    client.cards().register_callback(&request).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use dingtalk::workflow::Schema;
    use serde_json::json;

    use super::{differences, form};

    fn schema(change: impl Fn(&mut Vec<serde_json::Value>)) -> Schema {
        let controls = form().unwrap().form_components;
        let item = |control: &dingtalk::workflow::Component| {
            let label = &control.props.label;
            let options: Vec<&str> =
                control.props.options.iter().map(|option| option.value.as_str()).collect();
            json!({ "componentName": control.component_type, "props": { "id": label, "label": label, "required": true, "options": options } })
        };
        let mut items: Vec<_> = controls.iter().map(item).collect();
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
        let fewer = schema(|items| items[5]["props"]["options"] = json!(["县级", "市级"]));
        assert_eq!(differences(&form, &fewer), ["“审批级别”缺选项：省级"]);
        let gained = schema(|items| {
            items.push(
                json!({ "componentName": "TextField", "props": { "label": "附言", "required": true } }),
            );
            items.push(json!({ "componentName": "TextField", "props": { "label": "备注" } }));
        });
        assert_eq!(differences(&form, &gained), ["多了必填的“附言”，系统不会填它"]);
    }
}
