//! 审批对账日结: how one day ended, on a page that can be printed: how many agreed, what was found, how it was explained, and how much of it
//! nobody had explained when the day was over.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    aid::reconcile::{day::bounds, store},
    authority::Worker,
    calendar::say,
};

use super::{
    approvals::{Line, line},
    excused,
};
use crate::{
    app::App,
    page::{Answer, Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "console/approval_day.html")]
struct Page {
    frame: Frame,
    zero: bool,
    rows: Vec<Answer>,
    /// What was open at the end, and what was found or explained on the day.
    left: Vec<Line>,
    other: Vec<Line>,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let grants = by.grants().await?;
    Worker::somewhere(&grants).ok_or(PageError::NotFound)?;
    let on: NaiveDate = path.parse().or(Err(PageError::NotFound))?;
    let day = store::day(&app.db, on).await?.ok_or(PageError::NotFound)?;
    let (mut left, mut other) = (Vec::new(), Vec::new());
    let kept = excused::of(&app, &grants).await?;
    for finding in store::about(&app.db, bounds(on)).await? {
        let was_open = finding.was_open(bounds(on).1);
        if let Some(line) = line(&app, (&grants, &kept), finding).await? {
            if was_open { left.push(line) } else { other.push(line) }
        }
    }
    let count = |name, count: i64| Answer::new(name, format!("{count}件"));
    let rows = vec![
        count("日终没有说清", day.unexplained),
        count("两边一致", day.matched),
        count("迟到", day.late),
        count("两边不一致", day.diverged),
        count("找不到对应的个案", day.orphans),
        count("当天说明", day.explained),
        count("当天自己对上", day.came_right),
        Answer::new("当天核对", format!("{}次", day.checks)),
        Answer::new("写下时间", say::moment(day.written_at, app.clock.now())),
    ];
    let frame = by.frame().console().titled(format!("{}审批对账日结", say::full_date(on)));
    html(&Page { frame, zero: day.unexplained == 0 && day.checks > 0, rows, left, other })
}
