//! The one place that prints: what a command was asked for, and what a person at the machine must read.

/// A line of what was asked for.
#[expect(clippy::print_stdout, reason = "this is what commands print with")]
pub fn say(line: impl std::fmt::Display) {
    println!("{line}");
}

/// A line about what went wrong.
#[expect(clippy::print_stderr, reason = "this is what commands complain with")]
pub fn complain(line: impl std::fmt::Display) {
    eprintln!("{line}");
}
