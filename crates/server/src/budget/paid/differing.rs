//! Where the bank's files say something else than we: the rows, each with what the bank says of it.

use askama::Template;
use chrono::Datelike;
use domain::{
    aid::{
        figures::{self, PaidRow},
        store::category,
    },
    calendar::local_date,
    region::Regions,
};

use super::{
    super::reader::{Reader, frame, named},
    figures::{Asked, printed},
    rows::{HEADS, cells, kept, under},
};
use crate::{
    app::App,
    page::{Frame, PageError},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "budget/paid/differing.html")]
pub(super) struct Differ {
    frame: Frame,
    region: String,
    year: i32,
    about: String,
    rows: Vec<DifferRow>,
    printed: String,
}

struct DifferRow {
    case: String,
    cells: [String; 7],
    theirs: String,
    why: &'static str,
}

/// The rows of which the bank's files say something else.
pub(super) async fn shown(app: &App, by: &SignedIn, asked: &Asked) -> Result<Differ, PageError> {
    let reader = Reader::of(by, asked.region.as_deref()).await?;
    let (now, regions) = (app.clock.now(), Regions::load(&app.db).await?);
    let (today, year) = (local_date(now), asked.year.unwrap_or(local_date(now).year()));
    let all = figures::differing(&app.db, &reader.region, year).await?;
    figures::looked(&app.db, &app.cx, under(&reader)?, (&reader.region, year, all.len(), None), now).await?;
    let rows: Vec<PaidRow> = all.iter().map(|it| it.row.clone()).collect();
    let kept = kept(app, &reader, &rows).await?;
    let categories = category::load(&app.db).await?;
    let rows = all.iter().map(|it| {
        let open = !kept.contains(&it.row.case);
        let place = named(&regions, &it.row.region, today);
        DifferRow {
            case: it.row.case.to_string(),
            cells: cells(&it.row, (&reader.grants, &kept), (place, &categories)),
            theirs: it.theirs.filter(|_| open).map(|theirs| theirs.to_string()).unwrap_or_default(),
            why: if open { it.why.label() } else { "" },
        }
    });
    Ok(Differ {
        frame: frame(by).titled("和银行对不上的"),
        region: reader.region.to_string(),
        year,
        about: format!("{}，{year}年", regions.full_name(&reader.region, today)),
        rows: rows.collect(),
        printed: printed(app, by),
    })
}
