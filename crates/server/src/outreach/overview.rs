//! All that is about visits: what is late, the plans, and the ways to the rest.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::Role,
    calendar::{local_date, say},
    outreach::{Plan, figures, store},
    region::Regions,
};

use super::{
    reader::{Reader, frame, units},
    words::plan_tag,
};
use crate::{
    app::App,
    page::{Frame, PageError, Tag, html},
    session::SignedIn,
};

/// Lines of the list.
const SHOWN: u64 = 60;

#[derive(Template)]
#[template(path = "outreach/overview.html")]
struct Page {
    frame: Frame,
    works: bool,
    plans: Vec<(String, String, String, Tag)>,
    late: Vec<Line>,
}

struct Line {
    unit: String,
    open: i64,
    late: i64,
    never: i64,
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let reader = Reader::of(&by).await?;
    let today = local_date(app.clock.now());
    let (regions, scopes) = (Regions::load(&app.db).await?, reader.scopes());
    let found = store::plan::within(&app.db, &scopes, SHOWN).await?;
    let of_plans = units(&app, found.iter().filter_map(|plan| plan.unit_id)).await?;
    let plan = |plan: Plan| {
        let place = match plan.unit_id {
            Some(unit) => of_plans.get(&unit).cloned().unwrap_or_default(),
            None => regions.full_name(&plan.region, today),
        };
        (
            plan.id.to_string(),
            plan.title(),
            format!("{place}，{}", say::date(plan.on_day, today)),
            plan_tag(plan.state),
        )
    };
    let rows = figures::rows(&app.db, &scopes, (None, today)).await?;
    let names = units(&app, rows.iter().map(|row| row.unit)).await?;
    let mut late: Vec<Line> = Vec::new();
    for (unit, name) in names {
        let sum = figures::total(rows.iter().filter(|row| row.unit == unit));
        if sum.open > 0 {
            late.push(Line { unit: name, open: sum.open, late: sum.late, never: sum.never });
        }
    }
    late.sort_by(|one, other| (other.late, other.open, &one.unit).cmp(&(one.late, one.open, &other.unit)));
    html(&Page {
        frame: frame(&by, "走访慰问"),
        works: reader.grants.has(Role::Worker),
        plans: found.into_iter().map(plan).collect(),
        late,
    })
}
