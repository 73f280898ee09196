//! A segment to be, or to be changed: tried first, as often as one likes, then saved. What is saved is a new version; the old one stays.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use domain::{
    authority::Worker,
    ids::{PersonId, RegionCode, SegmentId},
    person::{
        fact::{FactKind, Level},
        period::Period,
    },
    region::Region,
    segment::{
        Definition, Hands, Rule, SegmentError, ServiceStandard, Way,
        commands::{self, Saying},
        trial::{SHOWN, Trial, trial},
    },
    trail::{self, Found},
};

use super::{
    desk::{Desk, HERE, page_error, refused, units},
    fields::{REACH, Typed},
};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

/// 独居的, 不是独居的 …
type Question = (&'static str, &'static str, String);

#[derive(Template)]
#[template(path = "segment/edit.html")]
struct Page {
    frame: Frame,
    here: String,
    back: String,
    place: String,
    typed: Typed,
    /// Those that may be narrowed; nothing when that is settled.
    bases: Vec<Choice>,
    base: Option<String>,
    periods: Vec<(&'static str, &'static str, bool)>,
    dimensions: Vec<Choice>,
    levels: Vec<Choice>,
    questions: Vec<Question>,
    reach: Vec<Choice>,
    places: Vec<Choice>,
    ways: Vec<Choice>,
    hands: Vec<Choice>,
    tried: Option<Tried>,
}

struct Tried {
    words: String,
    lines: Vec<String>,
    sample: Vec<Line>,
    shown: usize,
}

struct Line {
    id: PersonId,
    name: String,
    born: String,
    unit: String,
}

/// Whose it is to be, and what it is now.
struct Subject {
    region: RegionCode,
    worker: Worker,
    base: Option<SegmentId>,
    now: Option<Definition>,
}

impl Subject {
    fn at(&self) -> String {
        self.now.as_ref().map_or_else(|| format!("{HERE}/new"), |it| format!("{HERE}/{}/edit", it.segment.id))
    }
}

fn page(desk: &Desk, by: &SignedIn, subject: &Subject, typed: Typed) -> Page {
    let questions = [
        ("alone", "独居", &typed.alone),
        ("party", "党员", &typed.party),
        ("volunteer", "志愿者", &typed.volunteer),
        ("hardship", "困难干部", &typed.hardship),
        ("relatives", "登记了家人", &typed.relatives),
    ];
    let ticked = [&typed.r1, &typed.r2, &typed.k1, &typed.k2, &typed.j].map(|one| !one.is_empty());
    let periods = Period::ALL.into_iter().zip(["r1", "r2", "k1", "k2", "j"]).zip(ticked);
    let name = |id| desk.book.version(id, desk.today).map(|version| version.name.clone());
    let title = if subject.now.is_some() { "修改分类" } else { "新建分类" };
    Page {
        frame: by.frame().console_at(HERE).titled(title),
        here: subject.at(),
        back: subject.now.as_ref().map_or_else(|| HERE.to_owned(), |it| format!("{HERE}/{}", it.segment.id)),
        place: desk.regions.full_name(&subject.region, desk.today),
        bases: if subject.now.is_some() { Vec::new() } else { bases(desk, &subject.region) },
        base: subject.now.as_ref().and(subject.base).and_then(name),
        periods: periods.map(|((period, field), ticked)| (field, period.label(), ticked)).collect(),
        dimensions: FactKind::all()
            .filter(|kind| kind.is_treatment())
            .map(|kind| Choice::new(kind.code(), kind.label()))
            .collect(),
        levels: Level::all().map(|level| Choice::new(level.code(), level.label())).collect(),
        questions: questions.map(|(field, label, said)| (field, label, said.clone())).into(),
        reach: REACH.map(|(code, words)| Choice::new(code, words)).into(),
        places: places(desk, &subject.region),
        ways: Way::ALL.map(|way| Choice::new(way.code(), way.label())).into(),
        hands: Hands::ALL.map(|hands| Choice::new(hands.code(), hands.label())).into(),
        tried: None,
        typed,
    }
}

/// What a segment of the region may narrow: one of the region itself or above.
fn bases(desk: &Desk, region: &RegionCode) -> Vec<Choice> {
    let all = desk.book.in_force(desk.today).into_iter();
    let above = all.filter(|it| it.segment.region.covers(region));
    above.map(|it| Choice::new(it.segment.id.to_string(), it.version.name)).collect()
}

/// The parts of a region, down to its counties; of a county, its townships.
fn places(desk: &Desk, region: &RegionCode) -> Vec<Choice> {
    let mut found = Vec::new();
    for part in desk.regions.children(region, desk.today) {
        found.push(Choice::new(part.code.to_string(), part.name.clone()));
        if part.code.as_str().len() < 6 {
            let below = desk.regions.children(&part.code, desk.today).into_iter();
            let named = |one: &Region| format!("{}{}", part.name, one.name);
            found.extend(below.map(|one| Choice::new(one.code.to_string(), named(one))));
        }
    }
    found
}

pub(super) async fn form(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let desk = Desk::of(&app, &by).await?;
    let (region, worker) = desk.own()?;
    let typed = Typed {
        from: desk.today.to_string(),
        every: "30".to_owned(),
        way: Way::Visit.code().to_owned(),
        hands: Hands::Worker.code().to_owned(),
        ..Typed::default()
    };
    html(&page(&desk, &by, &Subject { region, worker, base: None, now: None }, typed))
}

pub(super) async fn make(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let desk = Desk::of(&app, &by).await?;
    let (region, worker) = desk.own()?;
    let base = match typed.base.as_str() {
        "" => None,
        id => {
            let above = Some(desk.finds(id)?.segment).filter(|above| above.region.covers(&region));
            Some(above.ok_or(PageError::NotFound)?.id)
        }
    };
    submit(&app, &by, &desk, Subject { region, worker, base, now: None }, typed).await
}

fn changing(desk: &Desk, id: &str) -> Result<Subject, PageError> {
    let it = desk.finds(id)?;
    let worker = desk.owns(&it).ok_or(PageError::NotFound)?;
    Ok(Subject { region: it.segment.region.clone(), worker, base: it.segment.base_id, now: Some(it) })
}

pub(super) async fn again(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let desk = Desk::of(&app, &by).await?;
    let subject = changing(&desk, &path)?;
    // As it will be, when something else is written down already.
    let last = subject.now.as_ref().and_then(|it| desk.book.versions_of(it.segment.id).next());
    let last = last.ok_or(PageError::NotFound)?;
    let typed = Typed { from: last.from_on.max(desk.today).to_string(), ..Typed::of(last) };
    html(&page(&desk, &by, &subject, typed))
}

pub(super) async fn change(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let desk = Desk::of(&app, &by).await?;
    let subject = changing(&desk, &path)?;
    submit(&app, &by, &desk, subject, typed).await
}

/// Tries it, or saves it.
async fn submit(
    app: &App,
    by: &SignedIn,
    desk: &Desk,
    subject: Subject,
    typed: Typed,
) -> Result<HttpResponse, PageError> {
    let (mut mistakes, now) = (Mistakes::new(), app.clock.now());
    let rule = typed.rule(&mut mistakes);
    if typed.act != "save" {
        if rule.lines().is_empty() && subject.base.is_none() {
            mistakes.add("kind", "请至少选一个条件");
        }
        let page = page(desk, by, &subject, typed);
        if !mistakes.is_empty() {
            return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
        }
        let tried = Some(tried(app, desk, &subject, &rule).await?);
        return html(&Page { tried, ..page });
    }
    let saying = read(&typed, rule, &mut mistakes);
    let page = page(desk, by, &subject, typed);
    let Some(saying) = saying.filter(|_| mistakes.is_empty()) else {
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    let saved = if let Some(it) = &subject.now {
        let id = it.segment.id;
        commands::change(&app.db, &app.cx, &subject.worker, (id, saying), now).await.map(|_| id)
    } else {
        let new = (subject.region.clone(), subject.base, saying);
        commands::make(&app.db, &app.cx, &subject.worker, new, now).await.map(|segment| segment.id)
    };
    match saved {
        Ok(id) => Ok(see_other(&format!("{HERE}/{id}"))),
        Err(SegmentError::Refused(refusal)) => {
            let (field, words) = refused(refusal);
            mistaken(&Page { frame: page.frame.with(Mistakes::one(field, words)), ..page })
        }
        Err(error) => Err(page_error(error)),
    }
}

fn read(typed: &Typed, rule: Rule, mistakes: &mut Mistakes) -> Option<Saying> {
    let from_on = mistakes.need("from", typed.from.parse::<NaiveDate>().or(Err("请写从哪一天起")));
    let every_days = mistakes.need("every", typed.every.trim().parse::<i32>().or(Err("请写天数")));
    let way = mistakes.need("way", Way::parse(&typed.way).ok_or("请选怎么做"));
    let hands = mistakes.need("hands", Hands::parse(&typed.hands).ok_or("请选谁来做"));
    let service = ServiceStandard { every_days: every_days?, way: way?, hands: hands? };
    let (name, source) = (typed.name.clone(), typed.source.clone());
    Some(Saying { name, rule, service, source, from_on: from_on? })
}

/// Who would be in, today.
async fn tried(app: &App, desk: &Desk, subject: &Subject, own: &Rule) -> Result<Tried, PageError> {
    let (region, now) = (&subject.region, app.clock.now());
    let rule = desk.book.whole((region, subject.base), own, desk.today);
    let found = trial(&app.db, &subject.worker, (region, &rule), now).await?;
    let Trial { members, unsure, whole, sample } = found.ok_or(PageError::NotFound)?;
    let ids: Vec<PersonId> = sample.iter().map(|person| person.id).collect();
    trail::found(&app.db, &app.cx, &subject.worker, (Found::Segment, &ids), now).await?;
    let units = units(app, &sample).await?;
    let sample = sample.into_iter().map(|person| Line {
        id: person.id,
        born: format!("{}，{}年生", person.gender.label(), person.born_on.year()),
        unit: units.get(&person.unit_id).cloned().unwrap_or_default(),
        name: person.name,
    });
    let part = if whole { "" } else { "人太多，只试算了一部分：" };
    Ok(Tried {
        words: format!("{part}名单里会有{members}人，要核实的{unsure}人"),
        lines: rule.labels(&desk.regions, desk.today),
        sample: sample.collect(),
        shown: SHOWN,
    })
}
