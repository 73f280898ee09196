//! 年度申报: opened once a year by a security administrator; who has not said so comes first.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use domain::{
    authority::SecurityAdmin,
    calendar::{local_date, say as dates},
    declaration::{
        commands::{DeclarationError, open_campaign},
        store,
    },
};
use notify::words::authority as say;
use serde::Deserialize;

use super::mine::declaration_error;
use crate::{
    app::App,
    page::{Frame, Mistakes, PageError, Said, Tag, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "declaration/campaign.html")]
struct Page {
    frame: Frame,
    /// Of which year, and until when; `None`: none was ever opened.
    open: Option<(i32, String)>,
    lines: Vec<(String, Tag)>,
    done: usize,
    /// The year that may be opened.
    next: Option<i32>,
    typed: Typed,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    due: String,
}

async fn show(app: &App, by: &SignedIn, typed: Typed) -> Result<(Page, SecurityAdmin), PageError> {
    let admin = SecurityAdmin::somewhere(&by.grants().await?).ok_or(PageError::NotFound)?;
    let (now, year) = (app.clock.now(), local_date(app.clock.now()).year());
    let campaign = store::newest(&app.db).await?;
    let mut lines = Vec::new();
    if let Some(campaign) = &campaign {
        for line in store::completion(&app.db, &admin, campaign.year, now).await? {
            let tag = if line.declared_at.is_some() {
                Tag::good("已申报")
            } else {
                Tag::attention("没有申报")
            };
            lines.push((line.name, tag));
        }
    }
    let done = lines.iter().filter(|(_, tag)| *tag == Tag::good("已申报")).count();
    let page = Page {
        frame: by.frame().console_at("/console/declarations").titled("年度回避申报"),
        next: campaign.as_ref().is_none_or(|campaign| campaign.year < year).then_some(year),
        open: campaign.map(|campaign| (campaign.year, dates::full_date(campaign.due_on))),
        lines,
        done,
        typed,
    };
    Ok((page, admin))
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    html(&show(&app, &by, Typed::default()).await?.0)
}

pub(super) async fn open(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, admin) = show(&app, &by, typed.clone()).await?;
    let Ok(due) = typed.due.parse::<NaiveDate>() else {
        let mistakes = Mistakes::one("due", "请写到哪一天为止");
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    let now = app.clock.now();
    match open_campaign(&app.db, &app.cx, &admin, (local_date(now).year(), due), now).await {
        Ok(()) => Ok(see_other_saying("/console/declarations", Said::Kept)),
        Err(DeclarationError::Refused(refusal)) => {
            let mistakes = Mistakes::one("due", say::declaration(refusal));
            mistaken(&Page { frame: page.frame.with(mistakes), ..page })
        }
        Err(error) => Err(declaration_error(error)),
    }
}
