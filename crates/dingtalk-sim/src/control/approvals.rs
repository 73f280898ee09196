//! The approval inbox of a person.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::control::answer::{Answer, Refused, done, told};
use crate::shared::{Shared, State};
use crate::tenant::Approvals;
use crate::world::{Instance, InstanceStatus};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Whose {
    userid: String,
}

/// Everything this person started or was asked about, newest first.
pub(super) async fn list(shared: web::Data<Arc<Shared>>, query: web::Query<Whose>) -> HttpResponse {
    told(shared.read(|state| {
        let mut mine: Vec<_> = state
            .tenancy
            .instances()
            .filter(|instance| instance.concerns(&query.userid))
            .map(|instance| shown(state, instance, &query.userid))
            .collect();
        mine.reverse();
        mine
    }))
}

fn shown(state: &State, instance: &Instance, userid: &str) -> Value {
    let name = |userid: &str| {
        state
            .tenancy
            .directory
            .person(userid)
            .map_or_else(|_gone| userid.to_owned(), |person| person.name.clone())
    };
    let running = instance.status == InstanceStatus::Running;
    let records: Vec<_> = instance
        .records
        .iter()
        .map(|record| {
            json!({
                "who": name(&record.userid),
                "at": record.at,
                "kind": record.kind,
                "result": record.result,
                "remark": record.remark,
                "others": record.others.iter().map(|one| name(one)).collect::<Vec<_>>(),
                "photos": record.files.photos,
                "files": record.files.attachments.iter().map(|file| &file.file_name).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "id": instance.id,
        "title": instance.title,
        "business_id": instance.business_id,
        "status": instance.status,
        "result": instance.result,
        "created_at": instance.created_at,
        "form": instance.form,
        "records": records,
        "tasks": instance.tasks.iter().map(|task| json!({"who": name(&task.userid), "status": task.status,
            "outcome": task.outcome, "node": task.node})).collect::<Vec<_>>(),
        "may_decide": instance.waits_for(userid),
        "may_withdraw": running && instance.withdrawable && instance.originator == userid,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Act {
    userid: String,
    remark: Option<String>,
    /// To whom it is passed on.
    to: Option<String>,
    /// Who is asked besides.
    #[serde(default)]
    people: Vec<String>,
}

pub(super) async fn act(
    shared: web::Data<Arc<Shared>>,
    path: web::Path<(String, String)>,
    body: web::Json<Act>,
) -> Answer {
    let (id, verb) = path.into_inner();
    let approvals = Approvals::new(&shared);
    let remark = body.remark.as_deref().filter(|remark| !remark.trim().is_empty());
    let people: Vec<&str> = body.people.iter().map(String::as_str).collect();
    match verb.as_str() {
        "agree" => approvals.agree(&id, &body.userid, remark)?,
        "refuse" => approvals.refuse(&id, &body.userid, remark)?,
        "withdraw" => approvals.withdraw(&id, &body.userid)?,
        "comment" => approvals.comment(&id, &body.userid, remark.unwrap_or_default())?,
        "forward" => approvals.forward(&id, &body.userid, body.to.as_deref().unwrap_or_default(), remark)?,
        "ask_before" => approvals.ask_before(&id, &body.userid, &people)?,
        "ask_after" => approvals.ask_after(&id, &body.userid, &people)?,
        other => {
            return Err(Refused(format!(
                "{other} is not agree, refuse, withdraw, comment, forward, ask_before or ask_after"
            )));
        }
    }
    Ok(done())
}
