//! One draw with its seed and its list, so that anybody who reads it can draw again.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{sample::Chosen, store},
    authority::Role,
    calendar::{local_date, say},
    ids::SampleId,
    region::Regions,
};

use crate::{
    app::App,
    authority::words::called,
    console::{EXCUSED, excused_of},
    page::{Answer, Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "console/after/sample.html")]
struct Page {
    frame: Frame,
    rows: Vec<Answer>,
    seed: String,
    lines: Vec<Line>,
}

struct Line {
    href: String,
    number: String,
    payment: String,
    amount: String,
    digest: String,
    chosen: &'static str,
}

pub(in crate::console) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let id: SampleId = path.parse().or(Err(PageError::NotFound))?;
    let it = store::after::sample(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let (grants, today) = (by.grants().await?, local_date(app.clock.now()));
    let place = it.region.clone().into();
    if ![Role::Worker, Role::Approver, Role::AuditAdmin]
        .into_iter()
        .any(|role| grants.scopes(role).any(|scope| scope.covers(&place)))
    {
        return Err(PageError::NotFound);
    }
    let (mut lines, excused) = (Vec::new(), excused_of(&app, &grants).await?);
    for row in store::after::lines(&app.db, id).await? {
        let case = store::case::find(&app.db, row.case_id).await?.ok_or(PageError::NotFound)?;
        let open = excused.from(&case).is_none();
        lines.push(Line {
            href: format!("/console/aid/{}", case.id),
            payment: row.payment_id.to_string(),
            amount: if open { row.amount.to_string() } else { String::new() },
            digest: row.digest,
            chosen: if open { row.chosen.map_or("", Chosen::label) } else { EXCUSED },
            number: case.number,
        });
    }
    let by_whom = match &it.drawn_by {
        Some(account) => called(&app, account).await?,
        None => "系统按公布的种子抽".to_owned(),
    };
    let mut rows = vec![
        Answer::new("哪里", Regions::load(&app.db).await?.full_name(&it.region, today)),
        Answer::new("哪个月发放的", it.month.format("%Y年%-m月").to_string()),
        Answer::new("超过多少都回访", it.above.to_string()),
        Answer::new("其余的抽多少", format!("{}%", it.share)),
        Answer::new("一共", format!("{}笔，抽了{}笔", it.listed, it.chosen)),
        Answer::new("谁抽的", by_whom),
        Answer::new("什么时候", say::full_date(local_date(it.drawn_at))),
    ];
    // A draw of before had a seed of its own.
    let shown = store::seed::of_month(&app.db, it.month).await?.filter(|row| row.seed == it.seed);
    if let Some(row) = shown {
        rows.push(Answer::new("种子哪天公布的", say::full_date(local_date(row.fixed_at))));
        rows.push(Answer::new(
            "种子是什么的SHA-256",
            format!("{}:{}", row.month.format("%Y-%m"), row.anchor),
        ));
    }
    html(&Page { frame: by.frame().console().titled("回访抽样"), rows, seed: it.seed, lines })
}
