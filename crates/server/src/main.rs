//! `yinling`: see `yinling --help`.

/// The C library's allocator took an eighth of the time that a push spends outside the kernel; this one takes less (docs/performance.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[actix_web::main]
async fn main() -> std::process::ExitCode {
    server::cli::run().await
}
