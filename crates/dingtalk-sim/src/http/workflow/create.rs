//! Starting an approval.

use dingtalk::workflow::CreateAnswer;
use serde_json::Value;

use crate::config::{CcAt, Node, NodeMode};
use crate::forms::Strict;
use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::{FormValue, NewInstance, Refusal};

const MOST_STEPS: usize = 20;
const MOST_COPIED: usize = 50;

pub(super) fn create(mut call: Call<'_>) -> Result<Value, Refusal> {
    let process_code = call.body.text("processCode")?;
    let originator = call.body.text("originatorUserId")?;
    let department = call.body.optional_number("deptId")?;
    let form = form_values(&mut call.body)?;
    let route: Vec<_> = call.body.objects("approvers")?.into_iter().map(node).collect::<Result<_, _>>()?;
    let chosen: Vec<_> =
        call.body.objects("targetSelectActioners")?.into_iter().map(choice).collect::<Result<_, _>>()?;
    let cc = call.body.texts("ccList")?;
    let cc_at = match call.body.optional_text("ccPosition")?.as_deref() {
        None | Some("FINISH") => CcAt::Finish,
        Some("START") => CcAt::Start,
        Some("START_FINISH") => CcAt::Both,
        Some(other) => return Err(Refusal::Parameter(format!("ccPosition {other} is not known"))),
    };
    let agent = call.body.optional_number("microappAgentId")?;
    let page = call.body.short_text("bizDetailPageUrl", 1024)?;
    call.read_whole()?;
    if let Some(agent) = agent.filter(|agent| *agent != call.world.app.agent_id) {
        return Err(Refusal::coded("invalidAgentId", format!("microappAgentId {agent} is another app's")));
    }
    if !page.is_empty() && !call.world.approvals.premium {
        return Err(Refusal::coded("benefitStatusInvalid", "bizDetailPageUrl needs OA 高级版"));
    }
    if route.len() > MOST_STEPS || chosen.len() > MOST_STEPS || cc.len() > MOST_COPIED {
        return Err(Refusal::Parameter("at most 20 approvers and 50 copies".to_owned()));
    }
    let new = NewInstance { process_code, originator, department, form, route, cc, cc_at, chosen };
    let instance_id = id(call.state.tenancy.start_instance(new, call.now)?)?;
    wire(CreateAnswer { instance_id })
}

pub(super) fn form_values(body: &mut Strict) -> Result<Vec<FormValue>, Refusal> {
    if !body.has("formComponentValues") {
        return Err(body.complaint("formComponentValues", "is required"));
    }
    body.objects("formComponentValues")?.into_iter().map(form_value).collect()
}

fn form_value(mut value: Strict) -> Result<FormValue, Refusal> {
    let read = FormValue { name: value.text("name")?, value: value.text("value")? };
    for inner in value.objects("details")? {
        form_value(inner)?;
    }
    value.ignore(&["id", "bizAlias", "extValue", "componentType"])?;
    value.done()?;
    Ok(read)
}

fn node(mut value: Strict) -> Result<Node, Refusal> {
    let approvers = value.texts("userIds")?;
    let mode = match (value.text("actionType")?.as_str(), approvers.len()) {
        (_, 0) => return Err(Refusal::InstanceParameter("a step of approvers is empty".to_owned())),
        ("AND", _) => NodeMode::All,
        ("OR", _) | ("NONE", 1) => NodeMode::Any,
        ("NONE", _) => return Err(Refusal::Parameter("actionType NONE has one approver".to_owned())),
        (other, _) => return Err(Refusal::Parameter(format!("actionType {other} is not AND, OR or NONE"))),
    };
    value.done()?;
    Ok(Node { name: "审批人".to_owned(), approvers, mode, self_select: false })
}

fn choice(mut value: Strict) -> Result<(String, Vec<String>), Refusal> {
    let read = (value.text("actionerKey")?, value.texts("actionerUserIds")?);
    value.done()?;
    Ok(read)
}
