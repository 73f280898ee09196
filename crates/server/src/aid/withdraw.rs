//! Taking a request back: asked once more, then done; until it is approved.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::aid::{commands::withdraw, store, view::ForApplicant};

use super::{case::followed, whose::Whose, words::page_error};
use crate::{
    app::App,
    page::{Brand, Frame, PageError, Said, html, see_other, see_other_saying},
    session::{Posted, Pressed, SignedIn},
};

#[derive(Template)]
#[template(path = "aid/withdraw.html")]
struct Ask {
    frame: Frame,
    case: ForApplicant,
}

pub(super) async fn ask(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let case = followed(&app, &by, &path).await?;
    if !case.may_withdraw {
        return Ok(see_other(&format!("/aid/cases/{}", case.case)));
    }
    html(&Ask { frame: by.frame().branded(Brand::Care).titled("要撤回申请吗？"), case })
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let id = followed(&app, &posted.by, &path).await?.case;
    let case = store::case::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let whose = Whose::of_person(&app, &posted.by, case.person_id).await?;
    let done = withdraw::withdraw(&app.db, &app.cx, &whose.myself, id, app.clock.now()).await;
    done.map_err(page_error)?;
    Ok(see_other_saying(&format!("/aid/cases/{id}"), Said::Undone))
}
