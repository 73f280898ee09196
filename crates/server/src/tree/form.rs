//! What can be done with a node, and reading a form into a change.

use chrono::NaiveDate;
use domain::{
    ids::RegionCode,
    tree::{About, Change, NodeKind, Tree, commands::NewNode},
};
use serde::Deserialize;

use super::{
    which::{self, Which},
    words::Named,
};
use crate::{
    app::App,
    page::{Mistakes, PageError},
};

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Add,
    Rename,
    Move,
    Join,
    Part,
    Close,
}

impl Act {
    const ALL: [Self; 6] = [Self::Add, Self::Rename, Self::Move, Self::Join, Self::Part, Self::Close];

    /// The word in addresses.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Rename => "rename",
            Self::Move => "move",
            Self::Join => "join",
            Self::Part => "part",
            Self::Close => "close",
        }
    }

    /// The words on screens.
    pub(super) const fn label(self, which: Which) -> &'static str {
        match (self, which) {
            (Self::Add, _) => "在下面加一个",
            (Self::Rename, _) => "改名称",
            (Self::Move, Which::Regions) => "划到别处（改代码）",
            (Self::Move, Which::Of(_)) => "放到别的上级下面",
            (Self::Join, Which::Of(Tree::Party)) => "挂一个支部",
            (Self::Join, Which::Of(Tree::Corps)) => "加一个服务的地区",
            (Self::Join, _) => "挂一个单位",
            (Self::Part, Which::Of(Tree::Party)) => "移走一个支部",
            (Self::Part, Which::Of(Tree::Corps)) => "去掉一个服务的地区",
            (Self::Part, _) => "移走一个单位",
            (Self::Close, _) => "撤销",
        }
    }

    /// Reads [`Self::code`].
    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// What can be done with this one.
    pub(super) fn of(which: Which, about: &About) -> Vec<Self> {
        let digits = match (which, about) {
            (Which::Regions, About::Region(code)) => code.as_str().len(),
            _ => return Self::ALL.to_vec(),
        };
        let may = |act: &Self| match act {
            Self::Add => digits < 9,
            Self::Rename => true,
            Self::Move => digits >= 6,
            Self::Close => digits > 2,
            Self::Join | Self::Part => false,
        };
        Self::ALL.into_iter().filter(may).collect()
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) code: String,
    pub(super) to: String,
    pub(super) target: String,
    pub(super) on: String,
    /// What was shown of its effects, once it was shown.
    pub(super) seen: String,
    pub(super) sure: String,
}

/// The change that was typed, or what is wrong with it. `of`: below what, or of what; `None` for a root.
pub(super) async fn read(
    app: &App,
    (tree, of): (Which, Option<&Named>),
    act: Act,
    typed: &Typed,
) -> Result<Result<Change, Mistakes>, PageError> {
    let mut mistakes = Mistakes::new();
    let on = mistakes.need("on", typed.on.parse::<NaiveDate>().or(Err("请写从哪一天起")));
    let name = Some(typed.name.trim()).filter(|name| !name.is_empty());
    let named = match act {
        Act::Add | Act::Rename => mistakes.need("name", name.ok_or("请写名称")).map(str::to_owned),
        _ => None,
    };
    let change = match (tree, of) {
        (Which::Of(tree), of) => {
            let node = match of {
                Some(Named::Node(node)) => Some(node),
                Some(Named::Region(..)) => return Err(PageError::NotFound),
                None => None,
            };
            of_node(app, (tree, node), (act, on), (named, typed), &mut mistakes).await?
        }
        (Which::Regions, Some(Named::Region(code, _))) => {
            of_region(code, (act, on), (named, typed), &mut mistakes)
        }
        (Which::Regions, _) => return Err(PageError::NotFound),
    };
    Ok(match change {
        Some(change) if mistakes.is_empty() => Ok(change),
        _ => Err(mistakes),
    })
}

async fn of_node(
    app: &App,
    (tree, node): (Tree, Option<&domain::tree::TreeNode>),
    (act, on): (Act, Option<NaiveDate>),
    (name, typed): (Option<String>, &Typed),
    mistakes: &mut Mistakes,
) -> Result<Option<Change>, PageError> {
    if act == Act::Add {
        let kind: Option<NodeKind> = tree.kinds().find(|kind| kind.code() == typed.kind);
        let kind = mistakes.need("kind", kind.ok_or("请选种类"));
        let parent = node.map(|node| node.id);
        let (Some(kind), Some(name), Some(from)) = (kind, name, on) else { return Ok(None) };
        return Ok(Some(Change::Found(NewNode { kind, name, parent, from })));
    }
    let id = node.ok_or(PageError::NotFound)?.id;
    let Some(on) = on else { return Ok(None) };
    Ok(match act {
        Act::Add => None,
        Act::Rename => name.map(|name| Change::Rename { node: id, name, on }),
        Act::Move => {
            let found = which::node(&app.db, tree, &typed.to, on).await?;
            let parent = mistakes.need("to", found.map_err(which::Unclear::says));
            parent.map(|parent| Change::Move { node: id, parent: parent.id, on })
        }
        Act::Join => {
            let found = which::target(&app.db, tree, &typed.target, on).await?;
            let target = mistakes.need("target", found.map_err(which::Unclear::says));
            target.map(|target| Change::Join { node: id, target, on })
        }
        Act::Part => {
            let target = mistakes.need("target", which::target_of(&typed.target).ok_or("请选一个"));
            target.map(|target| Change::Part { node: id, target, on })
        }
        Act::Close => Some(Change::Close { node: id, on }),
    })
}

fn of_region(
    code: &RegionCode,
    (act, on): (Act, Option<NaiveDate>),
    (name, typed): (Option<String>, &Typed),
    mistakes: &mut Mistakes,
) -> Option<Change> {
    let code = code.clone();
    let other = match act {
        Act::Add | Act::Move => {
            let typed: String = typed.code.split_whitespace().collect();
            mistakes.need("code", RegionCode::parse(&typed).ok_or("请写代码：县6位，乡镇9位"))
        }
        _ => None,
    };
    match act {
        Act::Add => {
            let below = other.filter(|other| other.above().as_ref() == Some(&code));
            let below = mistakes.need("code", below.ok_or("代码要以上级的代码开头，只多一级"));
            Some(Change::FoundRegion { code: below?, name: name?, on: on? })
        }
        Act::Rename => Some(Change::RenameRegion { code, name: name?, on: on? }),
        Act::Move => Some(Change::MoveRegion { code, to: other?, on: on? }),
        Act::Close => Some(Change::CloseRegion { code, on: on? }),
        Act::Join | Act::Part => None,
    }
}
