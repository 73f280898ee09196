//! A paper is given to somebody who may see it. A picture is shown, a paper is a file to keep; what is given is never run.

use actix_web::{HttpResponse, http::header};
use attachment::{Area, Kind, Limits, redact};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::evidence::{Evidence, Part};

use super::take::LOOKERS;
use crate::page::PageError;

/// Nothing of what is given asks for anything more, and it has no origin of ours.
const POLICY: &str = "default-src 'none'; sandbox; base-uri 'none'; frame-ancestors 'none'";

/// A part of a paper. Copies with black rectangles and small pictures are JPEG, whatever the original is.
pub(crate) fn given((paper, part): (&Evidence, Part), bytes: Vec<u8>) -> Result<HttpResponse, PageError> {
    let kind = match part {
        Part::Original => {
            paper.kind().ok_or_else(|| PageError::Broken(anyhow::anyhow!("a kind that is not")))?
        }
        Part::Small | Part::Redacted | Part::RedactedSmall => Kind::Jpeg,
    };
    Ok(answer(kind, bytes))
}

/// A small picture.
pub(crate) fn picture(bytes: Vec<u8>) -> HttpResponse {
    answer(Kind::Jpeg, bytes)
}

fn answer(kind: Kind, bytes: Vec<u8>) -> HttpResponse {
    let how = if kind.is_picture() { "inline" } else { "attachment" };
    let said = format!("{how}; filename=\"paper.{}\"", kind.extension());
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, kind.media_type()))
        .insert_header((header::CONTENT_DISPOSITION, said))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(bytes)
}

/// A small picture inside a page, so that the look at the page is the look at it.
pub(crate) fn data_address(bytes: &[u8]) -> String {
    format!("data:image/jpeg;base64,{}", STANDARD.encode(bytes))
}

/// Makes rectangles of a picture black: the copy, and a small one.
pub(crate) async fn blackened(
    kind: Kind,
    bytes: Vec<u8>,
    areas: Vec<Area>,
) -> Result<(Vec<u8>, Vec<u8>), PageError> {
    let turn = LOOKERS.acquire().await.map_err(|error| PageError::Unavailable(error.into()))?;
    let done = actix_web::web::block(move || redact(kind, &bytes, &areas, Limits::default().points));
    let done = done.await.map_err(|error| PageError::Broken(error.into()))?;
    drop(turn);
    done.map_err(|error| PageError::Broken(error.into()))
}
