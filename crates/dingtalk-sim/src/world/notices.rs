//! Work notices: accepted at once, sent when the tenant's clock has come so far, and dropped in silence where a limit says so.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::local_time::is_same_day;
use crate::world::notice::{Dropped, Progress};
use crate::world::{Message, Notice, Refusal, Speaker, Tenancy};

/// How long what became of a notice can be asked, and it can be taken back; and how long its state can be changed.
const ASKED: TimeDelta = TimeDelta::hours(24);
const CHANGED: TimeDelta = TimeDelta::days(7);

/// The most recipients of one notice, and the most for which the result can be asked.
const MOST_RECIPIENTS: usize = 5000;
const MOST_IN_RESULT: usize = 100;

/// How often a day an app may write to everybody.
const TO_EVERYBODY: usize = 3;

/// Bytes of the file of a notice.
const LARGEST_FILE: usize = 10 << 20;

/// Thresholds of the silent drops.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct NoticeLimits {
    pub(crate) per_person: usize,
    pub(crate) per_minute: usize,
}

impl Default for NoticeLimits {
    fn default() -> Self {
        Self { per_person: 500, per_minute: 5000 }
    }
}

/// To whom a notice is addressed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Addressed {
    pub(crate) people: Vec<String>,
    pub(crate) departments: Vec<i64>,
    pub(crate) everybody: bool,
}

/// What became of a notice.
#[derive(Clone, Debug, Default)]
pub(crate) struct NoticeResult {
    pub(crate) read: Vec<String>,
    pub(crate) unread: Vec<String>,
    pub(crate) unknown: Vec<String>,
    pub(crate) unknown_departments: Vec<i64>,
    pub(crate) dropped: Vec<Dropped>,
}

impl Tenancy {
    /// A work notice is accepted for whomever; what became of it is only told when asked.
    pub(crate) fn notify(
        &mut self,
        to: Addressed,
        message: Message,
        now: DateTime<Utc>,
    ) -> Result<i64, Refusal> {
        self.media.check(&message)?;
        let message = self.with_file_name(message)?;
        if to.everybody {
            let today = self.notices.iter().filter(|one| one.everybody && is_same_day(one.at, now));
            if today.count() >= TO_EVERYBODY {
                return Err(Refusal::old(41045, "发送全员消息的次数，每天最多3次"));
            }
        }
        let (mut known, mut unknown, mut unknown_departments) = (BTreeSet::new(), Vec::new(), Vec::new());
        for userid in to.people {
            if self.directory.has(&userid) {
                known.insert(userid);
            } else {
                unknown.push(userid);
            }
        }
        for department in to.departments {
            if self.directory.department(department).is_ok() {
                self.everybody_in(department, &mut known);
            } else {
                unknown_departments.push(department);
            }
        }
        if to.everybody {
            known.extend(self.directory.people().map(|person| person.userid.clone()));
        }
        if known.len() > MOST_RECIPIENTS {
            let why = format!("{} recipients, at most {MOST_RECIPIENTS}", known.len());
            return Err(Refusal::old(41029, why));
        }
        let task_id = self.ids.number();
        self.notices.push(Notice {
            task_id,
            at: now,
            message,
            to: known.into_iter().collect(),
            everybody: to.everybody,
            unknown,
            unknown_departments,
            delivered: BTreeSet::new(),
            dropped: Vec::new(),
            done: false,
        });
        Ok(task_id)
    }

    /// A file of a notice is named by its media id alone, and has at most 10 MB.
    fn with_file_name(&self, message: Message) -> Result<Message, Refusal> {
        let Message::File { media, .. } = message else { return Ok(message) };
        let file = self.media.file(&media);
        if file.is_some_and(|file| file.bytes().len() > LARGEST_FILE) {
            return Err(Refusal::old(40006, "the file of a message has at most 10 MB"));
        }
        let name = file.map_or_else(String::new, |file| file.name.clone());
        Ok(Message::File { media, name })
    }

    fn everybody_in(&self, department: i64, found: &mut BTreeSet<String>) {
        found.extend(self.directory.members(department).map(|person| person.userid.clone()));
        for below in self.directory.departments_below(department) {
            self.everybody_in(below.id, found);
        }
    }

    /// Whether a notice waits whose time has come.
    pub(crate) fn notices_are_due(&self, now: DateTime<Utc>) -> bool {
        self.notices.iter().any(|notice| !notice.done && notice.done_at() <= now)
    }

    /// Sends what is due, in its order.
    pub(crate) fn send_notices(&mut self, now: DateTime<Utc>) {
        while let Some(place) = self.next_notice(now) {
            self.send_notice(place);
        }
    }

    fn next_notice(&self, now: DateTime<Utc>) -> Option<usize> {
        let due = self.notices.iter().enumerate().filter(|(_, one)| !one.done && one.done_at() <= now);
        due.min_by_key(|(_, notice)| notice.done_at()).map(|(place, _)| place)
    }

    fn send_notice(&mut self, place: usize) {
        let Some(notice) = self.notices.get(place).cloned() else { return };
        let at = notice.done_at();
        let (mut delivered, mut dropped) = (BTreeSet::new(), Vec::new());
        let minute =
            |one: &&Notice| one.done && one.done_at() <= at && at - one.done_at() < TimeDelta::minutes(1);
        let mut lately: usize = self.notices.iter().filter(minute).map(|one| one.delivered.len()).sum();
        for userid in notice.to.iter().filter(|userid| self.directory.has(userid)) {
            let today = self.notices.iter().filter(|one| one.same_day(at) && one.reached(userid)).count();
            let limits = self.notice_limits;
            let threshold = if self.notices.iter().any(|one| one.shadows(userid, &notice.message, at)) {
                Some((143_106, 1))
            } else if today >= limits.per_person {
                Some((143_105, limits.per_person))
            } else if lately >= limits.per_minute {
                Some((143_103, limits.per_minute))
            } else {
                None
            };
            if let Some((code, count)) = threshold {
                dropped.push(Dropped { userid: userid.clone(), code, count });
            } else {
                lately += 1;
                delivered.insert(userid.clone());
            }
        }
        for userid in &delivered {
            self.write_with(userid, Speaker::WorkNotice, notice.message.clone(), notice.key(), at);
        }
        if let Some(notice) = self.notices.get_mut(place) {
            notice.delivered = delivered;
            notice.dropped = dropped;
            notice.done = true;
        }
    }

    pub(crate) fn notice_progress(&self, task_id: i64, now: DateTime<Utc>) -> Result<Progress, Refusal> {
        Ok(self.notice(task_id, ASKED, now)?.progress(now))
    }

    pub(crate) fn notice_result(&self, task_id: i64, now: DateTime<Utc>) -> Result<NoticeResult, Refusal> {
        let notice = self.notice(task_id, ASKED, now)?;
        if notice.to.len() > MOST_IN_RESULT {
            return Err(still_sending());
        }
        let key = notice.key();
        let has_read =
            |userid: &&String| self.chat(userid).lines.iter().any(|line| line.key == key && line.read);
        let (read, unread) = notice.delivered.iter().partition::<Vec<_>, _>(has_read);
        Ok(NoticeResult {
            read: read.into_iter().cloned().collect(),
            unread: unread.into_iter().cloned().collect(),
            unknown: notice.unknown.clone(),
            unknown_departments: notice.unknown_departments.clone(),
            dropped: notice.dropped.clone(),
        })
    }

    pub(crate) fn recall_notice(&mut self, task_id: i64, now: DateTime<Utc>) -> Result<(), Refusal> {
        let notice = self.notice(task_id, ASKED, now).map_err(|_old| bad_task(400_002))?;
        let (key, to) = (notice.key(), notice.delivered.clone());
        // What still waits is not sent any more.
        if let Some(waiting) = self.notices.iter_mut().find(|one| one.task_id == task_id && !one.done) {
            waiting.to.clear();
        }
        for userid in to {
            if let Some(chat) = self.chats.get_mut(&userid) {
                chat.recall(&key);
            }
        }
        Ok(())
    }

    pub(crate) fn change_status(
        &mut self,
        task_id: i64,
        value: &str,
        ground: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let notice = self.notice(task_id, CHANGED, now)?;
        if !matches!(&notice.message, Message::Form(form) if form.status.is_some()) {
            return Err(Refusal::old(40035, "this notice has no state to change"));
        }
        if !notice.done {
            return Err(still_sending());
        }
        let (key, to) = (notice.key(), notice.delivered.clone());
        for userid in to {
            let Some(chat) = self.chats.get_mut(&userid) else { continue };
            chat.edit(&key, |line| {
                let Message::Form(form) = &mut line.message else { return false };
                form.status = Some(value.to_owned());
                form.status_ground = ground.map(str::to_owned).or(form.status_ground.take());
                true
            });
        }
        Ok(())
    }

    fn notice(&self, task_id: i64, life: TimeDelta, now: DateTime<Utc>) -> Result<&Notice, Refusal> {
        let found = self.notices.iter().find(|notice| notice.task_id == task_id && now - notice.at < life);
        found.ok_or_else(|| bad_task(40035))
    }
}

fn bad_task(code: i64) -> Refusal {
    Refusal::old(code, "taskId不合法: unknown, or too long ago")
}

fn still_sending() -> Refusal {
    Refusal::old(41052, "本次发送人数过多或尚未发送完毕,不再返回发送结果")
}
