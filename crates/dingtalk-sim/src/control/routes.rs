//! The list of the control API.

use actix_web::web::{self, ServiceConfig};

use crate::control::{approvals, clock, connection, desk, groups, media, office, people, state, stream};

pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(
        web::scope("/_sim")
            .route("/state", web::get().to(state::state))
            .route("/stories", web::get().to(state::stories))
            .route("/wire", web::get().to(state::wire))
            .route("/sent", web::get().to(state::sent))
            .route("/clock", web::get().to(clock::show))
            .route("/clock", web::post().to(clock::turn))
            .route("/say", web::post().to(desk::say))
            .route("/chat/{userid}", web::get().to(desk::chat))
            .route("/open", web::post().to(desk::open))
            .route("/send", web::post().to(media::send))
            .route("/media/{id}", web::get().to(media::show))
            .route("/groups", web::get().to(groups::list))
            .route("/groups/{id}/chat", web::get().to(groups::chat))
            .route("/groups/say", web::post().to(groups::say))
            .route("/groups/open", web::post().to(groups::open))
            .route("/groups/leave", web::post().to(groups::leave))
            .route("/groups/robot", web::post().to(groups::robot))
            .route("/groups/custom_robot", web::post().to(groups::custom_robot))
            .route("/auth_code", web::post().to(desk::auth_code))
            .route("/phones/{number}", web::post().to(desk::phone))
            .route("/approvals", web::get().to(approvals::list))
            .route("/approvals/{id}/{verb}", web::post().to(approvals::act))
            .route("/cards/press", web::post().to(office::press))
            .route("/todos", web::get().to(office::todos))
            .route("/check_ins", web::post().to(office::check_in))
            .route("/people", web::get().to(people::list))
            .route("/people", web::post().to(people::add))
            .route("/people/{userid}", web::patch().to(people::change))
            .route("/people/{userid}", web::delete().to(people::remove))
            .route("/faults", web::get().to(connection::faults))
            .route("/faults", web::post().to(connection::plan_faults))
            .route("/events", web::post().to(connection::emit))
            .route("/pushes", web::get().to(connection::pushes))
            .route("/pushes/deliver", web::post().to(connection::deliver))
            .route("/stream", web::get().to(stream::show))
            .route("/stream/ping", web::post().to(stream::ping))
            .route("/stream/disconnect", web::post().to(stream::disconnect))
            .route("/stream/cut", web::post().to(stream::cut))
            .route("/stream/raw", web::post().to(stream::raw))
            .route("/reset", web::post().to(connection::reset))
            .route("/connect", web::post().to(connection::connect))
            .route("/connect/check", web::post().to(connection::check)),
    );
}
