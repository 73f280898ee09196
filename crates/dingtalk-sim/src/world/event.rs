//! What the tenant tells the app: events, with the two spellings in which they travel.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::config::Spelling;
use crate::world::{DirectoryNews, Instance, InstanceStatus, Person, Task, TaskOutcome};

/// One event, named once; a repetition carries the same id.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Event {
    /// The same each time it is tried.
    pub id: String,
    /// When it happened.
    pub at: DateTime<Utc>,
    pub(crate) what: Happening,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Happening {
    CheckUrl,
    Joined(Vec<String>),
    Left(Vec<String>),
    Changed {
        before: Box<Person>,
        after: Box<Person>,
    },
    Directory(DirectoryNews),
    InstanceChanged(Box<Instance>),
    TaskChanged {
        instance: Box<Instance>,
        task: Task,
        change: TaskMove,
    },
    /// Of a kind whose fields are given: of to-dos, calendars and check-ins, and what is made up by hand.
    Other {
        kind: String,
        fields: Map<String, Value>,
    },
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub(crate) enum TaskMove {
    Start,
    Finish,
    /// Somebody else's decision made this task needless.
    Cancel,
}

impl TaskMove {
    fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Finish => "finish",
            Self::Cancel => "cancel",
        }
    }
}

impl Event {
    /// The platform's name of this kind of event.
    pub fn kind(&self) -> &str {
        match &self.what {
            Happening::CheckUrl => "check_url",
            Happening::Joined(_) => "user_add_org",
            Happening::Left(_) => "user_leave_org",
            Happening::Changed { .. } => "user_modify_org",
            Happening::Directory(news) => news.kind(),
            Happening::InstanceChanged(_) => "bpms_instance_change",
            Happening::TaskChanged { .. } => "bpms_task_change",
            Happening::Other { kind, .. } => kind,
        }
    }

    /// Directory events are free; everything else is a counted delivery.
    pub(crate) fn is_counted(&self) -> bool {
        !matches!(
            self.what,
            Happening::CheckUrl
                | Happening::Joined(_)
                | Happening::Left(_)
                | Happening::Changed { .. }
                | Happening::Directory(_)
        )
    }

    /// The plaintext of a push: flat, envelope and fields together.
    pub(crate) fn push_body(&self, corp_id: &str, spelling: Spelling) -> Value {
        let mut body = self.fields(spelling);
        body.insert("EventType".to_owned(), json!(self.kind()));
        if !matches!(self.what, Happening::CheckUrl) {
            body.insert("EventTime".to_owned(), json!(self.at.timestamp_millis()));
            body.insert("CorpId".to_owned(), json!(corp_id));
            body.insert("eventId".to_owned(), json!(self.id));
        }
        Value::Object(body)
    }

    /// The data of a frame of Stream mode: the fields alone, as the newer pages spell them. The envelope is in the headers.
    pub(crate) fn stream_data(&self) -> Value {
        Value::Object(self.fields(Spelling::New))
    }

    /// The entry of the failed list: the data hangs under the kind, approvals one level deeper.
    pub(crate) fn failed_entry(&self, corp_id: &str) -> Value {
        let fields = self.fields(Spelling::New);
        let data = match &self.what {
            Happening::InstanceChanged(_) | Happening::TaskChanged { .. } => {
                json!({"corpid": corp_id, "bpmsCallBackData": fields})
            }
            Happening::Joined(userids) | Happening::Left(userids) => {
                json!({"corpid": corp_id, "userid": userids})
            }
            Happening::Changed { after, .. } => json!({"corpid": corp_id, "userid": [after.userid]}),
            Happening::CheckUrl | Happening::Directory(_) | Happening::Other { .. } => {
                json!({"corpid": corp_id, "callbackData": fields})
            }
        };
        json!({"call_back_tag": self.kind(), "event_time": self.at.timestamp_millis(), self.kind(): data})
    }

    fn fields(&self, spelling: Spelling) -> Map<String, Value> {
        let value = match &self.what {
            Happening::CheckUrl => json!({}),
            Happening::Joined(userids) | Happening::Left(userids) => self.directory(userids, spelling),
            Happening::Changed { before, after } => {
                let mut value = self.directory(std::slice::from_ref(&after.userid), spelling);
                if let Some(fields) = value.as_object_mut() {
                    fields.insert("diffInfo".to_owned(), difference(before, after));
                }
                value
            }
            Happening::Directory(news) => news.fields(self.at, spelling),
            Happening::InstanceChanged(instance) => instance_fields(instance),
            Happening::TaskChanged { instance, task, change } => task_fields(instance, task, *change),
            Happening::Other { fields, .. } => return fields.clone(),
        };
        match value {
            Value::Object(fields) => fields,
            _ => Map::new(),
        }
    }

    fn directory(&self, userids: &[String], spelling: Spelling) -> Value {
        let at = self.at.timestamp_millis().to_string();
        match spelling {
            Spelling::New => json!({"timeStamp": at, "userId": userids}),
            Spelling::Old => json!({"TimeStamp": at, "UserId": userids}),
        }
    }
}

/// Only what the organisation's entry says: a new picture or nickname of one's own is no news.
fn difference(before: &Person, after: &Person) -> Value {
    let side = |person: &Person| {
        let hired = person.entry.hired_date.and_then(DateTime::from_timestamp_millis);
        present(json!({
            "name": person.name,
            "title": person.title,
            "telephone": person.entry.telephone,
            "email": person.entry.email,
            "jobNumber": person.entry.job_number,
            "workPlace": person.entry.work_place,
            "managerUserid": person.entry.manager,
            "hiredDate": hired.map(|at| crate::local_time::local(at).format("%Y-%m-%d").to_string()),
        }))
    };
    json!({"userid": after.userid, "prev": side(before), "curr": side(after)})
}

fn instance_fields(instance: &Instance) -> Value {
    let kind = match instance.status {
        InstanceStatus::Running => "start",
        InstanceStatus::Completed => "finish",
        InstanceStatus::Terminated => "terminate",
    };
    present(json!({
        "processInstanceId": instance.id,
        "processCode": instance.process_code,
        "businessId": instance.business_id,
        "title": instance.title,
        "staffId": instance.originator,
        "type": kind,
        "result": instance.result.map(crate::world::InstanceResult::word),
        "createTime": instance.created_at.timestamp_millis(),
        "finishTime": instance.finished_at.map(|at| at.timestamp_millis()),
        "url": format!("https://aflow.dingtalk.com/dingtalk/mobile/homepage.htm?procInsId={}", instance.id),
    }))
}

fn task_fields(instance: &Instance, task: &Task, change: TaskMove) -> Value {
    let finished = change == TaskMove::Finish;
    present(json!({
        "processInstanceId": instance.id,
        "processCode": instance.process_code,
        "businessId": instance.business_id,
        "title": instance.title,
        "taskId": task.id,
        "staffId": task.userid,
        "type": change.word(),
        "result": task.outcome.filter(|_| finished).map(TaskOutcome::word),
        "remark": task.remark.as_ref().filter(|_| finished),
        "createTime": task.created_at.timestamp_millis(),
        "finishTime": task.finished_at.filter(|_| change != TaskMove::Start).map(|at| at.timestamp_millis()),
    }))
}

/// A missing value is a missing key, as on the platform.
fn present(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            Value::Object(fields.into_iter().filter(|(_, value)| !value.is_null()).collect())
        }
        other => other,
    }
}
