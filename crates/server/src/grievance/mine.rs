//! What one has said under one's own name, and how it stands.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account::mandate::Matter,
    authority::Myself,
    calendar::{local_date, say},
    grievance::{
        Act, Grievance, Status, What,
        commands::read::{Read, read_own},
        store,
    },
    ids::GrievanceId,
};
use secrecy::ExposeSecret;

use super::words::{by_when, page_error, tag};
use crate::{
    app::App,
    page::{Brand, Frame, Moment, PageError, Tag, html},
    session::SignedIn,
};

/// Lines of the list.
const SHOWN: u64 = 20;

#[derive(Template)]
#[template(path = "grievance/mine.html")]
struct List {
    frame: Frame,
    lines: Vec<(String, &'static str, String, Tag)>,
}

pub(super) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (me, today) = (by.acts(Matter::Aid).await?, local_date(app.clock.now()));
    let lines = store::of_person(&app.db, me.person(), SHOWN).await?.into_iter().map(|row| {
        let href = format!("/grievances/{}", row.id);
        (href, row.kind.label(), say::date(row.received_on, today), tag(row.status))
    });
    html(&List { frame: by.frame().branded(Brand::Care).titled("反映问题"), lines: lines.collect() })
}

#[derive(Template)]
#[template(path = "grievance/one.html")]
struct One {
    frame: Frame,
    id: GrievanceId,
    tag: Tag,
    when: Option<String>,
    said: String,
    steps: Vec<Moment>,
    /// Result and words, the last one last.
    answers: Vec<(&'static str, String)>,
    may_withdraw: bool,
    may_reopen: bool,
}

/// May whoever said it say that he is not content?
pub(super) fn may_reopen(row: &Grievance) -> bool {
    row.round == 1 && row.status.after(Act::Reopen).is_ok()
}

pub(super) async fn read(app: &App, by: &SignedIn, id: &str) -> Result<(Read, Myself), PageError> {
    let id: GrievanceId = id.parse().or(Err(PageError::NotFound))?;
    let row = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let person = row.person_id.ok_or(PageError::NotFound)?;
    // It may be somebody's for whom the reader acts without having said that he uses the phone for him.
    let now = app.clock.now();
    let own = Myself::of(&app.db, &by.account.id, now).await?;
    let me = match own.filter(|own| own.person() == person) {
        Some(own) => own,
        None => Myself::acting_for(&app.db, &by.account.id, (person, Matter::Aid), now)
            .await?
            .ok_or(PageError::NotFound)?,
    };
    let read = read_own(&app.db, &app.cx, &me, id).await.map_err(page_error)?;
    Ok((read, me))
}

pub(super) async fn one(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (Read { row, said, steps }, _) = read(&app, &by, &path).await?;
    let today = local_date(app.clock.now());
    let (mut told, mut answers) = (Vec::new(), Vec::new());
    for (step, words) in &steps {
        let words = words.as_ref().map(|words| words.expose_secret().to_owned());
        let day = say::date(step.on_day, today);
        let (what, when) = match step.what {
            What::Received => ("收到了", day),
            What::Assigned => ("有人在办", day),
            What::Extended => ("要多等几天", format!("{day}：{}", words.clone().unwrap_or_default())),
            What::Answered => ("有答复了", day),
            What::Withdrawn => ("撤回了", day),
            What::Reopened => ("请上一级再看", day),
            What::Named | What::Linked | What::Raised => continue,
        };
        if let Some(outcome) = step.outcome {
            answers.push((outcome.label(), words.unwrap_or_default()));
        }
        told.push(Moment { what: what.to_owned(), when, done: true });
    }
    html(&One {
        frame: by.frame().branded(Brand::Care).titled(row.kind.label()),
        id: row.id,
        tag: tag(row.status),
        when: by_when(&row, today),
        said: said.expose_secret().to_owned(),
        steps: told,
        answers,
        may_withdraw: matches!(row.status, Status::Received | Status::Assigned),
        may_reopen: may_reopen(&row),
    })
}
