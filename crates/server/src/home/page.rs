//! Home: at most six destinations, one of them first.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::Datelike;
use domain::{
    account::mandate::Matter,
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
    let whose = match by.acting() {
        Some(acting) => acting.person,
        None => match Myself::of(&app.db, &by.account.id, now).await? {
            Some(myself) => myself.person(),
            // Staff have a desk instead of a home; family that acts for somebody says for whom.
            None if !by.grants().await?.is_empty() => return Ok(see_other("/console")),
            None if by.is_shared() => return Ok(see_other("/using")),
            None => return Err(PageError::Refused("您的账号还没有和名册对上。".to_owned())),
        },
    };
    let target = match by.acts(Matter::Activity).await {
        Ok(myself) => branch::attendance::target(&app.db, myself.person(), now).await?,
        Err(PageError::Refused(_)) => Target::Later(None),
        Err(error) => return Err(error),
    };
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
    let begun = match by.acts(Matter::Aid).await {
        Ok(myself) => draft::open(&app.db, &myself, now).await.map_err(page_error)?.is_some(),
        Err(PageError::Refused(_)) => false,
        Err(error) => return Err(error),
    };
    let cases = aid::store::case::followed(&app.db, &by.account.id, Some(whose)).await?;
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
