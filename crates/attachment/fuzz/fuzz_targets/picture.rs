#![no_main]

#[path = "../entry.rs"]
mod entry;

// The crate itself ends what panics in the depths of a library, and the fuzzer would end at the first word of it. What comes out of the
// crate ends the fuzzer still.
libfuzzer_sys::fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| entry::run("picture", bytes));
