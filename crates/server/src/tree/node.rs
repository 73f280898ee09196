//! One node or region: where it stands, what is below it, what belongs to it, its history, and what can be done with it.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    calendar::say,
    ids::RegionCode,
    region::Regions,
    tree::{About, Tree, TreeNode, look, store},
};

use super::{
    form::Act,
    level::{Asked, Line, nodes, regions},
    waiting::says,
    which::Which,
    words::{Named, at, day, frame, named, path as path_of, reader, stretch, suffix},
};
use crate::{
    app::App,
    page::{Answer, Frame, PageError, html},
    session::SignedIn,
};

/// What belongs to a node is listed up to so many.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "tree/node.html")]
struct Page {
    frame: Frame,
    back: (String, String),
    href: String,
    on: String,
    rows: Vec<Answer>,
    lines: Vec<Line>,
    joined: &'static str,
    joins: Vec<String>,
    more: usize,
    history: Vec<String>,
    waiting: Option<(String, String)>,
    acts: Vec<(String, &'static str)>,
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    asked: web::Query<Asked>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let reader = reader(&by).await?;
    let (tree, id) = path.into_inner();
    let which = Which::parse(&tree).ok_or(PageError::NotFound)?;
    let on = day(&app, &asked.on);
    let named = named(&app, which, &id, on).await?;
    let about = named.about();
    let href = at(which, &about);
    let mut page = Page {
        frame: frame(&by).titled(named.name()),
        back: (format!("/console/trees/{}{}", which.code(), suffix(&app, on)), which.label().to_owned()),
        href: href.clone(),
        on: on.to_string(),
        rows: Vec::new(),
        lines: Vec::new(),
        joined: "",
        joins: Vec::new(),
        more: 0,
        history: Vec::new(),
        waiting: None,
        acts: Vec::new(),
    };
    let there = match &named {
        Named::Node(node) => of_node(&app, &mut page, node, on).await?,
        Named::Region(code, _) => of_region(&app, &mut page, code, on).await?,
    };
    if let Some(row) = store::asked_about(&app.db, &about.to_string()).await? {
        page.waiting = Some((format!("/console/tree-changes/{}", row.id), says(&app, &row).await?));
    }
    if reader.admin.is_some() && there && suffix(&app, on).is_empty() {
        let acts = Act::of(which, &about).into_iter();
        page.acts = acts.map(|act| (format!("{href}/{}", act.code()), act.label(which))).collect();
    }
    html(&page)
}

/// Says whether it is there on the day.
async fn of_node(app: &App, page: &mut Page, node: &TreeNode, on: NaiveDate) -> Result<bool, PageError> {
    let db = &app.db;
    if let Some(parent) = store::parent(db, node.id, on).await?
        && let Some(parent) = look::node(db, parent, on).await?
    {
        page.back = (
            format!("{}{}", at(Which::Of(node.tree), &About::Node(parent.id)), suffix(app, on)),
            parent.name,
        );
    }
    page.rows = vec![
        Answer::new("位置", path_of(db, node.id, on).await?),
        Answer::new("种类", node.kind.label()),
        Answer::new("设立", stretch(node.valid_from, node.valid_to)),
    ];
    let below = look::children(db, node.tree, Some(node.id), on).await?;
    page.lines = nodes(app, (node.tree, below), on).await?;
    page.joined = match node.tree {
        Tree::Organ => "管理单位",
        Tree::Party => "支部",
        Tree::Corps => "服务的地区",
    };
    let joins = look::joins(db, node.id, on).await?;
    page.more = joins.len().saturating_sub(SHOWN);
    for join in joins.iter().take(SHOWN) {
        page.joins.push(look::target_name(db, &join.target(), on).await?);
    }
    page.history = history(app, node).await?;
    Ok(node.exists_on(on))
}

/// Everything that was so, each stretch a line.
async fn history(app: &App, node: &TreeNode) -> Result<Vec<String>, PageError> {
    let db = &app.db;
    let all = look::history(db, node.id).await?;
    let first = store::find(db, node.id).await?.map(|node| node.name).unwrap_or_default();
    let mut lines = vec![format!("{}设立，叫{first}", say::full_date(node.valid_from))];
    for row in &all.names {
        lines.push(format!("{}，叫{}", stretch(row.valid_from, row.valid_to), row.name));
    }
    for row in &all.edges {
        let above = look::node(db, row.parent_id, row.valid_from).await?;
        let above = above.map(|node| node.name).unwrap_or_default();
        lines.push(format!("{}，在{above}下面", stretch(row.valid_from, row.valid_to)));
    }
    for row in all.joins.iter().take(SHOWN) {
        let name = look::target_name(db, &row.target(), row.valid_from).await?;
        lines.push(format!("{}，有{name}", stretch(row.valid_from, row.valid_to)));
    }
    lines.extend(node.valid_to.map(|end| format!("{}撤销", say::full_date(end))));
    Ok(lines)
}

/// Says whether it is there on the day.
async fn of_region(app: &App, page: &mut Page, code: &RegionCode, on: NaiveDate) -> Result<bool, PageError> {
    let all = Regions::load(&app.db).await?;
    let found = all.find(code, on);
    if let Some(parent) = found.and_then(|region| region.parent.as_ref())
        && let Some(parent) = all.find(parent, on)
    {
        let above = at(Which::Regions, &About::Region(parent.code.clone()));
        page.back = (format!("{above}{}", suffix(app, on)), parent.name.clone());
    }
    page.rows = vec![Answer::new("代码", code.to_string())];
    match found {
        Some(region) => {
            page.rows.push(Answer::new("位置", all.full_name(code, on)));
            page.rows.push(Answer::new("这样叫", stretch(region.valid_from, region.valid_to)));
        }
        None => page.rows.push(Answer::new("那一天", "没有这个地区")),
    }
    page.lines = regions(app, Some(code), on).await?;
    for region in all.history(code) {
        let after = match region.successors.as_str() {
            "" => String::new(),
            codes => format!("，以后是{}", codes.replace(' ', "、")),
        };
        page.history.push(format!(
            "{}，叫{}{after}",
            stretch(region.valid_from, region.valid_to),
            region.name
        ));
    }
    Ok(found.is_some())
}
