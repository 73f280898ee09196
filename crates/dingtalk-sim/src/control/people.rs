//! Who belongs to the tenant.

use std::sync::Arc;

use actix_web::{HttpResponse, web};

use crate::config;
use crate::control::answer::{Answer, done, told};
use crate::shared::Shared;
use crate::world::PersonChange;

pub(super) async fn list(shared: web::Data<Arc<Shared>>) -> HttpResponse {
    told(shared.read(|state| state.tenancy.directory.people().cloned().collect::<Vec<_>>()))
}

pub(super) async fn add(shared: web::Data<Arc<Shared>>, body: web::Json<config::Person>) -> Answer {
    shared.change(|state, now| state.tenancy.add_person(body.into_inner(), now))?;
    Ok(done())
}

pub(super) async fn change(
    shared: web::Data<Arc<Shared>>,
    userid: web::Path<String>,
    body: web::Json<PersonChange>,
) -> Answer {
    shared.change(|state, now| state.tenancy.change_person(&userid, body.into_inner(), now))?;
    Ok(done())
}

pub(super) async fn remove(shared: web::Data<Arc<Shared>>, userid: web::Path<String>) -> Answer {
    shared.change(|state, now| state.tenancy.remove_person(&userid, now))?;
    Ok(done())
}
