//! The callback endpoint without its row: signature, decryption, sealed answer, and with `read` in front of the answer the event, too.
//! `tests/load` measures it between the bare endpoint and the whole one. Usage: `sealed 127.0.0.1:PORT WORKERS TOKEN AES_KEY OWNER [read]`.

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use dingtalk_callback::{Key, Query, Receiver, Reply};
use secrecy::SecretString;

/// As in the product.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (reads, [listen, workers, token, aes_key, owner]) = (match &arguments[..] {
        [first @ .., word] if word == "read" => (true, first),
        all => (false, all),
    }) else {
        anyhow::bail!("usage: sealed LISTEN WORKERS TOKEN AES_KEY OWNER [read]");
    };
    let key = Key::parse(aes_key).context("AES_KEY")?;
    let token = SecretString::from(token.clone());
    let receiver = web::Data::new(Receiver::new(token, key, vec![owner.clone()], TimeDelta::hours(1)));
    HttpServer::new(move || {
        App::new()
            .app_data(receiver.clone())
            .route("/", web::get().to(async || HttpResponse::Ok().body("success")))
            .route("/", if reads { web::post().to(read) } else { web::post().to(push) })
    })
    .workers(workers.parse()?)
    .bind(listen)?
    .run()
    .await?;
    Ok(())
}

async fn push(receiver: web::Data<Receiver>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let now = now();
    let opened = Query::parse(request.query_string()).and_then(|query| receiver.unseal(&query, &body, now));
    answered(opened.ok().and_then(|opened| receiver.answer(&opened.owner, "success", now)))
}

async fn read(receiver: web::Data<Receiver>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let now = now();
    let opened = Query::parse(request.query_string()).and_then(|query| receiver.open(&query, &body, now));
    answered(opened.ok().and_then(|opened| receiver.success(&opened, now)))
}

fn answered(reply: Option<Reply>) -> HttpResponse {
    reply.map_or_else(|| HttpResponse::BadRequest().finish(), |reply| HttpResponse::Ok().json(reply))
}

#[expect(clippy::disallowed_methods, reason = "there is no clock but the machine's")]
fn now() -> DateTime<Utc> {
    Utc::now()
}
