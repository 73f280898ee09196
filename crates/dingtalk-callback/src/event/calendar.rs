//! Appointments, and check-ins outdoors. Both are hints: the calendar and the check-in record are read again.

use chrono::{DateTime, Utc};
use dingtalk::{UnionId, UserId};

use crate::fields::Fields;

/// `calendar_event_change`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarChange {
    /// Which appointment.
    pub event: String,
    /// By which old calls know it.
    pub legacy_event: Option<String>,
    /// In which calendar.
    pub calendar: Option<String>,
    /// Whose calendars.
    pub union_ids: Vec<UnionId>,
    /// What happened, in the platform's word; its page does not list them.
    pub change: Option<String>,
    /// What kind of actor did it.
    pub operator_kind: Option<String>,
    /// When.
    pub updated_at: Option<DateTime<Utc>>,
}

impl CalendarChange {
    pub(super) fn read(fields: Fields<'_>) -> Option<Self> {
        Some(Self {
            event: fields.text("calendareventid")?,
            legacy_event: fields.text("legacycalendareventid"),
            calendar: fields.text("calendarid"),
            union_ids: fields.all_parsed("unionidlist"),
            change: fields.text("changetype"),
            operator_kind: fields.inner("operator").and_then(|operator| operator.text("type")),
            updated_at: fields.time("calendareventupdatetime"),
        })
    }
}

/// `check_in`: 签到, with a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckIn {
    /// Who.
    pub user: UserId,
    /// When.
    pub at: Option<DateTime<Utc>>,
}

impl CheckIn {
    pub(super) fn read(fields: Fields<'_>) -> Option<Self> {
        Some(Self { user: fields.parsed("staffid")?, at: fields.time("timestamp") })
    }
}
