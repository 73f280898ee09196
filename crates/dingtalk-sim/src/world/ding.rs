//! DING: what the robot rings people with, as far as the organisation has bought it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::world::{Message, Refusal, Speaker, Tenancy};

/// A way to ring, as the call numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ring {
    InApp,
    Sms,
    Phone,
}

/// What was sent, for taking it back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Ding {
    id: String,
    to: Vec<String>,
    recalled: bool,
}

impl Ring {
    pub(crate) fn of_number(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::InApp),
            2 => Some(Self::Sms),
            3 => Some(Self::Phone),
            _ => None,
        }
    }

    pub(crate) fn most(self) -> usize {
        if self == Self::InApp { 200 } else { 20 }
    }
}

impl Tenancy {
    /// Returns its id and those who do not exist.
    pub(crate) fn ding(
        &mut self,
        ring: Ring,
        to: Vec<String>,
        content: &str,
        now: DateTime<Utc>,
    ) -> Result<(String, Vec<String>), Refusal> {
        if !self.ding_setting.allowed {
            return Err(Refusal::DingNotBought);
        }
        let (to, unknown) = to.into_iter().partition::<Vec<_>, _>(|userid| self.directory.has(userid));
        let left = match ring {
            Ring::InApp => None,
            Ring::Sms => Some(&mut self.ding_setting.sms),
            Ring::Phone => Some(&mut self.ding_setting.phone),
        };
        if let Some(left) = left {
            *left = left.checked_sub(to.len()).ok_or_else(|| {
                Refusal::coded("ding.serverquota.insufficient", "ding server quota insufficient")
            })?;
        }
        let id = self.ids.word(20);
        for userid in &to {
            let message = Message::Text { text: content.to_owned() };
            self.write_with(userid, Speaker::Ding, message, format!("ding:{id}"), now);
        }
        self.dings.push(Ding { id: id.clone(), to, recalled: false });
        Ok((id, unknown))
    }

    pub(crate) fn recall_ding(&mut self, id: &str) -> Result<(), Refusal> {
        let ding = self.dings.iter_mut().find(|ding| ding.id == id && !ding.recalled);
        let Some(ding) = ding else {
            return Err(Refusal::coded("recall.ding.exception", "there is no such DING"));
        };
        ding.recalled = true;
        for userid in &ding.to {
            if let Some(chat) = self.chats.get_mut(userid) {
                chat.recall(&format!("ding:{id}"));
            }
        }
        Ok(())
    }
}
