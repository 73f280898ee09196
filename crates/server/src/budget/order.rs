//! One order: what it moves, who wrote it, and the button of the second person.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account,
    aid::store::category,
    authority::Payer,
    budget::{
        Order, OrderKind, OrderLine, OrderState,
        commands::{decide, judge, withdraw},
        store, year_end,
    },
    calendar::{local_date, say},
    ids::{AccountId, BudgetOrderId},
    region::Regions,
};
use ledger::Fen;
use serde::Deserialize;

use super::{
    reader::{Reader, frame, named},
    words::page_error,
};
use crate::{
    app::App,
    page::{Answer, Frame, PageError, Said, html, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "budget/order.html")]
struct Page {
    frame: Frame,
    id: BudgetOrderId,
    rows: Vec<Answer>,
    lines: Vec<Line>,
    weighted: bool,
    next: Option<Next>,
}

/// What an order waits for, as its reader sees it.
#[derive(Clone, Copy)]
enum Next {
    /// For the reader's word.
    Decision,
    /// For somebody else's; the reader wrote it and may take it back.
    Another,
    /// For a payer's.
    Payer,
}

struct Line {
    name: String,
    weight: String,
    amount: Fen,
}

/// An order that the reader may know of: about a region that he reads about, or one that he decides.
async fn reached(
    app: &App,
    by: &SignedIn,
    id: &str,
) -> Result<(Reader, Order, Vec<OrderLine>, Option<Payer>), PageError> {
    let id: BudgetOrderId = id.parse().or(Err(PageError::NotFound))?;
    let order = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let reader = Reader::of(by, Some(order.region.as_str())).await?;
    let lines = store::lines(&app.db, id).await?;
    let decider = Payer::among(&reader.grants, judge(&order, &lines).clone());
    Ok((reader, order, lines, decider))
}

async fn name(app: &App, id: &AccountId) -> Result<String, PageError> {
    let found = account::store::find(&app.db, id).await?;
    Ok(found.map_or_else(|| id.to_string(), |account| account.name))
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (_, order, lines, decider) = reached(&app, &by, &path).await?;
    let (regions, today) = (Regions::load(&app.db).await?, local_date(app.clock.now()));
    let on = |at| say::date(local_date(at), today);
    let mut rows = vec![
        Answer::new("做什么", order.kind.label()),
        Answer::new("哪个地方", regions.full_name(&order.region, today)),
        Answer::new("年度", format!("{}年", order.year)),
    ];
    if let Some(category) = order.category {
        let categories = category::load(&app.db).await?;
        rows.push(Answer::new("类别", category.label(&categories, &order.region, today)));
        rows.push(Answer::new("金额", order.amount.to_string()));
    }
    rows.push(Answer::new("依据", order.source.clone()));
    rows.push(Answer::new("状态", order.state.label()));
    let wrote = name(&app, &order.proposed_by).await?;
    rows.push(Answer::new("谁写的", format!("{wrote}，{}", on(order.proposed_at))));
    if let (Some(by), Some(at)) = (&order.decided_by, order.decided_at) {
        rows.push(Answer::new("谁审核的", format!("{}，{}", name(&app, by).await?, on(at))));
    }
    let mine = order.proposed_by == by.account.id;
    let next = (order.state == OrderState::Proposed).then_some(match decider {
        _ if mine => Next::Another,
        Some(_) => Next::Decision,
        None => Next::Payer,
    });
    let weighted = lines.iter().any(|line| line.weight.is_some());
    let moves = matches!(order.kind, OrderKind::Down | OrderKind::Up);
    let lines = lines.into_iter().filter(|_| moves).map(|line| Line {
        name: named(&regions, &line.region, today),
        weight: line.weight.map_or_else(String::new, |weight| weight.to_string()),
        amount: line.amount,
    });
    html(&Page {
        frame: frame(&by).titled("经费单"),
        id: order.id,
        rows,
        lines: lines.collect(),
        weighted,
        next,
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
    let (reader, order, _, decider) = reached(&app, &posted.by, &path).await?;
    let (db, cx, now, id) = (&app.db, &app.cx, app.clock.now(), order.id);
    let decider = || decider.as_ref().ok_or(PageError::NotFound);
    let order = match posted.form.act.as_str() {
        "agree" => decide(db, cx, decider()?, (id, true), now).await.map_err(page_error)?,
        "refuse" => decide(db, cx, decider()?, (id, false), now).await.map_err(page_error)?,
        "withdraw" => {
            let payer = reader.payer.as_ref().ok_or(PageError::NotFound)?;
            withdraw(db, cx, payer, id, now).await.map_err(page_error)?
        }
        _ => return Err(PageError::NotFound),
    };
    if let (OrderKind::Freeze, OrderState::Posted) = (order.kind, order.state) {
        let of = (&order.region, order.year);
        year_end::carry_over(db, cx, decider()?, of, now).await.map_err(page_error)?;
    }
    Ok(see_other_saying(&format!("/console/budget/orders/{id}"), Said::Kept))
}
