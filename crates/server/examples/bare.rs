//! A bare actix-web endpoint: the baseline that `tests/load` measures beside the server, in the same run.
//! Usage: `bare 127.0.0.1:PORT WORKERS`.

use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::Context as _;

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let listen = arguments.next().context("usage: bare LISTEN WORKERS")?;
    let workers: usize = arguments.next().context("usage: bare LISTEN WORKERS")?.parse()?;
    HttpServer::new(|| {
        App::new()
            .route("/", web::get().to(async || HttpResponse::Ok().body("success")))
            .route("/", web::post().to(async |_: web::Bytes| HttpResponse::Ok().body("success")))
    })
    .workers(workers)
    .bind(listen)?
    .run()
    .await?;
    Ok(())
}
