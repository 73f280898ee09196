//! Which node, unit, branch or region somebody means by what he typed: a name, or `above/name` where several are called so.

use chrono::NaiveDate;
use domain::{
    branch,
    ids::{RegionCode, TreeNodeId},
    person::store as people,
    region::{Region, Regions},
    tree::{Target, Tree, TreeNode, look, store},
};

use crate::app::{Db, DbErr};

/// One of the four trees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// One of the three that have nodes.
    Of(Tree),
    /// The regions, which have codes.
    Regions,
}

impl Which {
    /// All of them.
    pub(crate) const ALL: [Self; 4] =
        [Self::Of(Tree::Organ), Self::Regions, Self::Of(Tree::Party), Self::Of(Tree::Corps)];

    /// The word in addresses and commands.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Of(tree) => tree.code(),
            Self::Regions => "region",
        }
    }

    /// The word on screens.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Of(tree) => tree.label(),
            Self::Regions => "行政区划",
        }
    }

    /// Reads [`Self::code`].
    pub(crate) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|which| which.code() == code)
    }
}

/// Why nothing is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unclear {
    /// Nothing was typed.
    Nothing,
    /// Nothing is called so.
    Unknown,
    /// Several are.
    Several,
}

impl Unclear {
    /// What to do about it.
    pub(crate) const fn says(self) -> &'static str {
        match self {
            Self::Nothing => "请写名称",
            Self::Unknown => "没有叫这个名称的，请再看一遍",
            Self::Several => "有同名的，请写成“上级/名称”",
        }
    }
}

/// What stands before the last stroke, and after it.
fn parts(text: &str) -> (Option<&str>, &str) {
    let text = text.trim();
    match text.rsplit_once(['/', '／']) {
        Some((above, name)) => (Some(above.trim()).filter(|above| !above.is_empty()), name.trim()),
        None => (None, text),
    }
}

fn only<T>(mut found: Vec<T>) -> Result<T, Unclear> {
    match (found.pop(), found.is_empty()) {
        (None, _) => Err(Unclear::Unknown),
        (Some(one), true) => Ok(one),
        (Some(_), false) => Err(Unclear::Several),
    }
}

/// A node of a tree on a day.
pub(crate) async fn node(
    db: &Db,
    tree: Tree,
    text: &str,
    on: NaiveDate,
) -> Result<Result<TreeNode, Unclear>, DbErr> {
    if let Ok(id) = text.trim().parse::<TreeNodeId>() {
        let found = look::node(db, id, on).await?;
        return Ok(found.filter(|node| node.tree == tree && node.exists_on(on)).ok_or(Unclear::Unknown));
    }
    let (above, name) = parts(text);
    if name.is_empty() {
        return Ok(Err(Unclear::Nothing));
    }
    let mut found = Vec::new();
    for node in store::called(db, name, on).await? {
        let there = match above {
            None => true,
            Some(above) => match store::parent(db, node.id, on).await? {
                None => false,
                Some(parent) => look::node(db, parent, on).await?.is_some_and(|parent| parent.name == above),
            },
        };
        if node.tree == tree && there {
            found.push(node);
        }
    }
    Ok(only(found))
}

/// A region on a day, by code or name.
pub(crate) fn region<'a>(regions: &'a Regions, text: &str, on: NaiveDate) -> Result<&'a Region, Unclear> {
    let text: String = text.split_whitespace().collect();
    if text.is_empty() {
        return Err(Unclear::Nothing);
    }
    match RegionCode::from_gb2260(&text) {
        Some(code) => regions.find(&code, on).ok_or(Unclear::Unknown),
        None => only(regions.called(&text.replace(['/', '／'], ""), on)),
    }
}

/// What can belong to a node of a tree: units to the organisation, branches to the party, regions to the corps.
pub(crate) async fn target(
    db: &Db,
    tree: Tree,
    text: &str,
    on: NaiveDate,
) -> Result<Result<Target, Unclear>, DbErr> {
    let regions = Regions::load(db).await?;
    let (above, name) = parts(text);
    if name.is_empty() {
        return Ok(Err(Unclear::Nothing));
    }
    let inside: Option<Vec<RegionCode>> =
        above.map(|above| regions.called(above, on).into_iter().map(|region| region.code.clone()).collect());
    let there = |code: &RegionCode| match &inside {
        None => true,
        Some(inside) => inside.iter().any(|region| region.covers(code)),
    };
    Ok(match tree {
        Tree::Organ => {
            let mut units = people::units_called(db, name, on).await?;
            units.retain(|unit| there(&unit.region));
            only(units).map(|unit| Target::Unit(unit.id))
        }
        Tree::Party => {
            let mut branches = branch::store::called(db, name, on).await?;
            branches.retain(|branch| there(&branch.region_code));
            only(branches).map(|branch| Target::Branch(branch.id))
        }
        Tree::Corps => region(&regions, text, on).map(|region| Target::Region(region.code.clone())),
    })
}

/// Reads `unit:<id>`, `branch:<id>`, `region:<code>`.
pub(crate) fn target_of(text: &str) -> Option<Target> {
    match text.split_once(':')? {
        ("unit", id) => id.parse().ok().map(Target::Unit),
        ("branch", id) => id.parse().ok().map(Target::Branch),
        ("region", code) => code.parse().ok().map(Target::Region),
        _ => None,
    }
}

/// Writes it.
pub(crate) fn target_code(target: &Target) -> String {
    match target {
        Target::Unit(unit) => format!("unit:{unit}"),
        Target::Branch(branch) => format!("branch:{branch}"),
        Target::Region(code) => format!("region:{code}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{parts, target_code, target_of};

    #[test]
    fn what_is_above_stands_before_the_last_stroke() {
        assert_eq!(parts(" 公安 / 某局 "), (Some("公安"), "某局"));
        assert_eq!(parts("省直／公安／某局"), (Some("省直／公安"), "某局"));
        assert_eq!(parts("某局"), (None, "某局"));
        assert_eq!(parts("/某局"), (None, "某局"));
    }

    #[test]
    fn what_belongs_somewhere_reads_back() {
        let target = target_of("region:330106").unwrap();
        assert_eq!(target_code(&target), "region:330106");
        assert!(target_of("person:330106").is_none() && target_of("").is_none());
    }
}
