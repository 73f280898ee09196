//! 慰问标准: what is in force, and one row with the button of the second person.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::ProposalState,
    authority::Worker,
    calendar::{local_date, say},
    ids::{OutreachStandardId, RegionCode},
    outreach::{InForce, Occasion, Standard, Terms, commands::standard::decide, layers::in_force, store},
    region::Regions,
};
use serde::Deserialize;

use super::{
    reader::{Reader, frame, name},
    words::{gift, page_error},
};
use crate::{
    app::App,
    page::{Answer, Frame, PageError, Said, html, see_other_saying},
    session::{Posted, SignedIn},
};

/// Lines in the list of what was written.
const SHOWN: u64 = 30;

#[derive(Template)]
#[template(path = "outreach/standards.html")]
struct Page {
    frame: Frame,
    place: String,
    occasions: Vec<(&'static str, Vec<Line>)>,
    written: Vec<(String, String, &'static str)>,
}

struct Line {
    who: String,
    gift: String,
    how: String,
    place: String,
    source: String,
}

/// 两个人去，提前3天以上，先告诉本人.
fn how(occasion: Occasion, terms: &Terms) -> String {
    let visitors = if terms.visitors > 1 { "两个人去" } else { "一个人去" };
    let days = match (occasion.counts_back(), terms.days) {
        (true, 0) => "当天以前".to_owned(),
        (true, days) => format!("提前{days}天以上"),
        (false, days) => format!("{days}天以内"),
    };
    let tells = if terms.tells { "，先告诉本人" } else { "" };
    format!("{visitors}，{days}{tells}")
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (_, region, _) = Reader::working(&by).await?;
    let (today, regions) = (local_date(app.clock.now()), Regions::load(&app.db).await?);
    let named = |code: &RegionCode| {
        regions.find(code, today).map_or_else(|| code.to_string(), |found| found.name.clone())
    };
    let mut occasions = Vec::new();
    for occasion in Occasion::ALL {
        let rows = store::standard::of_occasion(&app.db, occasion).await?;
        let line = |one: InForce<'_>| Line {
            who: one.row.who.label(),
            gift: gift(one.terms.cash, one.terms.item.as_deref(), one.terms.item_value),
            how: how(occasion, &one.terms),
            place: named(&one.row.region),
            source: one.row.source.clone(),
        };
        let lines = in_force(&rows, occasion, &region, today).into_iter().map(line);
        occasions.push((occasion.label(), lines.collect()));
    }
    let written = store::standard::written(&app.db, &region, SHOWN).await?.into_iter().map(|row| {
        let (place, from) = (named(&row.region), say::full_date(row.valid_from));
        let words = format!("{place}{}，{}，{from}起", row.occasion.label(), row.who.label());
        (row.id.to_string(), words, row.state.label())
    });
    html(&Page {
        frame: frame(&by, "慰问标准"),
        place: regions.full_name(&region, today),
        occasions,
        written: written.collect(),
    })
}

#[derive(Template)]
#[template(path = "outreach/standard.html")]
struct Shown {
    frame: Frame,
    id: OutreachStandardId,
    rows: Vec<Answer>,
    decides: bool,
    mine: bool,
}

async fn reached(app: &App, by: &SignedIn, id: &str) -> Result<(Standard, Worker), PageError> {
    let id: OutreachStandardId = id.parse().or(Err(PageError::NotFound))?;
    let it = store::standard::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let worker = by.prove(it.region.clone()).await?;
    Ok((it, worker))
}

pub(super) async fn shown(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (it, _) = reached(&app, &by, &path).await?;
    Reader::of(&by).await?;
    let (today, terms) = (local_date(app.clock.now()), it.terms());
    let until = it.valid_to.map_or_else(String::new, |end| format!("，到{}前", say::full_date(end)));
    let mut rows = vec![
        Answer::new("哪里", Regions::load(&app.db).await?.full_name(&it.region, today)),
        Answer::new("什么时候", it.occasion.label()),
        Answer::new("给谁", it.who.label()),
        Answer::new("给什么", gift(terms.cash, terms.item.as_deref(), terms.item_value)),
        Answer::new("怎么去", how(it.occasion, &terms)),
        Answer::new("从哪天起", format!("{}{until}", say::full_date(it.valid_from))),
        Answer::new("依据", it.source.clone()),
        Answer::new("状态", it.state.label()),
    ];
    for (what, who) in [("谁写的", it.proposed_by.as_ref()), ("谁审核的", it.decided_by.as_ref())] {
        if let Some(who) = who {
            rows.push(Answer::new(what, name(&app, who).await?));
        }
    }
    let waits = it.state == ProposalState::Proposed;
    let mine = it.proposed_by.as_ref() == Some(&by.account.id);
    html(&Shown {
        frame: frame(&by, "一条慰问标准"),
        id: it.id,
        rows,
        decides: waits && !mine,
        mine: waits && mine,
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct Act {
    act: String,
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Act>,
) -> Result<HttpResponse, PageError> {
    let (it, worker) = reached(&app, &posted.by, &path).await?;
    let agree = match posted.form.act.as_str() {
        "agree" => true,
        "refuse" => false,
        _ => return Err(PageError::NotFound),
    };
    decide(&app.db, &app.cx, &worker, (it.id, agree), app.clock.now()).await.map_err(page_error)?;
    Ok(see_other_saying(&format!("/console/outreach/standards/{}", it.id), Said::Kept))
}
