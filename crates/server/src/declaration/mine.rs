//! 我的回避申报: to whom the reader is close. From then on every step in that person's matters is refused to him, and the rule is named.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use domain::{
    authority::Grants,
    calendar::{local_date, say as dates},
    declaration::{
        Campaign, DeclaredRelation, RelationKind,
        commands::{DeclarationError, declare, end as end_it, say_all as say_it},
        store,
    },
    ids::{DeclaredRelationId, PersonId},
    person::{
        name::search::{Asked, How, Search, find},
        store as people,
    },
};
use notify::words::authority as say;
use serde::Deserialize;

use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, Pressed, SignedIn},
};

/// The page.
const HERE: &str = "/console/relations";
/// More of one name than this, and the year of birth must tell.
const MOST: u64 = 50;

#[derive(Template)]
#[template(path = "declaration/mine.html")]
struct Page {
    frame: Frame,
    typed: Typed,
    kinds: Vec<Choice>,
    lines: Vec<Line>,
    past: Vec<String>,
    campaign: Option<(i32, String, Option<String>)>,
}

struct Line {
    id: String,
    words: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    who: String,
    year: String,
    kind: String,
    from: String,
}

async fn words(app: &App, row: &DeclaredRelation) -> Result<String, PageError> {
    let name = people::find(&app.db, row.person_id).await?.map(|person| person.name).unwrap_or_default();
    let from = dates::full_date(row.from_on);
    Ok(match row.to_on {
        None => format!("{name}：{}，{from}起", row.kind.label()),
        Some(to) => format!("{name}：{}，{from}至{}", row.kind.label(), dates::full_date(to)),
    })
}

async fn show(app: &App, by: &SignedIn, typed: Typed) -> Result<(Page, Grants), PageError> {
    let grants = by.grants().await?;
    if grants.is_empty() {
        return Err(PageError::NotFound);
    }
    let (mut lines, mut past) = (Vec::new(), Vec::new());
    for row in store::of_account(&app.db, &by.account.id).await? {
        let words = words(app, &row).await?;
        match row.to_on {
            None => lines.push(Line { id: row.id.to_string(), words }),
            Some(_) => past.push(words),
        }
    }
    let campaign = match store::newest(&app.db).await? {
        Some(Campaign { year, due_on, .. }) => {
            let said = store::declared(&app.db, &by.account.id, year).await?;
            let said = said.map(|row| dates::full_date(local_date(row.declared_at)));
            Some((year, dates::full_date(due_on), said))
        }
        None => None,
    };
    let page = Page {
        frame: by.frame().console().titled("我的回避申报"),
        typed,
        kinds: RelationKind::ALL.into_iter().map(|kind| Choice::new(kind.code(), kind.label())).collect(),
        lines,
        past,
        campaign,
    };
    Ok((page, grants))
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let from = local_date(app.clock.now()).to_string();
    html(&show(&app, &by, Typed { from, ..Typed::default() }).await?.0)
}

/// Of several people of one name the year of birth tells which. Only among those by whose matters the reader can come.
async fn meant(
    app: &App,
    grants: &Grants,
    typed: &Typed,
) -> Result<Result<PersonId, &'static str>, PageError> {
    let asked = Asked::read(&typed.who);
    if !matches!(asked, Asked::Characters(_)) {
        return Ok(Err("请写姓名"));
    }
    let Ok(year) = typed.year.trim().parse::<i32>() else {
        return Ok(Err("请写出生年份，比如1944"));
    };
    let scopes = grants.everywhere();
    let search = Search { scopes: &scopes, asked: &asked, unit: "", limit: MOST };
    let mut found = find(&app.db, &app.cx.seal, &search).await?;
    found.retain(|hit| {
        hit.how == How::Name && hit.person.name == typed.who.trim() && hit.person.born_on.year() == year
    });
    Ok(match (found.pop(), found.is_empty()) {
        (None, _) => Err("您经办的范围里没有这个人"),
        (Some(one), true) => Ok(one.person.id),
        (Some(_), false) => Err("有同名同龄的人，请找服务台"),
    })
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, grants) = show(&app, &by, typed.clone()).await?;
    let mut mistakes = Mistakes::new();
    let person = mistakes.need("who", meant(&app, &grants, &typed).await?);
    let kind = mistakes.need("kind", RelationKind::parse(&typed.kind).ok_or("请选是什么关系"));
    let from = mistakes.need("from", typed.from.parse::<NaiveDate>().or(Err("请写从哪一天起")));
    let (Some(person), Some(kind), Some(from)) = (person, kind, from) else {
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    match declare(&app.db, &app.cx, &grants, (person, kind, from), app.clock.now()).await {
        Ok(_) => Ok(see_other_saying(HERE, Said::Kept)),
        Err(DeclarationError::Refused(refusal)) => {
            let mistakes = Mistakes::one("from", say::declaration(refusal));
            mistaken(&Page { frame: page.frame.with(mistakes), ..page })
        }
        Err(error) => Err(declaration_error(error)),
    }
}

pub(super) fn declaration_error(error: DeclarationError) -> PageError {
    match error {
        DeclarationError::NotFound => PageError::NotFound,
        DeclarationError::Refused(refusal) => PageError::Refused(say::declaration(refusal).to_owned()),
        DeclarationError::Db(error) => error.into(),
    }
}

/// The relation is over today.
pub(super) async fn end(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let id: DeclaredRelationId = path.parse().or(Err(PageError::NotFound))?;
    let now = app.clock.now();
    let ending = (id, local_date(now));
    end_it(&app.db, &app.cx, &posted.by.account.id, ending, now).await.map_err(declaration_error)?;
    Ok(see_other_saying(HERE, Said::Kept))
}

#[derive(Debug, Deserialize)]
pub(super) struct Year {
    year: i32,
}

/// This is all there is.
pub(super) async fn say_all(app: web::Data<App>, posted: Posted<Year>) -> Result<HttpResponse, PageError> {
    let grants = posted.by.grants().await?;
    let now = app.clock.now();
    say_it(&app.db, &app.cx, &grants, posted.form.year, now).await.map_err(declaration_error)?;
    Ok(see_other_saying(HERE, Said::Kept))
}
