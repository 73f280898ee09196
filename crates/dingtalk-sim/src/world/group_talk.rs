//! What is said in groups: by people, by the app's robot, by webhook robots.

use chrono::{DateTime, TimeDelta, Utc};

use crate::world::groups::no_such_group;
use crate::world::talk::{Place, Sending};
use crate::world::{Group, GroupLine, GroupSpeaker, Message, Received, Refusal, Tenancy};

/// A webhook robot may say so much within a minute, and is silent for ten when it says more.
const MOST_A_MINUTE: usize = 20;
const SILENCE: TimeDelta = TimeDelta::minutes(10);

/// What a webhook call brings besides its message.
#[derive(Clone, Debug, Default)]
pub(crate) struct WebhookCall {
    pub(crate) token: String,
    /// `timestamp` and `sign`.
    pub(crate) signature: Option<(String, String)>,
    pub(crate) uuid: Option<String>,
}

/// Whom a webhook message mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mentions {
    pub(crate) userids: Vec<String>,
    pub(crate) mobiles: Vec<String>,
    pub(crate) all: bool,
}

impl Tenancy {
    /// A member writes in a group. With a mention of the robot, which must be in the group, the app hears of it.
    pub(crate) fn say_in_group(
        &mut self,
        id: &str,
        userid: &str,
        text: &str,
        robot_name: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Received>, Refusal> {
        self.directory.person(userid)?;
        let group = self.groups.group(id).filter(|group| !group.disbanded).ok_or_else(no_such_group)?;
        if !group.has(userid) {
            return Err(Refusal::Parameter(format!("{userid} is not in the group")));
        }
        if is_silent(group) && group.owner != userid {
            return Err(Refusal::Parameter("nobody but the owner may write in this group".to_owned()));
        }
        let heard = group.robot && text.contains(&format!("@{robot_name}"));
        let by = GroupSpeaker::Person(userid.to_owned());
        self.write_in_group(id, by, Message::Text { text: text.to_owned() }, String::new(), now);
        Ok(heard.then(|| self.open_session(Place::Group(id.to_owned()), now)))
    }

    /// The robot speaks in a group; returns the key of the message.
    pub(crate) fn robot_says_in_group(
        &mut self,
        id: &str,
        message: Message,
        now: DateTime<Utc>,
    ) -> Result<String, Refusal> {
        let group = self.groups.group(id).ok_or_else(no_such_group)?;
        if group.disbanded {
            return Err(Refusal::coded("group.disbanded", "群已经解散"));
        }
        if !group.robot {
            let why = "the robot is not in the group: somebody adds it in the client";
            return Err(Refusal::coded("invalidParameter.robotCode.notExsit", why));
        }
        self.media.check(&message)?;
        let key = self.ids.word(32);
        self.sendings.push(Sending { key: key.clone(), at: now, place: Place::Group(id.to_owned()) });
        self.write_in_group(id, GroupSpeaker::Robot, message, key.clone(), now);
        Ok(key)
    }

    /// A webhook robot speaks. `sign` computes what the signature must be.
    pub(crate) fn webhook_says(
        &mut self,
        call: WebhookCall,
        message: Message,
        mentions: &Mentions,
        sign: fn(&str, &str) -> String,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let mentioned = self.mentioned(&message, mentions);
        self.media.check(&message)?;
        let (group, place) = self
            .groups
            .webhook_mut(&call.token)
            .ok_or_else(|| Refusal::old(400_101, "token is not exist"))?;
        if group.disbanded {
            return Err(Refusal::old(400_013, "群已被解散"));
        }
        let id = group.id.clone();
        let Some(robot) = group.custom_robots.get_mut(place) else { return Err(Refusal::System) };
        if let Some(secret) = &robot.setting.secret {
            let (timestamp, given) = call.signature.unwrap_or_default();
            let at = timestamp.parse().ok().and_then(DateTime::from_timestamp_millis);
            if at.is_none_or(|at| (now - at).abs() > TimeDelta::hours(1)) {
                return Err(not_safe("invalid timestamp"));
            }
            if sign(secret, &timestamp) != given {
                return Err(not_safe("sign not match"));
            }
        }
        let words = format!("{}\n{}", message.title(), message.text());
        let keywords = &robot.setting.keywords;
        if !keywords.is_empty() && !keywords.iter().any(|word| words.contains(word)) {
            return Err(not_safe("keywords not in content"));
        }
        if call.uuid.as_ref().is_some_and(|uuid| robot.said.contains(uuid)) {
            return Ok(());
        }
        robot.spoke.retain(|at| now - *at < TimeDelta::minutes(1));
        if robot.silent_until.is_none_or(|until| until <= now) && robot.spoke.len() >= MOST_A_MINUTE {
            robot.silent_until = Some(now + SILENCE);
        }
        if robot.silent_until.is_some_and(|until| until > now) {
            return Err(Refusal::old(410_100, "发送速度太快而限流"));
        }
        robot.spoke.push_back(now);
        robot.said.extend(call.uuid);
        let name = GroupSpeaker::CustomRobot(robot.setting.name.clone());
        self.write_in_group(&id, name, message, String::new(), now);
        self.mention(&id, mentioned);
        Ok(())
    }

    /// Those of the mentioned whose mention stands in the text, as the platform wants it.
    pub(super) fn mentioned(&self, message: &Message, mentions: &Mentions) -> Vec<String> {
        let text = message.text();
        let by_id = mentions.userids.iter().filter(|userid| text.contains(&format!("@{userid}"))).cloned();
        let by_mobile = mentions.mobiles.iter().filter(|mobile| text.contains(&format!("@{mobile}")));
        let owner_of = |mobile: &String| {
            let owner = self.directory.people().find(|person| person.mobile.as_ref() == Some(mobile));
            owner.map(|person| person.userid.clone())
        };
        by_id.chain(by_mobile.filter_map(owner_of)).chain(mentions.all.then(|| "all".to_owned())).collect()
    }

    /// Puts mentions on the newest line; only members can be told.
    pub(super) fn mention(&mut self, id: &str, mut mentioned: Vec<String>) {
        let Some(group) = self.groups.group_mut(id) else { return };
        if mentioned.iter().any(|one| one == "all") {
            mentioned.clone_from(&group.members);
        }
        mentioned.retain(|userid| group.has(userid));
        if let Some(line) = group.lines.last_mut() {
            line.mentions = mentioned;
        }
    }

    pub(super) fn write_in_group(
        &mut self,
        id: &str,
        by: GroupSpeaker,
        message: Message,
        key: String,
        at: DateTime<Utc>,
    ) {
        self.lines += 1;
        let number = self.lines;
        let Some(group) = self.groups.group_mut(id) else { return };
        let mut read_by = std::collections::BTreeSet::new();
        if let GroupSpeaker::Person(userid) = &by {
            read_by.insert(userid.clone());
        }
        let mentions = Vec::new();
        group.lines.push(GroupLine { number, at, by, message, key, recalled: false, read_by, mentions });
    }

    /// A member looks at a group.
    pub(crate) fn open_group(&mut self, id: &str, userid: &str) -> Result<(), Refusal> {
        let group = self.groups.group_mut(id).filter(|group| group.has(userid)).ok_or_else(no_such_group)?;
        group.opened_by(userid);
        Ok(())
    }
}

/// 全员禁言
fn is_silent(group: &Group) -> bool {
    let on = |name: &str| group.options.get(name) == Some(&1);
    on("chatBannedType") || on("chat_banned_type")
}

fn not_safe(why: &str) -> Refusal {
    Refusal::old(310_000, why)
}
