//! 分类规定: what a bureau writes about a category besides its standard. Which papers it wants ([`papers`]), what visitors assess
//! ([`assessment`]), above which sum a meeting is asked ([`council`]), which other categories are the same need ([`need`]). Rows are
//! dated, have their document and two people's word, and lie in layers: below, more is asked and never less. Pure, but for its
//! [`mod@reference`].

pub mod assessment;
pub mod council;
mod force;
mod kind;
pub mod need;
pub mod papers;
pub mod reference;
mod row;
mod says;

pub use force::{Because, in_force};
pub use kind::Kind;
pub use row::Model as Setting;
pub(in crate::aid) use row::{Column, Entity};
pub use says::Says;
