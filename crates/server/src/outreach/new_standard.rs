//! A standard to be: written by one, agreed to by another.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    calendar::local_date,
    ids::RegionCode,
    outreach::{
        Occasion, OutreachError, Refusal, Terms, Turning, Who,
        commands::standard::{NewStandard, propose},
    },
    person::{Retirement, fact::Level},
    region::Regions,
};
use ledger::Fen;
use serde::Deserialize;

use super::{
    reader::{Reader, frame},
    words::{page_error, said},
};
use crate::{
    app::App,
    page::{Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "outreach/new_standard.html")]
struct Page {
    frame: Frame,
    place: String,
    occasions: Vec<(&'static str, &'static str)>,
    levels: Vec<(String, &'static str)>,
    typed: Typed,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    occasion: String,
    retirement: String,
    age: String,
    level: String,
    alone: String,
    hardship: String,
    turning: String,
    cash: String,
    item: String,
    worth: String,
    visitors: String,
    days: String,
    tells: String,
    from: String,
    until: String,
    source: String,
}

async fn page(app: &App, by: &SignedIn, (region, typed): (&RegionCode, Typed)) -> Result<Page, PageError> {
    let place = Regions::load(&app.db).await?.full_name(region, local_date(app.clock.now()));
    Ok(Page {
        frame: frame(by, "定一条慰问标准"),
        place,
        occasions: Occasion::ALL.map(|one| (one.code(), one.label())).into(),
        levels: Level::all().map(|level| (level.code(), level.label())).collect(),
        typed,
    })
}

pub(super) async fn form(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (_, region, _) = Reader::working(&by).await?;
    let from = local_date(app.clock.now()).to_string();
    let typed = Typed { from, visitors: "2".to_owned(), days: "3".to_owned(), ..Typed::default() };
    html(&page(&app, &by, (&region, typed)).await?)
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (_, region, worker) = Reader::working(&by).await?;
    let page = page(&app, &by, (&region, typed.clone())).await?;
    let mistakes = match read(&typed, region) {
        Err(mistakes) => mistakes,
        Ok(new) => match propose(&app.db, &app.cx, &worker, new, app.clock.now()).await {
            Ok(row) => return Ok(see_other(&format!("/console/outreach/standards/{}", row.id))),
            Err(OutreachError::Refused(no)) => {
                let field = if no == Refusal::InThePast { "from" } else { "cash" };
                Mistakes::one(field, said(&no))
            }
            Err(error) => return Err(page_error(error)),
        },
    };
    mistaken(&Page { frame: page.frame.with(mistakes), ..page })
}

fn read(typed: &Typed, region: RegionCode) -> Result<NewStandard, Mistakes> {
    let mut mistakes = Mistakes::new();
    let occasion = mistakes.need("occasion", Occasion::parse(&typed.occasion).ok_or("请选什么时候"));
    let from_age = match typed.age.trim() {
        "" => Some(None),
        age => mistakes.need("age", age.parse::<u16>().map(Some).or(Err("年龄请写一个整数"))),
    };
    let money = |text: &str| if text.trim().is_empty() { Ok(Fen::ZERO) } else { text.parse::<Fen>() };
    let cash = mistakes.need("cash", money(&typed.cash).or(Err("金额请写数字，例如500")));
    let item_value = mistakes.need("worth", money(&typed.worth).or(Err("金额请写数字，例如200")));
    let days = mistakes.need("days", typed.days.trim().parse::<i32>().or(Err("请写天数")));
    let valid_from = mistakes.need("from", typed.from.parse::<NaiveDate>().or(Err("请写从哪一天起")));
    let valid_to = match typed.until.trim() {
        "" => Some(None),
        day => mistakes.need("until", day.parse::<NaiveDate>().map(Some).or(Err("请写到哪一天"))),
    };
    if typed.source.trim().is_empty() {
        mistakes.add("source", "请写文件号");
    }
    let item = Some(typed.item.trim().to_owned()).filter(|name| !name.is_empty());
    if item.is_some() != item_value.is_some_and(Fen::is_positive) {
        mistakes.add("item", "品名和价值请一起写");
    }
    let who = Who {
        retirement: match typed.retirement.as_str() {
            "veteran" => Some(Retirement::Veteran),
            "retired" => Some(Retirement::Retired),
            _ => None,
        },
        from_age: from_age.flatten(),
        level: Level::parse(&typed.level),
        alone: !typed.alone.is_empty(),
        hardship: !typed.hardship.is_empty(),
        turning: [Turning::Tens, Turning::NominalTens].into_iter().find(|one| one.code() == typed.turning),
    };
    let (Some(occasion), Some(cash), Some(item_value), Some(days), Some(valid_from), Some(valid_to), true) =
        (occasion, cash, item_value, days, valid_from, valid_to, mistakes.is_empty())
    else {
        return Err(mistakes);
    };
    let visitors = if typed.visitors == "1" { 1 } else { 2 };
    let terms = Terms { cash, item, item_value, visitors, days, tells: !typed.tells.is_empty() };
    let source = typed.source.clone();
    Ok(NewStandard { region, occasion, who, valid_from, valid_to, terms, source })
}
