//! 代收人: somebody other than the person to whose account a case is paid. One proposes, another agrees, a third makes sure of the account.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    account::{self, mandate::Matter},
    aid::{
        AidError, Case, PAYEE_WORDS, Payee, PayeeKind, PayeeState,
        commands::payee::{NewPayee, decide, end, propose, vouch},
        store,
    },
    authority::Worker,
    calendar::say,
    ids::{CaseId, PayeeId},
    person::Payout,
    privacy::PayoutNumber,
};
use notify::words::refusal;
use serde::Deserialize;

use super::case::worked;
use crate::{
    aid::page_error,
    app::App,
    authority::words::called,
    page::{Answer, Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "console/payee.html")]
struct Page {
    frame: Frame,
    case: CaseId,
    number: String,
    /// Everybody who was proposed, the last first.
    known: Vec<Vec<Answer>>,
    /// Who is proposed or approved, and what may be done about him.
    live: Option<Live>,
    kinds: Vec<Choice>,
    /// Mandates in matters of aid that hold today: their ids, and whose.
    mandates: Vec<(String, String)>,
    typed: Typed,
    longest: usize,
}

struct Live {
    id: PayeeId,
    decides: bool,
    vouches: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    act: String,
    payee: String,
    kind: String,
    link: String,
    account: String,
    bank: String,
    until: String,
    words: String,
}

async fn rows(app: &App, it: &Payee) -> Result<Vec<Answer>, PageError> {
    let mut rows = vec![
        Answer::new("谁代收", format!("{}，{}", it.kind.label(), it.name)),
        Answer::new("账户", format!("{}，尾号{}", it.bank, it.tail)),
        Answer::new("收到哪一天", say::full_date(it.until)),
        Answer::new("状态", it.state.label()),
    ];
    let hands = [
        ("谁写的", Some(&it.proposed_by)),
        ("谁审核的", it.decided_by.as_ref()),
        ("谁核对的账户", it.vouched_by.as_ref()),
        ("谁停止的", it.ended_by.as_ref()),
    ];
    for (what, who) in hands {
        if let Some(who) = who {
            rows.push(Answer::new(what, called(app, who).await?));
        }
    }
    Ok(rows)
}

async fn show(app: &App, by: &SignedIn, case: &Case, typed: Typed) -> Result<Page, PageError> {
    let mut known = Vec::new();
    let all = store::payee::of_case(&app.db, case.id).await?;
    for one in all.iter().rev() {
        known.push(rows(app, one).await?);
    }
    let live = all.iter().find(|it| matches!(it.state, PayeeState::Proposed | PayeeState::Approved));
    let mine = |it: &Payee| it.proposed_by == by.account.id || it.decided_by.as_ref() == Some(&by.account.id);
    let mut mandates = Vec::new();
    for link in account::store::proxies_of(&app.db, case.person_id, app.clock.now()).await? {
        if link.matters.hold(Matter::Aid) {
            mandates.push((link.id.to_string(), called(app, &link.account_id).await?));
        }
    }
    Ok(Page {
        frame: by.frame().console().titled("代收人"),
        case: case.id,
        number: case.number.clone(),
        live: live.map(|it| Live {
            id: it.id,
            decides: it.state == PayeeState::Proposed && !mine(it),
            vouches: it.state == PayeeState::Approved && it.vouched_by.is_none() && !mine(it),
        }),
        known,
        kinds: PayeeKind::ALL.map(|kind| Choice::new(kind.code(), kind.label())).to_vec(),
        mandates,
        typed,
        longest: PAYEE_WORDS,
    })
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (case, _) = worked(&app, &by, &path).await?;
    html(&show(&app, &by, &case, Typed::default()).await?)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (case, worker) = worked(&app, &by, &path).await?;
    let mistakes = match done(&app, &worker, &case, &typed).await? {
        Ok(()) => return Ok(see_other_saying(&format!("/console/aid/{}/payee", case.id), Said::Kept)),
        Err(mistakes) => mistakes,
    };
    let page = show(&app, &by, &case, typed).await?;
    mistaken(&Page { frame: page.frame.with(mistakes), ..page })
}

/// What was pressed; what is wrong with it stands beside its field.
async fn done(
    app: &App,
    worker: &Worker,
    case: &Case,
    typed: &Typed,
) -> Result<Result<(), Mistakes>, PageError> {
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let payee = || typed.payee.parse::<PayeeId>().or(Err(PageError::Stale));
    let (result, field) = match typed.act.as_str() {
        "propose" => {
            let new = match read(typed) {
                Ok(new) => new,
                Err(mistakes) => return Ok(Err(mistakes)),
            };
            (propose(db, cx, worker, (case.id, new), now).await, "kind")
        }
        act @ ("agree" | "refuse") => {
            let decided = (case.id, payee()?, act == "agree");
            return decide(db, cx, worker, decided, now).await.map_err(page_error).map(|_| Ok(()));
        }
        "vouch" => (vouch(db, cx, worker, (case.id, payee()?, &typed.words), now).await, "words"),
        "end" => {
            return end(db, cx, worker, (case.id, payee()?), now).await.map_err(page_error).map(|_| Ok(()));
        }
        _ => return Err(PageError::NotFound),
    };
    match result {
        Ok(_) => Ok(Ok(())),
        Err(AidError::Refused(no)) => Ok(Err(Mistakes::one(field, refusal::aid(&no).replace('\n', "")))),
        Err(error) => Err(page_error(error)),
    }
}

fn read(typed: &Typed) -> Result<NewPayee, Mistakes> {
    let mut mistakes = Mistakes::new();
    let kind = mistakes.need("kind", PayeeKind::parse(&typed.kind).ok_or("请选谁代收"));
    let number = mistakes.need("account", PayoutNumber::parse(&typed.account).or(Err("请看一下账号")));
    if typed.bank.trim().is_empty() {
        mistakes.add("bank", "请写开户行");
    }
    let until = mistakes.need("until", typed.until.parse::<NaiveDate>().or(Err("请写收到哪一天")));
    let (Some(kind), Some(number), Some(until), true) = (kind, number, until, mistakes.is_empty()) else {
        return Err(mistakes);
    };
    let link = typed.link.parse().ok().filter(|_| kind != PayeeKind::Unit);
    Ok(NewPayee { kind, link, payout: Payout { number, bank: typed.bank.clone() }, until })
}
