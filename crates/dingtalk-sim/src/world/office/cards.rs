//! Cards: made, hung, changed, pressed.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use dingtalk::card::{CallbackAnswer, DeliverResult, UpdateOptions};
use serde_json::{Value, json};

use super::card::{Card, CardFace, CardRoute, Data};
use crate::world::{Message, Refusal, Speaker, Tenancy};

/// Where a card shall hang: kinds and ids, and for which kinds the request says how it comes there.
#[derive(Clone, Debug)]
pub(crate) struct CardPlaces {
    pub(crate) to: Vec<(String, String)>,
    pub(crate) models: Vec<&'static str>,
    pub(crate) by_union: bool,
}

/// Somebody pressed a button. The same payload goes to a registered address or into a frame.
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
    pub(crate) fn add_card(&mut self, template: &str, mut card: Card) -> Result<(), Refusal> {
        let found = self.office.card_templates.iter().find(|one| one.id == template);
        let found = found.ok_or_else(|| Refusal::coded("param.templateNotExist", template))?;
        if !found.published {
            return Err(Refusal::coded("param.templateUnpublished", template));
        }
        card.template = found.clone();
        card.check(&card.data)?;
        card.private.values().try_for_each(|data| card.check(data))?;
        if let CardRoute::Http(key) = &card.route
            && !self.office.card_routes.contains_key(key)
        {
            return Err(Refusal::coded("param.invalid", format!("callbackRouteKey {key} is not registered")));
        }
        if self.office.cards.contains_key(&card.id) {
            return Err(Refusal::coded("param.cardAlreadyExist", card.id));
        }
        self.office.cards.insert(card.id.clone(), card);
        Ok(())
    }

    /// Place by place: one that cannot be reached does not keep the card from the others.
    pub(crate) fn deliver_card(
        &mut self,
        id: &str,
        places: &CardPlaces,
        now: DateTime<Utc>,
    ) -> Result<Vec<DeliverResult>, Refusal> {
        let card = self.office.cards.get(id).ok_or_else(|| Refusal::coded("param.cardNotExist", id))?;
        card.fits(places)?;
        let mut results = Vec::new();
        for (kind, place) in &places.to {
            let outcome = self.hang(id, kind, place, places.by_union, now);
            results.push(DeliverResult {
                space_type: kind.clone(),
                space_id: place.clone(),
                success: outcome.is_ok(),
                carrier_id: outcome.as_ref().cloned().unwrap_or_default(),
                error_msg: outcome.err().unwrap_or_default(),
            });
        }
        Ok(results)
    }

    fn hang(
        &mut self,
        id: &str,
        kind: &str,
        place: &str,
        by_union: bool,
        now: DateTime<Utc>,
    ) -> Result<String, String> {
        match kind {
            "IM_ROBOT" => {
                let person = if by_union { self.by_union(place) } else { self.directory.person(place).ok() };
                let userid = person.ok_or("user not exist")?.userid.clone();
                let face = self.card_face(id, &userid).ok_or("card not exist")?;
                let message = Message::Interactive { card: id.to_owned(), face };
                self.write(&userid, Speaker::Robot, message, now);
                self.hung(id, kind, &userid);
            }
            "IM_GROUP" | "ONE_BOX" if self.group_members(place).is_some() => self.hung(id, kind, place),
            _ => return Err("conversation not exist".to_owned()),
        }
        Ok(self.ids.word(24))
    }

    fn hung(&mut self, id: &str, kind: &str, place: &str) {
        if let Some(card) = self.office.cards.get_mut(id) {
            card.hangs.insert((kind.to_owned(), place.to_owned()));
        }
    }

    /// More kinds of places of which a card knows what it is like there.
    pub(crate) fn set_card_spaces(&mut self, id: &str, spaces: Vec<String>) -> Result<(), Refusal> {
        self.card_mut(id)?.spaces.extend(spaces);
        Ok(())
    }

    pub(crate) fn close_top(&mut self, id: &str, conversation: &str) -> Result<(), Refusal> {
        let place = ("ONE_BOX".to_owned(), conversation.to_owned());
        if self.card_mut(id)?.hangs.remove(&place) {
            return Ok(());
        }
        Err(Refusal::coded("param.conversationIdInvalid", conversation))
    }

    pub(crate) fn update_card(
        &mut self,
        id: &str,
        (data, private): (Option<Data>, BTreeMap<String, Data>),
        options: UpdateOptions,
    ) -> Result<(), Refusal> {
        let card = self.card_mut(id)?;
        for data in data.iter().chain(private.values()) {
            card.check(data)?;
        }
        if let Some(data) = data {
            merge(&mut card.data, data, options.update_card_data_by_key);
        }
        for (userid, data) in private {
            merge(card.private.entry(userid).or_default(), data, options.update_private_data_by_key);
        }
        card.version += 1;
        self.redraw(id);
        Ok(())
    }

    /// Grows a text; the piece of a request id is carried out once.
    pub(crate) fn stream_card(
        &mut self,
        id: &str,
        (key, guid): (&str, &str),
        content: &str,
        whole: bool,
    ) -> Result<(), Refusal> {
        let card = self.card_mut(id)?;
        card.check(&Data::from([(key.to_owned(), String::new())]))?;
        if !card.pieces.insert(guid.to_owned()) {
            return Ok(());
        }
        let value = card.data.entry(key.to_owned()).or_default();
        if whole {
            value.clear();
        }
        value.push_str(content);
        card.version += 1;
        self.redraw(id);
        Ok(())
    }

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

    /// What somebody sees of a card now.
    pub(crate) fn card_face(&self, id: &str, userid: &str) -> Option<CardFace> {
        self.office.cards.get(id).map(|card| card.face(userid))
    }

    /// The cards that hang in a group.
    pub(crate) fn cards_in_group(&self, conversation: &str) -> Vec<String> {
        let hangs = |card: &&Card| card.hangs.iter().any(|(_, place)| place == conversation);
        self.office.cards.values().filter(hangs).map(|card| card.id.clone()).collect()
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

    fn card_mut(&mut self, id: &str) -> Result<&mut Card, Refusal> {
        self.office.cards.get_mut(id).ok_or_else(|| Refusal::coded("param.cardNotExist", id))
    }

    /// A card changes where it hangs, in every chat.
    fn redraw(&mut self, id: &str) {
        let Some(card) = self.office.cards.get(id) else { return };
        for (userid, chat) in &mut self.chats {
            for line in &mut chat.lines {
                if let Message::Interactive { card: shown, face } = &mut line.message
                    && shown == id
                {
                    *face = card.face(userid);
                }
            }
        }
    }
}

impl Card {
    /// Whether card and request both say something of each kind of place.
    pub(crate) fn fits(&self, places: &CardPlaces) -> Result<(), Refusal> {
        for (kind, _) in &places.to {
            if !places.models.contains(&kind.as_str()) {
                return Err(Refusal::coded(
                    "param.openDeliverModelEmpty",
                    format!("no deliver model for {kind}"),
                ));
            }
            if !self.spaces.contains(kind) {
                return Err(Refusal::coded(
                    "param.openSpaceModelInvalid",
                    format!("no space model for {kind}"),
                ));
            }
        }
        Ok(())
    }

    /// Data for a variable that the template lacks would never be seen.
    fn check(&self, data: &Data) -> Result<(), Refusal> {
        match data.keys().find(|key| !self.template.variables.contains(key)) {
            Some(key) => Err(Refusal::coded("param.invalid", format!("the template has no variable {key}"))),
            None => Ok(()),
        }
    }
}

fn merge(old: &mut Data, new: Data, by_key: bool) {
    if !by_key {
        old.clear();
    }
    old.extend(new);
}
