//! The words of the pages about 反映的问题.

use chrono::NaiveDate;
use domain::{
    calendar::say,
    grievance::{Grievance, GrievanceError, Kind, Refusal, Status},
};
use notify::words::grievance;

use crate::page::{Choice, PageError, Tag};

/// An error of the domain as a page.
pub(super) fn page_error(error: GrievanceError) -> PageError {
    match error {
        GrievanceError::NotFound => PageError::NotFound,
        GrievanceError::Refused(no) => PageError::Refused(grievance::refusal(&no)),
        GrievanceError::Db(error) => error.into(),
        GrievanceError::CannotOpen(error) => PageError::Broken(error.into()),
        GrievanceError::CannotSeal(error) => PageError::Broken(error.into()),
    }
}

/// A rule on one line, for beside a field.
pub(super) fn said(no: Refusal) -> String {
    grievance::refusal(&no).replace('\n', "")
}

/// How far it is.
pub(super) const fn tag(status: Status) -> Tag {
    match status {
        Status::Dropped | Status::Received | Status::Assigned => Tag::waiting(status.label()),
        Status::Answered => Tag::good(status.label()),
        Status::Withdrawn => Tag::quiet(status.label()),
    }
}

/// What it may be about.
pub(super) fn kinds() -> Vec<Choice> {
    Kind::all().map(|kind| Choice::new(kind.code(), kind.label())).collect()
}

/// By when there is an answer, as whoever said it reads it.
pub(super) fn by_when(row: &Grievance, today: NaiveDate) -> Option<String> {
    let waits = matches!(row.status, Status::Dropped | Status::Received | Status::Assigned);
    let due = row.due_on.filter(|_| waits)?;
    let day = say::date(due, today);
    Some(if due < today {
        format!("应当{day}前答复，已经晚了")
    } else {
        format!("最晚{day}答复")
    })
}
