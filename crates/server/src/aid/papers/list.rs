//! Which papers are wanted and which were sent; and the small picture of one, for whoever sent it.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        commands::{evidence as commands, ready},
        setting::papers::missing,
    },
    evidence::Item,
};

use super::{super::start::Way, whereto::Whereto};
use crate::{
    app::App,
    evidence,
    page::{Brand, Frame, PageError, Tag, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "aid/papers/list.html")]
struct Page {
    frame: Frame,
    back: String,
    for_whom: Option<String>,
    rows: Vec<Row>,
    /// What is needed and missing.
    lacking: Vec<String>,
    next: (String, &'static str),
}

struct Row {
    href: String,
    name: &'static str,
    note: String,
    tag: Tag,
}

fn page(by: &SignedIn, whereto: &Whereto) -> Page {
    let lacks = |item: Item| {
        let shown = ready::shown_by(&whereto.papers);
        whereto.asked(item).filter(|wanted| !wanted.demand.is_met(&shown))
    };
    let row = |item: Item| {
        let many = whereto.papers.iter().filter(|paper| paper.item == item).count();
        Row {
            href: whereto.of(item),
            name: item.label(),
            note: match (many, whereto.asked(item)) {
                (0, Some(wanted)) => wanted.demand.how().to_owned(),
                (0, None) => String::new(),
                (many, _) => format!("{many}张"),
            },
            tag: match (many, lacks(item)) {
                (0, Some(wanted)) if wanted.demand.needed => Tag::attention("还没有传"),
                (0, _) => Tag::quiet("还没有传"),
                _ => Tag::good("已经传了"),
            },
        }
    };
    let have = ready::shown_by(&whereto.papers);
    let lacking = missing(&whereto.wanted, &have).into_iter().filter(|it| it.demand.needed);
    let next = whereto.onwards();
    Page {
        frame: by.frame().branded(Brand::Care).titled("有材料就拍一张"),
        back: next.0.clone(),
        for_whom: whereto.whose.name.clone(),
        lacking: lacking.map(|it| it.demand.label()).collect(),
        rows: whereto.items().into_iter().map(row).collect(),
        next,
    }
}

pub(in crate::aid) async fn of_draft(
    app: web::Data<App>,
    way: web::Query<Way>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&page(&by, &Whereto::draft(&app, &by, &way.whose).await?))
}

pub(in crate::aid) async fn of_case(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&page(&by, &Whereto::case(&app, &by, &path).await?))
}

pub(in crate::aid) async fn picture(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let paper = path.parse().or(Err(PageError::NotFound))?;
    let small = commands::own_small(&app.db, (&app.cx, &app.files), &by.account.id, paper).await;
    Ok(evidence::picture(small.map_err(evidence::page_error)?))
}
