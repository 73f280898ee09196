//! 账号: which login is a person's own, and who may act for the person until when.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use domain::{
    account::{
        self, AccountLink, LinkKind,
        commands::{Link, LinkError, LinkRefusal, Terms, end_link, give_mandate, link_own},
        mandate::{Matter, Matters},
    },
    calendar::{local_date, say, utc},
    ids::{AccountId, AccountLinkId},
    trail::{self, Seen},
};
use serde::Deserialize;

use super::words::{Reached, at, name, reached};
use crate::{
    account::PROOFS,
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, Pressed, SignedIn},
};

#[derive(Template)]
#[template(path = "person/logins.html")]
struct Page {
    frame: Frame,
    href: String,
    typed: Typed,
    links: Vec<Line>,
    kinds: Vec<Choice>,
    proofs: Vec<Choice>,
    matters: Vec<Choice>,
}

struct Line {
    id: String,
    words: String,
    is_mandate: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    kind: String,
    account: String,
    proof: String,
    until: String,
    matters: String,
}

/// Whose login, in words.
pub(super) async fn words(app: &App, link: &AccountLink) -> Result<String, PageError> {
    let who = name(app, &link.account_id).await?;
    Ok(match (link.kind, link.valid_to) {
        (LinkKind::Own, _) => format!("本人账号{who}，{}起", say::full_date(local_date(link.valid_from))),
        (LinkKind::Proxy, None) => format!("{who}代办（{}）", link.matters.say()),
        (LinkKind::Proxy, Some(to)) => {
            format!("{who}代办（{}），{}止", link.matters.say(), say::full_date(local_date(to)))
        }
    })
}

async fn page(app: &App, by: &SignedIn, id: &str, typed: Typed) -> Result<(Page, Reached), PageError> {
    let it = reached(app, by, id).await?;
    let mut links = Vec::new();
    for link in account::store::links_of(&app.db, it.person.id, app.clock.now()).await? {
        let is_mandate = link.kind == LinkKind::Proxy;
        links.push(Line { id: link.id.to_string(), is_mandate, words: words(app, &link).await? });
    }
    let page = Page {
        frame: by.frame().console_at("/console/people").titled(format!("{}的账号", it.person.name)),
        href: at(it.person.id),
        typed,
        links,
        kinds: vec![
            Choice::new("own", "本人的账号"),
            Choice::new("proxy", "家人或工作人员代办").noted("最长一年，到期再办"),
        ],
        matters: std::iter::once(Choice::new("all", "都可以"))
            .chain(Matter::ALL.map(|matter| Choice::new(matter.code(), format!("只{}", matter.label()))))
            .collect(),
        proofs: PROOFS.into_iter().map(|(code, words)| Choice::new(code, words)).collect(),
    };
    Ok((page, it))
}

/// The page is about to be shown.
async fn shown(app: &App, (page, it): (Page, Reached)) -> Result<Page, PageError> {
    let look = (it.person.id, Seen::Logins);
    trail::seen(&app.db, &app.cx, &it.worker, look, app.clock.now()).await?;
    Ok(page)
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let until = local_date(app.clock.now()).checked_add_days(Days::new(365));
    let until = until.map(|day| day.to_string()).unwrap_or_default();
    let typed = Typed { until, matters: "all".to_owned(), ..Typed::default() };
    let page = page(&app, &by, &path, typed).await?;
    html(&shown(&app, page).await?)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, it) = page(&app, &by, &path, typed.clone()).await?;
    let mut mistakes = Mistakes::new();
    let own = match typed.kind.as_str() {
        "own" => Ok(true),
        "proxy" => Ok(false),
        _ => Err("请选本人还是代办"),
    };
    let own = mistakes.need("kind", own);
    let account = AccountId::parse(typed.account.trim()).ok_or("请写钉钉的员工账号");
    let account = mistakes.need("account", account);
    let proof = PROOFS.into_iter().find(|(code, _)| *code == typed.proof).map(|(code, _)| code);
    let proof = mistakes.need("proof", proof.ok_or("请选怎么核对的"));
    let until = match own {
        Some(false) => mistakes.need("until", day(&typed.until).ok_or("请写代办到哪一天")),
        _ => None,
    };
    let (true, Some(account), Some(proof)) = (mistakes.is_empty(), account, proof) else {
        let page = Page { frame: page.frame.with(mistakes), ..page };
        return mistaken(&shown(&app, (page, it)).await?);
    };
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let link = Link { account: &account, person: it.person.id, proof };
    let done = match until {
        Some(until) => {
            let matters = Matters::of(typed.matters.split(',')).unwrap_or_else(Matters::all);
            let terms = Terms { matters, until, longest: app.config.mandates.longest() };
            give_mandate(db, cx, &it.worker, (&link, &terms), now).await
        }
        None => link_own(db, cx, &it.worker, &link, now).await,
    };
    match done {
        Ok(_) => Ok(see_other_saying(&format!("{}/logins", page.href), Said::Kept)),
        Err(error) => {
            let (field, words) = said(error)?;
            let page = Page { frame: page.frame.with(Mistakes::one(field, words)), ..page };
            mistaken(&shown(&app, (page, it)).await?)
        }
    }
}

/// The end of a day.
fn day(text: &str) -> Option<DateTime<Utc>> {
    let day: NaiveDate = text.trim().parse().ok()?;
    Some(utc(day.checked_add_days(Days::new(1))?, NaiveTime::MIN))
}

fn said(error: LinkError) -> Result<(&'static str, &'static str), PageError> {
    Ok(match error {
        LinkError::NotFound => ("account", "没有这个钉钉账号"),
        LinkError::Refused(refusal) => match refusal {
            LinkRefusal::AccountLeft => ("account", "这个账号已经离开组织"),
            LinkRefusal::PersonDied => ("kind", "已经登记去世，不能再关联"),
            LinkRefusal::AccountTaken => ("account", "这个账号已经是别人的"),
            LinkRefusal::PersonTaken => ("kind", "本人已经有账号，请先结束"),
            LinkRefusal::Period => ("until", "代办要在今天以后，一年以内"),
            LinkRefusal::OwnPerson => ("account", "这是本人的账号，不用代办"),
            LinkRefusal::Answered | LinkRefusal::Exists => ("account", "这个账号已经可以代办"),
        },
        LinkError::Db(error) => return Err(error.into()),
    })
}

pub(super) async fn end(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let id: AccountLinkId = path.parse().or(Err(PageError::NotFound))?;
    let link = account::store::find_link(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let it = reached(&app, &posted.by, &link.person_id.to_string()).await?;
    let back = format!("{}/logins", at(it.person.id));
    match end_link(&app.db, &app.cx, &it.worker, id, app.clock.now()).await {
        Ok(()) => Ok(see_other_saying(&back, Said::Kept)),
        Err(LinkError::NotFound) => Err(PageError::NotFound),
        Err(LinkError::Refused(_)) => Err(PageError::Stale),
        Err(LinkError::Db(error)) => Err(error.into()),
    }
}
