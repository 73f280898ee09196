//! Which steps an instance would take, and which of them the originator must fill.

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{call::Workflow, create::MOST_FIELDS, field::FormField};
use crate::{
    error::Error,
    ids::{DeptId, ProcessCode, UserId},
    lenient,
    sealed::shows,
};

/// `POST /v1.0/workflow/processes/forecast`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ForecastRequest {
    /// Which form.
    pub process_code: ProcessCode,
    /// In which department the originator asks.
    pub dept_id: DeptId,
    /// Who would ask.
    pub user_id: UserId,
    /// The form as it would be sent, at most 150 controls: conditions read it.
    pub form_component_values: Vec<FormField>,
}

shows!(ForecastRequest: process_code, dept_id, user_id);

/// `POST /v1.0/workflow/processes/forecast`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ForecastAnswer {
    /// The forecast.
    pub result: Forecast,
}

/// What would happen.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Forecast {
    /// Whether a forecast was possible.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub is_forecast_success: bool,
    /// Whether the flow has no conditions.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub is_static_workflow: bool,
    /// The steps.
    #[serde(default, deserialize_with = "lenient::list")]
    pub workflow_activity_rules: Vec<ActivityRule>,
}

/// One step of the flow that an instance would take, in the order in which they are asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActivityRule {
    /// Its id.
    #[serde(default, deserialize_with = "lenient::text")]
    pub activity_id: String,
    /// The step before.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub prev_activity_id: String,
    /// Its name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub activity_name: String,
    /// `target_select`: the originator chooses; `target_approval`: the template names.
    #[serde(default, deserialize_with = "lenient::text")]
    pub activity_type: String,
    /// Whether the originator chooses.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub is_target_select: bool,
    /// Who can act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflow_actor: Option<Actor>,
    /// Who acts, where the template names them.
    #[serde(default, deserialize_with = "lenient::list")]
    pub activity_actioners: Vec<Actioner>,
}

/// Who can act in a step.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Actor {
    /// What [`super::SelfSelected`] names.
    #[serde(default, deserialize_with = "lenient::text")]
    pub actor_key: String,
    /// `approver`, `notifier` or `audit`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub actor_type: String,
    /// `allStaff`, `approvals` or `labels`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub actor_selection_type: String,
    /// From whom to choose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_selection_range: Option<Range>,
    /// More than one.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub allowed_multi: bool,
    /// `MANUAL`, `AUTO_AGREE` or `AUTO_REFUSE`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub approval_type: String,
    /// `ONE_BY_ONE`, `AND` or `OR`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub approval_method: String,
    /// `ALL` at once or `ONE_BY_ONE`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub actor_activate_type: String,
    /// Whether somebody must be chosen.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub required: bool,
}

/// From whom to choose.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Range {
    /// People.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    pub approvals: Vec<RangeMember>,
    /// Roles.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    pub labels: Vec<RangeLabel>,
}

/// A person to choose.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RangeMember {
    /// Who.
    pub work_no: UserId,
    /// The name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub user_name: String,
}

shows!(RangeMember: work_no);

/// A role to choose from.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RangeLabel {
    /// The role's id.
    #[serde(default, deserialize_with = "lenient::text")]
    pub labels: String,
    /// Its name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub label_names: String,
}

/// Somebody who acts.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Actioner {
    /// Who.
    pub user_id: UserId,
    /// The name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
}

shows!(Actioner: user_id);

impl Workflow<'_> {
    /// The steps that an instance would take by its template's flow. Permission `Workflow.Instance.Write`; counted.
    pub async fn forecast(&self, request: &ForecastRequest) -> Result<Forecast, Error> {
        if request.form_component_values.len() > MOST_FIELDS {
            return Err(Error::NotSent("a form has at most 150 controls"));
        }
        request.form_component_values.iter().try_for_each(FormField::check)?;
        let path = "/v1.0/workflow/processes/forecast";
        let answer: ForecastAnswer = self.0.api(Method::POST, path, &[], Some(request)).await?;
        Ok(answer.result)
    }
}
