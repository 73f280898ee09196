//! Points belong to a process, and the other tests of this one must not come by them.

use std::process::Command;

const ALONE: &str = "YINLING_TEST_ALONE";

/// Is this the test's own process? If not, runs the test in one, and fails with it.
pub(super) fn alone(test: &str) -> bool {
    if std::env::var_os(ALONE).is_some() {
        return true;
    }
    // Without the name of the crate.
    let test = test.split_once("::").unwrap().1;
    let mut command = Command::new(std::env::current_exe().unwrap());
    let output = command.args(["--exact", test]).env(ALONE, "1").output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    false
}
