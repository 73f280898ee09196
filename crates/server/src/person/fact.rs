//! Beginning or ending a role, a place or a post.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::local_date,
    ids::{RegionCode, UnitId},
    person::{
        Unit,
        fact::{self, FactError, FactKind, Level, NewFact, Shape, Value, commands, transfer},
        period::Known,
        store,
    },
};
use notify::words::person as say;
use serde::Deserialize;

use super::words::{Reached, at, fact_error, reached};
use crate::{
    app::App,
    page::{Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
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
    kinds: Vec<(String, &'static str)>,
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
    value: String,
    unit: String,
    level: String,
    basis: String,
}

async fn page(app: &App, by: &SignedIn, id: &str, typed: Typed) -> Result<(Page, Reached), PageError> {
    let it = reached(app, by, id).await?;
    let today = local_date(app.clock.now());
    let units = store::units_in(&app.db, &[it.worker.scope().clone()], today).await?;
    let seen = |kind: &FactKind| fact::visible(*kind, &it.grants, &it.place);
    let page = Page {
        frame: by.frame().console_at("/console/people").titled("登记身份或住处"),
        href: at(it.person.id),
        typed,
        kinds: KINDS.into_iter().filter(seen).map(|kind| (kind.code(), kind.label())).collect(),
        units: units.into_iter().map(|unit: Unit| (unit.id.to_string(), unit.name)).collect(),
        levels: Level::all().map(|level| (level.code(), level.label())).collect(),
    };
    Ok((page, it))
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let on = local_date(app.clock.now()).to_string();
    let typed = Typed { what: "begin".to_owned(), on, ..Typed::default() };
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
        FactKind::parse(&typed.kind).filter(|kind| page.kinds.iter().any(|(code, _)| *code == kind.code()));
    let kind = mistakes.need("kind", kind.ok_or("请选登记什么"));
    let on = mistakes.need("on", Known::read(&typed.on).ok_or("请写日期"));
    let (Some(kind), Some(on)) = (kind, on) else {
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    let (db, cx, now, person) = (&app.db, &app.cx, app.clock.now(), it.person.id);
    let done = if typed.what == "end" {
        commands::end(db, cx, &it.worker, (person, kind), (on.on, now)).await
    } else {
        let Some(value) = value(&app, kind, &typed).await? else {
            let mistakes = Mistakes::one("value", "请写登记的内容");
            return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
        };
        match (kind, &value) {
            (FactKind::ManagingUnit, Value::Unit(unit, _)) => {
                let to = (person, *unit, typed.basis.as_str());
                transfer::transfer(db, cx, &it.worker, to, (on.on, now)).await.map(drop)
            }
            _ => {
                let new = NewFact { kind, value, from_on: on.on, basis: typed.basis.clone() };
                commands::record(db, cx, &it.worker, (person, new), now).await.map(drop)
            }
        }
    };
    match done {
        Ok(()) => Ok(see_other_saying(&page.href, Said::Kept)),
        Err(FactError::Refused(refusal)) => {
            let mistakes = Mistakes::one("on", say::fact(refusal).replace('\n', ""));
            mistaken(&Page { frame: page.frame.with(mistakes), ..page })
        }
        Err(error) => Err(fact_error(error)),
    }
}

async fn value(app: &App, kind: FactKind, typed: &Typed) -> Result<Option<Value>, PageError> {
    Ok(match kind.shape() {
        Shape::Bare => Some(Value::Bare),
        Shape::Unit => match typed.unit.parse::<UnitId>() {
            Ok(unit) => store::find_unit(&app.db, unit).await?.as_ref().map(Value::of_unit),
            Err(_) => None,
        },
        Shape::Region => RegionCode::from_gb2260(typed.value.trim()).map(Value::Region),
        Shape::Level => Level::parse(&typed.level).map(Value::Level),
        Shape::Words => {
            Some(typed.value.trim()).filter(|text| !text.is_empty()).map(|text| Value::Text(text.to_owned()))
        }
        Shape::Code => None,
    })
}
