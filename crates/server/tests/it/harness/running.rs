//! The binary as a process of its own.

use std::{
    io::Read,
    process::{Child, Command, ExitStatus, Stdio},
    thread::JoinHandle,
};

/// Ends with the test, however that ends.
pub(crate) struct Running {
    child: Child,
    /// Reads what it says as it comes: a pipe that nobody empties stops whoever writes into it.
    said: Option<JoinHandle<String>>,
}

impl Running {
    /// Starts it. What it says is kept for [`Running::told_to_stop`] and goes nowhere else.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut pipe = child.stderr.take().unwrap();
        let said = std::thread::spawn(move || {
            let mut said = Vec::new();
            pipe.read_to_end(&mut said).unwrap();
            let said = String::from_utf8_lossy(&said).into_owned();
            schema::testing::logs::keep(&said);
            said
        });
        Self { child, said: Some(said) }
    }

    /// Sends a signal, waits, and says with which status it ended and what it wrote to standard error.
    pub(crate) async fn told_to_stop(mut self, signal: &str) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([&format!("-{signal}"), &id]).status().unwrap().success());
        let ended = tokio::task::spawn_blocking(move || {
            let code = self.child.wait().unwrap().code();
            (code, self.said.take().unwrap().join().unwrap())
        });
        ended.await.unwrap()
    }
}

impl Running {
    /// Its number.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until it has ended by itself; says how.
    pub(crate) async fn ended(mut self) -> ExitStatus {
        tokio::task::spawn_blocking(move || self.child.wait().unwrap()).await.unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
