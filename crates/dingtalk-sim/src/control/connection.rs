//! The line between tenant and app: where it leads, what waits on it, what goes wrong with it.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::config::AppEndpoints;
use crate::control::answer::{Answer, Refused, done, told};
use crate::faults::{CallFault, EventFaults};
use crate::push;
use crate::shared::Shared;
use crate::tenant::{self, FaultPlan, Pushes};

pub(super) async fn connect(shared: web::Data<Arc<Shared>>, body: web::Json<AppEndpoints>) -> HttpResponse {
    shared.change(|state, _now| state.app = Some(body.into_inner().trimmed()));
    done()
}

/// Sends `check_url` and tells whether the app answered as it must.
pub(super) async fn check(shared: web::Data<Arc<Shared>>) -> Answer {
    push::check_url(&shared).await.map_err(|error| Refused(error.to_string()))?;
    Ok(done())
}

pub(super) async fn faults(shared: web::Data<Arc<Shared>>) -> HttpResponse {
    told(shared.read(|state| json!({"calls": state.faults.planned(), "events": state.faults.events, "down": state.faults.down})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Faults {
    /// Forgets what was planned before.
    #[serde(default)]
    clear: bool,
    #[serde(default)]
    calls: Vec<CallFault>,
    events: Option<EventFaults>,
    down: Option<bool>,
}

pub(super) async fn plan_faults(shared: web::Data<Arc<Shared>>, body: web::Json<Faults>) -> HttpResponse {
    let Faults { clear, calls, events, down } = body.into_inner();
    let plan = FaultPlan::new(&shared);
    if clear {
        plan.clear();
    }
    for fault in calls {
        plan.plan(fault);
    }
    if let Some(events) = events {
        plan.events(events);
    }
    if let Some(down) = down {
        plan.down(down);
    }
    done()
}

/// Back to the world file.
pub(super) async fn reset(shared: web::Data<Arc<Shared>>) -> HttpResponse {
    tenant::reset(&shared);
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Emit {
    kind: String,
    #[serde(default)]
    fields: Map<String, Value>,
}

/// Any event, made up: how does the app take what it does not know?
pub(super) async fn emit(shared: web::Data<Arc<Shared>>, body: web::Json<Emit>) -> HttpResponse {
    let Emit { kind, fields } = body.into_inner();
    Pushes::new(&shared).emit(&kind, fields);
    done()
}

pub(super) async fn pushes(shared: web::Data<Arc<Shared>>) -> HttpResponse {
    told(shared.read(|state| {
        let corp = &shared.world.corp.id;
        let waiting: Vec<_> = state
            .pushes
            .waiting()
            .iter()
            .map(|push| json!({"kind": push.event.kind(), "due": push.due, "tries": push.tries}))
            .collect();
        let failed: Vec<_> = state.pushes.failed().iter().map(|event| event.failed_entry(corp)).collect();
        json!({"waiting": waiting, "failed": failed})
    }))
}

pub(super) async fn deliver(shared: web::Data<Arc<Shared>>) -> HttpResponse {
    Pushes::new(&shared).deliver_now().await;
    done()
}
