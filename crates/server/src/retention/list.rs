//! One list: how many of each class and unit, by which rule, what stays and why; proposing, agreeing, not agreeing.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::say,
    ids::{RetentionListId, RetentionRuleId},
    person::store as people,
    retention::{
        ItemState, List, ListState, RetentionError, RetentionRefusal, approve, find, propose, refuse, rules,
        store::{self, Line as Found},
    },
};
use serde::Deserialize;

use super::{
    lists::{called as named, tag},
    words::{HERE, Reader, beside, frame, rule, trouble},
};
use crate::{
    app::App,
    authority::words::called,
    page::{Answer, Frame, Mistakes, PageError, Said, Tag, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "retention/list.html")]
struct Page {
    frame: Frame,
    here: String,
    tag: Tag,
    rows: Vec<Answer>,
    lines: Vec<Line>,
    /// How many wait, as the reader saw it.
    waiting: i64,
    proposes: bool,
    decides: bool,
    /// Somebody else must agree.
    waits: bool,
    typed: Typed,
}

struct Line {
    class: &'static str,
    href: Option<String>,
    unit: String,
    many: i64,
    oldest: String,
    rule: String,
    stands: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    act: String,
    seen: String,
    reason: String,
}

/// The list that an address names.
pub(super) async fn found(app: &App, id: &str) -> Result<List, PageError> {
    let id: RetentionListId = id.parse().or(Err(PageError::NotFound))?;
    store::list(&app.db, id).await?.ok_or(PageError::NotFound)
}

async fn lines(app: &App, reader: &Reader, list: &List) -> Result<(Vec<Line>, i64), PageError> {
    let mut by_rule: HashMap<RetentionRuleId, String> = HashMap::new();
    let (mut lines, mut waiting) = (Vec::new(), 0);
    let mut all: Vec<Found> = store::lines(&app.db, list.id).await?;
    all.sort_by(|one, other| {
        (&one.class, one.unit_id, one.state, one.why).cmp(&(
            &other.class,
            other.unit_id,
            other.state,
            other.why,
        ))
    });
    for one in all {
        let Some((class, _)) = find(&one.class) else { continue };
        if !by_rule.contains_key(&one.rule_id) {
            for known in rules::history(&app.db, class.code).await? {
                by_rule.insert(known.id, format!("{}（{}）", rule(Some(&known)), known.document));
            }
        }
        let unit = match one.unit_id {
            Some(unit) => people::find_unit(&app.db, unit).await?.map(|unit| unit.name).unwrap_or_default(),
            None => "不分单位".to_owned(),
        };
        let stands = match (one.state, one.why) {
            (ItemState::Waiting, _) => "等销毁".to_owned(),
            (ItemState::Erased, _) => "已销毁".to_owned(),
            (ItemState::Held | ItemState::LeftOut, why) => {
                format!("留下：{}", why.map_or("", |why| why.label()))
            }
        };
        waiting += if one.state == ItemState::Waiting { one.many } else { 0 };
        lines.push(Line {
            class: class.label,
            href: reader.worker.as_ref().map(|_| format!("{HERE}/lists/{}/{}", list.id, class.code)),
            unit,
            many: one.many,
            oldest: say::full_date(one.oldest),
            rule: by_rule.get(&one.rule_id).cloned().unwrap_or_default(),
            stands,
        });
    }
    Ok((lines, waiting))
}

async fn show(
    app: &App,
    by: &SignedIn,
    (list, reader): (&List, &Reader),
    typed: Typed,
) -> Result<Page, PageError> {
    let (lines, waiting) = lines(app, reader, list).await?;
    let mut rows = Vec::new();
    for (name, who) in [("谁提请", &list.proposed_by), ("谁答复", &list.decided_by)] {
        if let Some(who) = who {
            rows.push(Answer::new(name, called(app, who).await?));
        }
    }
    rows.extend(list.reason.clone().map(|reason| Answer::new("为什么不同意", reason)));
    let own = list.proposed_by.as_ref() == Some(&by.account.id);
    Ok(Page {
        frame: frame(by).titled(named(list)),
        here: format!("{HERE}/lists/{}", list.id),
        tag: tag(list),
        rows,
        lines,
        waiting,
        proposes: list.state == ListState::Made && reader.worker.is_some(),
        decides: list.state == ListState::Proposed && reader.security.is_some() && !own,
        waits: list.state == ListState::Proposed && (reader.security.is_none() || own),
        typed,
    })
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let reader = Reader::of_lists(&by).await?;
    let list = found(&app, &path).await?;
    html(&show(&app, &by, (&list, &reader), Typed::default()).await?)
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let reader = Reader::of_lists(&by).await?;
    let list = found(&app, &path).await?;
    let (db, cx, now, at) = (&app.db, &app.cx, app.clock.now(), format!("{HERE}/lists/{}", list.id));
    let done = match (typed.act.as_str(), &reader.worker, &reader.security) {
        ("propose", Some(worker), _) => propose(db, cx, worker, list.id, now).await,
        ("approve", _, Some(admin)) => {
            // What is no number was not seen.
            let seen = typed.seen.parse().unwrap_or(u64::MAX);
            approve(db, cx, admin, (list.id, seen), now).await
        }
        ("refuse", _, Some(admin)) => refuse(db, cx, admin, (list.id, &typed.reason), now).await,
        _ => return Err(PageError::NotFound),
    };
    match done {
        Ok(()) => Ok(see_other_saying(&at, Said::Kept)),
        // A second tap.
        Err(RetentionError::Refused(RetentionRefusal::NotNow)) => Ok(see_other_saying(&at, Said::Already)),
        Err(RetentionError::Refused(refusal @ RetentionRefusal::NoReason)) => {
            let page = show(&app, &by, (&list, &reader), typed).await?;
            mistaken(&Page { frame: page.frame.with(Mistakes::one("reason", beside(refusal))), ..page })
        }
        Err(error) => Err(trouble(error)),
    }
}
