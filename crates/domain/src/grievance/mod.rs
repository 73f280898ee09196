//! 反映问题: whatever somebody has to say about aid and service that is no appeal against a decision (`aid::appeal`) and no objection to a
//! public notice: how he was treated, that nothing happens, that money did not come, that his affairs were told, that somebody is favoured.
//!
//! Different people answer it: nobody who is named in it, acted in the case it is about, is close to whoever says it or wrote it down. It may
//! come without a name, and then no login stands anywhere beside it. The same name in the server: `server/src/grievance`; the words of its
//! letters: `notify/src/words/grievance.rs`; how long an answer may take: `aid::procedure`.

mod code;
mod kind;
mod status;

mod bar;
mod named;

mod entity;
mod step;

mod refusal;

pub mod letters;
pub mod reach;
pub mod store;

pub mod commands;

#[cfg(test)]
mod tests;

pub use bar::{Bar, Sides};
pub use code::ReceiptCode;
pub use entity::Model as Grievance;
pub use kind::{Kind, Outcome};
pub use refusal::{GrievanceError, Refusal};
pub use status::{Act, Status};
pub use step::{Model as Step, What};

/// The longest that somebody may write.
pub const WORDS: usize = 1000;

/// Something that somebody wrote, without the white space around it.
fn words(text: &str) -> Result<&str, Refusal> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > WORDS { Err(Refusal::Words) } else { Ok(text) }
}
