//! Home: at most six destinations, one of them first.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid,
    authority::Myself,
    branch::{self, Target},
    calendar::{local_time, say},
};

use crate::{
    app::App,
    page::{Frame, PageError, html, see_other},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "home/page.html")]
struct Home {
    frame: Frame,
    name: String,
    meeting: String,
    running: usize,
}

pub(super) async fn root() -> HttpResponse {
    see_other("/home")
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let now = app.clock.now();
    let Some(myself) = Myself::of(&app.db, &by.account.id, now).await? else {
        // Staff have a desk instead of a home.
        return if by.grants().await?.is_empty() {
            Err(PageError::NotFound)
        } else {
            Ok(see_other("/console"))
        };
    };
    let meeting = match branch::attendance::target(&app.db, myself.person(), now).await? {
        Target::Now(entry) if entry.signed_in_at().is_some() => "已签到".to_owned(),
        Target::Now(entry) => format!("{}，可以签到", say::time(local_time(entry.meeting.starts_at))),
        Target::Later(Some(entry)) => format!("下一次：{}", say::moment(entry.meeting.starts_at, now)),
        Target::Later(None) => "近期没有活动".to_owned(),
    };
    let cases = aid::store::case::followed(&app.db, &by.account.id, Some(myself.person())).await?;
    let running = cases.iter().filter(|case| !case.status.is_over()).count();
    html(&Home { frame: by.frame(), name: by.account.name.clone(), meeting, running })
}
