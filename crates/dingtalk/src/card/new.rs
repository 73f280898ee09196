//! A new card.

use serde::{Deserialize, Serialize};

use super::{
    data::{self, CardData, PrivateData, UserIdType},
    space::Spaces,
};
use crate::{
    error::Error,
    ids::{CardTemplateId, OutTrackId},
    sealed::shows,
};

/// How presses come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum CallbackType {
    /// In a frame of Stream mode.
    Stream,
    /// As a post to a registered address.
    Http,
}

/// `POST /v1.0/card/instances`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewCard {
    /// The published template.
    pub card_template_id: CardTemplateId,
    /// The app's id of the card; a second card with the same is refused.
    pub out_track_id: OutTrackId,
    /// How presses come back; nowhere when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_type: Option<CallbackType>,
    /// Under which key the address is registered; with [`CallbackType::Http`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_route_key: Option<String>,
    /// What everybody sees.
    pub card_data: CardData,
    /// What single people see besides.
    #[serde(default, skip_serializing_if = "PrivateData::is_empty")]
    pub private_data: PrivateData,
    /// What it is like where.
    #[serde(flatten)]
    pub spaces: Spaces,
    /// What ids of people are, in this request and in the card's callbacks.
    #[serde(default)]
    pub user_id_type: UserIdType,
}

shows!(NewCard: card_template_id, out_track_id, callback_type, callback_route_key);

impl NewCard {
    /// A card without callbacks, for a chat with the robot; it cannot be forwarded.
    pub fn new(template: CardTemplateId, id: OutTrackId, card_data: CardData) -> Self {
        Self {
            card_template_id: template,
            out_track_id: id,
            callback_type: None,
            callback_route_key: None,
            card_data,
            private_data: PrivateData::new(),
            spaces: Spaces::default(),
            user_id_type: UserIdType::UserId,
        }
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        if self.callback_type == Some(CallbackType::Http) && self.callback_route_key.is_none() {
            return Err(Error::NotSent("a callback by HTTP has a route key"));
        }
        data::check(Some(&self.card_data), &self.private_data)
    }
}
