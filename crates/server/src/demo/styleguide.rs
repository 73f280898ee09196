//! Every piece of which pages are made, on one page: to look at, and for the test that no text becomes markup.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::{
    app::App,
    page::{Answer, Brand, Choice, Frame, Icon, Mistakes, Moment, PageError, Tag, html},
    routes::{Access, Route},
};

#[derive(Template)]
#[template(path = "demo/styleguide.html")]
struct Page {
    frame: Frame,
    text: String,
    choices: Vec<Choice>,
    chosen: Vec<String>,
    answers: Vec<Answer>,
    tags: [Tag; 4],
    steps: Vec<Moment>,
}

/// What the pieces say, and whose accent they wear.
#[derive(Deserialize)]
struct Wanted {
    text: Option<String>,
    brand: Option<String>,
    desk: Option<String>,
}

/// The address; only in builds with the demo.
pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/styleguide", Access::Public, page)]
}

async fn page(app: web::Data<App>, wanted: web::Query<Wanted>) -> Result<HttpResponse, PageError> {
    let text = wanted.text.clone().unwrap_or_else(|| "话说在这里".to_owned());
    let brand = match wanted.brand.as_deref() {
        Some("care") => Brand::Care,
        Some("volunteer") => Brand::Volunteer,
        _ => Brand::Pioneer,
    };
    let frame = Frame::anonymous(&app).titled(text.clone()).branded(brand);
    let frame = frame.with(Mistakes::one("choice", text.clone()));
    let frame = Frame { reader: text.clone(), ..frame };
    html(&Page {
        frame: if wanted.desk.is_some() { frame.console() } else { frame },
        choices: ["a", "b"].map(|code| Choice::new(code, text.clone()).noted(text.clone())).into(),
        chosen: vec!["b".to_owned()],
        answers: vec![Answer::new(text.clone(), text.clone()).changed_at(format!("/styleguide?text={text}"))],
        tags: [Tag::good("已签到"), Tag::waiting("正在办"), Tag::attention("请您看看"), Tag::quiet("已结束")],
        steps: [true, false].map(|done| Moment { what: text.clone(), when: text.clone(), done }).into(),
        text,
    })
}
