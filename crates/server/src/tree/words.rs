//! What the pages of trees share: who may come, where things are, refusals in words.

use chrono::NaiveDate;
use domain::{
    authority::{SecurityAdmin, SystemAdmin},
    calendar::{local_date, say},
    ids::{RegionCode, TreeNodeId},
    region::Regions,
    tree::{About, TreeNode, TreeRefusal, desk, look, store},
};

use super::which::Which;
use crate::{
    app::{App, Db, DbErr},
    page::{Frame, PageError},
    session::SignedIn,
};

/// Who reads: with the proof of whoever changes trees, or without.
pub(super) struct Reader {
    pub(super) admin: Option<SecurityAdmin>,
}

/// The security administrator of a province, and the system administrator. For others there are no such pages.
pub(super) async fn reader(by: &SignedIn) -> Result<Reader, PageError> {
    let grants = by.grants().await?;
    let admin = SecurityAdmin::somewhere(&grants).filter(desk::may);
    if admin.is_none() && SystemAdmin::somewhere(&grants).is_none() {
        return Err(PageError::NotFound);
    }
    Ok(Reader { admin })
}

/// The proof of whoever changes trees.
pub(super) async fn admin(by: &SignedIn) -> Result<SecurityAdmin, PageError> {
    reader(by).await?.admin.ok_or(PageError::NotFound)
}

/// The frame of a page about trees.
pub(super) fn frame(by: &SignedIn) -> Frame {
    by.frame().console_at("/console/trees")
}

/// The day that an address asks for; today when it asks for none.
pub(super) fn day(app: &App, on: &str) -> NaiveDate {
    on.parse().unwrap_or_else(|_| local_date(app.clock.now()))
}

/// What an address has behind it so that the next page is of the same day.
pub(super) fn suffix(app: &App, on: NaiveDate) -> String {
    if on == local_date(app.clock.now()) { String::new() } else { format!("?on={on}") }
}

/// A node or a region that an address names.
pub(super) enum Named {
    Node(TreeNode),
    Region(RegionCode, String),
}

impl Named {
    pub(super) fn about(&self) -> About {
        match self {
            Self::Node(node) => About::Node(node.id),
            Self::Region(code, _) => About::Region(code.clone()),
        }
    }

    pub(super) fn name(&self) -> &str {
        match self {
            Self::Node(node) => &node.name,
            Self::Region(_, name) => name,
        }
    }
}

/// Finds what an address names, as it is called on a day; of what is not there then the last name.
pub(super) async fn named(app: &App, which: Which, id: &str, on: NaiveDate) -> Result<Named, PageError> {
    match which {
        Which::Of(tree) => {
            let id: TreeNodeId = id.parse().or(Err(PageError::NotFound))?;
            let node = look::node(&app.db, id, on).await?.filter(|node| node.tree == tree);
            Ok(Named::Node(node.ok_or(PageError::NotFound)?))
        }
        Which::Regions => {
            let code = RegionCode::parse(id).ok_or(PageError::NotFound)?;
            let regions = Regions::load(&app.db).await?;
            let stretches = regions.history(&code);
            let found = regions.find(&code, on).or_else(|| stretches.last().copied());
            Ok(Named::Region(code.clone(), found.ok_or(PageError::NotFound)?.name.clone()))
        }
    }
}

/// The address of a node or a region.
pub(super) fn at(which: Which, about: &About) -> String {
    match about {
        About::Node(node) => format!("/console/trees/{}/{node}", which.code()),
        About::Region(code) => format!("/console/trees/{}/{code}", which.code()),
    }
}

/// 省直 › 某厅, on a day.
pub(crate) async fn path(db: &Db, node: TreeNodeId, on: NaiveDate) -> Result<String, DbErr> {
    let mut names = Vec::new();
    for id in store::path(db, node, on).await? {
        names.extend(look::node(db, id, on).await?.map(|node| node.name));
    }
    Ok(names.join(" › "))
}

/// From when to when, in words.
pub(super) fn stretch(from: NaiveDate, to: Option<NaiveDate>) -> String {
    match to.and_then(|to| to.pred_opt()) {
        Some(last) => format!("{}至{}", say::full_date(from), say::full_date(last)),
        None => format!("{}起", say::full_date(from)),
    }
}

/// Beside which field a refusal stands, and its words.
pub(crate) const fn refusal(refusal: TreeRefusal) -> (&'static str, &'static str) {
    match refusal {
        TreeRefusal::OtherTree => ("to", "不在同一棵树上，请换一个"),
        TreeRefusal::Circle => ("to", "不能放到自己或自己的下级下面"),
        TreeRefusal::Day => ("on", "这一天不行：比现在的情况开始得早，或者后面已有安排"),
        TreeRefusal::NotYet => ("on", "地区的代码当天改，请到那一天再办"),
        TreeRefusal::NoName => ("name", "请写名称"),
        TreeRefusal::Hangs => ("on", "还有东西挂在下面，先办好下面列出的"),
        TreeRefusal::Exists => ("code", "这个代码那天已经有了"),
        TreeRefusal::Code => ("code", "代码和上级对不上，请再看一遍"),
        TreeRefusal::Waits => ("on", "这里有一项调整在等第二人确认，先办那一项"),
        TreeRefusal::SamePerson => ("on", "自己提出的，请另一位安全管理员确认"),
        TreeRefusal::NotWaiting => ("on", "已经确认过，或者已经撤回"),
        TreeRefusal::Otherwise => ("on", "情况有了变化，请把影响再看一遍"),
    }
}
