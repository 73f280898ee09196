//! The trees beside the regions: the organisation (省直, 高校, 央属驻浙单位, 系统, with units below), the party (党委, 总支 above branches), the
//! volunteer corps (支队, 大队, 队). Nodes, edges and what a node is joined to are dated, so that a question about a day has an answer.
//!
//! Regions are a tree of their own, with codes: `region`.

mod kind;

pub(crate) mod edge;
pub(crate) mod entity;
pub(crate) mod joint;
pub(crate) mod name;
pub(crate) mod waiting;

pub mod look;
pub mod store;
pub(crate) mod write;

mod change;
pub mod commands;
pub mod desk;
mod effects;
mod hanging;

pub use change::{About, Change};
pub use commands::{TreeError, TreeRefusal};
pub use desk::Became;
pub use edge::Model as TreeEdge;
pub use effects::{Effects, Shift, carry_out_in, effects};
pub use entity::Model as TreeNode;
pub use hanging::{Hanging, hanging, people_at};
pub use joint::{Model as TreeJoin, Target};
pub use kind::{NodeKind, Tree};
pub use name::Model as TreeName;
pub use store::Reach;
pub use waiting::{ChangeState, Model as TreeChange};
