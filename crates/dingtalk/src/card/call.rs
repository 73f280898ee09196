//! The calls.

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{
    data::UserIdType,
    deliver::{Created, CreatedAnswer, Deliver, DeliverAnswer, Delivered},
    new::NewCard,
    space::{Spaces, SpacesRequest},
    streaming::StreamingUpdate,
    update::{CardUpdate, YesAnswer},
};
use crate::{Client, error::Error, ids::OutTrackId, lenient, sealed::shows};

/// Card calls, by [`Client::cards`](crate::Client::cards).
#[derive(Clone, Copy, Debug)]
pub struct Cards<'a>(pub(crate) &'a Client);

/// `POST /v1.0/card/callbacks/register`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisterRequest {
    /// The name under which cards find the address.
    pub callback_route_key: String,
    /// Reached from the internet.
    pub callback_url: String,
    /// With which presses are signed; unsigned when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_secret: Option<String>,
    /// Replaces an address that is registered already; every card with the key is concerned.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub force_update: bool,
}

shows!(RegisterRequest: callback_route_key, callback_url, force_update);

/// `POST /v1.0/card/callbacks/register`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RegisterAnswer {
    /// Of the call.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub success: bool,
    /// What is registered.
    pub result: Route,
}

/// A registered address.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Route {
    /// The address.
    #[serde(default, deserialize_with = "lenient::text")]
    pub callback_url: String,
    /// With which presses are signed.
    #[serde(default, deserialize_with = "lenient::text")]
    pub api_secret: String,
}

shows!(Route: callback_url);

impl Cards<'_> {
    /// Makes a card and hangs it. Look at each place of the answer: the call succeeds although no place was reached. After
    /// [`Error::Unknown`] the same call is refused with `param.cardAlreadyExist` if it had been carried out. Permission
    /// `Card.Instance.Write`; counted.
    pub async fn create_and_deliver(&self, card: &NewCard, to: &Deliver) -> Result<Created, Error> {
        let path = "/v1.0/card/instances/createAndDeliver";
        let request = to.of_new(card)?;
        let answer: CreatedAnswer = self.0.api(Method::POST, path, &[], Some(&request)).await?;
        Ok(answer.result)
    }

    /// Makes a card that hangs nowhere yet. Permission `Card.Instance.Write`; counted.
    pub async fn create(&self, card: &NewCard) -> Result<(), Error> {
        card.check()?;
        // `result` is the card's id as a text; nothing that the app did not know.
        self.done(Method::POST, "/v1.0/card/instances", card).await
    }

    /// Hangs a card somewhere, also for the second time. Permission `Card.Instance.Write`; counted.
    pub async fn deliver(
        &self,
        card: &OutTrackId,
        to: &Deliver,
        ids: UserIdType,
    ) -> Result<Delivered, Error> {
        let path = "/v1.0/card/instances/deliver";
        let request = to.of_existing(card, ids)?;
        let answer: DeliverAnswer = self.0.api(Method::POST, path, &[], Some(&request)).await?;
        Ok(answer.result)
    }

    /// Changes what a card shows, everywhere it hangs. Not while its press is being answered. Permission `Card.Instance.Write`; counted.
    pub async fn update(&self, update: &CardUpdate) -> Result<(), Error> {
        update.check()?;
        let answer: YesAnswer = self.0.api(Method::PUT, "/v1.0/card/instances", &[], Some(update)).await?;
        Error::unless_done(answer.result, "the card was not changed")
    }

    /// Tells a card what it is like in more kinds of places, or anew: without it, it is delivered only where its making said so. Where it
    /// hangs already it stays. Permission `Card.Instance.Write`; counted.
    pub async fn set_spaces(&self, card: &OutTrackId, spaces: Spaces) -> Result<(), Error> {
        let request = SpacesRequest { out_track_id: card.clone(), spaces };
        self.done(Method::PUT, "/v1.0/card/instances/spaces", &request).await
    }

    /// Takes a card off the top of a group, named by its `openConversationId`, before its time is over; it stays where else it hangs.
    /// Page: [关闭吊顶卡片](https://open.dingtalk.com/document/development/api-closetopcard). Permission `Card.Instance.Write`; counted.
    pub async fn close_top(&self, card: &OutTrackId, conversation: &str) -> Result<(), Error> {
        let query = [("outTrackId", card.to_string()), ("openConversationId", conversation.to_owned())];
        let path = "/v1.0/card/tops/close";
        let answer: YesAnswer = self.0.api(Method::POST, path, &query, None::<&serde_json::Value>).await?;
        Error::unless_done(answer.result, "the card was not changed")
    }

    /// Writes a piece of growing text, at most 1024 bytes; one that is sent again with the same `guid` counts once, so that
    /// [`Error::Unknown`] is answered by sending it again. Permission `Card.Streaming.Write`; counted.
    pub async fn stream(&self, piece: &StreamingUpdate) -> Result<(), Error> {
        piece.check()?;
        let answer: YesAnswer = self.0.api(Method::PUT, "/v1.0/card/streaming", &[], Some(piece)).await?;
        Error::unless_done(answer.result, "the card was not changed")
    }

    /// Says where presses are posted. Refused with `param.callbackRouteKeyExist` when the key is taken and not forced. Permission
    /// `Card.Instance.Write`; counted.
    pub async fn register_callback(&self, request: &RegisterRequest) -> Result<Route, Error> {
        let path = "/v1.0/card/callbacks/register";
        let answer: RegisterAnswer = self.0.api(Method::POST, path, &[], Some(request)).await?;
        Ok(answer.result)
    }

    /// A call whose answer says no more than that it was done.
    async fn done(&self, method: Method, path: &str, body: &(impl Serialize + Sync)) -> Result<(), Error> {
        self.0.api::<serde::de::IgnoredAny>(method, path, &[], Some(body)).await.map(|_| ())
    }
}
