//! One's requests, latest first.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{progress, view::ForApplicant},
    calendar::{local_date, say},
};

use super::words::tag;
use crate::{
    app::App,
    page::{Brand, Frame, PageError, Tag, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "aid/cases.html")]
struct List {
    frame: Frame,
    cases: Vec<Line>,
}

struct Line {
    page: String,
    name: String,
    note: String,
    tag: Tag,
}

pub(super) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let now = app.clock.now();
    let line = |case: ForApplicant| Line {
        page: format!("/aid/cases/{}", case.case),
        name: match case.for_whom {
            Some(name) => format!("{}（为{name}）", case.called),
            None => case.called,
        },
        note: format!("{}提交", say::date(local_date(case.sent_at), local_date(now))),
        tag: tag(case.stage),
    };
    let cases = progress::progress(&app.db, &by.account.id, now).await?;
    let frame = by.frame().branded(Brand::Care).titled("我的申请");
    html(&List { frame, cases: cases.into_iter().map(line).collect() })
}
