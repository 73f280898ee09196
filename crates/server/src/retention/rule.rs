//! One class: why so long, what was in force before; and for the system administrator of the province a new rule.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    calendar::{local_date, say},
    retention::{
        Counted, Period, RetentionError, RetentionRefusal, find,
        rules::{self, NewRule},
    },
};
use serde::Deserialize;

use super::words::{HERE, Reader, beside, frame, rule, trouble};
use crate::{
    app::App,
    authority::words::called,
    page::{Answer, Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "retention/rule.html")]
struct Page {
    frame: Frame,
    here: String,
    rows: Vec<Answer>,
    history: Vec<(String, String)>,
    sets: bool,
    units: Vec<(&'static str, &'static str)>,
    counted: Vec<Choice>,
    typed: Typed,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    long: String,
    unit: String,
    counted: String,
    document: String,
    from: String,
}

async fn show(app: &App, by: &SignedIn, code: &str, typed: Typed) -> Result<(Page, Reader), PageError> {
    let reader = Reader::of(by).await?;
    let (class, ruled) = find(code).ok_or(PageError::NotFound)?;
    let today = local_date(app.clock.now());
    let all = rules::history(&app.db, code).await?;
    let now = all.iter().find(|rule| rule.valid_from <= today);
    let floor = &ruled.floor;
    let least = format!("{}，{}", floor.least.label(), floor.counted.label());
    let rows = vec![
        Answer::new("保存多久", rule(now)),
        Answer::new("从什么时候", ruled.since),
        Answer::new("到期以后", ruled.goes),
        Answer::new("为什么", now.map(|rule| rule.document.clone()).unwrap_or_default()),
        Answer::new("最短", format!("{least}，依据{}", floor.document)),
    ];
    let mut history = Vec::new();
    for one in &all {
        let who = match &one.made_by {
            Some(login) => format!("{}定", called(app, login).await?),
            None => "安装时".to_owned(),
        };
        let since = if one.made_by.is_some() {
            format!("{}起", say::full_date(one.valid_from))
        } else {
            String::new()
        };
        history.push((format!("{since}{}", rule(Some(one))), format!("{}，{who}", one.document)));
    }
    let page = Page {
        frame: frame(by).titled(class.label),
        here: format!("{HERE}/rules/{code}"),
        rows,
        history,
        sets: reader.system.is_some(),
        units: vec![("year", "年"), ("month", "个月"), ("day", "天")],
        counted: Counted::ALL.map(|counted| Choice::new(counted.code(), counted.label())).into(),
        typed,
    };
    Ok((page, reader))
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let typed =
        Typed { unit: "year".to_owned(), from: local_date(app.clock.now()).to_string(), ..Typed::default() };
    html(&show(&app, &by, &path, typed).await?.0)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, reader) = show(&app, &by, &path, typed.clone()).await?;
    let Some(admin) = reader.system else { return Err(PageError::NotFound) };
    let mut mistakes = Mistakes::new();
    let long = mistakes.need("long", typed.long.trim().parse::<u32>().or(Err("请写数字")));
    let counted = Counted::ALL.into_iter().find(|counted| counted.code() == typed.counted);
    let counted = mistakes.need("counted", counted.ok_or("请选从哪一天起算"));
    if typed.document.trim().is_empty() {
        mistakes.add("document", beside(RetentionRefusal::NoDocument));
    }
    let from = mistakes.need("from", typed.from.parse::<NaiveDate>().or(Err("请写从哪一天起")));
    let (true, Some(long), Some(counted), Some(valid_from)) = (mistakes.is_empty(), long, counted, from)
    else {
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    let period = match typed.unit.as_str() {
        "day" => Period::days(long),
        "month" => Period::months(long),
        _ => Period::months(long.saturating_mul(12)),
    };
    let new = NewRule { class: path.clone(), period, counted, document: typed.document.clone(), valid_from };
    match rules::set(&app.db, &app.cx, &admin, new, app.clock.now()).await {
        Ok(_) => Ok(see_other_saying(&page.here, Said::Kept)),
        Err(RetentionError::Refused(refusal)) => {
            let mistakes = Mistakes::one(field(refusal), beside(refusal));
            mistaken(&Page { frame: page.frame.with(mistakes), ..page })
        }
        Err(error) => Err(trouble(error)),
    }
}

/// Beside which field a refusal stands.
const fn field(refusal: RetentionRefusal) -> &'static str {
    match refusal {
        RetentionRefusal::NoDocument => "document",
        RetentionRefusal::Begun => "from",
        _ => "long",
    }
}
