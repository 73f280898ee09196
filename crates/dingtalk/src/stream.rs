//! Stream mode: asking the gateway for a place to connect to. The connection itself is not this crate's. Pages:
//! [Stream 模式协议](https://opensource.dingtalk.com/developerpedia/docs/learn/stream/protocol),
//! [配置Stream推送](https://open.dingtalk.com/document/development/configure-stream-push).

use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::{Client, error::Error, sealed::shows};

/// The topic of every event: which ones come is ticked in the console of the open platform.
pub const EVERY_EVENT: &str = "*";
/// The topic of messages to the robot.
pub const ROBOT: &str = "/v1.0/im/bot/messages/get";
/// The topic of presses on interactive cards.
pub const CARD: &str = "/v1.0/card/instances/callback";

/// Calls about Stream mode, by [`Client::stream`](crate::Client::stream).
#[derive(Clone, Copy, Debug)]
pub struct Gateway<'a>(pub(crate) &'a Client);

/// What kind of frame a subscription is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum SubscriptionKind {
    /// Events; comes again until it is acknowledged.
    Event,
    /// Robot messages and card presses.
    Callback,
}

/// One thing to be told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subscription {
    /// Event or callback.
    #[serde(rename = "type")]
    pub kind: SubscriptionKind,
    /// [`EVERY_EVENT`] for events; [`ROBOT`], [`CARD`] for callbacks.
    pub topic: String,
}

impl Subscription {
    /// Every event that is ticked in the console.
    pub fn events() -> Self {
        Self { kind: SubscriptionKind::Event, topic: EVERY_EVENT.to_owned() }
    }

    /// A callback, such as [`ROBOT`] or [`CARD`].
    pub fn callback(topic: &str) -> Self {
        Self { kind: SubscriptionKind::Callback, topic: topic.to_owned() }
    }
}

/// `POST /v1.0/gateway/connections/open`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenRequest {
    /// Client id.
    pub client_id: String,
    /// Client secret.
    pub client_secret: String,
    /// At least one.
    pub subscriptions: Vec<Subscription>,
    /// Who asks, as `name-sdk-language/version`; for the platform's statistics.
    pub ua: String,
    /// The asker's own address, or several with commas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local_ip: Option<String>,
}

shows!(OpenRequest: client_id, subscriptions, ua);

/// `POST /v1.0/gateway/connections/open`, answer.
#[derive(Clone, Serialize, Deserialize)]
pub struct OpenAnswer {
    /// Where to connect: a WebSocket address without a query.
    pub endpoint: String,
    /// Good for one connection within 90 s. A secret: whoever has it receives in our place.
    pub ticket: String,
}

shows!(OpenAnswer: endpoint);

impl OpenAnswer {
    /// The address with the ticket in its query. Not for logs.
    ///
    /// # Errors
    ///
    /// When the endpoint is no address.
    pub fn address(&self) -> Result<Url, Error> {
        let mut url = Url::parse(&self.endpoint).or(Err(unusable()))?;
        url.query_pairs_mut().append_pair("ticket", &self.ticket);
        Ok(url)
    }
}

impl Gateway<'_> {
    /// Asks for one connection: each needs an answer of its own, because a ticket works once. Needs no token and no permission; the
    /// gateway refuses a wrong secret with `authFailed`, whose cause is [`Cause::App`](crate::Cause::App). Not counted.
    ///
    /// The endpoint is taken only if it belongs to the platform: encrypted like the configured host, and on the same host or a
    /// sibling of it (`wss-open-connection.dingtalk.com` beside `api.dingtalk.com`).
    pub async fn open(
        &self,
        subscriptions: &[Subscription],
        ua: &str,
        local_ip: Option<&str>,
    ) -> Result<OpenAnswer, Error> {
        let config = self.0.config();
        let request = OpenRequest {
            client_id: config.client_id.clone(),
            client_secret: config.client_secret.expose_secret().to_owned(),
            subscriptions: subscriptions.to_vec(),
            ua: ua.to_owned(),
            local_ip: local_ip.map(str::to_owned),
        };
        let answer: OpenAnswer = self.0.without_token("/v1.0/gateway/connections/open", &request).await?;
        let endpoint = Url::parse(&answer.endpoint).or(Err(unusable()))?;
        if belongs(&config.hosts.api, &endpoint) { Ok(answer) } else { Err(unusable()) }
    }
}

fn unusable() -> Error {
    Error::NotUnderstood { status: 200, at: "endpoint".to_owned() }
}

/// May we connect there? The answer came through TLS from a configured host, and still must not lead us elsewhere.
fn belongs(api: &Url, endpoint: &Url) -> bool {
    let scheme = match api.scheme() {
        "https" => endpoint.scheme() == "wss",
        _ => matches!(endpoint.scheme(), "ws" | "wss"),
    };
    let host = match (api.host(), endpoint.host()) {
        (Some(Host::Domain(api)), Some(Host::Domain(there))) => {
            let sibling = api.split_once('.').is_some_and(|(_, family)| {
                family.contains('.') && there.strip_suffix(family).is_some_and(|rest| rest.ends_with('.'))
            });
            api == there || sibling
        }
        (Some(api), Some(there)) => api == there,
        _ => false,
    };
    scheme && host
}

#[cfg(test)]
mod tests {
    use super::{OpenAnswer, belongs};

    #[test]
    fn only_the_platforms_own_endpoints_are_taken() {
        let table = [
            ("https://api.dingtalk.com", "wss://wss-open-connection.dingtalk.com:443/connect", true),
            ("https://api.dingtalk.com", "wss://api.dingtalk.com/connect", true),
            ("https://api.dingtalk.com", "ws://wss-open-connection.dingtalk.com/connect", false),
            ("https://api.dingtalk.com", "https://wss-open-connection.dingtalk.com/connect", false),
            ("https://api.dingtalk.com", "wss://evildingtalk.com/connect", false),
            ("https://api.dingtalk.com", "wss://dingtalk.com/connect", false),
            ("https://api.dingtalk.com", "wss://dingtalk.com.example.org/connect", false),
            ("https://api.dingtalk.com", "wss://127.0.0.1/connect", false),
            ("https://dingtalk.com", "wss://example.com/connect", false),
            ("http://127.0.0.1:18080", "ws://127.0.0.1:18080/connect", true),
            ("http://127.0.0.1:18080", "ws://127.0.0.2:18080/connect", false),
        ];
        for (api, endpoint, taken) in table {
            assert_eq!(belongs(&api.parse().unwrap(), &endpoint.parse().unwrap()), taken, "{api} {endpoint}");
        }
    }

    #[test]
    fn a_ticket_is_written_into_the_query_and_not_into_the_log() {
        let endpoint = "wss://wss-open-connection.dingtalk.com:443/connect".to_owned();
        let answer = OpenAnswer { endpoint, ticket: "a b&c=+/".to_owned() };
        let address = answer.address().unwrap();
        assert_eq!(address.query_pairs().collect::<Vec<_>>(), [("ticket".into(), "a b&c=+/".into())]);
        assert!(!format!("{answer:?}").contains("a b"));
    }
}
