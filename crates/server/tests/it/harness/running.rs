//! The binary as a process of its own.

use std::{
    io::Read,
    process::{Child, Command, ExitStatus, Stdio},
};

/// Ends with the test, however that ends.
pub(crate) struct Running(Child);

impl Running {
    /// Starts it. What it says is kept for [`Running::told_to_stop`] and goes nowhere else.
    pub(crate) fn start(command: &mut Command) -> Self {
        Self(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap())
    }

    /// Sends a signal, waits, and says with which status it ended and what it wrote to standard error.
    pub(crate) async fn told_to_stop(mut self, signal: &str) -> (Option<i32>, String) {
        let id = self.0.id().to_string();
        assert!(Command::new("kill").args([&format!("-{signal}"), &id]).status().unwrap().success());
        let ended = tokio::task::spawn_blocking(move || {
            let mut said = String::new();
            self.0.stderr.as_mut().unwrap().read_to_string(&mut said).unwrap();
            (self.0.wait().unwrap().code(), said)
        });
        ended.await.unwrap()
    }
}

impl Running {
    /// Its number.
    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }

    /// Waits until it has ended by itself; says how.
    pub(crate) async fn ended(mut self) -> ExitStatus {
        tokio::task::spawn_blocking(move || self.0.wait().unwrap()).await.unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
