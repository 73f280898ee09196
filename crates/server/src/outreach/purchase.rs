//! A purchase: written down by who works, paid by who pays.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::ProposalState,
    ids::OutreachPurchaseId,
    outreach::{
        Item, OutreachError, Purchase,
        commands::purchase::{NewPurchase, decide, propose},
        store,
    },
};
use ledger::Fen;
use serde::Deserialize;

use super::{
    item::{self, Bought},
    reader::{Reader, frame, name},
    words::{page_error, said},
};
use crate::{
    app::App,
    page::{Answer, Frame, Mistakes, PageError, Said, html, mistaken, see_other, see_other_saying},
    session::{Posted, SignedIn},
};

/// Written down on the item's page.
pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Bought>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (reader, item) = item::reached(&app, &by, &path).await?;
    let worker = reader.worker(item.region.clone())?;
    let mut mistakes = Mistakes::new();
    let quantity = mistakes.need("quantity", typed.quantity.trim().parse::<i32>().or(Err("请写买几份")));
    let amount = mistakes.need("amount", typed.amount.parse::<Fen>().or(Err("金额请写数字，例如980")));
    if let (Some(quantity), Some(amount)) = (quantity, amount) {
        let new = NewPurchase { item: item.id, quantity, amount, source: typed.source.clone() };
        match propose(&app.db, &app.cx, &worker, new, app.clock.now()).await {
            Ok(row) => return Ok(see_other(&format!("/console/outreach/purchases/{}", row.id))),
            Err(OutreachError::Refused(no)) => mistakes.add("source", said(&no)),
            Err(error) => return Err(page_error(error)),
        }
    }
    let page = item::show(&app, &by, &path, typed).await?;
    mistaken(&page.with(mistakes))
}

#[derive(Template)]
#[template(path = "outreach/purchase.html")]
struct Page {
    frame: Frame,
    id: OutreachPurchaseId,
    item: String,
    rows: Vec<Answer>,
    decides: bool,
    waits: bool,
}

async fn reached(app: &App, by: &SignedIn, id: &str) -> Result<(Reader, Item, Purchase), PageError> {
    let id: OutreachPurchaseId = id.parse().or(Err(PageError::NotFound))?;
    let row = store::stock::purchase(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let (reader, item) = item::reached(app, by, &row.item_id.to_string()).await?;
    Ok((reader, item, row))
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (reader, item, row) = reached(&app, &by, &path).await?;
    let mut rows = vec![
        Answer::new("买什么", item.name.clone()),
        Answer::new("几份", row.quantity.to_string()),
        Answer::new("一共", row.amount.to_string()),
        Answer::new("从哪年的经费", format!("{}年", row.budget_year)),
        Answer::new("发票", row.source.clone()),
        Answer::new(
            "状态",
            if row.state == ProposalState::Agreed { "已付款，已入库" } else { row.state.label() },
        ),
        Answer::new("谁写的", name(&app, &row.proposed_by).await?),
    ];
    if let Some(who) = &row.decided_by {
        rows.push(Answer::new("谁付款的", name(&app, who).await?));
    }
    let waits = row.state == ProposalState::Proposed;
    let pays = reader.payer(item.region.clone()).is_some() && row.proposed_by != by.account.id;
    html(&Page {
        frame: frame(&by, "一次采购"),
        id: row.id,
        item: item.id.to_string(),
        rows,
        decides: waits && pays,
        waits: waits && !pays,
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
    let (reader, item, row) = reached(&app, &posted.by, &path).await?;
    let payer = reader.payer(item.region).ok_or(PageError::NotFound)?;
    let agree = match posted.form.act.as_str() {
        "agree" => true,
        "refuse" => false,
        _ => return Err(PageError::NotFound),
    };
    decide(&app.db, &app.cx, &payer, (row.id, agree), app.clock.now()).await.map_err(page_error)?;
    Ok(see_other_saying(&format!("/console/outreach/purchases/{}", row.id), Said::Kept))
}
