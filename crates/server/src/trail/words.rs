//! What the pages of the trail share.

use std::collections::HashMap;

use audit::Row;
use chrono::{Datelike, Months, NaiveDate, NaiveTime};
use domain::{
    account,
    authority::AuditAdmin,
    calendar::{local_date, local_time, say, utc},
    ids::AccountId,
    trail,
};

use crate::{
    app::App,
    page::{Frame, PageError},
    session::SignedIn,
};

/// Nobody else may know of it.
pub(super) async fn admin(by: &SignedIn) -> Result<AuditAdmin, PageError> {
    AuditAdmin::somewhere(&by.grants().await?).ok_or(PageError::NotFound)
}

/// The frame, with the audit administrator's way around.
pub(super) fn frame(by: &SignedIn, title: impl Into<String>) -> Frame {
    by.frame().console_at("/console/trail").titled(title)
}

/// A row as the administrator reads it.
pub(super) struct Line {
    pub(super) seq: i64,
    pub(super) when: String,
    pub(super) who: String,
    pub(super) role: &'static str,
    pub(super) what: String,
    pub(super) subject: String,
    pub(super) why: String,
}

/// Rows in words; each login is read once.
pub(super) async fn lines(app: &App, rows: Vec<Row>) -> Result<Vec<Line>, PageError> {
    let mut names: HashMap<String, String> = HashMap::new();
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        if !names.contains_key(&row.actor) {
            let known = match AccountId::parse(&row.actor) {
                Some(id) => account::store::find(&app.db, &id).await?,
                None => None,
            };
            let name = known.map_or_else(|| machine(&row.actor), |account| account.name);
            names.insert(row.actor.clone(), name);
        }
        lines.push(line(&row, names.get(&row.actor).cloned().unwrap_or_default()));
    }
    Ok(lines)
}

/// Who acts without a login.
fn machine(actor: &str) -> String {
    match actor {
        "installer" => "系统维护".to_owned(),
        "system" => "系统".to_owned(),
        "platform" => "钉钉".to_owned(),
        other => other.to_owned(),
    }
}

fn line(row: &Row, who: String) -> Line {
    let what = trail::action(&row.action).map(|_| trail::look(row).to_owned());
    Line {
        seq: row.seq.0,
        when: format!("{}{}", say::full_date(local_date(row.at)), say::time(local_time(row.at))),
        who,
        role: role(&row.role),
        what: what.unwrap_or_else(|| row.action.clone()),
        subject: short(&row.subject),
        why: trail::purpose(row).unwrap_or_default().to_owned(),
    }
}

/// `person/…0003`: enough to tell rows apart, and narrow enough for a table. The export has all of it.
fn short(subject: &str) -> String {
    match subject.split_once('/') {
        Some((kind, id)) if id.len() == 32 => {
            format!("{kind}/…{}", id.get(24..).unwrap_or_default())
        }
        _ => subject.to_owned(),
    }
}

fn role(code: &str) -> &'static str {
    match code {
        "self" => "本人",
        "proxy" => "代办人",
        "login" => "账号",
        "platform" => "钉钉",
        _ => trail::bureau(code),
    }
}

/// A month as people and addresses write it: 2026-03. The current one when it is not said.
pub(super) struct Month {
    pub(super) first: NaiveDate,
    pub(super) after: NaiveDate,
}

impl Month {
    pub(super) fn read(text: &str, today: NaiveDate) -> Self {
        let asked: Option<NaiveDate> = format!("{text}-01").parse().ok();
        let first = asked.or_else(|| today.with_day(1)).unwrap_or(today);
        Self { first, after: first.checked_add_months(Months::new(1)).unwrap_or(first) }
    }

    pub(super) fn code(&self) -> String {
        self.first.format("%Y-%m").to_string()
    }

    pub(super) fn words(&self) -> String {
        format!("{}年{}月", self.first.year(), self.first.month())
    }

    pub(super) fn time(&self) -> trail::read::Time {
        (utc(self.first, NaiveTime::MIN), utc(self.after, NaiveTime::MIN))
    }

    pub(super) fn before(&self) -> String {
        self.first.checked_sub_months(Months::new(1)).unwrap_or(self.first).format("%Y-%m").to_string()
    }
}
