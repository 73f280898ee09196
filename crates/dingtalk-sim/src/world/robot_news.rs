//! What became of messages of the robot, as events: who has read one, and which was taken back.
//!
//! Pages: [机器人消息已读事件](https://open.dingtalk.com/document/development/bot-message-read-event),
//! [机器人消息撤回事件](https://open.dingtalk.com/document/development/bot-message-withdrawal-event).

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::world::{Happening, Refusal, Speaker, Tenancy};

impl Tenancy {
    /// A person looks at the chat with the robot.
    pub(crate) fn open_chat(&mut self, userid: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.directory.person(userid)?;
        let mut seen = Vec::new();
        if let Some(chat) = self.chats.get_mut(userid) {
            for line in chat.lines.iter_mut().filter(|line| !line.read) {
                line.read = true;
                // An answer in a session has no key, and nobody is told of it.
                if line.by == Speaker::Robot && !line.key.is_empty() && !line.recalled {
                    seen.push(line.key.clone());
                }
            }
        }
        for key in seen {
            self.robot_tells("robot_msg_read", userid, &key, now);
        }
        Ok(())
    }

    /// Nobody hears of it unless the console has it ticked. The two pages differ in how they write the time.
    pub(super) fn robot_tells(&mut self, kind: &str, userid: &str, key: &str, now: DateTime<Utc>) {
        let Some(robot) = self.tells_as.clone() else { return };
        let Ok(person) = self.directory.person(userid) else { return };
        let ms = now.timestamp_millis();
        let at = if kind == "robot_msg_read" { json!(ms.to_string()) } else { json!(ms) };
        let fields = json!({
            "userId": userid,
            "unionId": person.unionid,
            "robotCode": robot,
            "processQueryKey": key,
            "openConversationId": format!("cid-robot-{userid}"),
            "operatTime": at,
        });
        if let Value::Object(fields) = fields {
            self.happen(Happening::Other { kind: kind.to_owned(), fields }, now);
        }
    }
}
