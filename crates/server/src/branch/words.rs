//! What the pages of a branch say in more than one place.

use chrono::{DateTime, Utc};
use domain::{
    branch::{Attendance, BranchError, Entry, Refusal, Window},
    calendar::{local_date, local_time, say},
};
use notify::words::refusal;

use crate::page::{PageError, Tag};

/// An error of the domain as a page. A meeting of another branch does not exist for the reader.
pub(super) fn page_error(error: BranchError, now: DateTime<Utc>) -> PageError {
    match error {
        BranchError::NotFound | BranchError::Refused(Refusal::NotYourBranch) => PageError::NotFound,
        BranchError::Refused(no) => PageError::Refused(refusal::branch(no, now)),
        BranchError::Db(error) => error.into(),
    }
}

/// Where the reader stands with a meeting.
pub(super) fn tag(entry: &Entry) -> Tag {
    match entry.window {
        Window::Cancelled => Tag::quiet("已取消"),
        _ if entry.signed_in_at().is_some() => Tag::good("已签到"),
        _ if entry.attendance.as_ref().is_some_and(Attendance::is_live) => Tag::quiet("书记已登记"),
        Window::Open { .. } => Tag::attention("可以签到"),
        Window::NotYet { .. } => Tag::waiting("还没到时间"),
        Window::Over { .. } => Tag::quiet("已经结束"),
    }
}

/// 今天（11月24日，星期二）上午9点，到上午10点半.
pub(super) fn when(entry: &Entry, now: DateTime<Utc>) -> String {
    let (starts, ends) = (entry.meeting.starts_at, entry.meeting.ends_at);
    let until = if local_date(starts) == local_date(ends) {
        say::time(local_time(ends))
    } else {
        say::moment(ends, now)
    };
    format!("{}，到{until}", say::moment(starts, now))
}
