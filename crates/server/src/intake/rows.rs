//! What an import would write, row by row, before a second person agrees.

use domain::{
    authority::{Grants, Worker},
    intake::{
        Intake, Status, Verdict,
        preview::{Altered, Planned, PreviewError, preview},
    },
    person::leader::Discretion,
    trail::{self, Seen},
};

use crate::{app::App, page::PageError};

/// A page of rows.
pub(super) struct Rows {
    pub(super) these: Vec<Row>,
    /// Where the next ones are.
    pub(super) next: Option<String>,
    /// The first ones are on another page.
    pub(super) later: bool,
}

pub(super) struct Row {
    pub(super) number: i32,
    pub(super) what: &'static str,
    pub(super) name: String,
    pub(super) href: Option<String>,
    pub(super) lines: Vec<String>,
}

/// The rows after one, while the import waits. Whoever's record stands there was looked at.
pub(super) async fn rows(
    app: &App,
    (grants, worker): (&Grants, &Worker),
    (intake, after): (&Intake, i32),
) -> Result<Option<Rows>, PageError> {
    if intake.status != Status::Waiting {
        return Ok(None);
    }
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let page = match preview(db, cx, worker, (intake, after), now).await {
        Ok(page) => page,
        Err(PreviewError::NotFound) => return Err(PageError::NotFound),
        Err(error @ PreviewError::Look(_)) => return Err(PageError::Broken(error.into())),
    };
    let seen = page.rows.iter().filter_map(|row| row.person);
    let looks: Vec<_> = seen.map(|person| (person, Seen::Intake(intake.id))).collect();
    trail::seen_all(db, cx, worker, &looks, now).await?;
    let discretion = Discretion::towards(db, grants).await?;
    Ok(Some(Rows {
        these: page.rows.iter().map(|row| said(row, &discretion)).collect(),
        next: page.next.map(|row| format!("/console/intakes/{}?after={row}", intake.id)),
        later: after > 0,
    }))
}

fn said(row: &Planned, discretion: &Discretion) -> Row {
    Row {
        number: row.row,
        what: match row.verdict {
            Verdict::New => "新增",
            Verdict::Update => "更新",
            Verdict::Unchanged | Verdict::Duplicate | Verdict::Error => "情况有变，可能不写",
        },
        name: discretion.says(&row.name),
        href: row.person.map(|person| format!("/console/people/{person}")),
        lines: row.values.iter().map(|value| discretion.says(&line(value))).collect(),
    }
}

/// 电话：138****1234 → 139****5678
fn line(value: &Altered) -> String {
    let asked = if value.asked { "（另要审核）" } else { "" };
    match &value.before {
        Some(before) => format!("{}：{before} → {}{asked}", value.what, value.after),
        None => format!("{}：{}{asked}", value.what, value.after),
    }
}
