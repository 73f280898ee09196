//! 出生日期: what the file, the identity card and the family say of a birth, each in its calendar and as far as it knows. The file's word
//! counts for personnel matters, the family's for greetings.

pub mod commands;
pub(crate) mod entity;
pub mod store;

pub use commands::{BirthError, Said};
pub use entity::Model as PersonBirth;
