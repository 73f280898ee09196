//! What the fuzzer found worth keeping, and what it began with, goes through the same functions in an ordinary test.

use std::{fs, path::Path};

#[path = "../../fuzz/entry.rs"]
mod entry;

#[test]
fn the_kept_corpus_of_every_target_passes() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    for target in ["archive", "part", "value"] {
        assert!(fuzz.join(format!("fuzz_targets/{target}.rs")).exists(), "{target}");
        let mut seen = 0;
        for entry in fs::read_dir(fuzz.join("corpus").join(target)).unwrap() {
            entry::run(target, &fs::read(entry.unwrap().path()).unwrap());
            seen += 1;
        }
        assert!(seen >= 10, "{target} has {seen} seeds");
    }
}
