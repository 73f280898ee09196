//! `yinling`: see `yinling --help`.

/// Half of what a push costs beside its cryptography was spent in the C library's allocator (docs/performance.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[actix_web::main]
async fn main() -> std::process::ExitCode {
    server::cli::run().await
}
