//! Home: at most six destinations, one of them first.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::Datelike;
use domain::{
    aid::{self, commands::draft},
    authority::Myself,
    branch::{self, Target},
    calendar::{local_date, local_time, say},
};

use crate::{
    aid::page_error,
    app::App,
    page::{Frame, Icon, PageError, html, see_other},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "home/page.html")]
struct Home {
    frame: Frame,
    today: String,
    /// The meeting that one can sign in to now; else all of them.
    way: String,
    meeting: String,
    help: &'static str,
    cases: String,
}

pub(super) async fn root() -> HttpResponse {
    see_other("/home")
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let now = app.clock.now();
    let Some(myself) = Myself::of(&app.db, &by.account.id, now).await? else {
        // Staff have a desk instead of a home.
        return if by.grants().await?.is_empty() {
            Err(PageError::Refused("您的账号还没有和名册对上。".to_owned()))
        } else {
            Ok(see_other("/console"))
        };
    };
    let target = branch::attendance::target(&app.db, myself.person(), now).await?;
    let way = match &target {
        Target::Now(entry) => format!("/branch/meetings/{}", entry.meeting.id),
        Target::Later(_) => "/branch/meetings".to_owned(),
    };
    let meeting = match target {
        Target::Now(entry) if entry.signed_in_at().is_some() => "已签到".to_owned(),
        Target::Now(entry) => format!("{}，可以签到", say::time(local_time(entry.meeting.starts_at))),
        Target::Later(Some(entry)) => format!("下一次：{}", say::moment(entry.meeting.starts_at, now)),
        Target::Later(None) => "近期没有活动".to_owned(),
    };
    let begun = draft::open(&app.db, &myself, now).await.map_err(page_error)?.is_some();
    let cases = aid::store::case::followed(&app.db, &by.account.id, Some(myself.person())).await?;
    let today = local_date(now);
    html(&Home {
        today: format!("{}月{}日，{}", today.month(), today.day(), say::weekday(today)),
        way,
        meeting,
        help: if begun { "接着上次填" } else { "说说您的困难" },
        cases: match cases.iter().filter(|case| !case.status.is_over()).count() {
            0 => "看看进度".to_owned(),
            running => format!("{running}件正在办"),
        },
        frame: by.frame().titled(format!("{}，您好", by.account.name)),
    })
}
