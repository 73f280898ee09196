//! Cards: made, hung, changed. Pressing them is in `press.rs`.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use dingtalk::card::{DeliverResult, UpdateOptions};

use super::card::{Card, CardFace, CardRoute, Data};
use crate::world::{GroupSpeaker, Message, Refusal, Speaker, Tenancy};

/// Where a card shall hang: kinds and ids, and for which kinds the request says how it comes there.
#[derive(Clone, Debug)]
pub(crate) struct CardPlaces {
    pub(crate) to: Vec<(String, String)>,
    pub(crate) models: Vec<&'static str>,
    pub(crate) by_union: bool,
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
            "IM_GROUP" if self.group_members(place).is_some() => {
                // What is private stays so: a group's line has what everybody sees.
                let face = self.card_face(id, "").ok_or("card not exist")?;
                let message = Message::Interactive { card: id.to_owned(), face };
                self.write_in_group(place, GroupSpeaker::Robot, message, String::new(), now);
                self.hung(id, kind, place);
            }
            "ONE_BOX" if self.group_members(place).is_some() => self.hung(id, kind, place),
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

    /// What somebody sees of a card now.
    pub(crate) fn card_face(&self, id: &str, userid: &str) -> Option<CardFace> {
        self.office.cards.get(id).map(|card| card.face(userid))
    }

    /// The cards that hang in a group.
    pub(crate) fn cards_in_group(&self, conversation: &str) -> Vec<String> {
        let hangs = |card: &&Card| card.hangs.iter().any(|(_, place)| place == conversation);
        self.office.cards.values().filter(hangs).map(|card| card.id.clone()).collect()
    }

    pub(super) fn card_mut(&mut self, id: &str) -> Result<&mut Card, Refusal> {
        self.office.cards.get_mut(id).ok_or_else(|| Refusal::coded("param.cardNotExist", id))
    }

    /// A card changes where it hangs, in every chat.
    fn redraw(&mut self, id: &str) {
        let Some(card) = self.office.cards.get(id) else { return };
        for (userid, chat) in &mut self.chats {
            let lines = chat.lines.iter_mut().map(|line| &mut line.message);
            chat.edits += u64::from(redraw(lines, card, userid));
        }
        for group in self.groups.all_mut() {
            let lines = group.lines.iter_mut().map(|line| &mut line.message);
            group.edits += u64::from(redraw(lines, card, ""));
        }
    }
}

/// Returns whether the card hangs there.
fn redraw<'a>(messages: impl Iterator<Item = &'a mut Message>, card: &Card, userid: &str) -> bool {
    let mut any = false;
    for message in messages {
        if let Message::Interactive { card: shown, face } = message
            && *shown == card.id
        {
            *face = card.face(userid);
            any = true;
        }
    }
    any
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
