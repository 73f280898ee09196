//! 帮扶类别: what help is asked for. A [`Category`] is a code; what it is called, what the public is told of it ([`Group`]) and whether it
//! may be asked for are rows, dated, with their document and two people's word, in layers ([`Categories`]): the top layer makes a
//! category, those below may stop offering it and call it otherwise on their screens. Pure, but for its [`mod@reference`].

mod code;
mod group;
mod layers;
pub mod reference;
mod refusal;
mod row;

pub use code::{Category, LONGEST};
pub use group::Group;
pub use layers::{Categories, Offer};
pub use refusal::NoCategory;
pub(in crate::aid) use row::{Column, Entity};
pub use row::{LABEL, LAST, Model as CategoryRow};
