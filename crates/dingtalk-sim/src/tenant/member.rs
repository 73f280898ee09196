//! One person of the tenant, as a test plays them.

use std::sync::Arc;

use crate::config::CodeKind;
use crate::push::{self, SentFile};
use crate::shared::Shared;
use crate::world::{Line, Refusal, render};

/// Somebody, by userid. Whether they exist is asked when they do something.
pub struct Member {
    shared: Arc<Shared>,
    userid: String,
}

impl Member {
    pub(crate) fn new(shared: &Arc<Shared>, userid: &str) -> Self {
        Self { shared: Arc::clone(shared), userid: userid.to_owned() }
    }

    /// Types to the robot; returns when the app has answered the post.
    pub async fn says(&self, text: &str) -> Result<(), Refusal> {
        push::say(&self.shared, &self.userid, text).await
    }

    /// Sends the robot a picture, a recording, a film or a file; returns when the app has answered the post.
    pub async fn sends(&self, file: SentFile) -> Result<(), Refusal> {
        push::send_file(&self.shared, &self.userid, file).await
    }

    /// Opens the chat with the robot: everything in it has been read.
    pub fn reads(&self) -> Result<(), Refusal> {
        self.shared.change(|state, now| state.tenancy.open_chat(&self.userid, now))
    }

    /// Counts the changes of lines that were there: taken back, or with another state.
    pub(crate) fn edits(&self) -> u64 {
        self.shared.read(|state| state.tenancy.chat(&self.userid).edits)
    }

    /// The whole chat as readable text, for snapshots.
    pub fn chat(&self) -> String {
        self.shared.read(|state| {
            let name = state.tenancy.directory.person(&self.userid).map(|person| person.name.clone());
            let origin = state.app.as_ref().map(|app| app.base_url.clone()).unwrap_or_default();
            render(
                state.tenancy.chat(&self.userid),
                &name.unwrap_or_else(|_gone| self.userid.clone()),
                &self.shared.world.app.robot_name,
                &origin,
            )
        })
    }

    /// Every line of the chat, oldest first.
    pub fn messages(&self) -> Vec<Line> {
        self.shared.read(|state| state.tenancy.chat(&self.userid).lines.clone())
    }

    /// A fresh sign-in code, as a page in this person's webview would get it.
    pub fn auth_code(&self) -> Result<String, Refusal> {
        self.code(CodeKind::SignIn)
    }

    /// A fresh code of the kind that DingTalk's sign-in page for browsers returns with, that the back office appends, or that a
    /// webview gets. Only administrators come from the back office.
    pub fn code(&self, kind: CodeKind) -> Result<String, Refusal> {
        self.shared.change(|state, now| state.tenancy.issue_code(&self.userid, kind, now))
    }
}
