//! Why it is not helped: the decision, its rule and its document, what became of an appeal, and the way to one.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        appeal::Outcome,
        commands::papers::{self, Papers},
        store,
        view::Refused,
    },
    calendar::{local_date, say},
    ids::CaseId,
};
use secrecy::ExposeSecret;

use super::{case::followed, whose::Whose, words::page_error};
use crate::{
    app::App,
    page::{Answer, Brand, Frame, PageError, html, see_other},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "aid/reason.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    rows: Vec<Answer>,
    until: Option<String>,
    may_appeal: bool,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (followed, now) = (followed(&app, &by, &path).await?, app.clock.now());
    let Some(refused) = followed.refused else {
        return Ok(see_other(&format!("/aid/cases/{}", followed.case)));
    };
    let case = store::case::find(&app.db, followed.case).await?.ok_or(PageError::NotFound)?;
    let whose = Whose::of_person(&app, &by, case.person_id).await?;
    let read = papers::own(&app.db, &app.cx, &whose.myself, case.id, now).await.map_err(page_error)?;
    let today = local_date(now);
    html(&Page {
        frame: by.frame().branded(Brand::Care).titled("为什么是这个结果"),
        case: case.id,
        rows: rows(followed.stage.label(), &refused, &read),
        until: refused.until.filter(|_| refused.may_appeal).map(|until| say::date(until, today)),
        may_appeal: refused.may_appeal,
    })
}

/// What was decided last, and what became of what was said against it.
fn rows(stage: &'static str, refused: &Refused, read: &Papers) -> Vec<Answer> {
    let mut rows = vec![Answer::new("结果", stage)];
    rows.extend(refused.ground.map(|ground| Answer::new("原因", ground.label())));
    if let Some(ruling) = read.rulings.last() {
        let words = ruling.words.expose_secret();
        rows.extend((!words.is_empty()).then(|| Answer::new("说明", words)));
        rows.push(Answer::new("哪天定的", say::full_date(ruling.on)));
    }
    rows.extend((!refused.basis.is_empty()).then(|| Answer::new("依据", refused.basis.as_str())));
    if let Some((Outcome::Dismissed, Some(reason))) =
        read.appeals.last().and_then(|last| last.judged.as_ref())
    {
        rows.push(Answer::new("申诉的答复", reason.expose_secret()));
    }
    rows
}
