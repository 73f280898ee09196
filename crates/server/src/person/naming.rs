//! 姓名: a former name, so that somebody is found by it, or the name that the office writes from now on.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::person::name::{add_former, rename, search::names_of};
use serde::Deserialize;

use super::words::{Reached, at, person_error, reached};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "person/naming.html")]
struct Page {
    frame: Frame,
    href: String,
    typed: Typed,
    former: Vec<String>,
    kinds: Vec<Choice>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    kind: String,
    name: String,
}

async fn page(app: &App, by: &SignedIn, id: &str, typed: Typed) -> Result<(Page, Reached), PageError> {
    let it = reached(app, by, id).await?;
    let names = names_of(&app.db, it.person.id).await?;
    let page = Page {
        frame: by.frame().console_at("/console/people").titled(format!("{}的姓名", it.person.name)),
        href: at(it.person.id),
        typed,
        former: names.into_iter().filter(|name| !name.used).map(|name| name.name).collect(),
        kinds: vec![
            Choice::new("former", "曾用名").noted("以后用它也能找到"),
            Choice::new("now", "现在改用的姓名").noted("原来的姓名留作曾用名"),
        ],
    };
    Ok((page, it))
}

pub(super) async fn form(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let typed = Typed { kind: "former".to_owned(), ..Typed::default() };
    html(&page(&app, &by, &path, typed).await?.0)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    let (page, it) = page(&app, &by, &path, typed.clone()).await?;
    let name = typed.name.trim();
    if name.is_empty() {
        let mistakes = Mistakes::one("name", "请写姓名");
        return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
    }
    let (db, cx, now, what) = (&app.db, &app.cx, app.clock.now(), (it.person.id, name));
    match typed.kind.as_str() {
        "former" => add_former(db, cx, &it.worker, what, now).await.map_err(person_error)?,
        "now" => rename(db, cx, &it.worker, what, now).await.map_err(person_error)?,
        _ => {
            let mistakes = Mistakes::one("kind", "请选曾用名还是现在的姓名");
            return mistaken(&Page { frame: page.frame.with(mistakes), ..page });
        }
    }
    Ok(see_other_saying(&page.href, Said::Kept))
}
