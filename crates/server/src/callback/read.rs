//! An instance of an approval in our words. Pure.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use dingtalk::{
    InstanceId, UserId,
    workflow::{Instance, InstanceResult, InstanceStatus, OperationRecord, Task},
};
use domain::{
    aid::{
        Decision,
        commands::decide::Verdict,
        deciding::{TaskOutcome, commands::SeenTask},
        history::{
            Did,
            commands::{Seen, SeenFile},
        },
    },
    ids::AccountId,
};

/// What an instance says of its end; `None` while somebody still has to decide.
pub(super) fn verdict(id: &InstanceId, instance: &Instance, now: DateTime<Utc>) -> Option<Verdict> {
    let decision = match (instance.status, instance.result) {
        (InstanceStatus::Completed, Some(InstanceResult::Agree)) => Decision::Agree,
        (InstanceStatus::Completed, Some(InstanceResult::Refuse)) => Decision::Refuse,
        (InstanceStatus::Terminated | InstanceStatus::Canceled, _) => Decision::Withdrawn,
        (InstanceStatus::New | InstanceStatus::Running | InstanceStatus::Completed, _) => return None,
    };
    let by = decider(instance).and_then(account);
    let at = ended_at(instance, now);
    Some(Verdict { instance: id.to_string(), decision, by, at })
}

/// The lines of its record. A line without a time that can be read counts from now.
pub(super) fn record(instance: &Instance, now: DateTime<Utc>) -> Vec<Seen> {
    instance.operation_records.iter().map(|line| seen(line, now)).collect()
}

fn seen(line: &OperationRecord, now: DateTime<Utc>) -> Seen {
    let files = line.attachments.iter().map(|file| SeenFile {
        file_id: file.file_id.clone(),
        name: file.file_name.clone(),
        kind: file.file_type.chars().filter(char::is_ascii_alphanumeric).take(8).collect(),
        bytes: file.file_size.parse().unwrap_or_default(),
    });
    Seen {
        mark: format!("{}|{}|{}", line.date, line.kind, line.user_id),
        who: account(&line.user_id),
        did: did(line),
        said: line.remark.clone().unwrap_or_default(),
        at: platform_time(&line.date).unwrap_or(now).min(now),
        files: files.collect(),
    }
}

/// The platform's word. Agents act like those for whom they do.
fn did(line: &OperationRecord) -> Did {
    match (line.kind.as_str(), line.result.as_str()) {
        ("START_PROCESS_INSTANCE", _) => Did::Started,
        ("EXECUTE_TASK_NORMAL" | "EXECUTE_TASK_AGENT", "AGREE") => Did::Agreed,
        ("EXECUTE_TASK_NORMAL" | "EXECUTE_TASK_AGENT", "REFUSE") => Did::Refused,
        ("APPEND_TASK_BEFORE", _) => Did::AddedBefore,
        ("APPEND_TASK_AFTER", _) => Did::AddedAfter,
        ("REDIRECT_TASK", _) => Did::PassedOn,
        ("TERMINATE_PROCESS_INSTANCE", _) => Did::Terminated,
        ("FINISH_PROCESS_INSTANCE", _) => Did::Finished,
        ("ADD_REMARK", _) => Did::Commented,
        ("PROCESS_CC", _) => Did::Copied,
        _ => Did::Other,
    }
}

/// Its tasks. Those of an instance that is over are over, whatever they say of themselves.
pub(super) fn tasks(instance: &Instance, now: DateTime<Utc>) -> Vec<SeenTask> {
    let runs = matches!(instance.status, InstanceStatus::New | InstanceStatus::Running);
    let task = |task: &Task| {
        Some(SeenTask {
            task: task.task_id,
            holder: account(&task.user_id)?,
            asks: runs && task.status == "RUNNING",
            since: platform_time(&task.create_time).unwrap_or(now).min(now),
            over: over(instance, task, runs, now),
        })
    };
    instance.tasks.iter().filter_map(task).collect()
}

fn over(
    instance: &Instance,
    task: &Task,
    runs: bool,
    now: DateTime<Utc>,
) -> Option<(TaskOutcome, Option<AccountId>, DateTime<Utc>)> {
    let at = task.finish_time.as_deref().and_then(platform_time);
    let at = at.unwrap_or_else(|| ended_at(instance, now)).min(now);
    let own = match task.result.as_deref() {
        Some("AGREE") => Some(TaskOutcome::Agreed),
        Some("REFUSE") => Some(TaskOutcome::Refused),
        Some("REDIRECTED") => Some(TaskOutcome::PassedOn),
        _ => None,
    };
    match own {
        Some(outcome) => Some((outcome, account(&task.user_id), at)),
        None if runs && matches!(task.status.as_str(), "NEW" | "RUNNING" | "PAUSED") => None,
        None if matches!(instance.status, InstanceStatus::Terminated | InstanceStatus::Canceled) => {
            let by = last(instance, "TERMINATE").unwrap_or(&instance.originator_user_id);
            Some((TaskOutcome::Withdrawn, account(by), at))
        }
        None => Some((TaskOutcome::NotNeeded, decider(instance).and_then(account), at)),
    }
}

fn decider(instance: &Instance) -> Option<&UserId> {
    last(instance, "EXECUTE_TASK")
}

fn last<'a>(instance: &'a Instance, kind: &str) -> Option<&'a UserId> {
    let found = instance.operation_records.iter().rfind(|record| record.kind.starts_with(kind));
    found.map(|record| &record.user_id)
}

fn ended_at(instance: &Instance, now: DateTime<Utc>) -> DateTime<Utc> {
    instance.finish_time.as_deref().and_then(platform_time).unwrap_or(now).min(now)
}

fn account(user: &UserId) -> Option<AccountId> {
    AccountId::parse(user.as_str())
}

/// `2026-08-22T10:00Z`, the usual, or with seconds. A minute is read as its last moment: as its first, a decision would come before
/// the approval was asked for, or before the approver had the role.
fn platform_time(text: &str) -> Option<DateTime<Utc>> {
    let full = DateTime::parse_from_rfc3339(text).ok().map(|at| at.with_timezone(&Utc));
    full.or_else(|| {
        let minute = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%MZ").ok()?;
        Some(minute.and_utc() + TimeDelta::milliseconds(59_999))
    })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use dingtalk::workflow::Instance;
    use domain::aid::{deciding::TaskOutcome, history::Did};
    use serde_json::{Value, json};

    use super::{platform_time, record, tasks};

    #[test]
    fn a_minute_lasts_until_its_end() {
        let read = |text| platform_time(text).map(|at| at.to_rfc3339());
        assert_eq!(read("2026-08-22T10:00Z").as_deref(), Some("2026-08-22T10:00:59.999+00:00"));
        assert_eq!(read("2026-08-22T10:00:07Z").as_deref(), Some("2026-08-22T10:00:07+00:00"));
        assert_eq!(read("2026-08-22T18:00:07+08:00").as_deref(), Some("2026-08-22T10:00:07+00:00"));
        assert_eq!(read("yesterday"), None);
    }

    fn now() -> DateTime<Utc> {
        "2026-08-22T12:00:00Z".parse().unwrap()
    }

    fn instance(status: &str, parts: &Value) -> Instance {
        let mut whole = json!({ "originatorUserId": "lin", "status": status });
        for (name, value) in parts.as_object().unwrap() {
            whole[name] = value.clone();
        }
        serde_json::from_value(whole).unwrap()
    }

    #[test]
    fn every_word_of_the_platform_is_read_and_a_new_one_is_other() {
        let kinds = [
            ("START_PROCESS_INSTANCE", "NONE", Did::Started),
            ("EXECUTE_TASK_NORMAL", "AGREE", Did::Agreed),
            ("EXECUTE_TASK_AGENT", "REFUSE", Did::Refused),
            ("EXECUTE_TASK_NORMAL", "NONE", Did::Other),
            ("APPEND_TASK_BEFORE", "NONE", Did::AddedBefore),
            ("APPEND_TASK_AFTER", "NONE", Did::AddedAfter),
            ("REDIRECT_TASK", "NONE", Did::PassedOn),
            ("REDIRECT_PROCESS", "NONE", Did::Other),
            ("TERMINATE_PROCESS_INSTANCE", "NONE", Did::Terminated),
            ("FINISH_PROCESS_INSTANCE", "NONE", Did::Finished),
            ("ADD_REMARK", "NONE", Did::Commented),
            ("PROCESS_CC", "NONE", Did::Copied),
            ("SOMETHING_NEW", "NONE", Did::Other),
        ];
        for (kind, result, did) in kinds {
            let lines = json!([{ "userId": "a", "date": "2026-08-22T10:00Z", "type": kind, "result": result,
                "remark": "看过了", "attachments": [{ "fileName": "证明.pdf", "fileSize": "2048", "fileId": "f", "fileType": "pdf" }] }]);
            let read = record(&instance("RUNNING", &json!({ "operationRecords": lines })), now());
            assert_eq!(read[0].did, did, "{kind}");
            assert_eq!((read[0].files[0].bytes, read[0].said.as_str()), (2048, "看过了"));
        }
    }

    #[test]
    fn who_ended_a_task_is_its_holder_or_whoever_made_it_needless() {
        let task = |id: i64, user: &str, status: &str, result: &str| json!({ "taskId": id, "userId": user, "status": status, "result": result });
        let all = json!([
            task(1, "a", "COMPLETED", "AGREE"),
            task(2, "b", "CANCELED", ""),
            task(3, "c", "COMPLETED", "REDIRECTED"),
            task(4, "d", "RUNNING", ""),
            task(5, "e", "PAUSED", ""),
        ]);
        let lines = json!([{ "userId": "a", "date": "2026-08-22T10:00Z", "type": "EXECUTE_TASK_NORMAL", "result": "AGREE" }]);
        let parts = json!({ "tasks": all, "operationRecords": lines });
        let ended = |status| {
            let read = tasks(&instance(status, &parts), now());
            read.into_iter()
                .map(|task| task.over.map(|(outcome, by, _)| (outcome, by.unwrap().to_string())))
                .collect::<Vec<_>>()
        };
        let by = |outcome, who: &str| Some((outcome, who.to_owned()));
        let first =
            [by(TaskOutcome::Agreed, "a"), by(TaskOutcome::NotNeeded, "a"), by(TaskOutcome::PassedOn, "c")];
        assert_eq!(ended("RUNNING"), [first.clone().to_vec(), vec![None, None]].concat());
        let gone = by(TaskOutcome::Withdrawn, "lin");
        assert_eq!(
            ended("TERMINATED"),
            [by(TaskOutcome::Agreed, "a"), gone.clone(), by(TaskOutcome::PassedOn, "c"), gone.clone(), gone]
        );
    }
}
