//! Making cards and hanging them.

use dingtalk::card::{Created, CreatedAnswer, DeliverAnswer, Delivered};
use serde_json::{Value, json};

use super::place::{by_union, places, private, public, space_models};
use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::{Card, CardRoute, Refusal};

/// A card, the id of its template, and its own.
struct Read {
    template: String,
    card: Card,
    id: String,
    by_union: bool,
}

pub(super) fn create_and_deliver(mut call: Call<'_>) -> Result<Value, Refusal> {
    let Read { template, card, id: track, by_union } = read(&mut call)?;
    let mut places = places(&mut call)?;
    places.by_union = by_union;
    call.body.texts("cardAtUserIds")?;
    call.read_whole()?;
    // What is refused has no effect: the card is asked before it is there.
    card.fits(&places)?;
    let tenancy = &mut call.state.tenancy;
    tenancy.add_card(&template, card)?;
    let delivered = tenancy.deliver_card(&track, &places, call.now)?;
    let result = Created { out_track_id: id(track)?, deliver_results: Delivered(delivered) };
    wire(CreatedAnswer { success: true, result })
}

pub(super) fn create(mut call: Call<'_>) -> Result<Value, Refusal> {
    let Read { template, card, id, .. } = read(&mut call)?;
    call.read_whole()?;
    call.state.tenancy.add_card(&template, card)?;
    Ok(json!({"success": true, "result": id}))
}

pub(super) fn deliver(mut call: Call<'_>) -> Result<Value, Refusal> {
    let track = out_track_id(&mut call)?;
    let mut places = places(&mut call)?;
    places.by_union = by_union(&mut call.body)?;
    call.read_whole()?;
    let results = call.state.tenancy.deliver_card(&track, &places, call.now)?;
    wire(DeliverAnswer { success: true, result: Delivered(results) })
}

fn read(call: &mut Call<'_>) -> Result<Read, Refusal> {
    let template = call.body.optional_text("cardTemplateId")?.unwrap_or_default();
    if template.is_empty() {
        return Err(Refusal::coded("param.cardTemplateIdEmpty", "cardTemplateId is empty"));
    }
    let track = out_track_id(call)?;
    call.body.ignore(&["userId"])?;
    let key = call.body.optional_text("callbackRouteKey")?;
    let route = match (call.body.optional_text("callbackType")?.as_deref(), key) {
        (None, _) => CardRoute::Nowhere,
        (Some("STREAM"), _) => CardRoute::Stream,
        (Some("HTTP"), Some(key)) => CardRoute::Http(key),
        (Some("HTTP"), None) => {
            return Err(Refusal::coded("param.invalid", "callbackType HTTP needs callbackRouteKey"));
        }
        (Some(other), _) => return Err(Refusal::coded("param.invalid", format!("callbackType {other}"))),
    };
    let by_union = by_union(&mut call.body)?;
    let empty = || Refusal::coded("param.cardPublicDataEmpty", "cardData is empty");
    let data = public(&mut call.body)?.ok_or_else(empty)?;
    let private = private(call, by_union)?;
    let spaces = space_models(&mut call.body)?;
    if call.body.has("openDynamicDataConfig") {
        return Err(Refusal::coded("param.invalid", "openDynamicDataConfig is not known to the simulator"));
    }
    let card = Card::new(track.clone(), (data, private), route, by_union, spaces);
    Ok(Read { template, card, id: track, by_union })
}

pub(super) fn out_track_id(call: &mut Call<'_>) -> Result<String, Refusal> {
    let track = call.body.optional_text("outTrackId")?.unwrap_or_default();
    if track.is_empty() {
        return Err(Refusal::coded("param.outTrackIdEmpty", "outTrackId is empty"));
    }
    if track.chars().count() > 100 {
        return Err(Refusal::coded("param.invalid", "outTrackId has more than 100 characters"));
    }
    Ok(track)
}
