//! Beginning a record. An identity number that is there already leads to its record, or to the unit that has it; whoever looks the same
//! is shown with reasons, and the record begins only when somebody says that it is another human being.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    authority::{Grants, Scope, Worker},
    calendar::local_date,
    ids::{PersonId, UnitId},
    person::{
        BirthSource, Gender, NewPerson, PersonError, PersonRefusal, Precision, Retirement, Unit, commands,
        double::{Candidate, Existing, Reason, existing, known, look},
        period::Known,
        store,
    },
    privacy::{IdentityNumber, Phone},
    trail::{self, Found},
};
use notify::words::person as say;
use serde::Deserialize;

use super::words::{at, person_error, scopes};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "person/create.html")]
struct Page {
    frame: Frame,
    typed: Typed,
    units: Vec<(String, String)>,
    retirements: Vec<Choice>,
    genders: Vec<Choice>,
    alike: Vec<Alike>,
    there: Option<There>,
}

/// Somebody who may be the same.
struct Alike {
    name: String,
    href: Option<String>,
    unit: String,
    score: i16,
    reasons: String,
}

/// Whoever has the number.
struct There {
    href: Option<String>,
    unit: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    gender: String,
    born: String,
    identity: String,
    phone: String,
    retirement: String,
    joined: String,
    party: String,
    unit: String,
    /// The reader has seen who looks the same, and says that it is somebody else.
    another: String,
}

async fn page(app: &App, by: &SignedIn, typed: Typed) -> Result<(Page, Grants, Vec<Scope>), PageError> {
    let (grants, scopes) = scopes(by).await?;
    let today = local_date(app.clock.now());
    let units = store::units_in(&app.db, &scopes, today).await?;
    let option = |unit: Unit| (unit.id.to_string(), unit.name);
    let page = Page {
        frame: by.frame().console_at("/console/people").titled("新建档案"),
        typed,
        units: units.into_iter().map(option).collect(),
        retirements: vec![
            Choice::new("retired", "退休"),
            Choice::new("veteran", "离休").noted("1949年9月底以前参加革命工作"),
        ],
        genders: vec![Choice::new("male", "男"), Choice::new("female", "女")],
        alike: Vec::new(),
        there: None,
    };
    Ok((page, grants, scopes))
}

/// Whoever is shown was looked for, as on the page that searches: a number that was typed has told whose it is.
pub(super) async fn looked(
    app: &App,
    grants: &Grants,
    how: Found,
    people: &[PersonId],
) -> Result<(), PageError> {
    if people.is_empty() {
        return Ok(());
    }
    let worker = Worker::somewhere(grants).ok_or(PageError::NotFound)?;
    Ok(trail::found(&app.db, &app.cx, &worker, (how, people), app.clock.now()).await?)
}

pub(super) async fn form(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let typed = Typed { retirement: "retired".to_owned(), ..Typed::default() };
    html(&page(&app, &by, typed).await?.0)
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, grants, scopes) = page(&app, &by, typed.clone()).await?;
    let mut mistakes = Mistakes::new();
    let Some(new) = read(&typed, &mut mistakes) else {
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    if let Some(number) = &new.identity
        && let Some((id, there)) = existing(&app.db, &app.cx, &scopes, number).await?
    {
        looked(&app, &grants, Found::Number, &[id]).await?;
        return taken(page, there);
    }
    let now = app.clock.now();
    let sketch = new.clone().sealed(&app.cx.seal, PersonId::new(now), now);
    let sketch = sketch.map_err(|error| PageError::Broken(error.into()))?;
    let alike = look(&app.db, &app.cx, &scopes, &sketch).await?;
    if !alike.is_empty() && typed.another.is_empty() {
        let (by_number, by_name): (Vec<&Candidate>, Vec<&Candidate>) =
            alike.iter().partition(|one| told(one));
        for (how, some) in [(Found::Number, by_number), (Found::Name, by_name)] {
            let ids: Vec<PersonId> = some.iter().map(|one| one.person.id).collect();
            looked(&app, &grants, how, &ids).await?;
        }
        let mut shown = Vec::with_capacity(alike.len());
        for candidate in alike {
            shown.push(line(&app, candidate).await?);
        }
        let mistakes = Mistakes::one("another", "有人和这位很像，请先看一看");
        return mistaken(&Page { frame: page.frame.with(mistakes), alike: shown, ..page });
    }
    let unit = store::find_unit(&app.db, new.unit).await?.ok_or(PageError::NotFound)?;
    let worker: Worker = by.prove(unit.place()).await?;
    match commands::register(&app.db, &app.cx, &worker, new, now).await {
        Ok(person) => Ok(see_other(&at(person.id))),
        // Somebody was faster.
        Err(PersonError::Refused(PersonRefusal::Exists(id))) => {
            let there = known(&app.db, &scopes, id).await?.ok_or(PageError::NotFound)?;
            looked(&app, &grants, Found::Number, &[id]).await?;
            taken(page, there)
        }
        Err(PersonError::Refused(refusal)) => {
            let mistakes = Mistakes::one(field(refusal), say::person(refusal).replace('\n', ""));
            mistaken(&Page { frame: page.frame.with(mistakes), ..page })
        }
        Err(error) => Err(person_error(error)),
    }
}

/// Does the likeness tell whose number it is that was typed?
fn told(candidate: &Candidate) -> bool {
    let numbers = [Reason::SamePhone, Reason::NumberNearlySame];
    candidate.reasons.iter().any(|reason| numbers.contains(reason))
}

const fn field(refusal: PersonRefusal) -> &'static str {
    match refusal {
        PersonRefusal::NoVeteran => "joined",
        PersonRefusal::BornInFuture | PersonRefusal::BirthDate => "born",
        PersonRefusal::UnitClosed => "unit",
        PersonRefusal::Exists(_) | PersonRefusal::ExistsNow => "identity",
        _ => "name",
    }
}

fn taken(page: Page, there: Existing) -> Result<HttpResponse, PageError> {
    let (words, there) = match there {
        Existing::Here(id) => ("这个身份证号已经建过档", There { href: Some(at(id)), unit: String::new() }),
        Existing::Elsewhere { unit } => ("这个身份证号在别处建过档", There { href: None, unit }),
    };
    let mistakes = Mistakes::one("identity", words);
    mistaken(&Page { frame: page.frame.with(mistakes), there: Some(there), ..page })
}

async fn line(app: &App, candidate: Candidate) -> Result<Alike, PageError> {
    let reasons: Vec<&str> = candidate.reasons.iter().map(|reason| reason.label()).collect();
    // Of somebody elsewhere the reader knows the unit, and nothing else.
    let (name, href, unit) = match candidate.existing {
        Existing::Here(id) => {
            let unit = store::find_unit(&app.db, candidate.person.unit_id).await?;
            (candidate.person.name, Some(at(id)), unit.map(|unit| unit.name).unwrap_or_default())
        }
        Existing::Elsewhere { unit } => ("别处的一位同志".to_owned(), None, unit),
    };
    Ok(Alike { name, href, unit, score: candidate.score, reasons: reasons.join("、") })
}

fn read(typed: &Typed, mistakes: &mut Mistakes) -> Option<NewPerson> {
    let name =
        mistakes.need("name", Some(typed.name.trim()).filter(|name| !name.is_empty()).ok_or("请写姓名"));
    let gender = match typed.gender.as_str() {
        "male" => Ok(Gender::Male),
        "female" => Ok(Gender::Female),
        _ => Err("请选性别"),
    };
    let gender = mistakes.need("gender", gender);
    let identity = match typed.identity.trim() {
        "" => Some(None),
        text => {
            let read = IdentityNumber::parse(text).map_err(|why| say::identity_number(why).replace('\n', ""));
            mistakes.need("identity", read).map(Some)
        }
    };
    let born = match (typed.born.trim(), &identity) {
        // The card says it; the file may say otherwise, and then it is typed.
        ("", Some(Some(number))) => {
            Ok((Known { on: number.born_on(), precision: Precision::Day }, BirthSource::Identity))
        }
        (text, _) => {
            Known::read(text).map(|known| (known, BirthSource::File)).ok_or("请写出生日期，比如1944年3月15日")
        }
    };
    let born = mistakes.need("born", born);
    let phone = match typed.phone.trim() {
        "" => Some(None),
        text => mistakes.need("phone", Phone::parse(text).or(Err("电话不对，请再看一遍"))).map(Some),
    };
    let joined = match typed.joined.trim() {
        "" => Some(None),
        text => mistakes.need("joined", Known::read(text).ok_or("日期请写成1949年9月这样")).map(Some),
    };
    let party = match typed.party.trim() {
        "" => Some(None),
        text => mistakes.need("party", day(text)).map(Some),
    };
    let unit = mistakes.need("unit", typed.unit.parse::<UnitId>().or(Err("请选管理单位")));
    let (born, source) = born?;
    Some(NewPerson {
        name: name?.to_owned(),
        gender: gender?,
        born_on: born.on,
        born_precision: born.precision,
        born_source: source,
        birthday: None,
        retirement: if typed.retirement == "veteran" { Retirement::Veteran } else { Retirement::Retired },
        joined_work: joined?.map(|known| (known.on, known.precision)),
        party_joined_on: party?,
        unit: unit?,
        residence: None,
        living_alone: false,
        phone: phone?,
        identity: identity?,
        payout: None,
    })
}

fn day(text: &str) -> Result<NaiveDate, &'static str> {
    let known = Known::read(text).filter(|known| known.precision == Precision::Day);
    known.map(|known| known.on).ok_or("日期请写到哪一天")
}
