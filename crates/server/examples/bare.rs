//! A bare actix-web endpoint: the baseline that `tests/load` measures beside the server, in the same run. It reads the body and answers
//! JSON of the size of a sealed answer.
//! Usage: `bare 127.0.0.1:PORT WORKERS`.

use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::Context as _;
use dingtalk_callback::Reply;

/// As in the product.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let listen = arguments.next().context("usage: bare LISTEN WORKERS")?;
    let workers: usize = arguments.next().context("usage: bare LISTEN WORKERS")?.parse()?;
    HttpServer::new(|| {
        App::new()
            .route("/", web::get().to(async || HttpResponse::Ok().body("success")))
            .route("/", web::post().to(async |_: web::Bytes| HttpResponse::Ok().json(answer())))
    })
    .workers(workers)
    .bind(listen)?
    .run()
    .await?;
    Ok(())
}

/// As long as what a push is answered with, and just as freshly allocated.
fn answer() -> Reply {
    Reply {
        msg_signature: "0".repeat(40),
        timestamp: "1764000000000".to_owned(),
        nonce: "n".repeat(16),
        encrypt: "A".repeat(SEALED),
    }
}

/// `success` with its head and an owner of 12 bytes fills 64 bytes, which are so many characters of base64.
const SEALED: usize = 88;
