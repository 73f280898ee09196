//! DING by the robot.

use std::collections::BTreeMap;

use dingtalk::robot::{DingAnswer, DingRecall};
use serde_json::Value;

use super::robot::check_robot;
use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::{Refusal, Ring};

const VOICES: [&str; 6] = [
    "Standard_Female_Voice",
    "Cantonese_Female_Voice",
    "Gentine_Female_Voice",
    "Overbearing_Female_Voice",
    "Lovely_Girl_Voice",
    "Standard_Male_Voice",
];

pub(super) fn send(mut call: Call<'_>) -> Result<Value, Refusal> {
    let robot = call.body.text("robotCode")?;
    let ring = call.body.number("remindType")?;
    let to = call.body.texts("receiverUserIdList")?;
    let content = call.body.text("content")?;
    let voice = call.body.optional_text("callVoice")?;
    call.read_whole()?;
    if robot != call.world.robot_code() {
        return Err(Refusal::coded("invalid.chatbotId", format!("invalid.chatbotId {robot}")));
    }
    let ring = Ring::of_number(ring).ok_or_else(|| invalid("remindType must be 1, 2 or 3"))?;
    if voice.is_some_and(|voice| !VOICES.contains(&voice.as_str())) {
        return Err(invalid("callVoice is not one of the six"));
    }
    if to.is_empty() || content.trim().is_empty() {
        return Err(invalid("receiverUserIdList and content are required"));
    }
    if to.len() > ring.most() {
        return Err(Refusal::coded("ding.receivercount.limit", "ding receiver count limit"));
    }
    let (open_ding_id, unknown) = call.state.tenancy.ding(ring, to, &content, call.now)?;
    let mut failed_list = BTreeMap::new();
    if !unknown.is_empty() {
        let unknown = unknown.into_iter().map(id).collect::<Result<_, _>>()?;
        failed_list.insert("miss.staffId".to_owned(), unknown);
    }
    wire(DingAnswer { open_ding_id, failed_list })
}

pub(super) fn recall(mut call: Call<'_>) -> Result<Value, Refusal> {
    let robot = call.body.text("robotCode")?;
    let open_ding_id = call.body.text("openDingId")?;
    call.read_whole()?;
    check_robot(&call, robot)?;
    call.state.tenancy.recall_ding(&open_ding_id)?;
    wire(DingRecall { robot_code: None, open_ding_id })
}

fn invalid(why: &str) -> Refusal {
    Refusal::coded("invalidParameter.param.invalid", why)
}
