//! One level of a tree: what is right below a node, or at the top.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    calendar::say,
    ids::RegionCode,
    region::Regions,
    tree::{Tree, TreeNode, look},
};
use serde::Deserialize;

use super::{
    which::Which,
    words::{day, frame, reader, suffix},
};
use crate::{
    app::App,
    page::{Frame, PageError, html},
    session::SignedIn,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) on: String,
}

/// Something on a level.
pub(super) struct Line {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) notes: String,
}

#[derive(Template)]
#[template(path = "tree/level.html")]
struct Page {
    frame: Frame,
    href: String,
    on: String,
    when: String,
    lines: Vec<Line>,
    add: Option<String>,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let reader = reader(&by).await?;
    let which = Which::parse(&path).ok_or(PageError::NotFound)?;
    let on = day(&app, &asked.on);
    let lines = match which {
        Which::Of(tree) => nodes(&app, (tree, look::children(&app.db, tree, None, on).await?), on).await?,
        Which::Regions => regions(&app, None, on).await?,
    };
    let may = reader.admin.is_some() && which != Which::Regions && suffix(&app, on).is_empty();
    html(&Page {
        frame: frame(&by).titled(which.label()),
        href: format!("/console/trees/{}", which.code()),
        on: on.to_string(),
        when: say::full_date(on),
        lines,
        add: may.then(|| format!("/console/trees/{}/top/add", which.code())),
    })
}

/// Nodes as lines.
pub(super) async fn nodes(
    app: &App,
    (tree, nodes): (Tree, Vec<TreeNode>),
    on: NaiveDate,
) -> Result<Vec<Line>, PageError> {
    let ids: Vec<_> = nodes.iter().map(|node| node.id).collect();
    let counts = look::counts(&app.db, &ids, on).await?;
    let suffix = suffix(app, on);
    let line = |node: TreeNode| {
        let (below, beside) = counts.get(&node.id).copied().unwrap_or_default();
        let joined = match (tree, beside) {
            (_, 0) => String::new(),
            (Tree::Organ, count) => format!("，{count}个单位"),
            (Tree::Party, count) => format!("，{count}个支部"),
            (Tree::Corps, count) => format!("，{count}个地区"),
        };
        Line {
            href: format!("/console/trees/{}/{}{suffix}", tree.code(), node.id),
            name: node.name,
            kind: node.kind.label().to_owned(),
            notes: format!("下面{below}个{joined}"),
        }
    };
    Ok(nodes.into_iter().map(line).collect())
}

/// Regions as lines: the parts of one, or the provinces.
pub(super) async fn regions(
    app: &App,
    above: Option<&RegionCode>,
    on: NaiveDate,
) -> Result<Vec<Line>, PageError> {
    let all = Regions::load(&app.db).await?;
    let found = match above {
        Some(code) => all.children(code, on),
        None => all.of_level(1, on).collect(),
    };
    let suffix = suffix(app, on);
    let line = |region: &domain::region::Region| Line {
        href: format!("/console/trees/region/{}{suffix}", region.code),
        name: region.name.clone(),
        kind: region.code.to_string(),
        notes: format!("下面{}个", all.children(&region.code, on).len()),
    };
    Ok(found.into_iter().map(line).collect())
}
