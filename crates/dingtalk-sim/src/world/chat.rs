//! The chat between a person and the app's robot, with the work notices that arrive beside it; and how chats read.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::world::{FaceButton, Message};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Chat {
    pub(crate) lines: Vec<Line>,
    /// Grows when a line that was there changes.
    #[serde(default)]
    pub(crate) edits: u64,
}

/// One line of a chat between a person and the app.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Line {
    /// Grows by one within a tenant.
    pub number: u64,
    /// When it was said.
    pub at: DateTime<Utc>,
    /// Who said it.
    pub by: Speaker,
    /// What was said.
    pub message: Message,
    /// What it was sent with: a process query key, or `task:` and the number of a work notice.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// Taken back: the person no longer sees the message.
    #[serde(default)]
    pub recalled: bool,
    /// The person has opened the chat since.
    #[serde(default)]
    pub read: bool,
}

/// Who speaks in the chat of a person.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// The person.
    Person,
    /// The app's robot.
    Robot,
    /// The app, in a work notice.
    WorkNotice,
    /// The robot, by DING.
    Ding,
}

/// What the robot's address gets when a person says something.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) message_id: String,
    pub(crate) session: String,
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) at: DateTime<Utc>,
    /// False when the month's deliveries are used up: the message arrives without its content.
    pub(crate) within_quota: bool,
}

impl Chat {
    /// Takes back what was sent with this key; returns whether anything was.
    pub(crate) fn recall(&mut self, key: &str) -> bool {
        self.edit(key, |line| !std::mem::replace(&mut line.recalled, true))
    }

    /// Changes each line that was sent with this key; `edit` says whether it did.
    pub(crate) fn edit(&mut self, key: &str, mut edit: impl FnMut(&mut Line) -> bool) -> bool {
        let mut edited = false;
        for line in self.lines.iter_mut().filter(|line| line.key == key) {
            edited |= edit(line);
        }
        self.edits += u64::from(edited);
        edited
    }
}

/// A chat as text, for reading and for snapshots. `origin` is taken off the buttons' addresses: its port changes.
pub(crate) fn render(chat: &Chat, person: &str, robot: &str, origin: &str) -> String {
    let mut out = String::new();
    for line in &chat.lines {
        let speaker = match line.by {
            Speaker::Person => person,
            Speaker::Robot => robot,
            Speaker::WorkNotice => "工作通知",
            Speaker::Ding => "DING",
        };
        render_line(&mut out, speaker, (!line.recalled).then_some(&line.message), origin);
    }
    out
}

/// One line; no message is one that was taken back.
pub(crate) fn render_line(out: &mut String, speaker: &str, message: Option<&Message>, origin: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{speaker}:");
    let Some(message) = message else {
        let _ = writeln!(out, "  （已撤回）");
        return;
    };
    if !message.title().is_empty() {
        let _ = writeln!(out, "  【{}】", message.title());
    }
    if let Message::Form(form) = message {
        for (key, value) in &form.fields {
            let _ = writeln!(out, "  {key}{value}");
        }
        if let Some((number, unit)) = &form.rich {
            let _ = writeln!(out, "  {number}{unit}");
        }
    }
    for text in message.text().lines().filter(|text| !text.trim().is_empty()) {
        let _ = writeln!(out, "  {}", text.trim_end());
    }
    if let Message::Form(form) = message
        && let Some(status) = &form.status
    {
        let _ = writeln!(out, "  <{status}>");
    }
    for (title, url) in message.links() {
        let _ = writeln!(out, "  [{title}] {}", url.replace(origin, ""));
    }
    if let Message::Interactive { face, .. } = message {
        for FaceButton { id, title, url } in &face.buttons {
            let to = url.as_ref().map_or_else(|| format!("#{id}"), |url| url.replace(origin, ""));
            let _ = writeln!(out, "  [{title}] {to}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Button;

    #[test]
    fn a_chat_reads_like_a_dialogue() {
        let line = |number, by, message| Line {
            number,
            at: DateTime::UNIX_EPOCH,
            by,
            message,
            key: "k".to_owned(),
            recalled: false,
            read: false,
        };
        let said = Message::Text { text: "签到".to_owned() };
        let button =
            Button { title: "去签到".to_owned(), url: "http://127.0.0.1:4711/branch/1".to_owned() };
        let card = Message::Card {
            title: "支部学习".to_owned(),
            text: "今天上午9点".to_owned(),
            buttons: vec![button],
        };
        let lines = vec![line(1, Speaker::Person, said), line(2, Speaker::Robot, card)];
        let mut chat = Chat { lines, edits: 0 };
        let read = |chat: &Chat| render(chat, "王秀英", "银龄小助手", "http://127.0.0.1:4711");
        assert_eq!(
            read(&chat),
            "王秀英:\n  签到\n银龄小助手:\n  【支部学习】\n  今天上午9点\n  [去签到] /branch/1\n"
        );
        assert!(chat.recall("k"));
        assert!(!chat.recall("k"));
        assert_eq!(read(&chat), "王秀英:\n  （已撤回）\n银龄小助手:\n  （已撤回）\n");
    }
}
