//! 公示 for the wall: the words that hang on the page, to be printed, as long as they hang.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::store,
    authority::Role,
    calendar::{local_date, say},
    ids::CaseId,
};

use super::case::reached;
use crate::{
    aid::Hung,
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "console/notice.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    number: String,
    hung: Hung,
    until: String,
    views: i64,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let grants = by.grants().await?;
    let case = reached(&app, &grants, &path).await?;
    let (place, today) = (case.place(), local_date(app.clock.now()));
    let may = |role| grants.scopes(role).any(|scope| scope.covers(&place));
    if !may(Role::Worker) && !may(Role::Publisher) {
        return Err(PageError::NotFound);
    }
    let notice = store::notice::of_case(&app.db, case.id).await?.ok_or(PageError::NotFound)?;
    if !notice.is_public(today) {
        return Err(PageError::Refused("公示已经结束，请把墙上的也揭下来。".to_owned()));
    }
    html(&Page {
        frame: by.frame().console().titled("困难帮扶公示"),
        case: case.id,
        number: case.number,
        hung: Hung::of(&notice),
        until: say::date(notice.closes_on, today),
        views: store::notice::views(&app.db, notice.id).await?,
    })
}
