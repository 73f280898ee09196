//! 冻结: what is held where the worker works, and a new one.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid,
    authority::{Role, Scope, Worker},
    calendar::{local_date, say},
    ids::PersonId,
    person::{
        name::search::{Asked, Search, find as search},
        store as people,
    },
    retention::{
        Over, RetentionError, RetentionRefusal, find,
        holds::{self, NewHold},
        ruled, store,
    },
};
use serde::Deserialize;

use super::words::{HERE, Reader, beside, frame, over, trouble};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Tag, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

/// Holds that were lifted.
const MOST: u64 = 50;

#[derive(Template)]
#[template(path = "retention/holds.html")]
struct Page {
    frame: Frame,
    lines: Vec<(String, String, String, Tag)>,
    kinds: Vec<Choice>,
    classes: Vec<(&'static str, &'static str)>,
    typed: Typed,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    over: String,
    which: String,
    class: String,
    reason: String,
    document: String,
}

async fn show(app: &App, by: &SignedIn, typed: Typed) -> Result<(Page, Vec<Worker>), PageError> {
    let reader = Reader::of(by).await?;
    let workers = workers(&reader);
    if workers.is_empty() {
        return Err(PageError::NotFound);
    }
    let mut lines = Vec::new();
    for hold in store::holds(&app.db, MOST).await? {
        let Some(what) = hold.over() else { continue };
        if who(app, &workers, &what).await?.is_none() {
            continue;
        }
        let tag = match (hold.is_live(), &hold.asked_by) {
            (false, _) => Tag::quiet("已解除"),
            (true, Some(_)) => Tag::attention("等第二人解除"),
            (true, None) => Tag::good("冻结中"),
        };
        let since = say::full_date(local_date(hold.placed_at));
        lines.push((format!("{HERE}/holds/{}", hold.id), over(app, &hold).await?.0, since, tag));
    }
    let mut kinds = vec![
        Choice::new("person", "一位同志的全部资料").noted("写姓名；有同名的，到档案页面去冻结"),
        Choice::new("case", "一件帮扶个案").noted("写个案编号"),
        Choice::new("unit", "一个单位的全部资料").noted("写单位全称，下属单位也冻结"),
    ];
    if reader.worker.is_some() {
        kinds.push(Choice::new("class", "一类资料").noted("在下面选哪一类"));
    }
    let classes = match reader.worker {
        Some(_) => ruled().map(|(class, _)| (class.code, class.label)).collect(),
        None => Vec::new(),
    };
    let frame = frame(by).titled("冻结");
    Ok((Page { frame, lines, kinds, classes, typed }, workers))
}

/// Every place where the reader works.
fn workers(reader: &Reader) -> Vec<Worker> {
    let all = reader.grants.scopes(Role::Worker).filter_map(|scope| match scope {
        Scope::Region(code) => Worker::among(&reader.grants, code.clone()),
        _ => None,
    });
    let mut all: Vec<Worker> = all.collect();
    if all.is_empty() {
        all.extend(Worker::somewhere(&reader.grants));
    }
    all
}

/// The proof that reaches what a hold is over; for others it does not exist.
pub(super) async fn who<'a>(
    app: &App,
    workers: &'a [Worker],
    over: &Over,
) -> Result<Option<&'a Worker>, PageError> {
    for worker in workers {
        if holds::reaches(&app.db, worker, over).await? {
            return Ok(Some(worker));
        }
    }
    Ok(None)
}

pub(super) async fn all_of(by: &SignedIn) -> Result<(Reader, Vec<Worker>), PageError> {
    let reader = Reader::of(by).await?;
    let workers = workers(&reader);
    if workers.is_empty() { Err(PageError::NotFound) } else { Ok((reader, workers)) }
}

/// A page of a person leads here with whom it is about.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    person: Option<String>,
}

pub(super) async fn page(
    app: web::Data<App>,
    wanted: web::Query<Wanted>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let person = wanted.into_inner().person.and_then(|id| id.parse::<PersonId>().ok());
    let typed = person.map_or_else(Typed::default, |id| Typed {
        over: "person".to_owned(),
        which: id.to_string(),
        ..Typed::default()
    });
    html(&show(&app, &by, typed).await?.0)
}

/// Who is meant: by the record's id, as a person's page says it, or by the whole name, if one person has it.
async fn named(app: &App, workers: &[Worker], which: &str) -> Result<Result<Over, &'static str>, PageError> {
    if let Ok(id) = which.parse::<PersonId>() {
        return Ok(Ok(Over::Person(id)));
    }
    let scopes: Vec<_> = workers.iter().flat_map(|worker| worker.reach().to_vec()).collect();
    let asked = Asked::read(which);
    let it = Search { scopes: &scopes, asked: &asked, unit: "", limit: 9 };
    let mut found = search(&app.db, &app.cx.seal, &it).await?;
    found.retain(|hit| hit.person.name == which);
    Ok(match (found.pop(), found.is_empty()) {
        (Some(one), true) => Ok(Over::Person(one.person.id)),
        (Some(_), false) => Err("有同名的，请到档案页面去冻结"),
        (None, _) => Err("没有找到这位同志"),
    })
}

/// What is meant, or what to do about it.
async fn meant(
    app: &App,
    workers: &[Worker],
    typed: &Typed,
) -> Result<Result<Over, &'static str>, PageError> {
    let (which, today) = (typed.which.trim(), local_date(app.clock.now()));
    if typed.over != "class" && which.is_empty() {
        return Ok(Err("请写冻结谁的，或哪一件"));
    }
    Ok(match typed.over.as_str() {
        "class" => {
            find(&typed.class).map(|(class, _)| Over::Class(class.code.to_owned())).ok_or("请选哪一类")
        }
        "case" => aid::store::case::by_number(&app.db, which)
            .await?
            .map(|case| Over::Case(case.id))
            .ok_or("没有这个编号"),
        "unit" => {
            let mut found = people::units_called(&app.db, which, today).await?;
            match (found.pop(), found.is_empty()) {
                (Some(one), true) => Ok(Over::Unit(one.id)),
                (Some(_), false) => Err("有同名的单位，请写全称"),
                (None, _) => Err("没有这个单位"),
            }
        }
        "person" => named(app, workers, which).await?,
        _ => Err("请选冻结什么"),
    })
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, workers) = show(&app, &by, typed.clone()).await?;
    let mut mistakes = Mistakes::new();
    let known = ["person", "case", "unit", "class"].contains(&typed.over.as_str());
    let field = match typed.over.as_str() {
        "class" => "class",
        _ if known => "which",
        _ => "over",
    };
    let meant = mistakes.need(field, meant(&app, &workers, &typed).await?);
    for (field, text, refusal) in [
        ("reason", &typed.reason, RetentionRefusal::NoReason),
        ("document", &typed.document, RetentionRefusal::NoDocument),
    ] {
        if text.trim().is_empty() {
            mistakes.add(field, beside(refusal));
        }
    }
    let (true, Some(what)) = (mistakes.is_empty(), meant) else {
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    // Who does not reach it is told the same as about what is not there.
    let Some(worker) = who(&app, &workers, &what).await? else {
        let mistakes = Mistakes::one(field, beside(RetentionRefusal::NothingToHold));
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    let new = NewHold { over: what, reason: typed.reason.clone(), document: typed.document.clone() };
    match holds::place(&app.db, &app.cx, worker, new, app.clock.now()).await {
        Ok(hold) => Ok(see_other(&format!("{HERE}/holds/{}", hold.id))),
        Err(RetentionError::Refused(refusal)) => {
            let at = match refusal {
                RetentionRefusal::NoReason => "reason",
                RetentionRefusal::NoDocument => "document",
                _ => field,
            };
            let mistakes = Mistakes::one(at, beside(refusal));
            mistaken(&Page { frame: page.frame.with(mistakes), ..page })
        }
        Err(error) => Err(trouble(error)),
    }
}
