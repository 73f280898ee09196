//! What is said about the chain of what was done.

use crate::message::Message;

/// The end of the chain, to be kept and held against it later. It is copied, not read, so it is said whole.
pub fn anchor(day: &str, anchor: &str, page: &str) -> Message {
    Message::plain(format!("{day}的审计锚点"), format!("请留存，核对审计链时用。\n{anchor}"))
        .button("看一看", page)
}

/// Somebody opens too many numbers. Who it is, is said at the desk and not here.
pub fn unmasked(limit: u32, page: &str) -> Message {
    Message::plain(
        "看完整号码太多",
        format!("有一位同志今天看完整号码超过{limit}次。\n请去核实是不是工作需要。"),
    )
    .button("去核实", page)
}
