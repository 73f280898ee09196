//! What a look at the installation or the tenant found: in words for whoever runs it, under a stable key for machines.

use std::process::ExitCode;

use serde::Serialize;

use crate::terminal::say;

/// What one look found.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// Stable, for machines: `permission.qyapi_base`.
    pub key: String,
    /// How it stands.
    pub state: State,
    /// What was looked at and what was seen.
    pub said: String,
    /// What to do, and where to click.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub todo: Option<String>,
}

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// As it should be.
    Well,
    /// Somebody should look: no call can tell, or it is not urgent.
    Look,
    /// It does not work.
    Fault,
}

impl State {
    const fn mark(self) -> &'static str {
        match self {
            Self::Well => "正常",
            Self::Look => "留意",
            Self::Fault => "故障",
        }
    }
}

impl Finding {
    /// As it should be.
    pub fn well(key: impl Into<String>, said: impl Into<String>) -> Self {
        Self { key: key.into(), state: State::Well, said: said.into(), todo: None }
    }

    /// Somebody should look.
    pub fn look(key: impl Into<String>, said: impl Into<String>) -> Self {
        Self { state: State::Look, ..Self::well(key, said) }
    }

    /// It does not work.
    pub fn fault(key: impl Into<String>, said: impl Into<String>) -> Self {
        Self { state: State::Fault, ..Self::well(key, said) }
    }

    /// With what to do.
    #[must_use]
    pub fn todo(self, todo: impl Into<String>) -> Self {
        Self { todo: Some(todo.into()), ..self }
    }
}

/// The worst of all; well when there is none.
pub fn worst(findings: &[Finding]) -> State {
    findings.iter().map(|finding| finding.state).max().unwrap_or(State::Well)
}

/// Says all of them.
pub fn tell(findings: &[Finding], json: bool) -> anyhow::Result<()> {
    if json {
        say(serde_json::to_string_pretty(findings)?);
        return Ok(());
    }
    for finding in findings {
        say(format!("[{}] {}", finding.state.mark(), finding.said));
        if let Some(todo) = &finding.todo {
            say(format!("       → {todo}"));
        }
    }
    Ok(())
}

/// 0 is well, 1 is a fault, and what is only to be looked at is as the command has it.
pub fn code(worst: State, look: u8) -> ExitCode {
    match worst {
        State::Well => ExitCode::SUCCESS,
        State::Look => ExitCode::from(look),
        State::Fault => ExitCode::FAILURE,
    }
}
