//! Beginning or ending a role, a place or a post: first which, then since when.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::local_date,
    ids::UnitId,
    person::{
        Unit,
        fact::{self, FactError, FactKind, FactRefusal, Level, NewFact, Shape, Value, commands, transfer},
        period::Known,
        store,
    },
    region::Regions,
};
use notify::words::person as say;
use serde::Deserialize;

use super::words::{Reached, at, fact_error, reached};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

/// What a worker may begin and end here. The rest goes by request.
const KINDS: [FactKind; 11] = [
    FactKind::Veteran,
    FactKind::Retired,
    FactKind::PartyMember,
    FactKind::Volunteer,
    FactKind::Hardship,
    FactKind::ProvincialLeader,
    FactKind::ManagingUnit,
    FactKind::Payer,
    FactKind::Residence,
    FactKind::Post,
    FactKind::Rank,
];

#[derive(Template)]
#[template(path = "person/fact.html")]
struct Page {
    frame: Frame,
    href: String,
    typed: Typed,
    kinds: Vec<Choice>,
    asks: &'static str,
    what: &'static str,
    /// How late the day may be.
    until: &'static str,
    /// A managing unit is transferred, never ended.
    ends: bool,
    units: Vec<(String, String)>,
    levels: Vec<(String, &'static str)>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    kind: String,
    /// `begin` or `end`.
    what: String,
    on: String,
    words: String,
    region: String,
    unit: String,
    level: String,
    basis: String,
}

/// Which kind; nothing of anybody's.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    kind: String,
}

/// What the form asks for besides the day; `none` of a role, nothing before the kind is chosen.
const fn asks(kind: FactKind) -> &'static str {
    match kind.shape() {
        Shape::Bare | Shape::Code => "none",
        Shape::Unit => "unit",
        Shape::Region => "region",
        Shape::Level => "level",
        Shape::Words => "words",
    }
}

async fn page(app: &App, by: &SignedIn, id: &str, typed: Typed) -> Result<(Page, Reached), PageError> {
    let it = reached(app, by, id).await?;
    let today = local_date(app.clock.now());
    let units = store::units_in(&app.db, it.worker.reach(), today).await?;
    let seen = |kind: &FactKind| fact::visible(*kind, &it.grants, &it.place);
    let kind = FactKind::parse(&typed.kind).filter(|kind| KINDS.contains(kind) && seen(kind));
    let page = Page {
        frame: by.frame().console_at("/console/people").titled(format!("为{}登记", it.person.name)),
        asks: kind.map_or("", asks),
        what: kind.map_or("", FactKind::label),
        until: match kind {
            Some(kind) if kind.is_of_today() => "最晚是今天，以后的到那天再登记",
            _ => "",
        },
        ends: kind != Some(FactKind::ManagingUnit),
        href: at(it.person.id),
        typed,
        kinds: KINDS.into_iter().filter(seen).map(|kind| Choice::new(kind.code(), kind.label())).collect(),
        units: units.into_iter().map(|unit: Unit| (unit.id.to_string(), unit.name)).collect(),
        levels: Level::all().map(|level| (level.code(), level.label())).collect(),
    };
    Ok((page, it))
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let on = local_date(app.clock.now()).to_string();
    let kind = asked.into_inner().kind;
    let typed = Typed { kind, what: "begin".to_owned(), on, ..Typed::default() };
    html(&page(&app, &by, &path, typed).await?.0)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, it) = page(&app, &by, &path, typed.clone()).await?;
    let mut mistakes = Mistakes::new();
    let kind =
        FactKind::parse(&typed.kind).filter(|kind| page.kinds.iter().any(|one| one.code == kind.code()));
    let kind = mistakes.need("kind", kind.ok_or("请选登记什么"));
    let on = mistakes.need("on", Known::read(&typed.on).ok_or("请写日期"));
    let (Some(kind), Some(on)) = (kind, on) else {
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    let (db, cx, now, person) = (&app.db, &app.cx, app.clock.now(), it.person.id);
    let done = if typed.what == "end" {
        commands::end(db, cx, &it.worker, (person, kind), (on.on, now)).await
    } else {
        let value = match value(&app, kind, &typed).await? {
            Ok(value) => value,
            Err(words) => {
                let mistakes = Mistakes::one(asks(kind), words);
                return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
            }
        };
        if let (FactKind::ManagingUnit, Value::Unit(unit, _)) = (kind, &value) {
            let to = (person, *unit, typed.basis.as_str());
            transfer::transfer(db, cx, &it.worker, to, (on.on, now)).await.map(drop)
        } else {
            let new = NewFact { kind, value, from_on: on.on, basis: typed.basis.clone() };
            commands::record(db, cx, &it.worker, (person, new), now).await.map(drop)
        }
    };
    match done {
        // Whoever has just entered that class is nobody's to see here any more.
        Ok(()) if kind == FactKind::ProvincialLeader => Ok(see_other_saying("/console/people", Said::Kept)),
        Ok(()) => Ok(see_other_saying(&page.href, Said::Kept)),
        Err(FactError::Refused(refusal)) => {
            let field = if refusal == FactRefusal::NoBasis { "basis" } else { "on" };
            let mistakes = Mistakes::one(field, say::fact(refusal).replace('\n', ""));
            mistaken(&Page { frame: page.frame.with(mistakes), ..page })
        }
        Err(error) => Err(fact_error(error)),
    }
}

/// The value, or what is wrong with it.
async fn value(app: &App, kind: FactKind, typed: &Typed) -> Result<Result<Value, &'static str>, PageError> {
    Ok(match kind.shape() {
        Shape::Bare => Ok(Value::Bare),
        Shape::Unit => match typed.unit.parse::<UnitId>() {
            Ok(unit) => store::find_unit(&app.db, unit).await?.as_ref().map(Value::of_unit).ok_or("请选单位"),
            Err(_) => Err("请选单位"),
        },
        Shape::Region => {
            let (regions, today) = (Regions::load(&app.db).await?, local_date(app.clock.now()));
            match regions.called(&typed.region, today).as_slice() {
                [] => Err("没有这个地方，请写全称"),
                [one] => Ok(Value::Region(one.code.clone())),
                _ => Err("有同名的地方，请写上县（市、区）"),
            }
        }
        Shape::Level => Level::parse(&typed.level).map(Value::Level).ok_or("请选级别"),
        Shape::Words => match typed.words.trim() {
            "" => Err("请写原职务"),
            words => Ok(Value::Text(words.to_owned())),
        },
        Shape::Code => Err("请选登记什么"),
    })
}
