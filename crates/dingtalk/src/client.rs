//! The client: one connection pool, one token, two hosts.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    auth::Auth,
    calendar::Calendar,
    card::Cards,
    check_in::CheckIns,
    config::Config,
    contact::Contact,
    error::Error,
    events::Events,
    gate::Gate,
    group::Groups,
    http,
    jsapi::Jsapi,
    limits::{InProcess, Limiter, Plan},
    media::Media,
    robot::Robot,
    secret_cache::{Lent, SecretCache},
    stream::Gateway,
    todo::Todos,
    token::{TokenAnswer, TokenRequest},
    work_notice::WorkNotices,
    workflow::Workflow,
};

/// A typed client of one app: a pool of connections, one token, one [`Limiter`]. Cheap to clone, and every clone shares all three.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) http: reqwest::Client,
    pub(crate) config: Config,
    pub(crate) gate: Gate,
    pub(crate) token: SecretCache,
    tickets: SecretCache,
    pub(crate) clock: Box<Clock>,
}

/// What the time is.
type Clock = dyn Fn() -> DateTime<Utc> + Send + Sync;

/// Waits of the limiter up to here are kept inside a call; a longer one is the caller's to plan.
const PATIENCE: Duration = Duration::from_secs(2);

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("config", &self.0.config).finish_non_exhaustive()
    }
}

impl Client {
    /// A client of the app, alone behind its address: it holds itself to the standard plan's calls in a second, and counts the
    /// month. The caller has installed a rustls crypto provider before.
    ///
    /// # Errors
    ///
    /// When the TLS back end cannot be set up, e.g. because the system has no certificates.
    pub fn new(
        config: Config,
        clock: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
    ) -> Result<Self, reqwest::Error> {
        Self::limited(config, clock, Arc::new(InProcess::new(Plan::STANDARD)))
    }

    /// The same, with a limiter that others may share. It is asked before each call.
    ///
    /// # Errors
    ///
    /// As [`Self::new`].
    pub fn limited(
        config: Config,
        clock: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
        limiter: Arc<dyn Limiter>,
    ) -> Result<Self, reqwest::Error> {
        let http = http::pool(&config)?;
        let gate = Gate::new(limiter, PATIENCE);
        let (token, tickets) = (SecretCache::default(), SecretCache::default());
        Ok(Self(Arc::new(Inner { http, config, gate, token, tickets, clock: Box::new(clock) })))
    }

    /// Who somebody is: [signing in](crate::auth) inside the container, in a browser, from the back office.
    pub fn auth(&self) -> Auth<'_> {
        Auth(self)
    }

    /// The directory: [people, departments and roles](crate::contact).
    pub fn contact(&self) -> Contact<'_> {
        Contact(self)
    }

    /// The app's [robot](crate::robot): messages to people and groups, answers, DING, files that people send.
    pub fn robot(&self) -> Robot<'_> {
        Robot(self)
    }

    /// [Work notices](crate::work_notice) (工作通知), of the app and not of its robot.
    pub fn work_notices(&self) -> WorkNotices<'_> {
        WorkNotices(self)
    }

    /// [Groups](crate::group) of the organisation, plain ones and those made from a template.
    pub fn groups(&self) -> Groups<'_> {
        Groups(self)
    }

    /// [Files for messages](crate::media): uploads. What people send to the robot is [`Robot::file`].
    pub fn media(&self) -> Media<'_> {
        Media(self)
    }

    /// [Approvals](crate::workflow) (OA 审批): forms, instances, tasks, comments, files.
    pub fn workflow(&self) -> Workflow<'_> {
        Workflow(self)
    }

    /// [Interactive cards](crate::card) (互动卡片) that change where they hang.
    pub fn cards(&self) -> Cards<'_> {
        Cards(self)
    }

    /// [To-dos](crate::todo) (钉钉待办) that lead to the app.
    pub fn todos(&self) -> Todos<'_> {
        Todos(self)
    }

    /// [Calendars](crate::calendar) (日程): events, who is invited, who signed in.
    pub fn calendar(&self) -> Calendar<'_> {
        Calendar(self)
    }

    /// [Where people checked in](crate::check_in) (签到) with the client's own app.
    pub fn check_ins(&self) -> CheckIns<'_> {
        CheckIns(self)
    }

    /// [Events](crate::events) that were not taken when they were pushed.
    pub fn events(&self) -> Events<'_> {
        Events(self)
    }

    /// The [signature of a page](crate::jsapi) for the container's JavaScript (`dd.config`).
    pub fn jsapi(&self) -> Jsapi<'_> {
        Jsapi(self)
    }

    /// [Stream mode](crate::stream): a ticket for a connection. The connection is of the crate `dingtalk-callback`.
    pub fn stream(&self) -> Gateway<'_> {
        Gateway(self)
    }

    /// What the client was made with.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Fetches a token if there is none: the address, the secret and the network are right. For a health check; free of the quota.
    pub async fn probe(&self) -> Result<(), Error> {
        self.token().await.map(|_| ())
    }

    /// Whatever token is held is not used again: the next call fetches one first. Fetching has no effect in the platform, so one that is
    /// away is found out before anything is sent of which nobody could say what became.
    pub async fn forget_token(&self) {
        self.0.token.forget().await;
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// What the clock says.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        (self.0.clock)()
    }

    pub(crate) fn tickets(&self) -> &SecretCache {
        &self.0.tickets
    }

    pub(crate) async fn token(&self) -> Result<(SecretString, u64), Error> {
        self.0.token.get(&self.0.clock, self.fetch_token()).await
    }

    async fn fetch_token(&self) -> Result<Lent, Error> {
        let config = &self.0.config;
        let request = TokenRequest {
            app_key: config.client_id.clone(),
            app_secret: config.client_secret.expose_secret().to_owned(),
        };
        let answer: TokenAnswer = self.without_token("/v1.0/oauth2/accessToken", &request).await?;
        Ok(Lent { secret: answer.access_token, life: answer.expire_in })
    }
}
