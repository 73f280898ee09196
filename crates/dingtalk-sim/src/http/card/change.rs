//! Changing cards, and saying where presses go.

use dingtalk::card::{RegisterAnswer, Route, UpdateOptions, YesAnswer};
use serde_json::{Value, json};

use super::create::out_track_id;
use super::place::{by_union, private, public, space_models};
use crate::http::answer::wire;
use crate::http::call::Call;
use crate::world::Refusal;

const LARGEST_PIECE: usize = 1024;

pub(super) fn update(mut call: Call<'_>) -> Result<Value, Refusal> {
    let track = out_track_id(&mut call)?;
    let by_union = by_union(&mut call.body)?;
    let data = public(&mut call.body)?;
    let private = private(&mut call, by_union)?;
    let mut options = UpdateOptions::OVERWRITE;
    if let Some(mut given) = call.body.optional_object("cardUpdateOptions")? {
        options.update_card_data_by_key = given.flag("updateCardDataByKey")?;
        options.update_private_data_by_key = given.flag("updatePrivateDataByKey")?;
        given.done()?;
    }
    call.read_whole()?;
    if data.is_none() && private.is_empty() {
        return Err(Refusal::coded("param.cardDataAndPrivateDataBothEmpty", "nothing changes"));
    }
    call.state.tenancy.update_card(&track, (data, private), options)?;
    wire(YesAnswer { success: true, result: true })
}

pub(super) fn spaces(mut call: Call<'_>) -> Result<Value, Refusal> {
    let track = out_track_id(&mut call)?;
    let spaces = space_models(&mut call.body)?;
    call.read_whole()?;
    call.state.tenancy.set_card_spaces(&track, spaces.into_iter().collect())?;
    Ok(json!({"success": true, "result": true}))
}

pub(super) fn stream(mut call: Call<'_>) -> Result<Value, Refusal> {
    let track = out_track_id(&mut call)?;
    let guid = call.body.optional_text("guid")?.unwrap_or_default();
    let key = call.body.optional_text("key")?.unwrap_or_default();
    let content = call.body.optional_text("content")?.unwrap_or_default();
    let whole = call.body.flag("isFull")?;
    call.body.flag("isFinalize")?;
    call.body.flag("isError")?;
    call.read_whole()?;
    for (text, code) in [
        (&guid, "param.stream.guidEmpty"),
        (&key, "param.stream.keyEmpty"),
        (&content, "param.stream.contentEmpty"),
    ] {
        if text.is_empty() {
            return Err(Refusal::coded(code, code));
        }
    }
    if content.len() > LARGEST_PIECE {
        return Err(Refusal::coded("param.stream.content", "content is too large"));
    }
    call.state.tenancy.stream_card(&track, (&key, &guid), &content, whole)?;
    wire(YesAnswer { success: true, result: true })
}

pub(super) fn close_top(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (track, conversation) = (call.query.text("outTrackId")?, call.query.text("openConversationId")?);
    call.read_whole()?;
    call.state.tenancy.close_top(&track, &conversation)?;
    wire(YesAnswer { success: true, result: true })
}

pub(super) fn register(mut call: Call<'_>) -> Result<Value, Refusal> {
    let key = call.body.optional_text("callbackRouteKey")?.unwrap_or_default();
    let address = call.body.optional_text("callbackUrl")?.unwrap_or_default();
    let secret = call.body.optional_text("apiSecret")?.filter(|secret| !secret.is_empty());
    let force = call.body.flag("forceUpdate")?;
    call.read_whole()?;
    if key.is_empty() {
        return Err(Refusal::coded("param.callbackRouteKeyEmpty", "callbackRouteKey is empty"));
    }
    if url::Url::parse(&address).is_err() {
        return Err(Refusal::coded("param.callbackUrlEmpty", "callbackUrl is no address"));
    }
    let routes = &mut call.state.tenancy.office.card_routes;
    if routes.contains_key(&key) && !force {
        let why = format!("{key} is registered; forceUpdate replaces it");
        return Err(Refusal::coded_with(500, "param.callbackRouteKeyExist", why));
    }
    routes.insert(key, (address.clone(), secret.clone()));
    let result = Route { callback_url: address, api_secret: secret.unwrap_or_default() };
    wire(RegisterAnswer { success: true, result })
}
