//! 改正或删除: in one's own words; and what became of what was asked before.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    account::mandate::Matter,
    authority::Myself,
    calendar::{local_date, say},
    retention,
    wish::{
        Kind,
        commands::{self, LONGEST, WishError},
        store,
    },
};
use serde::Deserialize;

use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

/// Lines of what was asked before.
const SHOWN: u64 = 10;

#[derive(Template)]
#[template(path = "wish/ask.html")]
struct Page {
    frame: Frame,
    typed: Typed,
    kinds: Vec<Choice>,
    before: Vec<(String, String)>,
    /// What must stay, and until when. Which document says so is on the desk, for whoever asks.
    kept: Vec<(&'static str, String)>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    kind: String,
    text: String,
}

async fn page(app: &App, by: &SignedIn, typed: Typed) -> Result<Page, PageError> {
    let (me, now) = (by.acts(Matter::Information).await?, app.clock.now());
    let before = store::of_person(&app.db, me.person(), SHOWN).await?.into_iter().map(|wish| {
        let when = say::date(local_date(wish.asked_at), local_date(now));
        let answer = wish.answer.map_or("正在办", domain::wish::Answer::label);
        (format!("{when}：{}", wish.kind.label()), answer.to_owned())
    });
    let kinds = [Kind::Correct, Kind::Delete].map(|kind| Choice::new(kind.code(), kind.label()));
    Ok(Page {
        frame: by.frame().titled("改正或删除信息"),
        typed,
        kinds: kinds.into(),
        before: before.collect(),
        kept: kept(app, &me).await?,
    })
}

/// What the rules say about what is on record, in plain words.
async fn kept(app: &App, me: &Myself) -> Result<Vec<(&'static str, String)>, PageError> {
    let mut all = Vec::new();
    for one in retention::of_person(&app.db, me.person(), app.clock.now()).await? {
        let until = match one.until {
            Some(day) => format!("因档案规定须保存到{}", say::full_date(day)),
            None => format!("{}以后，还要保存{}", one.since, one.period),
        };
        all.push((one.label, until));
    }
    let permanent = retention::all().filter(|class| matches!(class.code, "cadre" | "party"));
    all.extend(permanent.map(|class| (class.label, "因档案规定须长期保存".to_owned())));
    Ok(all)
}

pub(super) async fn form(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    html(&page(&app, &by, Typed::default()).await?)
}

pub(super) async fn submit(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let (by, typed) = (posted.by, posted.form);
    let page = page(&app, &by, typed.clone()).await?;
    let mut mistakes = Mistakes::new();
    let kind = [Kind::Correct, Kind::Delete].into_iter().find(|kind| kind.code() == typed.kind);
    let kind = mistakes.need("kind", kind.ok_or("请选一个"));
    let Some(kind) = kind else {
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    let me = by.acts(Matter::Information).await?;
    let words = match commands::ask(&app.db, &app.cx, &me, (kind, &typed.text), app.clock.now()).await {
        Ok(_) => return Ok(see_other_saying("/me/wishes", Said::Kept)),
        Err(WishError::Words) if typed.text.trim().is_empty() => "请写哪里要改，或删什么".to_owned(),
        Err(WishError::Words) => format!("最多写{LONGEST}个字"),
        Err(WishError::Enough) => "您前面问的还没办完，请等一等".to_owned(),
        Err(error) => return Err(trouble(error)),
    };
    mistakes.add("text", words);
    mistaken(&Page { frame: page.frame.with(mistakes), ..page })
}

pub(super) fn trouble(error: WishError) -> PageError {
    match error {
        WishError::NotFound => PageError::NotFound,
        WishError::Already => PageError::Stale,
        WishError::Db(error) => error.into(),
        other => PageError::Broken(other.into()),
    }
}
