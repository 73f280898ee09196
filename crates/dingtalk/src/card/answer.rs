//! What an app answers when somebody pressed something on a card: by HTTP as the body, in Stream mode under `response`.

use serde::{Deserialize, Serialize};

use super::{data::CardData, update::UpdateOptions};
use crate::sealed::shows;

/// The answer; sent within two seconds, or the card stays as it was. During the callback the app does not update the card by a call:
/// what takes longer is answered first and updated later.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CallbackAnswer {
    /// Whether what is not named stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_update_options: Option<UpdateOptions>,
    /// What everybody sees from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_data: Option<CardData>,
    /// What the person who pressed sees from now on; without a level for their id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_private_data: Option<CardData>,
}

shows!(CallbackAnswer: card_update_options);

impl CallbackAnswer {
    /// The card stays as it is.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// The named variables change for everybody.
    pub fn show(card_data: CardData) -> Self {
        Self {
            card_update_options: Some(UpdateOptions::BY_KEY),
            card_data: Some(card_data),
            user_private_data: None,
        }
    }

    /// The named variables change for the person who pressed, besides.
    #[must_use]
    pub fn and_privately(self, data: CardData) -> Self {
        Self { card_update_options: Some(UpdateOptions::BY_KEY), user_private_data: Some(data), ..self }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{CallbackAnswer, CardData};

    #[test]
    fn an_answer_is_written_as_the_page_has_it() {
        let answer = CallbackAnswer::show(CardData::of([("status", "已受理")]))
            .and_privately(CardData::of([("mine", "true")]));
        assert_eq!(
            serde_json::to_value(answer).unwrap(),
            json!({"cardUpdateOptions": {"updateCardDataByKey": true, "updatePrivateDataByKey": true},
                "cardData": {"cardParamMap": {"status": "已受理"}},
                "userPrivateData": {"cardParamMap": {"mine": "true"}}})
        );
        assert_eq!(serde_json::to_value(CallbackAnswer::nothing()).unwrap(), json!({}));
    }
}
