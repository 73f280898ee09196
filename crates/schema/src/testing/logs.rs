//! What is logged while tests run, a file for each process in the folder that `YINLING_TEST_LOGS` names, so that all of it can be looked through
//! for what belongs in no log. Without a folder nothing is kept.

#![expect(clippy::expect_used, reason = "a test harness: a failure here is a failed test")]

use std::{
    fs::{File, OpenOptions},
    io::Write as _,
    path::PathBuf,
    sync::{Mutex, Once},
};

use tracing_subscriber::EnvFilter;

static BEGUN: Once = Once::new();

/// From now on this process keeps what it logs, down to the level that an office turns on when it looks for a fault.
pub(super) fn begin() {
    BEGUN.call_once(|| {
        if let Some(file) = open("process") {
            let builder = tracing_subscriber::fmt().with_env_filter(EnvFilter::new("debug"));
            // A test that looks at its own log has been there first.
            let _ = builder.with_ansi(false).with_writer(Mutex::new(file)).try_init();
        }
    });
}

/// What a program that a test has started wrote to its standard error.
pub fn keep(said: &str) {
    if let Some(mut file) = open("started") {
        file.write_all(said.as_bytes()).expect("a log is written");
    }
}

fn open(what: &str) -> Option<File> {
    let folder = PathBuf::from(std::env::var_os("YINLING_TEST_LOGS")?);
    let path = folder.join(format!("{what}-{}.log", std::process::id()));
    Some(OpenOptions::new().append(true).create(true).open(path).expect("a log in YINLING_TEST_LOGS"))
}
