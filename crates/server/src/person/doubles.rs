//! Records that look the same: the list, a pair side by side, and a merge that waits for a second person or can be taken back.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::Worker,
    calendar::say,
    ids::{PersonDoubleId, PersonId, PersonMergeId},
    person::{
        self, Person, Precision,
        double::{DoubleState, commands as doubles, store},
        merge::{self, MergeState, PersonMerge, commands as merges},
        period::Known,
    },
    trail::{self, Found, Seen},
};
use serde::Deserialize;

use super::words::{at, merge_error, name, person_error, reached, scopes};
use crate::{
    app::App,
    page::{Frame, PageError, Said, html, see_other, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "person/doubles.html")]
struct List {
    frame: Frame,
    pairs: Vec<(String, String, i16, String)>,
    merges: Vec<(String, String)>,
}

pub(super) async fn list(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (grants, scopes) = scopes(&by).await?;
    let (mut pairs, mut people) = (Vec::new(), Vec::new());
    for pair in store::open_in(&app.db, &scopes, 100).await? {
        // The other one may be somewhere else, which is nothing for this reader.
        let Ok(one) = reached(&app, &by, &pair.one_id.to_string()).await else { continue };
        let Ok(other) = reached(&app, &by, &pair.other_id.to_string()).await else { continue };
        let reasons: Vec<&str> = pair.reasons.0.iter().map(|reason| reason.label()).collect();
        let names = format!("{}、{}", one.person.name, other.person.name);
        pairs.push((pair.id.to_string(), names, pair.score, reasons.join("、")));
        people.extend([one.person.id, other.person.id]);
    }
    let mut waiting = Vec::new();
    for row in merge::store::waiting(&app.db, &scopes, 100).await? {
        let kept = person::store::find(&app.db, row.kept_id).await?;
        waiting.push((row.id.to_string(), kept.map(|kept| kept.name).unwrap_or_default()));
    }
    if !people.is_empty() {
        let worker = Worker::somewhere(&grants).ok_or(PageError::NotFound)?;
        trail::found(&app.db, &app.cx, &worker, (Found::Doubles, &people), app.clock.now()).await?;
    }
    let frame = by.frame().console_at("/console/people").titled("疑似重复");
    html(&List { frame, pairs, merges: waiting })
}

#[derive(Template)]
#[template(path = "person/double.html")]
struct Pair {
    frame: Frame,
    action: String,
    rows: Vec<Row>,
    one: Side,
    /// Nothing of a record that the reader does not reach.
    other: Option<Side>,
    note: String,
    buttons: Vec<(String, &'static str)>,
}

struct Side {
    href: String,
    name: String,
}

/// One line of the comparison.
struct Row {
    what: &'static str,
    one: String,
    other: String,
}

/// Both records, line by line, or the one that the reader reaches. What is sealed is not opened for it: it says whether there is something.
async fn rows(app: &App, one: &Person, other: Option<&Person>) -> Result<Vec<Row>, PageError> {
    let unit = async |person: &Person| -> Result<String, PageError> {
        Ok(person::store::find_unit(&app.db, person.unit_id).await?.map(|unit| unit.name).unwrap_or_default())
    };
    let there = |there: bool| if there { "已登记" } else { "没有" }.to_owned();
    let row = |what, of: &dyn Fn(&Person) -> String| Row {
        what,
        one: of(one),
        other: other.map(of).unwrap_or_default(),
    };
    let other_unit = match other {
        Some(other) => unit(other).await?,
        None => String::new(),
    };
    Ok(vec![
        row("姓名", &|person| person.name.clone()),
        row("性别", &|person| person.gender.label().to_owned()),
        row("出生日期", &|person| say::full_date(person.born_on)),
        row("离休退休", &|person| person.retirement.label().to_owned()),
        row("参加革命工作时间", &|person| {
            let precision = person.joined_work_precision.unwrap_or(Precision::Year);
            person.joined_work_on.map_or_else(|| there(false), |on| Known { on, precision }.say())
        }),
        row("入党时间", &|person| person.party_joined_on.map_or_else(|| there(false), say::full_date)),
        row("身份证号", &|person| there(person.identity.is_some())),
        row("电话", &|person| there(person.phone.is_some())),
        row("银行账户", &|person| {
            person.payout_tail.clone().map_or_else(|| there(false), |tail| format!("尾号{tail}"))
        }),
        Row { what: "管理单位", one: unit(one).await?, other: other_unit },
    ])
}

fn side(person: &Person) -> Side {
    Side { href: at(person.id), name: person.name.clone() }
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let id: PersonDoubleId = path.parse().or(Err(PageError::NotFound))?;
    let pair = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let one = reached(&app, &by, &pair.one_id.to_string()).await?;
    let other = reached(&app, &by, &pair.other_id.to_string()).await?;
    let both = (one.place.clone(), other.place.clone());
    let worker = Worker::among_both(&one.grants, both).ok_or(PageError::NotFound)?;
    let looks = [(one.person.id, Seen::Pair(id)), (other.person.id, Seen::Pair(id))];
    trail::seen_all(&app.db, &app.cx, &worker, &looks, app.clock.now()).await?;
    let reasons: Vec<&str> = pair.reasons.0.iter().map(|reason| reason.label()).collect();
    let open = pair.state == DoubleState::Open;
    let buttons = vec![
        ("keep_one".to_owned(), "是同一个人，留左边的"),
        ("keep_other".to_owned(), "是同一个人，留右边的"),
        ("two".to_owned(), "不是同一个人"),
    ];
    html(&Pair {
        frame: by.frame().console_at("/console/people").titled("是不是同一个人"),
        action: format!("/console/doubles/{id}"),
        rows: rows(&app, &one.person, Some(&other.person)).await?,
        note: format!("相像{}分：{}。", pair.score, reasons.join("、")),
        one: side(&one.person),
        other: Some(side(&other.person)),
        buttons: if open { buttons } else { Vec::new() },
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct Act {
    act: String,
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Act>,
) -> Result<HttpResponse, PageError> {
    let id: PersonDoubleId = path.parse().or(Err(PageError::NotFound))?;
    let pair = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let one = reached(&app, &posted.by, &pair.one_id.to_string()).await?;
    let other = reached(&app, &posted.by, &pair.other_id.to_string()).await?;
    let worker = Worker::among_both(&one.grants, (one.place, other.place)).ok_or(PageError::NotFound)?;
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let propose = async |which: (PersonId, PersonId)| {
        let merge = merges::propose(db, cx, &worker, which, now).await.map_err(merge_error)?;
        Ok(see_other(&format!("/console/merges/{}", merge.id)))
    };
    match posted.form.act.as_str() {
        "keep_one" => propose((pair.one_id, pair.other_id)).await,
        "keep_other" => propose((pair.other_id, pair.one_id)).await,
        "two" => {
            doubles::two_people(db, cx, &worker, id, now).await.map_err(person_error)?;
            Ok(see_other_saying("/console/doubles", Said::Kept))
        }
        _ => Err(PageError::NotFound),
    }
}

/// The two records of a merge, as far as the reader reaches them, and the proof with which both are worked on.
struct Sides {
    kept: Option<Person>,
    merged: Option<Person>,
    worker: Option<Worker>,
    /// The one with which the page is read.
    looks: Worker,
}

/// Once it is done, both are one record, and who reaches that sees what became of it. Until then each side is seen by whoever reaches it.
async fn sides(app: &App, by: &SignedIn, row: &PersonMerge) -> Result<Sides, PageError> {
    let seen = async |id: PersonId| match reached(app, by, &id.to_string()).await {
        Ok(it) => Ok(Some((it.person, it.worker))),
        Err(PageError::NotFound) => Ok(None),
        Err(error) => Err(error),
    };
    let kept = seen(row.kept_id).await?;
    let (merged, through) = match row.state {
        MergeState::Merged if kept.is_none() => return Err(PageError::NotFound),
        MergeState::Merged => (person::store::find(&app.db, row.merged_id).await?, None),
        MergeState::Proposed | MergeState::Refused | MergeState::Undone => seen(row.merged_id).await?.unzip(),
    };
    let (kept, first) = kept.unzip();
    let place = async |id| person::store::place_of(&app.db, id).await;
    let worker = match (place(row.kept_id).await?, place(row.merged_id).await?) {
        (Some(kept), Some(merged)) => Worker::among_both(&by.grants().await?, (kept, merged)),
        _ => None,
    };
    let looks = worker.clone().or(first).or(through).ok_or(PageError::NotFound)?;
    Ok(Sides { kept, merged, worker, looks })
}

pub(super) async fn merge(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let id: PersonMergeId = path.parse().or(Err(PageError::NotFound))?;
    let row = merge::store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let Sides { kept, merged, worker, looks } = sides(&app, &by, &row).await?;
    let shown: Vec<_> = kept.iter().chain(&merged).map(|person| (person.id, Seen::Merge(id))).collect();
    trail::seen_all(&app.db, &app.cx, &looks, &shown, app.clock.now()).await?;
    let who = name(&app, &row.proposed_by).await?;
    let mine = row.proposed_by == by.account.id;
    let (note, buttons) = match row.state {
        MergeState::Proposed if worker.is_none() => {
            ("另一份档案在别处，等两边都管的同志办。".to_owned(), Vec::new())
        }
        MergeState::Proposed if mine => ("等另一位同志确认。".to_owned(), Vec::new()),
        MergeState::Proposed => (
            format!("{who}提出合并，留左边的档案。"),
            vec![("agree".to_owned(), "确认合并"), ("refuse".to_owned(), "不合并")],
        ),
        MergeState::Merged => {
            let undo = worker.map(|_| ("undo".to_owned(), "撤销合并"));
            ("已经合并，左边的档案在用。".to_owned(), undo.into_iter().collect())
        }
        MergeState::Refused => ("没有同意合并。".to_owned(), Vec::new()),
        MergeState::Undone => ("已经撤销合并。".to_owned(), Vec::new()),
    };
    // Who reaches one side only sees that one, whichever it is.
    let (one, other) = match (kept, merged) {
        (Some(kept), merged) => (kept, merged),
        (None, Some(merged)) => (merged, None),
        (None, None) => return Err(PageError::NotFound),
    };
    html(&Pair {
        frame: by.frame().console_at("/console/people").titled("合并档案"),
        action: format!("/console/merges/{id}"),
        rows: rows(&app, &one, other.as_ref()).await?,
        one: side(&one),
        other: other.as_ref().map(side),
        note,
        buttons,
    })
}

pub(super) async fn decide(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Act>,
) -> Result<HttpResponse, PageError> {
    let id: PersonMergeId = path.parse().or(Err(PageError::NotFound))?;
    let row = merge::store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let worker = sides(&app, &posted.by, &row).await?.worker.ok_or(PageError::NotFound)?;
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    match posted.form.act.as_str() {
        "agree" => merges::decide(db, cx, &worker, (id, true), now).await.map_err(merge_error)?,
        "refuse" => merges::decide(db, cx, &worker, (id, false), now).await.map_err(merge_error)?,
        "undo" => merges::undo(db, cx, &worker, id, now).await.map_err(merge_error)?,
        _ => return Err(PageError::NotFound),
    }
    Ok(see_other_saying(&format!("/console/merges/{id}"), Said::Kept))
}
