//! Sending it. Without a name, the page with the code is the answer to the form itself: no address leads to it.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    grievance::{
        GrievanceError, Kind, ReceiptCode, Refusal,
        commands::file::{Saying, file, file_nameless},
    },
    ids::GrievanceId,
    person,
};

use super::{
    say::{Typed, checking, whose},
    words::{page_error, said},
};
use crate::{
    app::App,
    page::{Brand, Frame, Mistakes, PageError, Said, html, see_other_saying},
    session::Posted,
};

#[derive(Template)]
#[template(path = "grievance/code.html")]
struct Page {
    frame: Frame,
    code: String,
}

pub(super) async fn send(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (me, now) = (whose(&app, &by, &typed).await?, app.clock.now());
    let Some(kind) = Kind::parse(&typed.kind) else {
        return checking(&app, &by, typed, Mistakes::new());
    };
    let done = match typed.name.as_str() {
        "with" => {
            let id: GrievanceId = typed.once.parse().or(Err(PageError::Stale))?;
            let saying = Saying { kind, said: &typed.said, case: typed.case() };
            let done = file(&app.db, &app.cx, &me, (id, saying), now).await;
            done.map(|row| see_other_saying(&format!("/grievances/{}", row.id), Said::Kept))
        }
        "without" => {
            let code = ReceiptCode::parse(&typed.code).ok_or(PageError::Stale)?;
            let place = person::store::place_of(&app.db, me.person()).await?.ok_or(PageError::NotFound)?;
            // From here on nobody knows any more who it is.
            let done =
                file_nameless(&app.db, &app.cx, (&place.region, &code), (kind, &typed.said), now).await;
            let frame = by.frame().branded(Brand::Care).titled("收到了");
            match done {
                Ok(()) => Ok(html(&Page { frame, code: code.shown() })?),
                Err(error) => Err(error),
            }
        }
        _ => return checking(&app, &by, typed, Mistakes::one("name", "请选一个")),
    };
    match done {
        Ok(response) => Ok(response),
        Err(GrievanceError::Refused(Refusal::Words)) => checking(&app, &by, typed, Mistakes::new()),
        Err(GrievanceError::Refused(no)) => checking(&app, &by, typed, Mistakes::one("name", said(no))),
        Err(error) => Err(page_error(error)),
    }
}
