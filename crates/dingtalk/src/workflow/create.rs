//! Making an instance: by the flow of its template, or by approvers named on the spot.

use serde::{Deserialize, Serialize};

use super::field::FormField;
use crate::{
    error::Error,
    ids::{AgentId, DeptId, InstanceId, ProcessCode, UserId},
    sealed::shows,
};

/// The most controls of one form.
pub const MOST_FIELDS: usize = 150;
/// The most steps of approval, and the most self-selected ones.
pub const MOST_APPROVERS: usize = 20;
/// The most people who get a copy.
pub const MOST_COPIED: usize = 50;
/// Characters of the address of the app's own page.
const LONGEST_PAGE: usize = 1024;

/// `POST /v1.0/workflow/processInstances`, request.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewInstance {
    /// Which form.
    pub process_code: ProcessCode,
    /// Who asks.
    pub originator_user_id: UserId,
    /// In which department; the root is written as -1. Needed unless approvers are named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dept_id: Option<DeptId>,
    /// The app that asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub microapp_agent_id: Option<AgentId>,
    /// At most 150.
    pub form_component_values: Vec<FormField>,
    /// Instead of the template's flow, at most 20 steps one after another. Handwritten signatures and other settings of the template
    /// are lost with its flow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvers: Vec<Approver>,
    /// Who gets a copy, at most 50; ignored with the template's flow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cc_list: Vec<UserId>,
    /// When they get it; ignored with the template's flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cc_position: Option<CcPosition>,
    /// Who acts in the steps whose people the originator chooses, at most 20. The keys come from a forecast.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target_select_actioners: Vec<SelfSelected>,
    /// A page of the app that is opened instead of the form, at most 1024 characters. Only with OA 高级版.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub biz_detail_page_url: Option<String>,
}

shows!(NewInstance: process_code, originator_user_id, dept_id);

/// One step of a flow that is named on the spot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Approver {
    /// Whether all must agree.
    pub action_type: ApprovalMode,
    /// Who.
    pub user_ids: Vec<UserId>,
}

/// How several people decide together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ApprovalMode {
    /// 会签: everybody must agree.
    And,
    /// 或签: the first decision counts.
    Or,
    /// One person.
    None,
}

/// When the copies go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CcPosition {
    /// When it begins.
    Start,
    /// When it is decided.
    Finish,
    /// Both.
    StartFinish,
}

/// People for a step that the originator fills.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SelfSelected {
    /// `actorKey` of the forecast.
    pub actioner_key: String,
    /// Who.
    pub actioner_user_ids: Vec<UserId>,
}

/// `POST /v1.0/workflow/processInstances`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateAnswer {
    /// The new instance.
    pub instance_id: InstanceId,
}

impl NewInstance {
    /// An instance that follows its template's flow. The root department is written as -1 here.
    pub fn new(
        process_code: ProcessCode,
        originator: UserId,
        department: DeptId,
        fields: Vec<FormField>,
    ) -> Self {
        Self {
            process_code,
            originator_user_id: originator,
            dept_id: Some(department),
            microapp_agent_id: None,
            form_component_values: fields,
            approvers: Vec::new(),
            cc_list: Vec::new(),
            cc_position: None,
            target_select_actioners: Vec::new(),
            biz_detail_page_url: None,
        }
    }

    /// The documented limits; what the template allows, only the platform knows.
    pub(super) fn check(&self) -> Result<(), Error> {
        let page = self.biz_detail_page_url.as_ref().map_or(0, |page| page.chars().count());
        let wrong = if self.form_component_values.is_empty() || self.form_component_values.len() > MOST_FIELDS
        {
            "an approval has 1 to 150 controls"
        } else if self.approvers.len() > MOST_APPROVERS || self.target_select_actioners.len() > MOST_APPROVERS
        {
            "an approval has at most 20 steps"
        } else if self.approvers.iter().any(|step| !step.fits()) {
            "a step with NONE has one person, every other at least one"
        } else if self.approvers.is_empty() && self.dept_id.is_none() {
            "the department is needed where the template's flow is used"
        } else if !self.approvers.is_empty() && !self.target_select_actioners.is_empty() {
            "a flow named on the spot has no self-selected steps"
        } else if self.cc_list.len() > MOST_COPIED {
            "at most 50 people get a copy"
        } else if page > LONGEST_PAGE {
            "the address of the app's page has at most 1024 characters"
        } else {
            return self.form_component_values.iter().try_for_each(FormField::check);
        };
        Err(Error::NotSent(wrong))
    }
}

impl Approver {
    fn fits(&self) -> bool {
        match self.action_type {
            ApprovalMode::None => self.user_ids.len() == 1,
            ApprovalMode::And | ApprovalMode::Or => !self.user_ids.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new() -> NewInstance {
        let fields = vec![FormField::new("事由", "住院")];
        NewInstance::new("PROC-1".parse().unwrap(), "lgb0007".parse().unwrap(), DeptId(-1), fields)
    }

    #[test]
    fn what_is_over_a_limit_is_not_sent() {
        let user: UserId = "boss1".parse().unwrap();
        let step = |mode, count| Approver { action_type: mode, user_ids: vec![user.clone(); count] };
        let one = FormField::new("事由", "住院");
        let table = [
            NewInstance { form_component_values: Vec::new(), ..new() },
            NewInstance { form_component_values: vec![one; 151], ..new() },
            NewInstance { approvers: vec![step(ApprovalMode::And, 2); 21], ..new() },
            NewInstance { approvers: vec![step(ApprovalMode::None, 2)], ..new() },
            NewInstance { approvers: vec![step(ApprovalMode::Or, 0)], ..new() },
            NewInstance { dept_id: None, ..new() },
            NewInstance { cc_list: vec![user.clone(); 51], ..new() },
            NewInstance { biz_detail_page_url: Some("x".repeat(1025)), ..new() },
        ];
        for new in table {
            assert!(matches!(new.check(), Err(Error::NotSent(_))), "{new:?}");
        }
        let named = NewInstance { dept_id: None, approvers: vec![step(ApprovalMode::And, 2)], ..new() };
        assert!(named.check().is_ok() && new().check().is_ok());
    }
}
