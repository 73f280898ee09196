//! The callback endpoint without its row: signature, decryption, sealed answer. `tests/load` measures it between the bare endpoint and
//! the whole one. Usage: `sealed 127.0.0.1:PORT WORKERS TOKEN AES_KEY OWNER`.

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use anyhow::Context as _;
use chrono::{TimeDelta, Utc};
use dingtalk_callback::{Key, Query, Receiver};
use secrecy::SecretString;

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [listen, workers, token, aes_key, owner] = &arguments[..] else {
        anyhow::bail!("usage: sealed LISTEN WORKERS TOKEN AES_KEY OWNER");
    };
    let key = Key::parse(aes_key).context("AES_KEY")?;
    let token = SecretString::from(token.clone());
    let receiver = web::Data::new(Receiver::new(token, key, vec![owner.clone()], TimeDelta::hours(1)));
    HttpServer::new(move || {
        App::new()
            .app_data(receiver.clone())
            .route("/", web::get().to(async || HttpResponse::Ok().body("success")))
            .route("/", web::post().to(push))
    })
    .workers(workers.parse()?)
    .bind(listen)?
    .run()
    .await?;
    Ok(())
}

async fn push(receiver: web::Data<Receiver>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    #[expect(clippy::disallowed_methods, reason = "there is no clock but the machine's")]
    let now = Utc::now();
    let opened = Query::parse(request.query_string()).and_then(|query| receiver.open(&query, &body, now));
    let reply = opened.ok().and_then(|opened| receiver.success(&opened, now));
    reply.map_or_else(|| HttpResponse::BadRequest().finish(), |reply| HttpResponse::Ok().json(reply))
}
