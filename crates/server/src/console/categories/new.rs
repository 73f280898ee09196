//! A row to be: a new category, or another word for one, or its end; written by one.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    aid::{
        AidError, Category, Group, NoCategory, Refusal,
        category::{LABEL, LAST, LONGEST},
        commands::category::{NewCategory, propose},
        store,
    },
    authority::Worker,
    calendar::local_date,
    ids::RegionCode,
    region::Regions,
};
use notify::words::refusal;
use serde::Deserialize;

use super::{super::proposal, choose::yes};
use crate::{
    aid::page_error,
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

/// Words of addresses beside those of categories.
const TAKEN: [&str; 2] = ["new", "rows"];

#[derive(Template)]
#[template(path = "console/categories/new.html")]
struct Page {
    frame: Frame,
    place: String,
    /// The category that is changed: its code, its name, and what the public is told of it. `None`: a new one.
    changed: Option<(Category, String, Group)>,
    /// Does the place say where it stands on the form?
    orders: bool,
    groups: Vec<Choice>,
    yes_no: [Choice; 2],
    typed: Typed,
    longest: usize,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Typed {
    category: String,
    from: String,
    label: String,
    group: String,
    position: String,
    offered: String,
    reason: String,
    source: String,
    /// Is one changed that is there?
    changes: String,
}

/// Which category is to be changed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Which {
    category: String,
}

const fn word(it: bool) -> &'static str {
    yes(it, "yes", "no")
}

async fn show(app: &App, by: &SignedIn, typed: Typed) -> Result<(Page, RegionCode, Worker), PageError> {
    let (region, worker) = proposal::place(by).await?;
    let (categories, today) = (store::category::load(&app.db).await?, local_date(app.clock.now()));
    let changed = categories
        .named(&typed.category)
        .filter(|_| !typed.changes.is_empty())
        .map(|it| (it, categories.label(it, &region, today), categories.group(it)));
    let page = Page {
        frame: by.frame().console_at("/console/standards").titled(match &changed {
            Some((_, name, _)) => format!("{name}：改叫法、停办"),
            None => "加一个类别".to_owned(),
        }),
        place: Regions::load(&app.db).await?.full_name(&region, today),
        orders: categories.may_make(&region),
        changed,
        groups: Group::all().map(|group| Choice::new(group.code(), group.label())).collect(),
        yes_no: [Choice::new("yes", "能申请"), Choice::new("no", "不能申请")],
        typed,
        longest: LABEL,
    };
    Ok((page, region, worker))
}

pub(in crate::console) async fn form(
    app: web::Data<App>,
    which: web::Query<Which>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let today = local_date(app.clock.now());
    let new = Typed { from: today.to_string(), offered: word(true).to_owned(), ..Typed::default() };
    let typed = match Category::parse(&which.category) {
        None => new,
        Some(category) => {
            let (region, _) = proposal::place(&by).await?;
            let categories = store::category::load(&app.db).await?;
            let layers = categories.layers(category, &region, today);
            let (first, last) = (layers.first(), layers.last());
            let offered = layers.iter().all(|row| row.offered);
            Typed {
                category: category.to_string(),
                label: last.map(|row| row.label.clone()).unwrap_or_default(),
                group: categories.group(category).code().to_owned(),
                position: first.map(|row| row.position.to_string()).unwrap_or_default(),
                offered: word(offered).to_owned(),
                reason: word(layers.iter().any(|row| row.reason_needed)).to_owned(),
                changes: "yes".to_owned(),
                ..new
            }
        }
    };
    html(&show(&app, &by, typed).await?.0)
}

pub(in crate::console) async fn submit(
    app: web::Data<App>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, region, worker) = show(&app, &by, typed).await?;
    let mistakes = match read(&page, region) {
        Err(mistakes) => mistakes,
        Ok(new) => match propose(&app.db, &app.cx, &worker, new, app.clock.now()).await {
            Ok(row) => return Ok(see_other(&format!("/console/categories/rows/{}", row.id))),
            Err(AidError::Refused(no)) => Mistakes::one(field(&no), refusal::aid(&no).replace('\n', "")),
            Err(error) => return Err(page_error(error)),
        },
    };
    mistaken(&Page { frame: page.frame.with(mistakes), ..page })
}

/// Beside which field a rule is said.
const fn field(no: &Refusal) -> &'static str {
    match no {
        Refusal::StandardInThePast
        | Refusal::StandardExists
        | Refusal::Category(NoCategory::Later { .. }) => "from",
        Refusal::Category(NoCategory::OfAbove | NoCategory::Taken) => "category",
        Refusal::Category(NoCategory::Group { .. }) => "group",
        Refusal::Category(NoCategory::Stopped { .. }) => "offered",
        Refusal::Category(NoCategory::Row) => "source",
        _ => "label",
    }
}

fn read(page: &Page, region: RegionCode) -> Result<NewCategory, Mistakes> {
    let (typed, mut mistakes) = (&page.typed, Mistakes::new());
    let code = Category::parse(typed.category.trim()).filter(|it| !TAKEN.contains(&it.code()));
    let wrong = format!("请用小写英文字母开头，最多{LONGEST}个字母、数字、下划线");
    let category = match &page.changed {
        Some((category, ..)) => Some(*category),
        None => mistakes.need("category", code.ok_or(wrong)),
    };
    let group = match &page.changed {
        Some((.., group)) => Some(*group),
        None => mistakes.need("group", Group::parse(&typed.group).ok_or("请选公示里怎么说")),
    };
    let from = mistakes.need("from", typed.from.parse::<NaiveDate>().or(Err("请写从哪一天起")));
    let position = typed.position.trim().parse().ok().filter(|at| (1..=LAST).contains(at));
    let position = mistakes.need("position", position.ok_or(format!("请写1到{LAST}的数")));
    let offered = match typed.offered.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => mistakes.need("offered", Err("请选能不能申请")),
    };
    if typed.label.trim().is_empty() {
        mistakes.add("label", "请写名称");
    }
    if typed.source.trim().is_empty() {
        mistakes.add("source", "请写文件号");
    }
    let (Some(category), Some(group), Some(valid_from), Some(position), Some(offered), true) =
        (category, group, from, position, offered, mistakes.is_empty())
    else {
        return Err(mistakes);
    };
    Ok(NewCategory {
        category,
        region,
        valid_from,
        label: typed.label.clone(),
        group,
        position,
        offered,
        reason_needed: typed.reason == "yes",
        source: typed.source.clone(),
    })
}
