//! What can be done: each a transaction of its own, but what belongs to a death.

mod carry;
mod record;

pub mod standard;

pub mod plan;
pub mod refresh;
pub mod someone;

pub mod decide;
pub mod share;

pub mod receipt;
pub mod request;
pub mod visit;

pub mod settle;

pub mod counting;
pub mod purchase;
pub mod stock;

pub mod point;
pub mod stay;

pub mod remind;

pub(crate) mod death;

pub(crate) use carry::carry_over;
use record::record;
