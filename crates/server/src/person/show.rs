//! A person's page. What the reader may not know is not there, and nothing says that it is missing.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account, branch,
    calendar::{local_date, nominal_age, say},
    person::{
        Person,
        after_death::{self, TaskKind},
        age, birth,
        change::{self, ChangeState},
        death_undo,
        fact::{self, FactKind},
        kin,
        leader::{self, Discretion},
        merge,
        name::search::names_of,
    },
    region::Regions,
    retention,
    trail::{self, Seen},
};

use super::{
    facts::said,
    family,
    reach::{Number, numbers},
    words::{Reached, Units, at, birth_words, discreet, reached},
};
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
    person: String,
    died: Option<Tag>,
    basics: Vec<Answer>,
    now: Vec<Answer>,
    numbers: Vec<Number>,
    /// The roll itself has a telephone; an identity number.
    has: (bool, bool),
    logins: Vec<String>,
    kin: Vec<String>,
    tasks: Vec<Task>,
    changes: Vec<(String, String, &'static str)>,
    undos: Vec<(String, &'static str)>,
    /// A request to take the death back waits.
    asked: bool,
    past: Vec<Answer>,
    held: Option<(String, String)>,
    others: Vec<String>,
    told: String,
    /// Nobody whom no list names is in a segment.
    listed: bool,
    today: String,
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
    let it = match reached(&app, &by, &path).await {
        Err(PageError::NotFound) => return super::part::page(&app, &by, &path).await,
        other => other?,
    };
    let (person, db, today) = (&it.person, &app.db, local_date(app.clock.now()));
    let discretion = Discretion::towards(db, &it.grants).await?;
    let mut kin = kin::store::of_person(db, person.id).await?;
    kin.retain(|row| row.to_on.is_none());
    let mut looks = family::looks(&kin, (person.id, &discretion));
    looks.insert(0, (person.id, Seen::Page));
    trail::seen_all(db, &app.cx, &it.worker, &looks, app.clock.now()).await?;
    let regions = Regions::load(db).await?;
    let (mut units, mut now, mut past) = (Units::default(), Vec::new(), Vec::new());
    let mut facts = fact::store::history(db, person.id).await?;
    facts.sort_by_key(|row| (row.kind, row.from_on));
    for row in facts {
        if row.kind == FactKind::Died || !fact::visible(row.kind, &it.grants, &it.place) {
            continue;
        }
        let shown = said(&app, &regions, &mut units, &row, today).await?;
        if row.to_on.is_none() { now.push(shown) } else { past.push(shown) }
    }
    now.extend(branches(&app, person, false).await?);
    past.extend(branches(&app, person, true).await?);
    let changes = change::store::of_person(db, person.id).await?;
    let undos = death_undo::store::of_person(db, person.id).await?;
    html(&Page {
        frame: by.frame().console_at("/console/people").titled(person.name.clone()),
        href: at(person.id),
        person: person.id.to_string(),
        died: person.died_on.map(|_| Tag::quiet("已去世")),
        basics: basics(&app, &it).await?,
        now: discreet(now, &discretion),
        numbers: numbers(&app, &it).await?,
        has: (person.phone.is_some(), person.identity.is_some()),
        logins: logins(&app, person).await?,
        kin: kin.iter().map(|row| family::words(row, &discretion)).collect(),
        tasks: tasks(&app, (person, &discretion)).await?,
        changes: changes.iter().map(|row| (row.id.to_string(), field(row), row.state.label())).collect(),
        asked: undos.iter().any(|row| row.state == ChangeState::Asked),
        undos: undos.iter().map(|row| (row.id.to_string(), row.state.label())).collect(),
        past: discreet(past, &discretion),
        held: held(&app, person).await?,
        others: merged(&app, person).await?,
        told: format!("/console/told/people/{}", person.id),
        listed: !leader::is_guarded(person),
        today: today.to_string(),
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
    let births = birth::store::of_person(&app.db, person.id).await?;
    rows.extend(births.iter().map(birth_words));
    if let Some(day) = person.died_on {
        rows.push(Answer::new("去世", say::full_date(day)));
    } else {
        let nominal = nominal_age(person.born_on, today).unwrap_or_default();
        let years = age::full_years(person.born_on, today);
        rows.push(Answer::new("年龄", format!("{years}周岁，虚岁{nominal}")));
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

/// 组织关系 and where the person takes part, now or before.
async fn branches(app: &App, person: &Person, past: bool) -> Result<Vec<Answer>, PageError> {
    let mut rows = Vec::new();
    for row in branch::store::memberships_of(&app.db, person.id).await? {
        if row.to_on.is_some() == past {
            let name = branch::store::find(&app.db, row.branch_id).await?.map(|branch| branch.name);
            let name = name.unwrap_or_default();
            let from = say::full_date(row.from_on);
            let words = match row.to_on {
                Some(to) => format!("{name}，{from}至{}", say::full_date(to)),
                None => format!("{name}，{from}起"),
            };
            rows.push(Answer::new(row.kind.label(), words));
        }
    }
    Ok(rows)
}

async fn logins(app: &App, person: &Person) -> Result<Vec<String>, PageError> {
    let mut lines = Vec::new();
    for link in account::store::links_of(&app.db, person.id, app.clock.now()).await? {
        lines.push(super::logins::words(app, &link).await?);
    }
    Ok(lines)
}

async fn tasks(app: &App, (person, discretion): (&Person, &Discretion)) -> Result<Vec<Task>, PageError> {
    let rows = after_death::store::of_person(&app.db, person.id).await?;
    let task = |row: after_death::DeathTask| Task {
        id: row.id.to_string(),
        name: TaskKind::label(row.kind),
        due: say::full_date(row.due_on),
        done: row.done_at.is_some(),
        note: row.note.map(|note| discretion.says(&note)).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(task).collect())
}

/// A hold over all that is of the person, with where it stands.
async fn held(app: &App, person: &Person) -> Result<Option<(String, String)>, PageError> {
    let hold = retention::holds::over_person(&app.db, person.id).await?;
    Ok(hold.map(|hold| (format!("/console/retention/holds/{}", hold.id), hold.document)))
}

async fn merged(app: &App, person: &Person) -> Result<Vec<String>, PageError> {
    let rows = merge::store::into_person(&app.db, person.id).await?;
    Ok(rows.into_iter().map(|row| row.id.to_string()).collect())
}

fn field(row: &change::PersonChange) -> String {
    row.what().map_or_else(|| row.field.clone(), |field| field.label().to_owned())
}
