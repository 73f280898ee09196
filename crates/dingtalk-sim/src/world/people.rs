//! A person of the tenant, and what a change of one may touch.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::config::AdminLevel;

#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) userid: String,
    pub(crate) unionid: String,
    pub(crate) name: String,
    pub(crate) mobile: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) departments: Vec<i64>,
    /// The departments this person leads.
    pub(crate) leads: BTreeSet<i64>,
    /// Has opened DingTalk at least once.
    pub(crate) active: bool,
    pub(crate) joined_at: DateTime<Utc>,
    /// Fields that only the organisation's entry has.
    #[serde(default)]
    pub(crate) entry: Entry,
}

/// The rest of somebody's entry in the directory.
#[derive(Clone, Debug, Default, Serialize, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub(crate) struct Entry {
    pub(crate) job_number: Option<String>,
    pub(crate) telephone: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) work_place: Option<String>,
    pub(crate) remark: Option<String>,
    pub(crate) manager: Option<String>,
    /// Milliseconds.
    pub(crate) hired_date: Option<i64>,
    pub(crate) hide_mobile: bool,
    pub(crate) senior: bool,
    pub(crate) admin: Option<AdminLevel>,
    pub(crate) extension: BTreeMap<String, String>,
    /// Place in departments; the greater, the further in front.
    pub(crate) order: BTreeMap<i64, i64>,
    pub(crate) changed_at: Option<DateTime<Utc>>,
}

/// What a change of a person may touch; absent means as it was.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct PersonChange {
    pub(crate) name: Option<String>,
    pub(crate) mobile: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) departments: Option<Vec<i64>>,
    pub(crate) active: Option<bool>,
    pub(crate) job_number: Option<String>,
    pub(crate) telephone: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) work_place: Option<String>,
    pub(crate) remark: Option<String>,
    pub(crate) manager: Option<String>,
    pub(crate) without_manager: bool,
    pub(crate) hired_date: Option<i64>,
    pub(crate) hide_mobile: Option<bool>,
    pub(crate) senior: Option<bool>,
    pub(crate) admin: Option<AdminLevel>,
    pub(crate) without_admin: bool,
    pub(crate) extension: Option<BTreeMap<String, String>>,
    /// Added fields that the change does not name are cleared.
    pub(crate) replaces_extension: bool,
    pub(crate) order: BTreeMap<i64, i64>,
}

impl Person {
    pub(crate) fn apply(&mut self, change: PersonChange) {
        fn put<T>(place: &mut Option<T>, value: Option<T>) {
            if value.is_some() {
                *place = value;
            }
        }
        let entry = &mut self.entry;
        put(&mut self.mobile, change.mobile);
        put(&mut self.title, change.title);
        put(&mut entry.job_number, change.job_number);
        put(&mut entry.telephone, change.telephone);
        put(&mut entry.email, change.email);
        put(&mut entry.work_place, change.work_place);
        put(&mut entry.remark, change.remark);
        put(&mut entry.hired_date, change.hired_date);
        put(&mut entry.manager, change.manager);
        put(&mut entry.admin, change.admin);
        if change.without_manager {
            entry.manager = None;
        }
        if change.without_admin {
            entry.admin = None;
        }
        entry.hide_mobile = change.hide_mobile.unwrap_or(entry.hide_mobile);
        entry.senior = change.senior.unwrap_or(entry.senior);
        if let Some(fields) = change.extension {
            if change.replaces_extension {
                entry.extension.clear();
            }
            entry.extension.extend(fields);
        }
        entry.order.extend(change.order);
        self.name = change.name.unwrap_or_else(|| std::mem::take(&mut self.name));
        self.active = change.active.unwrap_or(self.active);
        if let Some(departments) = change.departments {
            self.leads.retain(|id| departments.contains(id));
            self.entry.order.retain(|id, _| departments.contains(id));
            self.departments = departments;
        }
    }
}
