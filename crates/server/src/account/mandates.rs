//! 谁可以替我办事: those who may, those who would like to, what they have done, and for whom the reader may act.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account::{
        self, AccountLink, LinkKind,
        commands::{LinkError, LinkRefusal, end_mandate, give_up_mandate},
        mandate::{MandateAsk, acts_for, asks, commands},
    },
    authority::Myself,
    calendar::{local_date, local_time, say},
    ids::{AccountLinkId, MandateAskId},
    person, trail,
};
use serde::Deserialize;

use crate::{
    app::App,
    page::{Answer, Frame, PageError, Said, html, see_other_saying},
    session::{Posted, Pressed, SignedIn},
};

/// Lines of what was done.
const SHOWN: u64 = 20;

#[derive(Template)]
#[template(path = "account/mandates.html")]
struct Page {
    frame: Frame,
    /// Is the reader a person of the register?
    person: bool,
    asks: Vec<Line>,
    may: Vec<Line>,
    done: Vec<(String, String)>,
    held: Vec<Line>,
}

struct Line {
    href: String,
    name: String,
    note: String,
}

async fn name(app: &App, id: &domain::ids::AccountId) -> Result<String, PageError> {
    let found = account::store::find(&app.db, id).await?;
    Ok(found.map_or_else(|| id.to_string(), |account| account.name))
}

fn until(link: &AccountLink) -> String {
    let to = link.valid_to.map(|to| format!("，到{}", say::full_date(local_date(to)))).unwrap_or_default();
    format!("{}{to}", link.matters.say())
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let now = app.clock.now();
    let myself = Myself::of(&app.db, &by.account.id, now).await?;
    let (mut asked, mut may, mut done) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(me) = &myself {
        for ask in asks::of_person(&app.db, me.person(), now).await? {
            asked.push(Line {
                href: format!("/mandates/asks/{}", ask.id),
                name: name(&app, &ask.account_id).await?,
                note: ask.matters.say(),
            });
        }
        for link in account::store::proxies_of(&app.db, me.person(), now).await? {
            let note = until(&link);
            may.push(Line { href: end_of(link.id), name: name(&app, &link.account_id).await?, note });
        }
        for act in acts_for(&app.db, me.person(), SHOWN).await? {
            let when = format!(
                "{}{}",
                say::date(local_date(act.at), local_date(now)),
                say::time(local_time(act.at))
            );
            let what = trail::action(&act.action).unwrap_or("办了一件事");
            done.push((format!("{}：{what}", name(&app, &act.account_id).await?), when));
        }
    }
    let mut held = Vec::new();
    for link in account::store::mandates(&app.db, &by.account.id, now).await? {
        let person = person::store::find(&app.db, link.person_id).await?;
        let name = person.map(|person| person.name).unwrap_or_default();
        held.push(Line { href: end_of(link.id), name, note: until(&link) });
    }
    let frame = by.frame().titled("谁可以替我办事");
    html(&Page { frame, person: myself.is_some(), asks: asked, may, done, held })
}

fn end_of(link: AccountLinkId) -> String {
    format!("/mandates/{link}/end")
}

#[derive(Template)]
#[template(path = "account/asked.html")]
struct Asked {
    frame: Frame,
    id: MandateAskId,
    facts: Vec<Answer>,
}

async fn mine(app: &App, by: &SignedIn, id: &str) -> Result<(Myself, MandateAsk), PageError> {
    let (now, id) = (app.clock.now(), id.parse().or(Err(PageError::NotFound))?);
    let myself = by.myself().await?;
    let ask = asks::of_person(&app.db, myself.person(), now).await?.into_iter().find(|ask| ask.id == id);
    Ok((myself, ask.ok_or(PageError::NotFound)?))
}

pub(super) async fn asked(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (_, ask) = mine(&app, &by, &path).await?;
    html(&Asked {
        frame: by.frame().titled("让他替您办事吗？"),
        id: ask.id,
        facts: vec![
            Answer::new("谁", name(&app, &ask.account_id).await?),
            Answer::new("替您", ask.matters.say()),
            Answer::new("到", say::full_date(local_date(ask.until))),
        ],
    })
}

#[derive(Deserialize)]
pub(super) struct Answered {
    #[serde(default)]
    answer: String,
}

pub(super) async fn answer(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Answered>,
) -> Result<HttpResponse, PageError> {
    let (myself, ask) = mine(&app, &posted.by, &path).await?;
    let (db, cx, now, longest) = (&app.db, &app.cx, app.clock.now(), app.config.mandates.longest());
    let done = match posted.form.answer.as_str() {
        "yes" => commands::accept(db, cx, &myself, (ask.id, longest), now).await.map(drop),
        "no" => commands::refuse(db, cx, &myself, ask.id, now).await,
        _ => return Err(PageError::Stale),
    };
    done.map_err(trouble)?;
    Ok(see_other_saying("/mandates", Said::Kept))
}

pub(super) fn trouble(error: LinkError) -> PageError {
    match error {
        LinkError::NotFound => PageError::NotFound,
        LinkError::Refused(LinkRefusal::AccountLeft) => {
            PageError::Refused("这个人的账号已经停用，办不了。".to_owned())
        }
        LinkError::Refused(LinkRefusal::Exists) => PageError::Refused("他已经可以替您办事了。".to_owned()),
        LinkError::Refused(_) => PageError::Stale,
        LinkError::Db(error) => error.into(),
    }
}

#[derive(Template)]
#[template(path = "account/end.html")]
struct End {
    frame: Frame,
    id: AccountLinkId,
    who: String,
    /// The reader is the one who acts.
    held: bool,
}

/// A mandate of the reader's, on either side.
async fn either(app: &App, by: &SignedIn, id: &str) -> Result<(AccountLink, bool), PageError> {
    let (now, id) = (app.clock.now(), id.parse().or(Err(PageError::NotFound))?);
    let link = account::store::find_link(&app.db, id).await?.filter(|link| link.is_live(now));
    let link = link.filter(|link| link.kind == LinkKind::Proxy).ok_or(PageError::NotFound)?;
    if link.account_id == by.account.id {
        return Ok((link, true));
    }
    let me = by.myself().await?;
    if me.person() == link.person_id { Ok((link, false)) } else { Err(PageError::NotFound) }
}

pub(super) async fn end(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let (link, held) = either(&app, &by, &path).await?;
    let who = if held {
        person::store::find(&app.db, link.person_id).await?.map(|person| person.name).unwrap_or_default()
    } else {
        name(&app, &link.account_id).await?
    };
    let title = if held { "不再替他办事？" } else { "不让他办了？" };
    html(&End { frame: by.frame().titled(title), id: link.id, who, held })
}

pub(super) async fn ended(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Pressed>,
) -> Result<HttpResponse, PageError> {
    let (link, held) = either(&app, &posted.by, &path).await?;
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let done = if held {
        give_up_mandate(db, cx, &posted.by.account.id, link.id, now).await
    } else {
        end_mandate(db, cx, &posted.by.myself().await?, link.id, now).await
    };
    done.map_err(trouble)?;
    Ok(see_other_saying("/mandates", Said::Kept))
}
