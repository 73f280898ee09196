//! The events that could not be delivered.

use serde_json::{Value, json};

use crate::config::FailedList;
use crate::http::call::Call;
use crate::http::endpoint::Cost::Counted;
use crate::http::endpoint::{Endpoint, old};
use crate::world::Refusal;

const PAGE: usize = 200;

pub(super) const CALLS: &[Endpoint] =
    &[old("GET", "/call_back/get_call_back_failed_result", Counted, "取漏收的事件", failed)
        .needs("qyapi_base")];

fn failed(mut call: Call<'_>) -> Result<Value, Refusal> {
    call.read_whole()?;
    let corp = &call.world.corp.id;
    let failed = call.state.pushes.failed();
    let page: Vec<_> = failed.iter().take(PAGE).map(|event| event.failed_entry(corp)).collect();
    let has_more = failed.len() > PAGE;
    if call.world.events.failed_list == FailedList::Consumed {
        call.state.pushes.forget_failed(PAGE);
    }
    Ok(json!({"has_more": has_more, "failed_list": page}))
}
