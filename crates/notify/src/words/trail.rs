//! What is said about the chain of what was done.

use crate::message::Message;

/// The end of the chain, to be kept and held against it later. It is copied, not read, so it is said whole.
pub fn anchor(day: &str, anchor: &str, page: &str) -> Message {
    Message::plain(format!("{day}的审计锚点"), format!("请留存，核对审计链时用。\n{anchor}"))
        .button("看一看", page)
}
