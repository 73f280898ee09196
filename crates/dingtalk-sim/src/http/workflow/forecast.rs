//! The steps that an instance would take.

use dingtalk::workflow::{Actioner, ActivityRule, Actor, Forecast, ForecastAnswer, Range, RangeMember};
use serde_json::Value;

use super::create::form_values;
use crate::config::{Node, NodeMode, Template};
use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::{Known, Refusal, Tenancy, actor_key, form_check};

pub(super) fn forecast(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (code, userid) = (call.body.text("processCode")?, call.body.text("userId")?);
    let department = call.body.number("deptId")?;
    let form = form_values(&mut call.body)?;
    call.read_whole()?;
    let tenancy = &call.state.tenancy;
    let template = tenancy.template(&code).ok_or(Refusal::NoSuchProcess(code))?;
    let person = tenancy.directory.person(&userid)?;
    let department = tenancy.department_of(person, Some(department), false)?;
    form_check(template, &form, Known { directory: &tenancy.directory, instances: tenancy.instance_list() })?;
    let steps = tenancy.flow(template, department);
    let rules = steps.iter().enumerate().map(|step| rule(tenancy, template, step));
    let result = Forecast {
        is_forecast_success: true,
        // There are no conditions here.
        is_static_workflow: true,
        workflow_activity_rules: rules.collect::<Result<_, _>>()?,
    };
    wire(ForecastAnswer { result })
}

fn rule(
    tenancy: &Tenancy,
    template: &Template,
    (index, node): (usize, &Node),
) -> Result<ActivityRule, Refusal> {
    let name = |userid: &str| tenancy.directory.person(userid).map(|person| person.name.clone());
    let named = |userid: &String| Ok(Actioner { user_id: id(userid.clone())?, name: name(userid)? });
    let member = |userid: &String| Ok(RangeMember { work_no: id(userid.clone())?, user_name: name(userid)? });
    let range: Vec<_> = node.approvers.iter().map(member).collect::<Result<_, Refusal>>()?;
    let (method, activate) = match node.mode {
        NodeMode::Any => ("OR", "ALL"),
        NodeMode::All => ("AND", "ALL"),
        NodeMode::OneByOne => ("ONE_BY_ONE", "ONE_BY_ONE"),
    };
    let selection = if node.self_select && range.is_empty() { "allStaff" } else { "approvals" };
    let actor = Actor {
        actor_key: actor_key(template, index),
        actor_type: "approver".to_owned(),
        actor_selection_type: selection.to_owned(),
        actor_selection_range: node.self_select.then(|| Range { approvals: range, labels: Vec::new() }),
        allowed_multi: true,
        approval_type: "MANUAL".to_owned(),
        approval_method: method.to_owned(),
        actor_activate_type: activate.to_owned(),
        required: node.self_select,
    };
    let actioners: Vec<_> = node.approvers.iter().map(named).collect::<Result<_, Refusal>>()?;
    Ok(ActivityRule {
        activity_id: format!("node-{}", index + 1),
        prev_activity_id: if index == 0 { "start".to_owned() } else { format!("node-{index}") },
        activity_name: node.name.clone(),
        activity_type: if node.self_select { "target_select" } else { "target_approval" }.to_owned(),
        is_target_select: node.self_select,
        workflow_actor: Some(actor),
        activity_actioners: if node.self_select { Vec::new() } else { actioners },
    })
}
