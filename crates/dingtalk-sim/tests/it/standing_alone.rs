//! The program by itself: its README is typed line by line, and its port may be encrypted.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

const README: &str = include_str!("../../README.md");
const HERE: &str = env!("CARGO_MANIFEST_DIR");

/// The running program; it ends with the test.
struct Program {
    child: Child,
    url: String,
}

impl Program {
    fn start(more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dingtalk-sim"))
            .arg(format!("{HERE}/world.example.toml"))
            .args(["--listen", "127.0.0.1:0"])
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.map(Result::unwrap).find(|line| line.contains("the console is at ")).unwrap();
        let url = line.rsplit("the console is at ").next().unwrap().trim_end_matches('/').to_owned();
        Self { child, url }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// What stands in the README's blocks of shell, as one script.
fn tour() -> String {
    README.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap()).collect()
}

#[test]
fn the_tour_of_the_readme_can_be_typed() {
    let program = Program::start(&[]);
    let script = tour();
    assert!(script.lines().filter(|line| line.contains("$S/_sim/")).count() > 30, "{script}");
    let output = Command::new("sh")
        .args(["-e", "-c", &script])
        .env("S", &program.url)
        .env("no_proxy", "127.0.0.1")
        .output()
        .unwrap();
    let (said, complained) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{complained}");
    for expected in ["王秀英", "明天上午九点有学习", "COMPLETED", "已受理", "502", "wrong_key"]
    {
        assert!(said.contains(expected), "{expected} in {said}");
    }
    assert!(!said.contains("不合法") && !said.contains("is not a field"), "{said}");
}

#[tokio::test]
async fn with_a_certificate_the_port_is_encrypted() {
    let certificate = format!("{HERE}/tests/it/certificate/cert.pem");
    let key = format!("{HERE}/tests/it/certificate/key.pem");
    let program = Program::start(&["--tls", &certificate, &key]);
    assert!(program.url.starts_with("https://127.0.0.1:"), "{}", program.url);
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().tls_danger_accept_invalid_certs(true).build().unwrap();
    let answer = client.get(format!("{}/_sim/clock", program.url)).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let plain = program.url.replacen("https", "http", 1);
    assert!(client.get(format!("{plain}/_sim/clock")).send().await.is_err());
}
