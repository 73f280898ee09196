//! The message itself.

use chrono::{DateTime, Utc};
use dingtalk::{CorpId, RobotCode, UnionId, UserId};
use serde_json_borrow::Value;

use super::Content;
use crate::{
    fields::{Fields, quota_used_up},
    sealed::shows,
};

/// Why a message is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not from the platform, or too old.
    #[error("the signature is wrong or too old")]
    Signature,
    /// Not a robot message.
    #[error("the body is no robot message")]
    Body,
}

/// Where somebody spoke to the robot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversation {
    /// `1`: alone with the robot.
    Single,
    /// `2`: in a group, with a mention.
    Group,
}

/// Somebody who was mentioned.
#[derive(Clone, PartialEq, Eq)]
pub struct Mention {
    /// Absent for outsiders, and for the robot itself.
    pub staff_id: Option<UserId>,
    /// The same person across the developer's apps.
    pub union_id: Option<UnionId>,
}

shows!(Mention: staff_id);

/// What somebody said to the robot.
#[derive(Clone, PartialEq, Eq)]
pub struct RobotMessage {
    /// The platform's id of the message; the same when it comes again.
    pub msg_id: String,
    /// `text`, `richText`, `audio`, `picture`, `video`, `file`.
    pub kind: String,
    /// What it holds.
    pub content: Content,
    /// Alone or in a group; absent when the platform invents a third.
    pub conversation: Option<Conversation>,
    /// Which conversation; in a group, its `openConversationId`.
    pub conversation_id: Option<String>,
    /// The group's name.
    pub conversation_title: Option<String>,
    /// Who spoke; absent for outsiders, and as long as the robot is not published.
    pub sender_staff_id: Option<UserId>,
    /// The same person across the developer's apps.
    pub sender_union_id: Option<UnionId>,
    /// As the platform shows them.
    pub sender_nick: String,
    /// The speaker's organisation, where the platform names it.
    pub sender_corp_id: Option<CorpId>,
    /// An administrator of the organisation.
    pub sender_is_admin: bool,
    /// The robot's organisation.
    pub corp_id: Option<CorpId>,
    /// To which robot.
    pub robot_code: Option<RobotCode>,
    /// Who was mentioned.
    pub mentions: Vec<Mention>,
    /// The robot was mentioned.
    pub mentioned: bool,
    /// When.
    pub created_at: Option<DateTime<Utc>>,
    /// Where an answer may be sent, see [`Self::answer_until`]. It is a secret of the conversation: whoever has it can speak there.
    pub session_webhook: String,
    /// The month's quota is used up: the message came without its content.
    pub quota_used_up: bool,
    words: String,
    session_webhook_expires: Option<DateTime<Utc>>,
}

// Who spoke may be logged by id; what was said and where to answer may not.
shows!(RobotMessage: msg_id, kind, sender_staff_id);

impl RobotMessage {
    /// Reads a body. Only the id of the message must be there; everything else may be missing or oddly spelled.
    pub fn parse(body: &[u8]) -> Result<Self, Refused> {
        let body: Value<'_> = serde_json::from_slice(body).or(Err(Refused::Body))?;
        let fields = Fields::of(&body).ok_or(Refused::Body)?;
        let kind = fields.text("msgtype").unwrap_or_default();
        let content = Content::read(&kind, fields);
        Ok(Self {
            msg_id: fields.text("msgid").ok_or(Refused::Body)?,
            words: content.words(),
            kind,
            content,
            conversation: match fields.text("conversationtype").as_deref() {
                Some("1") => Some(Conversation::Single),
                Some("2") => Some(Conversation::Group),
                _ => None,
            },
            conversation_id: fields.text("conversationid"),
            conversation_title: fields.text("conversationtitle"),
            sender_staff_id: fields.parsed("senderstaffid"),
            sender_union_id: fields.parsed("senderunionid"),
            sender_nick: fields.text("sendernick").unwrap_or_default(),
            sender_corp_id: fields.parsed("sendercorpid"),
            sender_is_admin: fields.flag("isadmin"),
            corp_id: fields.parsed("chatbotcorpid"),
            robot_code: fields.parsed("robotcode"),
            mentions: mentions(fields),
            mentioned: fields.flag("isinatlist"),
            created_at: fields.time("createat"),
            session_webhook: fields.text("sessionwebhook").unwrap_or_default(),
            quota_used_up: quota_used_up(fields),
            session_webhook_expires: fields.time("sessionwebhookexpiredtime"),
        })
    }

    /// The words, typed or spoken, trimmed; empty when there are none.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Until when the session webhook takes an answer; `None` when there is none.
    pub fn answer_until(&self) -> Option<DateTime<Utc>> {
        self.session_webhook_expires.filter(|_| !self.session_webhook.is_empty())
    }
}

fn mentions(fields: Fields<'_>) -> Vec<Mention> {
    let all = fields.each("atusers").iter().filter_map(Fields::of);
    all.map(|one| Mention { staff_id: one.parsed("staffid"), union_id: one.parsed("unionid") }).collect()
}
