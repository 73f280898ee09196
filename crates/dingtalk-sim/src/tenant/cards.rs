//! Interactive cards, as people meet them.

use std::sync::Arc;

use crate::push;
use crate::shared::Shared;
use crate::world::{CardFace, Refusal};

/// The interactive cards, as people meet them.
pub struct Cards {
    shared: Arc<Shared>,
}

impl Cards {
    pub(crate) fn new(shared: &Arc<Shared>) -> Self {
        Self { shared: Arc::clone(shared) }
    }

    /// What somebody sees of a card now.
    pub fn shown(&self, card: &str, userid: &str) -> Option<CardFace> {
        self.shared.read(|state| state.tenancy.card_face(card, userid))
    }

    /// Presses a button; returns when the app has answered. Refused when the card as it is now has no such button, and when the app's
    /// answer is none: then the card stays as it is.
    pub async fn press(&self, userid: &str, card: &str, button: &str) -> Result<(), Refusal> {
        push::press(&self.shared, userid, card, button).await
    }

    /// The cards that hang in a group.
    pub fn in_group(&self, conversation: &str) -> Vec<String> {
        self.shared.read(|state| state.tenancy.cards_in_group(conversation))
    }
}
