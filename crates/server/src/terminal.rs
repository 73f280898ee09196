//! The one place that prints: what a command was asked for, and what a person at the machine must read. Whoever has stopped
//! reading (`yinling … | head`) is no reason to stop.

use std::{
    fmt::Display,
    io::{Write, stderr, stdout},
};

/// A line of what was asked for.
pub fn say(line: impl Display) {
    let _ = writeln!(stdout(), "{line}");
}

/// A line about what went wrong.
pub fn complain(line: impl Display) {
    let _ = writeln!(stderr(), "{line}");
}
