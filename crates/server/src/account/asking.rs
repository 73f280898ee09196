//! Asking to act for somebody in the family.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Days, NaiveTime};
use domain::{
    account::mandate::{AskError, Matter, Matters, Wanted, commands::ask},
    calendar::{local_date, utc},
    privacy::Phone,
};

use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, html, mistaken, see_other},
    session::{Posted, SignedIn},
};

/// For how long: days, and the words.
const TIMES: [(&str, u64, &str); 3] = [("90", 90, "三个月"), ("180", 180, "半年"), ("365", 365, "一年")];

#[derive(Template)]
#[template(path = "account/asking.html")]
struct Page {
    frame: Frame,
    typed: Typed,
    matters: Vec<Choice>,
    times: Vec<Choice>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    name: String,
    phone: String,
    matters: Vec<String>,
    time: String,
}

impl Typed {
    /// A box that is ticked is sent once for each tick.
    fn of(fields: Vec<(String, String)>) -> Self {
        let mut typed = Self::default();
        for (field, value) in fields {
            match field.as_str() {
                "name" => typed.name = value,
                "phone" => typed.phone = value,
                "matters" => typed.matters.push(value),
                "time" => typed.time = value,
                _ => {}
            }
        }
        typed
    }
}

fn page(app: &App, by: &SignedIn, typed: Typed) -> Page {
    let longest = app.config.mandates.longest().num_days();
    let times = TIMES.iter().filter(|(_, days, _)| i64::try_from(*days).is_ok_and(|days| days <= longest));
    Page {
        frame: by.frame().titled("我想替家人办事"),
        typed,
        matters: Matter::ALL.map(|matter| Choice::new(matter.code(), matter.label())).into(),
        times: times.map(|(code, _, words)| Choice::new(*code, *words)).collect(),
    }
}

pub(super) async fn form(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let matters = Matter::ALL.map(|matter| matter.code().to_owned()).into();
    html(&page(&app, &by, Typed { matters, time: "365".to_owned(), ..Typed::default() }))
}

pub(super) async fn submit(
    app: web::Data<App>,
    posted: Posted<Vec<(String, String)>>,
) -> Result<HttpResponse, PageError> {
    let (by, typed, now) = (posted.by, Typed::of(posted.form), app.clock.now());
    let page = page(&app, &by, typed.clone());
    let mut mistakes = Mistakes::new();
    let name = typed.name.trim().to_owned();
    let name = mistakes.need("name", Some(name).filter(|name| !name.is_empty()).ok_or("请写家人的姓名"));
    let phone = mistakes.need("phone", Phone::parse(&typed.phone).or(Err("请写家人的电话号码")));
    let matters = Matters::of(typed.matters.iter().map(String::as_str)).ok_or("请至少选一样");
    let matters = mistakes.need("matters", matters);
    let days = TIMES.iter().find(|(code, _, _)| *code == typed.time).map(|(_, days, _)| *days);
    let days = mistakes.need("time", days.ok_or("请选到什么时候"));
    let (Some(name), Some(phone), Some(matters), Some(days)) = (name, phone, matters, days) else {
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    };
    let last = local_date(now).checked_add_days(Days::new(days)).ok_or(PageError::Stale)?;
    let wanted = Wanted { name, phone, matters, until: utc(last, NaiveTime::MIN) };
    let longest = app.config.mandates.longest();
    match ask(&app.db, &app.cx, &by.account.id, (&wanted, longest), now).await {
        Ok(()) => Ok(see_other("/mandates/asked")),
        Err(AskError::TooOften) => {
            let mistakes = Mistakes::one("name", "今天申请太多次了，请明天再试");
            mistaken(&Page { frame: page.frame.with(mistakes), ..page })
        }
        Err(AskError::Period | AskError::Left) => Err(PageError::Stale),
        Err(AskError::Db(error)) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "account/sent.html")]
struct Sent {
    frame: Frame,
}

pub(super) async fn done(by: SignedIn) -> Result<HttpResponse, PageError> {
    html(&Sent { frame: by.frame().titled("申请收到了") })
}
