//! The sections. Each key is documented in `config.default.toml`; its variable is `YINLING__<SECTION>__<KEY>`.

use std::{net::SocketAddr, path::PathBuf};

use chrono::{NaiveTime, TimeDelta};
use domain::ids::AccountId;
use secrecy::SecretString;
use serde::{Deserialize, Deserializer, de::Error as _};
use url::Url;

/// Everything.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Rows.
    pub database: Database,
    /// The platform.
    pub dingtalk: DingTalk,
    /// Who is in the tenant.
    pub directory: Directory,
    /// How much may be sent, and how fast.
    pub sending: Sending,
    /// Pages and callbacks.
    pub web: Web,
    /// Health and figures.
    pub private: Private,
    /// Keys.
    pub keys: Keys,
    /// Who shows a code besides.
    pub second_factor: super::SecondFactor,
    /// Acting for others.
    pub mandates: Mandates,
    /// The chain of what was done.
    pub audit: Audit,
    /// How long things are kept.
    pub retention: Retention,
    /// What people send.
    pub evidence: Evidence,
    /// Whom to call.
    pub help: Help,
    /// Logging.
    pub log: Log,
}

/// `[database]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// May hold a password.
    pub url: SecretString,
    /// Where it stands instead.
    pub url_file: String,
    /// Connections of one server.
    pub max_connections: u32,
}

/// `[dingtalk]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DingTalk {
    /// New host.
    pub api_base: Url,
    /// Old host.
    pub oapi_base: Url,
    /// May a host be on this machine?
    pub allow_simulator: bool,
    /// The organisation.
    pub corp_id: String,
    /// AppKey.
    pub client_id: String,
    /// The app in the organisation.
    pub agent_id: i64,
    /// The robot; the client id when empty.
    pub robot_code: String,
    /// AppSecret.
    pub client_secret: SecretString,
    /// Where it stands instead.
    pub client_secret_file: String,
    /// How what happens comes in.
    pub incoming: Incoming,
    /// Of the event subscription.
    pub callback_token: SecretString,
    /// Where it stands instead.
    pub callback_token_file: String,
    /// Of the event subscription.
    pub callback_aes_key: SecretString,
    /// Where it stands instead.
    pub callback_aes_key_file: String,
    /// The approval form.
    pub aid_process_code: String,
    /// Of the card of an approver's task.
    pub approval_card_template: String,
    /// Signs presses on cards.
    pub card_secret: SecretString,
    /// Where it stands instead.
    pub card_secret_file: String,
    /// Of one call.
    pub timeout_seconds: u64,
    /// To one interface, by all servers.
    pub calls_per_second: u32,
}

/// By which way the platform tells us what happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Incoming {
    /// It posts to us.
    Http,
    /// It sends on connections that we open.
    Stream,
}

impl TryFrom<String> for Incoming {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        match word.as_str() {
            "http" => Ok(Self::Http),
            "stream" => Ok(Self::Stream),
            _ => Err(format!("{word:?} is neither \"http\" nor \"stream\"")),
        }
    }
}

/// `[directory]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Directory {
    /// When a walk begins; never when empty.
    #[serde(deserialize_with = "time_of_day")]
    pub nightly_at: Option<NaiveTime>,
    /// Between two looks for leavers; 0 is never.
    pub watch_seconds: u32,
    /// Of the logins.
    pub removal_percent: u32,
    /// Without a question, whatever the share.
    pub removals_unasked: usize,
}

fn time_of_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveTime>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || D::Error::custom(format!("{text:?} is no time of day, such as 02:30"));
    NaiveTime::parse_from_str(&text, "%H:%M").ok().map(Some).ok_or_else(wrong)
}

/// `[sending]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sending {
    /// Counted calls.
    pub monthly_calls: i64,
    /// Counted pushes.
    pub monthly_deliveries: i64,
    /// Of the robot.
    pub robot_per_minute: i32,
    /// Of the app.
    pub app_per_second: i32,
    /// The ways after the robot's message.
    pub ladder: Vec<String>,
    /// How DING rings.
    pub ding: String,
    /// Where text messages are written.
    pub sms_folder: String,
}

/// `[web]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Web {
    /// Where to listen.
    pub listen: SocketAddr,
    /// How the world reaches it.
    pub public_url: Url,
    /// Who may frame our pages.
    pub frame_ancestors: Vec<String>,
    /// 0 is one for each core.
    pub workers: usize,
    /// Between a sign-in and a decision.
    pub decide_within_minutes: i64,
}

/// `[private]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Private {
    /// Where to listen.
    pub listen: SocketAddr,
}

/// `[keys]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// Keys the audit chain.
    pub audit_file: String,
    /// Seals fields.
    pub seal_file: String,
    /// Finds sealed fields.
    pub index_file: String,
    /// Signs bundles.
    pub signing_file: String,
}

/// `[mandates]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mandates {
    /// The longest one.
    pub longest_days: u16,
}

impl Mandates {
    /// The longest time for which somebody may act for another.
    pub fn longest(&self) -> TimeDelta {
        TimeDelta::days(self.longest_days.into())
    }
}

/// `[audit]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audit {
    /// Outside the database; none when empty.
    pub anchors_folder: String,
    /// An anchor after so many rows, besides the day's.
    pub anchor_every_rows: i64,
    /// When the whole chain is walked through; never when empty.
    #[serde(deserialize_with = "time_of_day")]
    pub check_at: Option<NaiveTime>,
    /// From when on the day's anchor is told by letter; never when empty.
    #[serde(deserialize_with = "time_of_day")]
    pub anchor_tell_at: Option<NaiveTime>,
    /// Logins to which it is told besides, separated by commas.
    pub anchor_tell_also: String,
    /// Numbers that one worker may open on a day before the security administrators hear of it.
    pub unmaskings_a_day: u32,
}

impl Audit {
    /// To whom the anchor is told besides the audit administrators.
    pub fn told_also(&self) -> Vec<AccountId> {
        self.anchor_tell_also.split(',').filter_map(|id| AccountId::parse(id.trim())).collect()
    }
}

impl Config {
    /// Where anchors are kept.
    pub fn anchors(&self) -> Option<PathBuf> {
        let folder = &self.audit.anchors_folder;
        (!folder.is_empty()).then(|| folder.into())
    }
}

/// `[retention]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Outside the database; none when empty.
    pub register_folder: String,
}

impl Config {
    /// Where tombstones are kept besides.
    pub fn register(&self) -> Option<PathBuf> {
        let folder = &self.retention.register_folder;
        (!folder.is_empty()).then(|| folder.into())
    }
}

/// `[evidence]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Where the papers are.
    pub folder: PathBuf,
}

/// `[help]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Help {
    /// A name.
    pub name: String,
    /// A number.
    pub phone: String,
}

/// `[log]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// text or json.
    pub format: String,
    /// A filter.
    pub level: String,
}
