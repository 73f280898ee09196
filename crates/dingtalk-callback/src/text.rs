//! Sealed bytes as text.

use base64::engine::general_purpose::PAD;

/// Standard base64 with its padding, by the processor's wide instructions where it has them.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub(crate) static BASE64: std::sync::LazyLock<base64::engine::Simd> =
    std::sync::LazyLock::new(|| base64::engine::Simd::standard(PAD));

/// Standard base64 with its padding.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub(crate) static BASE64: base64::engine::GeneralPurpose =
    base64::engine::GeneralPurpose::new(&base64::alphabet::STANDARD, PAD);
