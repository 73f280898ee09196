//! Approval forms: what a filled-in one must be, and templates that the app makes itself.

mod check;
mod made;
mod value;

pub use check::FormValue;
pub(crate) use check::check;
pub(crate) use made::NewTemplate;
pub(crate) use value::Known;
