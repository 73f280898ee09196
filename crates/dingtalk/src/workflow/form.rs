//! Making and changing form templates.

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::call::{Workflow, short};
use crate::{error::Error, ids::ProcessCode};

/// The most controls of a template.
const MOST_COMPONENTS: usize = 200;

/// `POST /v1.0/workflow/forms`, request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewForm {
    /// Which template is changed; a new one is made when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process_code: Option<ProcessCode>,
    /// At most 200 characters, and no other template's.
    pub name: String,
    /// At most 300 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// 1 to 200.
    pub form_components: Vec<Component>,
    /// What people may do with the template.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template_config: Option<TemplateConfig>,
}

/// A control of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Component {
    /// `TextField`, `MoneyField`, `DDSelectField`, …
    pub component_type: String,
    /// What it is like.
    pub props: ComponentProps,
    /// The columns of a table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Self>,
}

/// What a control is like. Not every control knows every property.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ComponentProps {
    /// Its id, unique in the form, at most 64 characters; this or the alias.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component_id: Option<String>,
    /// Its name among the developers, unique in the form, at most 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub biz_alias: Option<String>,
    /// What people read, at most 20 characters; a period has two, as a JSON list.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// At most 128 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// Whether it must be filled in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// What can be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<FormOption>,
    /// Of a number, or `天` or `小时` of a date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// `yyyy-MM-dd` or `yyyy-MM-dd HH:mm`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// `1`: several people can be chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<String>,
    /// Several departments can be chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multiple: Option<bool>,
    /// Stars: 5 or 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
    /// `0`: money is not written out in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<String>,
    /// The text of a `TextNote`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Properties of single kinds of control beyond these, by the platform's names.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormOption {
    /// What people read, and what an instance names.
    pub value: String,
    /// Unique in the control; the platform makes one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// What people may do with a template.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "these are the platform's switches")]
pub struct TemplateConfig {
    /// It cannot be stopped.
    pub disable_stop_process_button: bool,
    /// It is shown nowhere: instances come from the app only.
    pub hidden: bool,
    /// It cannot be deleted.
    pub disable_delete_process: bool,
    /// Its form cannot be edited.
    pub disable_form_edit: bool,
    /// An instance cannot be sent again.
    pub disable_resubmit: bool,
    /// It is not on the first page.
    pub disable_homepage: bool,
    /// In which folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dir_id: Option<String>,
    /// From which folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin_dir_id: Option<String>,
}

/// `POST /v1.0/workflow/forms`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FormAnswer {
    /// The template.
    pub result: FormCode,
}

/// How a template is named once it is saved.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FormCode {
    /// Its code.
    pub process_code: ProcessCode,
}

impl Workflow<'_> {
    /// Makes or changes a template. A new one gets the platform's default flow; an organisation has at most 200. Refused with
    /// `formName.error` when the name is taken, with `formschema.error` when a condition of the flow stands on a control that would
    /// go. Permission `Workflow.Form.Write`; counted.
    pub async fn save_form(&self, form: &NewForm) -> Result<ProcessCode, Error> {
        form.check()?;
        let answer: FormAnswer = self.0.api(Method::POST, "/v1.0/workflow/forms", &[], Some(form)).await?;
        Ok(answer.result.process_code)
    }
}

impl NewForm {
    fn check(&self) -> Result<(), Error> {
        if self.name.is_empty() {
            return Err(Error::NotSent("a template has a name"));
        }
        short(&self.name, 200, "a template's name has at most 200 characters")?;
        short(&self.description, 300, "a template's description has at most 300 characters")?;
        if self.form_components.is_empty() || self.form_components.len() > MOST_COMPONENTS {
            return Err(Error::NotSent("a template has 1 to 200 controls"));
        }
        self.form_components.iter().try_for_each(Component::check)
    }
}

impl Component {
    fn check(&self) -> Result<(), Error> {
        let ComponentProps { component_id, biz_alias, label, placeholder, .. } = &self.props;
        if component_id.is_none() && biz_alias.is_none() {
            return Err(Error::NotSent("a control has an id or an alias"));
        }
        for id in component_id.iter().chain(biz_alias) {
            short(id, 64, "a control's id and alias have at most 64 characters")?;
        }
        // The two labels of a period come with brackets and quotes.
        let labels = serde_json::from_str::<Vec<String>>(label).unwrap_or_else(|_plain| vec![label.clone()]);
        for label in &labels {
            short(label, 20, "a control's label has at most 20 characters")?;
        }
        short(placeholder.as_deref().unwrap_or_default(), 128, "a placeholder has at most 128 characters")?;
        self.children.iter().try_for_each(Self::check)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_beyond_its_limits_is_not_sent() {
        let control = |id: Option<&str>, label: &str| Component {
            component_type: "TextField".to_owned(),
            props: ComponentProps {
                component_id: id.map(str::to_owned),
                label: label.to_owned(),
                ..ComponentProps::default()
            },
            children: Vec::new(),
        };
        let form = |name: &str, form_components| NewForm {
            process_code: None,
            name: name.to_owned(),
            description: String::new(),
            form_components,
            template_config: None,
        };
        let fine = control(Some("T-1"), "受理编号");
        assert!(form("帮扶", vec![fine.clone()]).check().is_ok());
        assert!(form("帮扶", vec![control(Some("T-1"), r#"["开始时间","结束时间"]"#)]).check().is_ok());
        for wrong in [
            form("", vec![fine.clone()]),
            form(&"长".repeat(201), vec![fine.clone()]),
            form("帮扶", Vec::new()),
            form("帮扶", vec![fine; 201]),
            form("帮扶", vec![control(None, "受理编号")]),
            form("帮扶", vec![control(Some("T-1"), &"长".repeat(21))]),
        ] {
            assert!(matches!(wrong.check(), Err(Error::NotSent(_))), "{wrong:?}");
        }
    }
}
