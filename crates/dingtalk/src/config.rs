//! What a client must know.

use std::time::Duration;

use secrecy::SecretString;
use url::{ParseError, Url};

use crate::ids::{AgentId, CorpId, NotAnId, RobotCode};

/// The two hosts. In a test both may be the simulator.
#[derive(Clone, Debug)]
pub struct Hosts {
    /// The new one, [`Hosts::API`]: paths begin with `/v1.0/`, the token is in a header.
    pub api: Url,
    /// The old one, [`Hosts::OAPI`]: the token is in the query, an error is a code inside a 200.
    pub oapi: Url,
}

impl Hosts {
    /// Where the platform has its new host.
    pub const API: &str = "https://api.dingtalk.com";
    /// Where the platform has its old host.
    pub const OAPI: &str = "https://oapi.dingtalk.com";

    /// The platform's own.
    ///
    /// # Errors
    ///
    /// None: the two addresses are constants, and a test reads them.
    pub fn platform() -> Result<Self, ParseError> {
        Ok(Self { api: Self::API.parse()?, oapi: Self::OAPI.parse()? })
    }

    /// One address for both, as a simulator or a proxy has it.
    pub fn both(host: Url) -> Self {
        Self { api: host.clone(), oapi: host }
    }

    /// Does this address belong to one of the two hosts (scheme, host and port)? Session webhooks arrive in messages,
    /// so they are input that must not make us call anybody else.
    pub fn own(&self, url: &Url) -> bool {
        [&self.api, &self.oapi].into_iter().any(|host| host.origin() == url.origin())
    }
}

/// An internal app of one organisation. [`Config::new`] fills in what most apps need not think of.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the platform is.
    pub hosts: Hosts,
    /// The organisation.
    pub corp_id: CorpId,
    /// Client ID (AppKey) of the app.
    pub client_id: String,
    /// Client Secret (AppSecret) of the app. It is sent in the request for a token and nowhere else.
    pub client_secret: SecretString,
    /// The app inside the organisation; asked for with work notices and with files of approvals.
    pub agent_id: AgentId,
    /// The app's robot.
    pub robot_code: RobotCode,
    /// How long one call may take, from the connection to the end of the answer; a file may take two minutes instead. The
    /// platform's own gateway gives up after 3 s.
    pub timeout: Duration,
    /// How the client names itself to the platform (`User-Agent`).
    pub user_agent: String,
    /// The most bytes of one file that is [fetched](crate::robot::Robot::file). All other answers end at 4 MiB.
    pub largest_file: u64,
}

impl Config {
    /// Five seconds for a call.
    pub const TIMEOUT: Duration = Duration::from_secs(5);
    /// `dingtalk-rs/` and the version of this crate.
    pub const USER_AGENT: &str = concat!("dingtalk-rs/", env!("CARGO_PKG_VERSION"));
    /// 20 MiB: as much as the platform takes with an upload.
    pub const LARGEST_FILE: u64 = 20 << 20;

    /// An app whose robot has the code that robots of internal apps have: the client id. Everything else is as the constants say,
    /// and can be written over:
    ///
    /// ```
    /// use dingtalk::{AgentId, Config, Hosts};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let config = Config {
    ///     timeout: std::time::Duration::from_secs(10),
    ///     user_agent: "club-app/2.1".to_owned(),
    ///     ..Config::new(Hosts::platform()?, "dingcorp1", "dingapp1", "hush-hush", AgentId(300_100_200))?
    /// };
    /// assert_eq!(config.robot_code.as_str(), "dingapp1");
    /// assert!(!format!("{config:?}").contains("hush"));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// When `corp_id` or `client_id` is empty, too long, or has a character that ids never have.
    pub fn new(
        hosts: Hosts,
        corp_id: &str,
        client_id: &str,
        client_secret: impl Into<SecretString>,
        agent_id: AgentId,
    ) -> Result<Self, NotAnId> {
        Ok(Self {
            hosts,
            corp_id: corp_id.parse()?,
            client_id: client_id.to_owned(),
            client_secret: client_secret.into(),
            agent_id,
            robot_code: client_id.parse()?,
            timeout: Self::TIMEOUT,
            user_agent: Self::USER_AGENT.to_owned(),
            largest_file: Self::LARGEST_FILE,
        })
    }
}
