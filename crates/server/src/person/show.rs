//! A person's page. What the reader may not know is not there, and nothing says that it is missing.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::{local_date, nominal_age, say},
    person::{
        self, Person,
        after_death::{self, TaskKind},
        age, birth, change, contact,
        fact::{self, FactKind, LONG_AGO, PersonFact, Value},
        kin, merge,
        name::search::names_of,
    },
    region::Regions,
};

use super::words::{Reached, at, reached};
use crate::{
    app::App,
    page::{Answer, Frame, PageError, Tag, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "person/show.html")]
struct Page {
    frame: Frame,
    href: String,
    died: Option<Tag>,
    basics: Vec<Answer>,
    now: Vec<Answer>,
    contacts: Vec<Contact>,
    kin: Vec<Answer>,
    tasks: Vec<Task>,
    changes: Vec<(String, String, &'static str)>,
    past: Vec<Answer>,
    others: Vec<String>,
}

struct Contact {
    whose: String,
    number: String,
    used_for: String,
    notes: String,
}

struct Task {
    id: String,
    name: &'static str,
    due: String,
    done: bool,
    note: String,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let it = reached(&app, &by, &path).await?;
    let (person, db, today) = (&it.person, &app.db, local_date(app.clock.now()));
    let regions = Regions::load(db).await?;
    let facts = fact::store::history(db, person.id).await?;
    let visible: Vec<PersonFact> =
        facts.into_iter().filter(|row| fact::visible(row.kind, &it.grants, &it.place)).collect();
    let (mut now, mut past) = (Vec::new(), Vec::new());
    for row in &visible {
        if row.kind == FactKind::Died {
            continue;
        }
        let shown = Answer::new(row.kind.label(), said(&app, &regions, row, today).await?);
        if row.to_on.is_none() { now.push(shown) } else { past.push(shown) }
    }
    let kin = kin::store::of_person(db, person.id).await?;
    let changes = change::store::of_person(db, person.id).await?;
    html(&Page {
        frame: by.frame().console_at("/console/people").titled(person.name.clone()),
        href: at(person.id),
        died: person.died_on.map(|_| Tag::quiet("已去世")),
        basics: basics(&app, &it).await?,
        now,
        contacts: contacts(&app, person).await?,
        kin: kin.iter().filter(|row| row.to_on.is_none()).map(relative).collect(),
        tasks: tasks(&app, person).await?,
        changes: changes.iter().map(|row| (row.id.to_string(), field(row), row.state.label())).collect(),
        past,
        others: merged(&app, person).await?,
    })
}

async fn basics(app: &App, it: &Reached) -> Result<Vec<Answer>, PageError> {
    let (person, today) = (&it.person, local_date(app.clock.now()));
    let mut rows = vec![Answer::new("性别", person.gender.label())];
    let names = names_of(&app.db, person.id).await?;
    let former: Vec<String> = names.into_iter().filter(|name| !name.used).map(|name| name.name).collect();
    if !former.is_empty() {
        rows.push(Answer::new("曾用名", former.join("、")));
    }
    for birth in birth::store::of_person(&app.db, person.id).await? {
        let source = match birth.source {
            person::BirthSource::File => "档案",
            person::BirthSource::Identity => "身份证",
            person::BirthSource::Family => "家人",
        };
        let used = match (birth.personnel, birth.greeting) {
            (true, true) => "，人事和祝寿按它",
            (true, false) => "，人事按它",
            (false, true) => "，祝寿按它",
            (false, false) => "",
        };
        rows.push(Answer::new("出生日期", format!("{}（{source}{used}）", birth.say())));
    }
    match person.died_on {
        Some(day) => rows.push(Answer::new("去世", say::full_date(day))),
        None => {
            let nominal = nominal_age(person.born_on, today).unwrap_or_default();
            let years = age::full_years(person.born_on, today);
            rows.push(Answer::new("年龄", format!("{years}周岁，虚岁{nominal}")));
        }
    }
    let number = match (&person.identity, person.identity_derived) {
        (None, _) => "没有登记",
        (Some(_), true) => "已登记，由15位老号码换算",
        (Some(_), false) => "已登记",
    };
    rows.push(Answer::new("身份证号", number));
    let account = match (&person.payout_bank, &person.payout_tail) {
        (Some(bank), Some(tail)) => format!("{bank}，尾号{tail}"),
        _ => "没有登记".to_owned(),
    };
    rows.push(Answer::new("银行账户", account));
    Ok(rows)
}

/// A fact in words: what, since when, by which document.
async fn said(
    app: &App,
    regions: &Regions,
    row: &PersonFact,
    today: chrono::NaiveDate,
) -> Result<String, PageError> {
    let what = match row.said() {
        Value::Bare => String::new(),
        Value::Unit(unit, _) => {
            person::store::find_unit(&app.db, unit).await?.map(|unit| unit.name).unwrap_or_default()
        }
        Value::Region(code) => {
            let name = regions.full_name(&code, today);
            if name.is_empty() { code.to_string() } else { name }
        }
        Value::Level(level) => level.label().to_owned(),
        Value::Text(text) if row.kind == FactKind::JoinedWork => {
            text.parse::<person::period::Known>().map_or(text, person::period::Known::say)
        }
        Value::Text(text) if row.kind == FactKind::Period => {
            person::period::Period::parse(&text).map_or(text, |period| period.label().to_owned())
        }
        Value::Text(text) => text,
    };
    let since = match (row.from_on, row.to_on) {
        _ if row.kind == FactKind::JoinedWork => String::new(),
        (LONG_AGO, None) => String::new(),
        (from, None) => format!("{}起", say::full_date(from)),
        (LONG_AGO, Some(to)) => format!("{}止", say::full_date(to)),
        (from, Some(to)) => format!("{}至{}", say::full_date(from), say::full_date(to)),
    };
    let parts = [what, since, row.basis.clone()];
    Ok(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("，"))
}

async fn contacts(app: &App, person: &Person) -> Result<Vec<Contact>, PageError> {
    let mut rows = Vec::new();
    for contact in contact::store::of_person(&app.db, person.id).await? {
        let label = contact.label.clone().map(|label| format!("（{label}）")).unwrap_or_default();
        let used: Vec<&str> = contact.purposes().map(contact::Purpose::label).collect();
        let shared = contact::store::shared(&app.db, &contact).await?;
        let checked = contact
            .verified_at
            .map_or_else(|| "没有核实".to_owned(), |at| format!("{}核实", say::full_date(local_date(at))));
        rows.push(Contact {
            whose: format!("{}{label}", contact.owner.label()),
            number: format!("尾号{}", contact.tail),
            used_for: used.join("、"),
            notes: if shared { format!("{checked}，和别人共用") } else { checked },
        });
    }
    Ok(rows)
}

fn relative(row: &kin::PersonKin) -> Answer {
    let left = if row.survivor_since.is_some() { "，遗属" } else { "" };
    Answer::new(row.relation.label(), format!("{}{left}", row.name))
}

async fn tasks(app: &App, person: &Person) -> Result<Vec<Task>, PageError> {
    let rows = after_death::store::of_person(&app.db, person.id).await?;
    let task = |row: after_death::DeathTask| Task {
        id: row.id.to_string(),
        name: TaskKind::label(row.kind),
        due: say::full_date(row.due_on),
        done: row.done_at.is_some(),
        note: row.note.unwrap_or_default(),
    };
    Ok(rows.into_iter().map(task).collect())
}

async fn merged(app: &App, person: &Person) -> Result<Vec<String>, PageError> {
    let rows = merge::store::into_person(&app.db, person.id).await?;
    Ok(rows.into_iter().map(|row| row.id.to_string()).collect())
}

fn field(row: &change::PersonChange) -> String {
    row.what().map_or_else(|| row.field.clone(), |field| field.label().to_owned())
}
