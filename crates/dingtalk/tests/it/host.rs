//! Both hosts in one: a token is always to be had, everything else is told by the test.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering::SeqCst},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use dingtalk::{AgentId, Client, Config, Hosts};
use serde_json::{Value, json};
use url::Url;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{body_json, header, method, path},
};

pub(crate) const TOKEN: &str = "/v1.0/oauth2/accessToken";
pub(crate) const USER: &str = "/topapi/v2/user/get";
pub(crate) const SEND: &str = "/v1.0/robot/oToMessages/batchSend";
pub(crate) const INSTANCES: &str = "/v1.0/workflow/processInstances";

/// A host, and a clock that stands until it is moved.
pub(crate) struct Host {
    pub(crate) server: MockServer,
    seconds: Arc<AtomicI64>,
}

impl Host {
    /// A host that gives out one token.
    pub(crate) async fn start() -> Self {
        let host = Self::without_token().await;
        host.gives_token("t-1", 7200).await;
        host
    }

    pub(crate) async fn without_token() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self { server: MockServer::start().await, seconds: Arc::new(AtomicI64::new(1_793_600_000)) }
    }

    /// Gives out this token, once.
    pub(crate) async fn gives_token(&self, token: &str, seconds: i64) {
        let answer = json!({"accessToken": token, "expireIn": seconds});
        Mock::given(method("POST"))
            .and(path(TOKEN))
            .and(header("accept", "application/json"))
            .and(body_json(json!({"appKey": "dingapp1", "appSecret": "hush-hush"})))
            .respond_with(
                ResponseTemplate::new(200).set_body_json(answer).set_delay(Duration::from_millis(20)),
            )
            .up_to_n_times(1)
            .mount(&self.server)
            .await;
    }

    pub(crate) async fn answers(&self, at: &str, status: u16, body: Value) {
        self.answers_with(at, ResponseTemplate::new(status).set_body_json(body)).await;
    }

    pub(crate) async fn answers_with(&self, at: &str, answer: ResponseTemplate) {
        Mock::given(path(at)).respond_with(answer).mount(&self.server).await;
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, SeqCst);
    }

    pub(crate) fn config(&self) -> Config {
        let here: Url = self.server.uri().parse().unwrap();
        let hosts = Hosts::both(here);
        Config {
            timeout: Duration::from_secs(2),
            ..Config::new(hosts, "dingcorp1", "dingapp1", "hush-hush", AgentId(300_100_200)).unwrap()
        }
    }

    pub(crate) fn client(&self) -> Client {
        self.client_of(self.config())
    }

    /// A client that has its token.
    pub(crate) async fn client_with_fresh_token(&self) -> Client {
        self.gives_token("t-1", 7200).await;
        let client = self.client();
        client.probe().await.unwrap();
        client
    }

    pub(crate) fn client_of(&self, config: Config) -> Client {
        let seconds = Arc::clone(&self.seconds);
        let clock = move || DateTime::<Utc>::from_timestamp(seconds.load(SeqCst), 0).unwrap();
        Client::new(config, clock).unwrap()
    }

    /// What was asked of a path, in order.
    pub(crate) async fn asked(&self, at: &str) -> Vec<wiremock::Request> {
        let all = self.server.received_requests().await.unwrap();
        all.into_iter().filter(|request| request.url.path() == at).collect()
    }
}
