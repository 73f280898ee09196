//! 误登去世更正: a death that was recorded by mistake is taken back. One worker asks with a document, another agrees. What the death ended was
//! written down and goes on as it was; what cannot, is listed for somebody to do by hand. What was said is not unsaid: facts are said again,
//! so that whatever was frozen or asked in the meantime has the same answer for ever.

mod back;
pub mod commands;
pub(crate) mod entity;
mod left;
mod stopped;
pub mod store;

pub use commands::{UndoError, UndoRefusal};
pub use entity::Model as DeathUndo;
pub(crate) use left::{Column as LeftColumn, Entity as LeftEntity};
pub use left::{Left, Model as LeftToDo};
pub(crate) use stopped::{Place, Stopped, write};
