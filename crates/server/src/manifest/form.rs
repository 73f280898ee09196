//! The approval form: is it as the code fills it in, making it when it is missing, and putting it right where it differs.

use dingtalk::{Client, Error, ProcessCode, card::RegisterRequest, workflow::NewForm};
use secrecy::ExposeSecret;

use super::{
    differences::{Difference, differences},
    merge::merged,
    read::form,
};
use crate::{
    config::{Config, ROUTE},
    finding::Finding,
};

/// How the tenant's form stands to ours.
enum Template {
    /// It has what we fill in.
    Same,
    /// It differs.
    Differs(Box<Drift>),
    /// It is not known under the configured code, or none is configured.
    Missing,
}

/// How it differs, and the form with that put right; or what writing it would lose.
struct Drift {
    /// What the tenant calls it.
    name: String,
    how: Vec<Difference>,
    mended: Result<NewForm, Vec<String>>,
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
    /// It was there and differed.
    PutRight {
        /// What was put right; nothing was written when there was nothing.
        mended: Vec<Difference>,
        /// What only a person can put right; and what to click.
        left: Vec<(Difference, String)>,
    },
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
        Ok(Template::Differs(drift)) => {
            let how: Vec<String> = drift.how.iter().map(ToString::to_string).collect();
            Finding::fault(key, format!("审批表单“{}”被改动过：{}", form.name, how.join("；")))
                .todo(todo(&drift))
        }
        Err(error) => Finding::look(key, format!("审批表单没查成：{}", error.code()))
            .todo("先处理上面的权限点 Workflow.Form.Read"),
    }
}

fn todo(drift: &Drift) -> String {
    let (ours, theirs): (Vec<_>, Vec<_>) = drift.how.iter().partition(|one| one.is_ours());
    let mut todo: Vec<String> = theirs.into_iter().map(|one| by_hand(&drift.name, &[one])).collect();
    match &drift.mended {
        _ if ours.is_empty() => {}
        Ok(_) => todo.push(
            "运行 `yinling manifest apply`：只改上面不对的，别的控件不动；流程分支用到的控件要先在“流程设计”里放开"
                .to_owned(),
        ),
        Err(lost) => todo.push(too_much(&drift.name, lost, &ours)),
    }
    todo.join("。")
}

/// What a person clicks.
fn by_hand(name: &str, differences: &[&Difference]) -> String {
    let place = format!("OA审批 → 表单管理 → {name}");
    if differences.contains(&&Difference::Off) {
        return format!("{place} → 启用");
    }
    let steps: Vec<String> = differences.iter().map(|one| one.by_hand()).collect();
    format!("{place} → 编辑 → 表单设计：{}", steps.join("；"))
}

/// Why the form cannot be written, and what to do instead.
fn too_much(name: &str, lost: &[String], differences: &[&Difference]) -> String {
    format!(
        "钉钉的接口写不回{}，用接口改会把它丢掉，所以不能用 `yinling manifest apply`，要手工改。{}",
        lost.join("，"),
        by_hand(name, differences)
    )
}

async fn compare(config: &Config, client: &Client, form: &NewForm) -> Result<Template, Error> {
    let Ok(code) = config.dingtalk.aid_process_code.parse::<ProcessCode>() else {
        return Ok(Template::Missing);
    };
    match client.workflow().schema(&code).await {
        Ok(schema) => {
            let how = differences(form, &schema);
            if how.is_empty() {
                return Ok(Template::Same);
            }
            let name = if schema.name.is_empty() { &form.name } else { &schema.name }.clone();
            Ok(Template::Differs(Box::new(Drift { name, how, mended: merged(form, code, &schema) })))
        }
        // Refused for the form, not for the app.
        Err(error) if error.cause() == Some(dingtalk::Cause::Request) => Ok(Template::Missing),
        Err(error) => Err(error),
    }
}

/// Makes the form when it is missing, and puts it right where it differs. A second time it finds what the first made, and changes nothing.
///
/// Writing a form replaces it, so everything that the tenant has in it is written back; where that cannot be done without a loss, nothing
/// is written and the error says what to click. A form that was switched off is left so, and so is a control that somebody made required:
/// somebody wanted that.
pub async fn apply(config: &Config, client: &Client) -> anyhow::Result<Applied> {
    let form = form()?;
    match compare(config, client, &form).await? {
        Template::Same => return Ok(Applied::There),
        Template::Differs(drift) if drift.how.contains(&Difference::Off) => {
            anyhow::bail!("审批表单已停用，没有改动；先在 OA审批 → 表单管理 → {} 里启用", drift.name);
        }
        Template::Differs(drift) => {
            let Drift { name, how, mended } = *drift;
            let (ours, left): (Vec<_>, Vec<_>) = how.into_iter().partition(Difference::is_ours);
            match mended {
                _ if ours.is_empty() => {}
                Ok(mended) => {
                    save(client, &mended).await?;
                }
                Err(lost) => {
                    let ours: Vec<&Difference> = ours.iter().collect();
                    anyhow::bail!("审批表单没有改动：{}", too_much(&name, &lost, &ours));
                }
            }
            let left = left.into_iter().map(|one| {
                let click = by_hand(&name, &[&one]);
                (one, click)
            });
            return Ok(Applied::PutRight { mended: ours, left: left.collect() });
        }
        Template::Missing => {}
    }
    let forms = client.workflow().visible_forms(None).await?;
    if let Some(found) = forms.into_iter().find(|found| found.name == form.name) {
        return Ok(Applied::Found(found.process_code));
    }
    Ok(Applied::Made(save(client, &form).await?))
}

async fn save(client: &Client, form: &NewForm) -> anyhow::Result<ProcessCode> {
    client.workflow().save_form(form).await.map_err(|error| match error {
        Error::Refused { code, message, .. } if code == "formschema.error" => {
            // One code stands for every reason, so its words must tell.
            let todo = if message.contains("分支") {
                format!(
                    "先在 OA审批 → 表单管理 → {} → 流程设计里去掉用到这个控件的条件分支，再运行一次，然后把分支画回去",
                    form.name
                )
            } else {
                "请把这句话告诉软件的维护人员".to_owned()
            };
            anyhow::anyhow!("钉钉没有接受这张表单（{message}），没有改动。{todo}")
        }
        error => anyhow::Error::new(error).context("审批表单没有写成"),
    })
}

/// Says where presses on cards are posted to, if any are. Again is no error.
pub async fn register_cards(config: &Config, client: &Client) -> anyhow::Result<bool> {
    if !config.posts_presses() {
        return Ok(false);
    }
    let request = RegisterRequest {
        callback_route_key: ROUTE.to_owned(),
        callback_url: format!("{}/callback/card", config.web.public_url.as_str().trim_end_matches('/')),
        api_secret: Some(config.dingtalk.card_secret.expose_secret().to_owned()),
        force_update: true,
    };
    client.cards().register_callback(&request).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use dingtalk::workflow::Schema;
    use serde_json::{Value, json};

    use super::{super::merge::merged, differences, form};

    fn schema(change: impl Fn(&mut Vec<Value>)) -> Schema {
        let controls = form().unwrap().form_components;
        let item = |control: &dingtalk::workflow::Component| {
            let (label, id) = (&control.props.label, &control.props.component_id);
            let options: Vec<&str> =
                control.props.options.iter().map(|option| option.value.as_str()).collect();
            json!({ "componentName": control.component_type, "props": { "id": id, "label": label, "required": true, "options": options } })
        };
        let mut items: Vec<_> = controls.iter().map(item).collect();
        change(&mut items);
        serde_json::from_value(json!({ "status": "PUBLISHED", "schemaContent": { "items": items } })).unwrap()
    }

    fn words(change: impl Fn(&mut Vec<Value>)) -> Vec<String> {
        let how = differences(&form().unwrap(), &schema(change));
        how.iter().map(ToString::to_string).collect()
    }

    /// The labels of what is written.
    fn written(change: impl Fn(&mut Vec<Value>)) -> Vec<String> {
        let form = merged(&form().unwrap(), "PROC-1".parse().unwrap(), &schema(change)).unwrap();
        form.form_components.into_iter().map(|control| control.props.label).collect()
    }

    #[test]
    fn the_form_says_nothing_that_the_client_has_no_name_for() {
        assert!(form().unwrap().form_components.iter().all(|control| control.props.more.is_empty()));
    }

    #[test]
    fn a_form_that_lost_gained_or_changed_a_field_differs() {
        assert_eq!(words(|_| {}), Vec::<String>::new());
        assert_eq!(words(|items| drop(items.remove(0))), ["缺少“受理编号”"]);
        let changed = words(|items| items[1]["componentName"] = "TextField".into());
        assert_eq!(changed, ["“轮次”应是数字输入框，现在是单行输入框"]);
        let fewer = words(|items| items[5]["props"]["options"] = json!(["县级", "市级"]));
        assert_eq!(fewer, ["“审批级别”缺选项：省级"]);
        let gained = words(|items| {
            items.push(
                json!({ "componentName": "TextField", "props": { "label": "附言", "required": true } }),
            );
            items.push(json!({ "componentName": "TextField", "props": { "label": "备注" } }));
        });
        assert_eq!(gained, ["多了必填的“附言”，系统不会填它，审批送不出去"]);
    }

    #[test]
    fn a_renamed_field_is_known_by_its_id_and_called_as_before() {
        let renamed = |items: &mut Vec<Value>| items[1]["props"]["label"] = "第几轮".into();
        assert_eq!(words(renamed), ["“轮次”被改名为“第几轮”"]);
        assert_eq!(written(renamed)[..3], ["受理编号", "轮次", "申请人"]);
        // Somebody else's has its name now: that one is filled in, and the old one is in the way.
        let replaced = |items: &mut Vec<Value>| {
            items[1]["props"]["label"] = "第几轮".into();
            items.push(json!({ "componentName": "NumberField", "props": { "id": "N-1", "label": "轮次" } }));
        };
        assert_eq!(words(replaced), ["多了必填的“第几轮”，系统不会填它，审批送不出去"]);
    }

    #[test]
    fn what_is_missing_comes_behind_what_it_follows_and_the_rest_stays_in_its_order() {
        let moved = |items: &mut Vec<Value>| {
            let link = items.remove(6);
            let lost = [items.remove(1), items.remove(0)];
            assert_eq!(lost.len(), 2);
            items.insert(0, link);
            items.insert(
                1,
                json!({ "componentName": "TextareaField", "props": { "id": "T-9", "label": "附言" } }),
            );
        };
        let order =
            ["受理编号", "轮次", "个案页面", "附言", "申请人", "帮扶类别", "建议金额（元）", "审批级别"];
        assert_eq!(written(moved), order);
    }
}
