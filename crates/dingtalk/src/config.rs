//! What a client must know.

use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use crate::ids::{AgentId, CorpId, RobotCode};

/// The two hosts. In a test both may be the simulator.
#[derive(Clone, Debug)]
pub struct Hosts {
    /// `https://api.dingtalk.com`
    pub api: Url,
    /// `https://oapi.dingtalk.com`
    pub oapi: Url,
}

impl Hosts {
    /// Does this address belong to one of the two hosts (scheme, host and port)? Session webhooks arrive in messages,
    /// so they are input that must not make us call anybody else.
    pub fn own(&self, url: &Url) -> bool {
        [&self.api, &self.oapi].into_iter().any(|host| host.origin() == url.origin())
    }
}

/// An internal app of one organisation.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the platform is.
    pub hosts: Hosts,
    /// The organisation.
    pub corp_id: CorpId,
    /// AppKey.
    pub client_id: String,
    /// AppSecret.
    pub client_secret: SecretString,
    /// The app, for work notices.
    pub agent_id: AgentId,
    /// The app's robot.
    pub robot_code: RobotCode,
    /// How long one call may take. The platform's own gateway gives up after 3 s.
    pub timeout: Duration,
}
