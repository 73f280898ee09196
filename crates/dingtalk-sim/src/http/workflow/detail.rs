//! An instance in full, in the client's own type.

use chrono::{DateTime, Utc};
use dingtalk::workflow::{
    Attachment, BizAction, FormField, GetAnswer, Instance as Shown, InstanceResult as Result_,
    InstanceStatus as Status, OperationRecord, Task as ShownTask,
};
use serde_json::Value;

use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::{
    FormValue, Instance, InstanceResult, InstanceStatus, ROOT, Record, Refusal, Task, TaskOutcome,
    TaskStatus, Tenancy,
};

pub(super) fn detail(mut call: Call<'_>) -> Result<Value, Refusal> {
    let instance = call.query.text("processInstanceId")?;
    call.read_whole()?;
    let tenancy = &call.state.tenancy;
    let result = shown(tenancy, tenancy.instance(&instance)?, &call.world.corp.id)?;
    // The documentation writes this one as text.
    wire(GetAnswer { result, success: "true".to_owned() })
}

fn shown(tenancy: &Tenancy, instance: &Instance, corp: &str) -> Result<Shown, Refusal> {
    let department = tenancy.directory.department(instance.department);
    let approvers = instance.route.iter().flat_map(|node| &node.approvers).cloned();
    let ids = |people: Vec<String>| people.into_iter().map(id).collect::<Result<Vec<_>, _>>();
    Ok(Shown {
        title: instance.title.clone(),
        create_time: minute(instance.created_at),
        finish_time: instance.finished_at.map(minute),
        originator_user_id: id(instance.originator.clone())?,
        originator_dept_id: match instance.department {
            ROOT => "-1".to_owned(),
            department => department.to_string(),
        },
        originator_dept_name: department.map(|department| department.name.clone()).unwrap_or_default(),
        status: match instance.status {
            InstanceStatus::Running => Status::Running,
            InstanceStatus::Terminated => Status::Terminated,
            InstanceStatus::Completed => Status::Completed,
        },
        result: instance.result.map(|result| match result {
            InstanceResult::Agree => Result_::Agree,
            InstanceResult::Refuse => Result_::Refuse,
        }),
        business_id: instance.business_id.clone(),
        // Every instance here was made by API.
        approver_user_ids: ids(approvers.collect())?,
        cc_user_ids: ids(instance.cc.clone())?,
        biz_action: BizAction::None,
        biz_data: None,
        attached_process_instance_ids: Vec::new(),
        main_process_instance_id: String::new(),
        form_component_values: instance.form.iter().map(|value| field(tenancy, instance, value)).collect(),
        tasks: instance.tasks.iter().map(|one| task(instance, one, corp)).collect::<Result<_, _>>()?,
        operation_records: instance.records.iter().map(record).collect::<Result<_, _>>()?,
    })
}

fn field(tenancy: &Tenancy, instance: &Instance, FormValue { name, value }: &FormValue) -> FormField {
    let template = tenancy.template(&instance.process_code);
    let control = template.and_then(|one| one.controls.iter().find(|control| control.label == *name));
    FormField {
        id: control.map(crate::config::Control::id),
        biz_alias: control.and_then(|control| control.alias.clone()),
        component_type: control.map(|control| control.kind.clone()),
        ..FormField::new(name, value)
    }
}

fn task(instance: &Instance, task: &Task, corp: &str) -> Result<ShownTask, Refusal> {
    let page = |host: &str| {
        format!(
            "https://{host}/dingtalk/mobile/homepage.htm?corpid={corp}&procInsId={}&taskId={}",
            instance.id, task.id
        )
    };
    Ok(ShownTask {
        task_id: task.id,
        user_id: id(task.userid.clone())?,
        status: match task.status {
            TaskStatus::Running => "RUNNING",
            TaskStatus::Paused => "PAUSED",
            TaskStatus::Completed => "COMPLETED",
            TaskStatus::Canceled => "CANCELED",
        }
        .to_owned(),
        result: task.outcome.map(|outcome: TaskOutcome| outcome.loud().to_owned()),
        create_time: minute(task.created_at),
        finish_time: task.finished_at.map(minute),
        mobile_url: Some(page("aflow.dingtalk.com")),
        pc_url: Some(page("aflow.dingtalk.com")),
        process_instance_id: Some(id(instance.id.clone())?),
        activity_id: task.activity.clone(),
        task_group_name: Some(task.node.clone()),
    })
}

fn record(record: &Record) -> Result<OperationRecord, Refusal> {
    let attachment = |file: &dingtalk::workflow::Attached| Attachment {
        file_name: file.file_name.clone(),
        file_size: file.file_size.clone(),
        file_id: file.file_id.clone(),
        file_type: file.file_type.clone(),
        space_id: file.space_id.clone(),
    };
    let copied = if record.kind == "PROCESS_CC" { record.others.clone() } else { Vec::new() };
    Ok(OperationRecord {
        user_id: id(record.userid.clone())?,
        date: minute(record.at),
        kind: record.kind.clone(),
        // Tasks and records shout where the instance does not.
        result: record.result.map_or("NONE", |result| TaskOutcome::from(result).loud()).to_owned(),
        remark: record.remark.clone(),
        attachments: record.files.attachments.iter().map(attachment).collect(),
        cc_user_ids: copied.into_iter().map(id).collect::<Result<_, _>>()?,
        activity_id: record.step.as_ref().map(|(activity, _)| activity.clone()),
        show_name: record.step.as_ref().map(|(_, name)| name.clone()),
        images: record.files.photos.clone(),
    })
}

fn minute(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%MZ").to_string()
}
