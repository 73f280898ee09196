//! Files of the tenant, as a phone or a storage address shows them.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use url::form_urlencoded::byte_serialize;

use crate::control::answer::{Answer, Refused, done};
use crate::push::SentFile;
use crate::shared::Shared;
use crate::tenant::Member;

/// Where a file can be fetched without a token, as from the storage of the platform.
pub(crate) fn address(platform: &str, id: &str) -> String {
    let id: String = byte_serialize(id.as_bytes()).collect();
    format!("{platform}/_sim/media/{id}")
}

pub(super) async fn show(shared: web::Data<Arc<Shared>>, id: web::Path<String>) -> HttpResponse {
    let file = shared.read(|state| {
        let file = state.tenancy.media.file(&id)?;
        Some((file.content_type(), file.bytes()))
    });
    match file {
        Some((kind, bytes)) => HttpResponse::Ok()
            .content_type(kind)
            .insert_header(("Content-Security-Policy", "default-src 'none'; sandbox"))
            .insert_header(("X-Content-Type-Options", "nosniff"))
            .body(bytes),
        None => HttpResponse::NotFound().finish(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Send {
    userid: String,
    kind: Kind,
    name: String,
    /// Base64.
    content: String,
    #[serde(default = "second")]
    milliseconds: u32,
    /// What is understood of a recording.
    #[serde(default)]
    recognition: String,
}

fn second() -> u32 {
    1000
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Picture,
    Audio,
    Video,
    File,
}

/// A person sends the robot a file.
pub(super) async fn send(shared: web::Data<Arc<Shared>>, body: web::Json<Send>) -> Answer {
    let Send { userid, kind, name, content, milliseconds, recognition } = body.into_inner();
    let bytes = STANDARD.decode(content).map_err(|error| Refused(format!("content: {error}")))?;
    let file = match kind {
        Kind::Picture => SentFile::picture(&name, &bytes),
        Kind::Audio => SentFile::audio(&name, &bytes, milliseconds, &recognition),
        Kind::Video => SentFile::video(&name, &bytes, milliseconds),
        Kind::File => SentFile::file(&name, &bytes),
    };
    Member::new(&shared, &userid).sends(file).await?;
    Ok(done())
}
