//! The ticket, kept like the access token, and what a page needs for `dd.config`.

use chrono::{DateTime, Utc};
use reqwest::Method;
use ring::rand::{SecureRandom, SystemRandom};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Digest, signature, signed_url};
use crate::{Client, error::Error, ids::CorpId, lenient, sealed::shows, secret_cache::Lent};

/// Calls for the container's JavaScript.
#[derive(Clone, Copy, Debug)]
pub struct Jsapi<'a>(pub(crate) &'a Client);

/// `POST /v1.0/oauth2/jsapiTickets`, answer.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketAnswer {
    /// Of this app; asking again prolongs it, but never beyond a day after its making.
    pub jsapi_ticket: String,
    /// Seconds, 7200.
    #[serde(deserialize_with = "lenient::number")]
    pub expire_in: i64,
}

shows!(TicketAnswer: expire_in);

/// What a page hands to `dd.config`, beside the names of the calls it wants. Every value comes from the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DdConfig {
    /// The app.
    pub agent_id: String,
    /// The organisation.
    pub corp_id: CorpId,
    /// Milliseconds, as text.
    pub time_stamp: String,
    /// Different each time.
    pub nonce_str: String,
    /// Over ticket, nonce, time and page.
    pub signature: String,
}

impl Jsapi<'_> {
    /// The ticket: fetched once for all who wait, renewed five minutes before its end. Permission `qyapi_base`; not counted.
    pub async fn ticket(&self) -> Result<SecretString, Error> {
        let fetch = async {
            let path = "/v1.0/oauth2/jsapiTickets";
            let answer: TicketAnswer = self.0.api(Method::POST, path, &[], None::<&Value>).await?;
            Ok(Lent { secret: answer.jsapi_ticket, life: answer.expire_in })
        };
        self.0.tickets().get(self.0.clock(), fetch).await.map(|(ticket, _)| ticket)
    }

    /// The container said that ticket or signature are wrong (52011, 52013): the next page gets a new ticket.
    pub async fn drop_ticket(&self) {
        self.0.tickets().forget().await;
    }

    /// Signs the page that shows `href`, its whole `location.href`. `dd.config` works once on a page: a page that changes its
    /// address by script is signed as it was loaded.
    pub async fn config(&self, href: &str, digest: Digest, now: DateTime<Utc>) -> Result<DdConfig, Error> {
        let mut nonce = [0; 8];
        SystemRandom::new().fill(&mut nonce).or(Err(Error::NotSent("the machine has no randomness")))?;
        let (nonce_str, time_stamp) = (hex::encode(nonce), now.timestamp_millis().to_string());
        let ticket = self.ticket().await?;
        let url = signed_url(href);
        let signature = signature(digest, ticket.expose_secret(), &nonce_str, &time_stamp, &url);
        let config = self.0.config();
        let agent_id = config.agent_id.0.to_string();
        Ok(DdConfig { agent_id, corp_id: config.corp_id.clone(), time_stamp, nonce_str, signature })
    }
}
