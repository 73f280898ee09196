//! A batch: its lines, who of it is not paid, what the bank answered, and what is to be done next.

use std::collections::BTreeSet;

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        commands::batch::left_out,
        payment::{BankResult, Batch, BatchState, Payment, PaymentState},
        store,
    },
    authority::Payer,
    calendar::{local_date, say},
    ids::{BatchId, CaseId, PaymentId},
};

use super::{
    answer,
    excused::{self, EXCUSED},
    pay::{RESULTS, payer},
};
use crate::{
    aid::page_error,
    app::App,
    authority::words::called,
    page::{Frame, Mistakes, PageError, Tag, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "console/batch.html")]
pub(super) struct Page {
    frame: Frame,
    id: BatchId,
    state: &'static str,
    count: i32,
    /// `None`: with the lines that the reader sees it would say what the others are.
    total: Option<String>,
    layout: String,
    version: i64,
    act: Option<(&'static str, &'static str, &'static str)>,
    /// A line is of a case from which the reader is excused, so that somebody else confirms.
    barred: bool,
    files: bool,
    /// Was it looked at today who lives? `None` when it is with the bank.
    checked: Option<bool>,
    looked: Vec<Looked>,
    /// May the reader take the bank's answer? Whoever made it may not. `None` before it is with the bank.
    takes: Option<bool>,
    answers: Vec<(String, String, Tag)>,
    left_out: Vec<(String, String, &'static str)>,
    lines: Vec<Line>,
}

impl Page {
    fn doubtful(&self) -> bool {
        self.lines.iter().any(|line| line.doubtful)
    }

    /// With what is wrong with a form on it.
    pub(super) fn with(self, mistakes: Mistakes) -> Self {
        Self { frame: self.frame.with(mistakes), ..self }
    }
}

struct Line {
    id: String,
    number: i32,
    payee: String,
    tail: String,
    amount: String,
    /// What the bank may still have said; nothing of whoever the reader is excused from.
    results: &'static [(&'static str, &'static str, BankResult)],
    /// What the choice of a result is called.
    asks: &'static str,
    /// The name of its choice on the page.
    field: String,
    doubtful: bool,
    said: &'static str,
}

/// A check of who lives.
struct Looked {
    said: String,
    found: Vec<String>,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let id: BatchId = path.parse().or(Err(PageError::NotFound))?;
    html(&show(&app, &by, id).await?)
}

/// The page, also for a file that comes back.
pub(super) async fn show(app: &App, by: &SignedIn, id: BatchId) -> Result<Page, PageError> {
    let batch = store::payment::find_batch(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let payer = payer(by, &batch.region).await?;
    let payments = store::payment::of_batch(&app.db, id).await?;
    let kept = excused::payments(app, &by.grants().await?, &payments).await?;
    let with_bank = matches!(batch.state, BatchState::Sent | BatchState::Settled);
    let today = local_date(app.clock.now());
    Ok(Page {
        frame: by.frame().console().titled(format!("发放批次{}", batch.number)),
        id,
        state: batch.state.label(),
        count: batch.count,
        total: kept.is_empty().then(|| batch.total.to_string()),
        layout: layout(app, &batch).await?,
        version: batch.version,
        act: match batch.state {
            // The domain would refuse: somebody else looks at it.
            BatchState::Open if !kept.is_empty() => None,
            BatchState::Open => Some(("confirm", "复核", "复核通过")),
            BatchState::Confirmed => Some(("send", "送银行", "已送银行")),
            BatchState::Sent | BatchState::Settled => None,
        },
        barred: batch.state == BatchState::Open && !kept.is_empty(),
        files: matches!(batch.state, BatchState::Confirmed | BatchState::Sent),
        checked: if with_bank { None } else { Some(store::day_check::was_on(&app.db, id, today).await?) },
        looked: looked(app, (id, &payments, &kept)).await?,
        takes: with_bank.then(|| !payer.is(&batch.made_by)),
        answers: answer::list(app, id).await?,
        left_out: waiting(app, &payer, &batch).await?,
        lines: payments
            .into_iter()
            .map(|payment| {
                let excused = kept.contains(&payment.case_id);
                line(payment, excused)
            })
            .collect(),
    })
}

/// How a mistake names the choice of a line.
pub(super) fn field(payment: PaymentId) -> String {
    format!("r{payment}")
}

/// Of a case from which the reader is excused there is the line, and no more.
fn line(payment: Payment, excused: bool) -> Line {
    if excused {
        return Line {
            id: String::new(),
            number: payment.line,
            payee: EXCUSED.to_owned(),
            tail: String::new(),
            amount: String::new(),
            results: &[],
            asks: "",
            field: String::new(),
            doubtful: false,
            said: "",
        };
    }
    Line {
        id: payment.id.to_string(),
        field: field(payment.id),
        number: payment.line,
        payee: payment.payee,
        tail: payment.account_tail,
        amount: payment.amount.to_string(),
        results: match payment.state {
            PaymentState::Waiting => &RESULTS,
            // It is known that it was paid; it may come back.
            PaymentState::Paid => RESULTS.get(1..).unwrap_or_default(),
            PaymentState::Returned | PaymentState::TakenOut => &[],
        },
        asks: if payment.state == PaymentState::Paid {
            "后来退汇了，选原因"
        } else {
            "登记结果"
        },
        doubtful: payment.doubtful,
        said: match payment.state {
            PaymentState::Waiting => "等待",
            PaymentState::Paid => "已付",
            PaymentState::Returned => "退汇",
            PaymentState::TakenOut => "已移出",
        },
    }
}

async fn layout(app: &App, batch: &Batch) -> Result<String, PageError> {
    let Some(id) = batch.layout_id else { return Ok("通用格式".to_owned()) };
    let found = store::bank::find_layout(&app.db, id).await?.ok_or(PageError::NotFound)?;
    Ok(format!("{}（{}起）", found.bank, say::full_date(found.valid_from)))
}

async fn looked(
    app: &App,
    (id, payments, kept): (BatchId, &[Payment], &BTreeSet<CaseId>),
) -> Result<Vec<Looked>, PageError> {
    let mut looked = Vec::new();
    for (check, findings) in store::day_check::of_batch(&app.db, id).await? {
        let when = say::moment(check.checked_at, app.clock.now());
        let who = called(app, &check.checked_by).await?;
        let found = findings.iter().filter_map(|finding| {
            let payment = payments.iter().find(|payment| payment.id == finding.payment_id)?;
            Some(if kept.contains(&payment.case_id) {
                format!("第{}笔 {EXCUSED}", payment.line)
            } else {
                format!("第{}笔 {}：{}", payment.line, payment.payee, finding.why.label())
            })
        });
        let said = match findings.len() {
            0 => format!("{when}，{who}核对，没有人要移出"),
            some => format!("{when}，{who}核对，移出{some}人"),
        };
        looked.push(Looked { said, found: found.collect() });
    }
    looked.reverse();
    Ok(looked)
}

/// Who waits for another batch, while this one can still be made again.
async fn waiting(
    app: &App,
    payer: &Payer,
    batch: &Batch,
) -> Result<Vec<(String, String, &'static str)>, PageError> {
    if batch.state != BatchState::Open {
        return Ok(Vec::new());
    }
    let left = left_out(&app.db, payer, &batch.region, app.clock.now()).await.map_err(page_error)?;
    let mut said = Vec::with_capacity(left.len());
    for (case, why) in left {
        if let Some(case) = store::case::find(&app.db, case).await? {
            said.push((format!("/console/aid/{}", case.id), case.number, why.label()));
        }
    }
    Ok(said)
}
