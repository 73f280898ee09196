//! 时限: by county and step, what runs, what is late, and how long it took this year; for whoever's roles reach the cases.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::clock::{Line, report},
    authority::Role,
    calendar::{local_date, say},
    ids::RegionCode,
    region::Regions,
};

use super::excused::{self, EXCUSED};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "console/clocks.html")]
struct Page {
    frame: Frame,
    lines: Vec<Row>,
    late: Vec<(String, String, String)>,
    sets: bool,
}

struct Row {
    place: String,
    step: &'static str,
    open: u64,
    late: u64,
    standing: u64,
    done: u64,
    done_late: u64,
    mean: String,
}

/// Working days on the average, to one decimal.
fn mean(line: &Line) -> String {
    match line.used.saturating_mul(10).checked_div(line.done) {
        Some(tenths) => format!("{}.{}天", tenths / 10, tenths % 10),
        None => "没有".to_owned(),
    }
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (grants, today) = (by.grants().await?, local_date(app.clock.now()));
    let scopes = grants.everywhere();
    if scopes.is_empty() {
        return Err(PageError::NotFound);
    }
    let (report, regions) = (report(&app.db, &scopes, today).await?, Regions::load(&app.db).await?);
    let named = |code: &RegionCode| {
        regions.find(code, today).map_or_else(|| code.to_string(), |region| region.name.clone())
    };
    let lines = report.lines.iter().map(|((region, limit), line)| Row {
        place: named(region),
        step: limit.label(),
        open: line.open,
        late: line.late,
        standing: line.standing,
        done: line.done,
        done_late: line.done_late,
        mean: mean(line),
    });
    let lines = lines.collect();
    let kept = excused::of(&app, &grants).await?;
    let kept = kept.among(&app.db, report.late.iter().map(|late| late.case)).await?;
    let late = report.late.into_iter().map(|late| {
        let words = if kept.contains(&late.case) {
            EXCUSED.to_owned()
        } else {
            format!("{}，最晚应是{}", late.limit.label(), say::date(late.due_on, today))
        };
        (late.case.to_string(), late.number, words)
    });
    html(&Page {
        frame: by.frame().console_at("/console/clocks").titled("办理时限"),
        lines,
        late: late.collect(),
        sets: grants.regions(Role::Worker).next().is_some(),
    })
}
