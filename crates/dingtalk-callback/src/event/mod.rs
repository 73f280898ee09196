//! One event, however it came. Field names are matched without regard to case, because the platform's pages spell them both ways;
//! single values and lists, numbers and digit texts are the same.

mod item;
mod what;

mod approval;
mod calendar;
mod chat;
mod directory;
mod form;
mod label;
mod robot;
mod todo;
mod url_check;

mod failed;

pub use approval::{Decision, InstanceChange, InstanceMove, TaskChange};
pub use calendar::{CalendarChange, CheckIn};
pub use chat::{ChatChange, ChatMove};
pub use directory::{DirectoryChange, DirectoryMove};
pub use form::{FormChange, FormMove};
pub use item::{Event, NotAnEvent};
pub use label::{LabelChange, LabelMove};
pub use robot::{RobotChange, RobotMove};
pub use todo::{TodoChange, TodoMove};
pub use url_check::UrlCheck;
pub use what::What;

#[cfg(test)]
mod tests;
