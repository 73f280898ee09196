//! A pattern that a camera reads (二维码).

use qrcode::{EcLevel, QrCode, render::svg};

use super::PageError;

/// As a drawing that is put into the page itself.
pub(crate) fn pattern(address: &str) -> Result<String, PageError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M);
    let code = code.map_err(|error| PageError::Broken(anyhow::anyhow!("no pattern: {error}")))?;
    let drawn = code.render::<svg::Color<'_>>().min_dimensions(180, 180).build();
    Ok(drawn.find("<svg").and_then(|from| drawn.get(from..)).unwrap_or_default().to_owned())
}
