//! `yinling`: see `yinling --help`.

#[actix_web::main]
async fn main() -> std::process::ExitCode {
    server::cli::run().await
}
