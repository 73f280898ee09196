//! Opening a place to connect to in Stream mode.

use dingtalk::stream::{EVERY_EVENT, OpenAnswer, Subscription, SubscriptionKind};
use serde_json::Value;

use crate::forms::Strict;
use crate::http::answer::wire;
use crate::http::call::Call;
use crate::http::endpoint::Cost::Free;
use crate::http::endpoint::{Endpoint, new};
use crate::world::Refusal;

pub(super) const CALLS: &[Endpoint] =
    &[new("POST", "/v1.0/gateway/connections/open", Free, "打开 Stream 连接", open).open()];

fn open(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (id, secret) = (call.body.text("clientId")?, call.body.text("clientSecret")?);
    let ua = call.body.optional_text("ua")?.unwrap_or_default();
    call.body.optional_text("localIp")?;
    call.body.optional_object("extras")?;
    let subscriptions = call.body.list("subscriptions")?;
    call.read_whole()?;
    if id != call.world.app.client_id || secret != call.world.app.client_secret {
        return Err(Refusal::GatewayAuth);
    }
    let subscriptions: Vec<_> = subscriptions
        .into_iter()
        .map(subscription)
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect();
    if subscriptions.is_empty() {
        return Err(Refusal::Parameter("body.subscriptions names nothing to be told of".to_owned()));
    }
    let (now, state) = (call.now, call.state);
    let ticket = state.gateway.issue(ua, subscriptions, &mut state.tenancy.ids, now);
    wire(OpenAnswer { endpoint: state.gateway.endpoint.clone(), ticket })
}

/// Some clients also name what every connection gets anyway.
fn subscription(value: Value) -> Result<Option<Subscription>, Refusal> {
    let mut fields = Strict::new("body.subscriptions", value)?;
    let (kind, topic) = (fields.text("type")?, fields.text("topic")?);
    let kind = match kind.as_str() {
        "SYSTEM" => None,
        "EVENT" if topic == EVERY_EVENT => Some(SubscriptionKind::Event),
        "EVENT" => return Err(fields.complaint("topic", "of events must be *")),
        "CALLBACK" if topic.starts_with('/') => Some(SubscriptionKind::Callback),
        "CALLBACK" => return Err(fields.complaint("topic", "of a callback must be a path")),
        _ => return Err(fields.complaint("type", "must be EVENT, CALLBACK or SYSTEM")),
    };
    fields.done()?;
    Ok(kind.map(|kind| Subscription { kind, topic }))
}
