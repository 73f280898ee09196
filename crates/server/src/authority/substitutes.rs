//! 我的授权和代理: what the reader holds and until when, who stands in for him, and for whom he stands in.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    authority::{
        Grants, Live, Substitution,
        substitution::{
            commands::{NewSubstitution, SubstitutionError, SubstitutionRefusal, arrange, end as end_it},
            store,
        },
    },
    calendar::{local_date, say as dates},
    ids::{GrantId, SubstitutionId},
    region::Regions,
};
use notify::words::authority as say;
use serde::Deserialize;

use super::words::{begins, called, ends, last_day, place, term, who};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, Pressed, SignedIn},
};

#[derive(Template)]
#[template(path = "authority/substitutes.html")]
struct Page {
    frame: Frame,
    typed: Typed,
    mine: Vec<(String, String)>,
    arranged: Vec<Line>,
    choices: Vec<Choice>,
}

struct Line {
    id: String,
    words: String,
    reason: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    grant: String,
    who: String,
    from: String,
    until: String,
    reason: String,
}

/// 出纳，浙江省杭州市西湖区
async fn holds(app: &App, regions: &Regions, live: &Live) -> Result<String, PageError> {
    Ok(format!("{}，{}", live.role.label(), place(app, regions, &live.scope).await?))
}

/// Who stands in for whom, as the reader says it; for both desks.
pub(crate) async fn words(app: &App, by: &SignedIn, row: &Substitution) -> Result<String, PageError> {
    let days = term(row.valid_from, Some(row.valid_to));
    Ok(if row.account_id == by.account.id {
        format!("您请{}代理，{days}", called(app, &row.substitute_id).await?)
    } else {
        format!("您代理{}，{days}", called(app, &row.account_id).await?)
    })
}

async fn show(app: &App, by: &SignedIn, typed: Typed) -> Result<(Page, Grants), PageError> {
    let grants = by.grants().await?;
    if grants.is_empty() {
        return Err(PageError::NotFound);
    }
    let (regions, now) = (Regions::load(&app.db).await?, app.clock.now());
    let (mut mine, mut choices) = (Vec::new(), Vec::new());
    for live in grants.all() {
        let words = holds(app, &regions, live).await?;
        let until = match (&live.stands_for, live.until) {
            (Some(account), _) => format!("代理{}", called(app, account).await?),
            (None, Some(to)) => format!("到{}止", dates::full_date(last_day(to))),
            (None, None) => "没有写结束日期".to_owned(),
        };
        let may = live.stands_for.is_none() && !live.role.is_admin() && !live.scope.is_person();
        if may {
            choices.push(Choice::new(live.grant.to_string(), words.clone()));
        }
        mine.push((words, until));
    }
    let mut arranged = Vec::new();
    for row in store::about(&app.db, &by.account.id, now).await? {
        let words = words(app, by, &row).await?;
        arranged.push(Line { id: row.id.to_string(), words, reason: row.reason });
    }
    let frame = by.frame().console().titled("我的授权和代理");
    Ok((Page { frame, typed, mine, arranged, choices }, grants))
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let from = local_date(app.clock.now()).to_string();
    html(&show(&app, &by, Typed { from, ..Typed::default() }).await?.0)
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, grants) = show(&app, &by, typed.clone()).await?;
    let now = app.clock.now();
    let mut mistakes = Mistakes::new();
    let grant = page.choices.iter().find(|choice| choice.code == typed.grant);
    let grant = grant.and_then(|choice| choice.code.parse::<GrantId>().ok()).ok_or("请选代理哪一项");
    let grant = mistakes.need("grant", grant);
    let other = mistakes.need("who", who(&app, &typed.who).await?);
    let from = mistakes.need("from", typed.from.parse::<NaiveDate>().or(Err("请写从哪一天起")));
    let until = mistakes.need("until", typed.until.parse::<NaiveDate>().or(Err("请写到哪一天止")));
    if typed.reason.trim().is_empty() {
        mistakes.add("reason", "请写原因，比如出差、休假");
    }
    let (true, Some(grant), Some(other), Some(from), Some(until)) =
        (mistakes.is_empty(), grant, other, from, until)
    else {
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    let new = NewSubstitution {
        grant,
        substitute: other.id,
        from: begins(from, now),
        to: ends(until),
        reason: typed.reason.clone(),
    };
    match arrange(&app.db, &app.cx, &grants, new, now).await {
        Ok(_) => Ok(see_other_saying("/console/substitutes", Said::Kept)),
        Err(SubstitutionError::Refused(refusal)) => {
            let mistakes = Mistakes::one(field(refusal), say::substitution(refusal).replace('\n', ""));
            mistaken(&Page { frame: page.frame.with(mistakes), ..page })
        }
        Err(SubstitutionError::NotFound) => Err(PageError::NotFound),
        Err(SubstitutionError::Db(error)) => Err(error.into()),
    }
}

const fn field(refusal: SubstitutionRefusal) -> &'static str {
    match refusal {
        SubstitutionRefusal::NotThis | SubstitutionRefusal::Exists => "grant",
        SubstitutionRefusal::OwnAccount
        | SubstitutionRefusal::AccountLeft
        | SubstitutionRefusal::NotStaff
        | SubstitutionRefusal::Excludes(_)
        | SubstitutionRefusal::Chained => "who",
        SubstitutionRefusal::Period => "until",
        SubstitutionRefusal::NoReason => "reason",
    }
}

/// Ends it: whoever is back, or whoever wants no more of it.
pub(super) async fn end(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let id: SubstitutionId = path.parse().or(Err(PageError::NotFound))?;
    match end_it(&app.db, &app.cx, &posted.by.account.id, id, app.clock.now()).await {
        Ok(()) => Ok(see_other_saying("/console/substitutes", Said::Kept)),
        Err(SubstitutionError::Db(error)) => Err(error.into()),
        Err(SubstitutionError::NotFound | SubstitutionError::Refused(_)) => Err(PageError::NotFound),
    }
}
