//! One difference between the directory and our rows.

use std::{collections::BTreeSet, fmt};

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, DepartmentId, PersonId};

/// What differs. It holds everything that is needed to write it, so that an answer given tomorrow does what was asked today.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// A login is there that we do not have, or have as one that left.
    Joined { account: AccountId, name: String, unionid: Option<String>, departments: BTreeSet<DepartmentId> },
    /// A login of ours is not there any more.
    Left { account: AccountId },
    /// A login has another name, or its id across tenants became known.
    Renamed { account: AccountId, from: String, to: String, unionid: Option<String> },
    /// A login is in other departments.
    Moved { account: AccountId, from: BTreeSet<DepartmentId>, to: BTreeSet<DepartmentId> },
    /// A login's departments are seen for the first time. Nothing happened.
    Placed { account: AccountId, to: BTreeSet<DepartmentId> },
    /// A department is new.
    DepartmentMade { department: DepartmentId, name: String, parent: Option<DepartmentId> },
    /// A department is gone.
    DepartmentGone { department: DepartmentId, name: String },
    /// A department has another name. What hangs on it stays.
    DepartmentRenamed { department: DepartmentId, from: String, to: String },
    /// A department hangs below another one. What hangs on it stays.
    DepartmentMoved { department: DepartmentId, from: Option<DepartmentId>, to: Option<DepartmentId> },
    /// A login in the tenant is nobody's own.
    Unlinked { account: AccountId },
    /// A person's own login has left.
    LeaverLinked { account: AccountId, person: PersonId },
}

/// What kind of difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// [`Change::Joined`]
    Joined,
    /// [`Change::Left`]
    Left,
    /// [`Change::Renamed`]
    Renamed,
    /// [`Change::Moved`]
    Moved,
    /// [`Change::Placed`]
    Placed,
    /// [`Change::DepartmentMade`]
    DepartmentMade,
    /// [`Change::DepartmentGone`]
    DepartmentGone,
    /// [`Change::DepartmentRenamed`]
    DepartmentRenamed,
    /// [`Change::DepartmentMoved`]
    DepartmentMoved,
    /// [`Change::Unlinked`]
    Unlinked,
    /// [`Change::LeaverLinked`]
    LeaverLinked,
}

impl Kind {
    /// Those that a report shows, in its order.
    pub const REPORTED: [Self; 10] = [
        Self::Left,
        Self::LeaverLinked,
        Self::Joined,
        Self::Renamed,
        Self::Moved,
        Self::DepartmentMade,
        Self::DepartmentGone,
        Self::DepartmentRenamed,
        Self::DepartmentMoved,
        Self::Unlinked,
    ];

    /// How things stand after a walk, rather than what it changed. Only the newest walk has them.
    pub const STANDING: [Self; 2] = [Self::Unlinked, Self::LeaverLinked];

    /// The word in rows and figures.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::Left => "left",
            Self::Renamed => "renamed",
            Self::Moved => "moved",
            Self::Placed => "placed",
            Self::DepartmentMade => "department_made",
            Self::DepartmentGone => "department_gone",
            Self::DepartmentRenamed => "department_renamed",
            Self::DepartmentMoved => "department_moved",
            Self::Unlinked => "unlinked",
            Self::LeaverLinked => "leaver_linked",
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Joined => "新加入",
            Self::Left => "已离开",
            Self::Renamed => "改了名字",
            Self::Moved => "换了部门",
            Self::Placed => "记下部门",
            Self::DepartmentMade => "新部门",
            Self::DepartmentGone => "部门没有了",
            Self::DepartmentRenamed => "部门改名",
            Self::DepartmentMoved => "部门换了上级",
            Self::Unlinked => "还没对上本人",
            Self::LeaverLinked => "人在册，账号已离开",
        }
    }
}

impl Change {
    /// Its kind.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Joined { .. } => Kind::Joined,
            Self::Left { .. } => Kind::Left,
            Self::Renamed { .. } => Kind::Renamed,
            Self::Moved { .. } => Kind::Moved,
            Self::Placed { .. } => Kind::Placed,
            Self::DepartmentMade { .. } => Kind::DepartmentMade,
            Self::DepartmentGone { .. } => Kind::DepartmentGone,
            Self::DepartmentRenamed { .. } => Kind::DepartmentRenamed,
            Self::DepartmentMoved { .. } => Kind::DepartmentMoved,
            Self::Unlinked { .. } => Kind::Unlinked,
            Self::LeaverLinked { .. } => Kind::LeaverLinked,
        }
    }

    /// The login that it is about.
    pub const fn account(&self) -> Option<&AccountId> {
        match self {
            Self::Joined { account, .. }
            | Self::Left { account }
            | Self::Renamed { account, .. }
            | Self::Moved { account, .. }
            | Self::Placed { account, .. }
            | Self::Unlinked { account }
            | Self::LeaverLinked { account, .. } => Some(account),
            Self::DepartmentMade { .. }
            | Self::DepartmentGone { .. }
            | Self::DepartmentRenamed { .. }
            | Self::DepartmentMoved { .. } => None,
        }
    }
}

/// Without names.
impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.account() {
            Some(account) => write!(f, "{}({account})", self.kind().code()),
            None => f.write_str(self.kind().code()),
        }
    }
}
