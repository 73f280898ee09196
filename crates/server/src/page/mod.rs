//! What every page has: the reader's text size, whom to call, the token of its forms; and what is shown when something went wrong.

mod error;
mod frame;

pub use error::{PageError, render_errors};
pub use frame::{Frame, html, see_other};
