//! Changing what a card shows.

use serde::{Deserialize, Serialize};

use super::data::{self, CardData, PrivateData, UserIdType};
use crate::{error::Error, ids::OutTrackId, lenient, sealed::shows};

/// Whether what is not named stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateOptions {
    /// `true`: only the named variables change; `false`, the platform's default: the others are gone.
    #[serde(default)]
    pub update_card_data_by_key: bool,
    /// The same for what single people see.
    #[serde(default)]
    pub update_private_data_by_key: bool,
}

impl UpdateOptions {
    /// What is not named stays.
    pub const BY_KEY: Self = Self { update_card_data_by_key: true, update_private_data_by_key: true };
    /// What is not named is gone.
    pub const OVERWRITE: Self = Self { update_card_data_by_key: false, update_private_data_by_key: false };
}

/// `PUT /v1.0/card/instances`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CardUpdate {
    /// Which card.
    pub out_track_id: OutTrackId,
    /// What everybody sees; this or private data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_data: Option<CardData>,
    /// What single people see.
    #[serde(default, skip_serializing_if = "PrivateData::is_empty")]
    pub private_data: PrivateData,
    /// Whether what is not named stays.
    #[serde(default)]
    pub card_update_options: UpdateOptions,
    /// What ids of people are.
    #[serde(default)]
    pub user_id_type: UserIdType,
}

shows!(CardUpdate: out_track_id, card_update_options);

impl CardUpdate {
    /// Changes the named variables for everybody and leaves the others.
    pub fn by_key(card: OutTrackId, card_data: CardData) -> Self {
        Self {
            out_track_id: card,
            card_data: Some(card_data),
            private_data: PrivateData::new(),
            card_update_options: UpdateOptions::BY_KEY,
            user_id_type: UserIdType::UserId,
        }
    }

    /// Replaces everything that everybody sees.
    pub fn overwrite(card: OutTrackId, card_data: CardData) -> Self {
        Self { card_update_options: UpdateOptions::OVERWRITE, ..Self::by_key(card, card_data) }
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        if self.card_data.is_none() && self.private_data.is_empty() {
            return Err(Error::NotSent("an update of a card changes something"));
        }
        data::check(self.card_data.as_ref(), &self.private_data)
    }
}

/// What the changing calls answer.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct YesAnswer {
    /// Of the call.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub success: bool,
    /// Whether it was done.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub result: bool,
}
