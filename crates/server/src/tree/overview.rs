//! The four trees, and what waits for a second person.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::local_date,
    region::Regions,
    tree::{look, store},
};

use super::{
    waiting::says,
    which::Which,
    words::{frame, reader},
};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "tree/overview.html")]
struct Page {
    frame: Frame,
    trees: Vec<(String, &'static str, String)>,
    waiting: Vec<(String, String)>,
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    reader(&by).await?;
    let today = local_date(app.clock.now());
    let mut trees = Vec::new();
    for which in Which::ALL {
        let note = match which {
            Which::Of(tree) => {
                let all = store::nodes(&app.db, tree, today).await?.len();
                let top = look::children(&app.db, tree, None, today).await?.len();
                format!("最上面{top}个，一共{all}个")
            }
            Which::Regions => {
                let regions = Regions::load(&app.db).await?;
                let count = |level| regions.of_level(level, today).count();
                format!("{}个市，{}个县（市、区），{}个乡镇街道", count(2), count(3), count(4))
            }
        };
        trees.push((format!("/console/trees/{}", which.code()), which.label(), note));
    }
    let mut waiting = Vec::new();
    for row in store::asked(&app.db).await? {
        waiting.push((format!("/console/tree-changes/{}", row.id), says(&app, &row).await?));
    }
    html(&Page { frame: frame(&by).titled("组织和地区"), trees, waiting })
}
