//! Somebody presses a button on a card.

use chrono::{DateTime, Utc};
use dingtalk::card::CallbackAnswer;
use serde_json::{Value, json};

use super::card::{CardRoute, Data};
use crate::world::{Refusal, Tenancy};

/// What was pressed. The same payload goes to a registered address or into a frame.
#[derive(Clone, Debug)]
pub(crate) struct CardPress {
    pub(crate) card: String,
    pub(crate) userid: String,
    pub(crate) route: CardRoute,
    /// The person as the callback names them.
    named: String,
    action: String,
    params: Data,
}

impl CardPress {
    /// What the app gets; `content` is JSON as a text.
    pub(crate) fn payload(&self, corp: &str) -> Value {
        let content = json!({"cardPrivateData": {"actionIds": [self.action], "params": self.params}});
        json!({
            "type": "actionCallback",
            "outTrackId": self.card,
            "corpId": corp,
            "userId": self.named,
            "content": content.to_string(),
        })
    }
}

impl Tenancy {
    /// The button must be on the card as it is now: the person's phone may still show it as it was.
    pub(crate) fn press_card(
        &mut self,
        id: &str,
        userid: &str,
        button: &str,
        now: DateTime<Utc>,
    ) -> Result<CardPress, Refusal> {
        let unionid = self.directory.person(userid)?.unionid.clone();
        let sees = self.sees_card(id, userid);
        let card = self.card_mut(id)?;
        if !sees {
            return Err(Refusal::Parameter(format!("{userid} does not see card {id}")));
        }
        let (found, params) = card
            .pressed(userid, button)
            .ok_or_else(|| Refusal::Parameter(format!("the card has no button {button} any more")))?;
        if found.url.is_some() {
            return Err(Refusal::Parameter(format!("button {button} opens an address")));
        }
        let press = CardPress {
            card: id.to_owned(),
            userid: userid.to_owned(),
            route: card.route.clone(),
            named: if card.by_union { unionid } else { userid.to_owned() },
            action: button.to_owned(),
            params,
        };
        if press.route != CardRoute::Nowhere && !self.quota.delivery(now) {
            return Err(Refusal::Parameter("the month's deliveries are used up".to_owned()));
        }
        Ok(press)
    }

    /// What the app answered to a press.
    pub(crate) fn answer_press(&mut self, press: &CardPress, answer: CallbackAnswer) -> Result<(), Refusal> {
        let CallbackAnswer { card_update_options, card_data, user_private_data } = answer;
        if card_data.is_none() && user_private_data.is_none() {
            return Ok(());
        }
        let data = card_data.map(|data| data.card_param_map);
        let private = user_private_data.map(|data| (press.userid.clone(), data.card_param_map));
        let options = card_update_options.unwrap_or_default();
        self.update_card(&press.card, (data, private.into_iter().collect()), options)
    }

    fn sees_card(&self, id: &str, userid: &str) -> bool {
        let member = |place: &String| {
            self.group_members(place).is_some_and(|members| members.iter().any(|one| one == userid))
        };
        self.office.cards.get(id).is_some_and(|card| {
            card.hangs.iter().any(|(kind, place)| match kind.as_str() {
                "IM_ROBOT" => place == userid,
                _ => member(place),
            })
        })
    }
}
