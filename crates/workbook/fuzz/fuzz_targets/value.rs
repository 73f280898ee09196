#![no_main]

#[path = "../entry.rs"]
mod entry;

#[path = "../../tests/it/made.rs"]
mod made;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| entry::run("value", bytes));
