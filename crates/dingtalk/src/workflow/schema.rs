//! Reading form templates.
//!
//! Pages: [获取表单 schema](https://open.dingtalk.com/document/development/obtain-the-form-schema),
//! [获取指定用户可见的审批表单列表](https://open.dingtalk.com/document/development/obtains-a-list-of-approval-forms-visible-to-the-specified).

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::call::Workflow;
use crate::{
    error::Error,
    ids::{ProcessCode, UserId},
    lenient,
};

/// `GET /v1.0/workflow/forms/schemas/processCodes`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SchemaAnswer {
    /// The template.
    pub result: Schema,
}

/// A template.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Schema {
    /// Who made it.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub creator_user_id: String,
    /// Its code.
    #[serde(default, deserialize_with = "lenient::text")]
    pub form_code: String,
    /// Its other id.
    #[serde(default, deserialize_with = "lenient::text")]
    pub form_uuid: String,
    /// Its name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// Its description.
    #[serde(default, deserialize_with = "lenient::text")]
    pub memo: String,
    /// `PUBLISHED`, `INVALID` or `SAVED`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub status: String,
    /// The form.
    pub schema_content: SchemaContent,
}

/// The form of a template.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SchemaContent {
    /// Its name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub title: String,
    /// Its controls.
    #[serde(default, deserialize_with = "lenient::list")]
    pub items: Vec<SchemaItem>,
}

/// A control of a form; one of the kind `TableField` has its columns below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SchemaItem {
    /// `TextField`, `MoneyField`, …
    #[serde(default, deserialize_with = "lenient::text")]
    pub component_name: String,
    /// What it is like.
    #[serde(default)]
    pub props: SchemaProps,
    /// The columns of a table.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    pub children: Vec<Self>,
}

/// What a control is like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SchemaProps {
    /// Its id.
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    /// Its name among the developers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub biz_alias: Option<String>,
    /// What people read, and what an instance calls it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub label: String,
    /// Whether it must be filled in.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub required: bool,
    /// What can be chosen: texts, each plain or itself a JSON object with `value` and `key`.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    pub options: Vec<Value>,
    /// What else the platform says of it, by its own names: nothing that is read is dropped, so that it can be sent back.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

impl SchemaProps {
    /// What can be chosen, as an instance names it.
    pub fn choices(&self) -> Vec<String> {
        let choice = |option: &Value| {
            let inner = option.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
            let value = inner.as_ref().unwrap_or(option).get("value").cloned();
            value.as_ref().unwrap_or(option).as_str().map(str::to_owned)
        };
        self.options.iter().filter_map(choice).collect()
    }
}

/// `GET /v1.0/workflow/processes/userVisibilities/templates`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VisibleAnswer {
    /// One page.
    pub result: VisiblePage,
}

/// A page of templates.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VisiblePage {
    /// The templates.
    #[serde(default, deserialize_with = "lenient::list")]
    pub process_list: Vec<VisibleForm>,
    /// Where it goes on; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_number")]
    pub next_token: Option<i64>,
}

/// A template that a person can use.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VisibleForm {
    /// Its name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// Its code.
    pub process_code: ProcessCode,
    /// Its page.
    #[serde(default, deserialize_with = "lenient::text")]
    pub url: String,
    /// Its icon.
    #[serde(default, deserialize_with = "lenient::text")]
    pub icon_url: String,
    /// Its folder.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub dir_id: String,
    /// The folder's name.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub dir_name: String,
}

/// The most templates in one page.
const PAGE: i64 = 100;

impl Workflow<'_> {
    /// A template. Permission `Workflow.Form.Read`; counted.
    pub async fn schema(&self, code: &ProcessCode) -> Result<Schema, Error> {
        let query = [("processCode", code.to_string())];
        let path = "/v1.0/workflow/forms/schemas/processCodes";
        let answer: SchemaAnswer = self.0.api(Method::GET, path, &query, None::<&Value>).await?;
        Ok(answer.result)
    }

    /// All templates that a person can use; all of the organisation when nobody is named. Permission `Workflow.Form.Read`; counted
    /// once a page of 100.
    pub async fn visible_forms(&self, person: Option<&UserId>) -> Result<Vec<VisibleForm>, Error> {
        let path = "/v1.0/workflow/processes/userVisibilities/templates";
        let (mut forms, mut token) = (Vec::new(), 0);
        loop {
            let mut query = vec![("maxResults", PAGE.to_string()), ("nextToken", token.to_string())];
            query.extend(person.map(|person| ("userId", person.to_string())));
            let answer: VisibleAnswer = self.0.api(Method::GET, path, &query, None::<&Value>).await?;
            forms.extend(answer.result.process_list);
            match answer.result.next_token {
                // A cursor that does not move would never end.
                Some(next) if next > token => token = next,
                _ => return Ok(forms),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SchemaProps;

    #[test]
    fn choices_are_read_in_each_of_their_shapes() {
        let options = vec![
            "医疗".into(),
            r#"{"value":"生活","key":"option_1"}"#.into(),
            serde_json::json!({"value": "丧葬"}),
        ];
        let props = SchemaProps { options, ..SchemaProps::default() };
        assert_eq!(props.choices(), ["医疗", "生活", "丧葬"]);
    }
}
