//! Reading and turning the tenant's clock.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::control::answer::{Answer, Refused, told};
use crate::local_time;
use crate::shared::Shared;

/// One turn of the clock.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Turn {
    AdvanceSeconds(u32),
    Set(DateTime<Utc>),
    /// The next time the wall clock shows it, such as `19:00`.
    NextTime(NaiveTime),
}

pub(super) async fn show(shared: web::Data<Arc<Shared>>) -> HttpResponse {
    told(reading(&shared.clock))
}

pub(super) async fn turn(shared: web::Data<Arc<Shared>>, body: web::Json<Value>) -> Answer {
    let turn = serde_json::from_value(in_full(body.into_inner()))
        .map_err(|error| Refused(format!("a turn of the clock is expected: {error}")))?;
    match turn {
        Turn::AdvanceSeconds(seconds) => shared.clock.advance(TimeDelta::seconds(seconds.into())),
        Turn::Set(to) => shared.clock.set(to),
        Turn::NextTime(time) => shared.clock.set(local_time::next(shared.clock.now(), time)),
    }
    shared.time_moved();
    Ok(told(reading(&shared.clock)))
}

/// `19:00` is as good as `19:00:00`.
fn in_full(mut turn: Value) -> Value {
    if let Some(Value::String(time)) = turn.get_mut("next_time")
        && time.len() == 5
    {
        time.push_str(":00");
    }
    turn
}

pub(super) fn reading(clock: &Clock) -> Value {
    let now = clock.now();
    json!({
        "now": now,
        "ms": now.timestamp_millis(),
        "said": local_time::say(now),
        "frozen": clock.is_frozen(),
    })
}
