//! 经费: money before it is for anybody. It is appropriated to a region's envelope, goes down and up between a region and those below,
//! and at the end of the year what nobody was promised is frozen. Whatever moves money here is an [`Order`], proposed by one and
//! decided by another; the lines stand in `ledger`, and what is bound for approved cases goes over into the new year.
//!
//! What happens to money once a case is approved is `aid`. Elsewhere under the same name: `server/src/budget`.

mod plan;
mod purpose;
mod refusal;

pub(crate) mod entity;
pub(crate) mod line;

pub mod store;

pub mod commands;
pub mod year_end;

pub use entity::{Model as Order, OrderKind, OrderState};
pub use line::Model as OrderLine;
pub use plan::{LEVELS, NewOrder, Share, Wanted};
pub use purpose::Purpose;
pub use refusal::{BudgetError, Refusal};
