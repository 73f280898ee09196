//! One attempt to tell the app of one event: sealed, posted, and answered in time with our own sealed "success".

use std::time::Duration;

use dingtalk_callback::{BadKey, Key, Pushed, Reply};
use serde_json::{Value, json};

use crate::config::Events;
use crate::shared::Shared;
use crate::stopwatch::Stopwatch;
use crate::wire_log::{Direction, NewExchange};
use crate::world::{Event, Happening};

/// An answer that takes longer counts as none.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Nobody's.
const ANOTHER_KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE";

/// Why an event counts as not delivered.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Undelivered {
    #[error("no callback address is configured")]
    NoAddress,
    #[error(transparent)]
    Key(#[from] BadKey),
    #[error("the machine has no randomness to seal with")]
    NotSealed,
    #[error("no answer in time: {0}")]
    NoAnswer(String),
    #[error("the answer's status is {0}, not 200")]
    Status(u16),
    #[error("the answer is not our sealed \"success\": {0}")]
    NotSuccess(String),
}

/// With a wrong key, the app must not take it.
pub(crate) async fn deliver(shared: &Shared, event: &Event, wrong_key: bool) -> Result<(), Undelivered> {
    let address = shared.read(|state| state.app.as_ref().and_then(|app| app.callback_url.clone()));
    let address = address.ok_or(Undelivered::NoAddress)?;
    let plain = event.push_body(&shared.world.corp.id, shared.world.events.spelling);
    let watch = Stopwatch::start();
    let mut answered = Answered::default();
    let outcome = attempt(shared, &address, &plain, wrong_key, &mut answered).await;
    let response = match &outcome {
        Ok(()) => json!({"success": true}),
        Err(why) => json!({"undelivered": why.to_string(), "body": answered.body}),
    };
    shared.change(|state, now| {
        let exchange = NewExchange {
            direction: Direction::Push,
            what: what(event.kind()),
            method: "POST".to_owned(),
            path: address,
            status: answered.status,
            ms: watch.ms(),
            request: json!({"decrypted": plain}),
            response,
        };
        state.wire.add(exchange, now);
    });
    outcome
}

/// Saving the address in the open platform's console: one try, and the app must answer.
pub(crate) async fn check_url(shared: &Shared) -> Result<(), Undelivered> {
    let event = shared.change(|state, at| Event {
        id: state.tenancy.ids.tagged("ev"),
        at,
        what: Happening::CheckUrl,
    });
    deliver(shared, &event, false).await
}

/// What came back, for the log.
#[derive(Default)]
struct Answered {
    status: u16,
    body: Value,
}

async fn attempt(
    shared: &Shared,
    address: &str,
    plain: &Value,
    wrong_key: bool,
    answered: &mut Answered,
) -> Result<(), Undelivered> {
    let Events { token, aes_key, .. } = &shared.world.events;
    let owner = shared.world.owner_key();
    let key = Key::parse(aes_key)?;
    let sealing = if wrong_key { &Key::parse(ANOTHER_KEY)? } else { &key };
    let pushed = Pushed::seal(sealing, token, owner, &plain.to_string(), shared.clock.now());
    let Pushed { query, body } = pushed.ok_or(Undelivered::NotSealed)?;
    let no_answer = |error| Undelivered::NoAnswer(crate::reason::of(error));
    let answer = shared
        .platform
        .post(address)
        .query(&query)
        .header("Content-Type", "application/json")
        .body(body)
        .timeout(PATIENCE)
        .send()
        .await
        .map_err(no_answer)?;
    answered.status = answer.status().as_u16();
    let text = answer.text().await.map_err(no_answer)?;
    let reply = serde_json::from_str::<Reply>(&text);
    answered.body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    if answered.status != 200 {
        return Err(Undelivered::Status(answered.status));
    }
    let reply = reply.map_err(|error| Undelivered::NotSuccess(error.to_string()))?;
    match reply.says_success(&key, token, owner) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Undelivered::NotSuccess("wrong signature, owner or word".to_owned())),
        Err(error) => Err(Undelivered::NotSuccess(error.to_string())),
    }
}

fn what(kind: &str) -> String {
    match kind {
        "check_url" => "验证回调地址",
        "user_add_org" => "有人加入",
        "user_leave_org" => "有人离开",
        "user_modify_org" => "有人变更",
        "user_active_org" => "有人激活",
        "org_dept_create" | "org_dept_modify" | "org_dept_remove" => "部门有变化",
        "org_admin_add" | "org_admin_remove" => "管理员有变化",
        "label_conf_add" | "label_conf_modify" | "label_conf_del" | "label_user_change" => "角色有变化",
        "bpms_instance_change" => "审批有变化",
        "bpms_task_change" => "审批任务有变化",
        "todo_task_create" => "有新的待办",
        "todo_task_update" => "待办有变化",
        "todo_task_delete" => "待办被删除",
        "calendar_event_change" => "日程有变化",
        "check_in" => "有人签到",
        other => return format!("事件 {other}"),
    }
    .to_owned()
}
