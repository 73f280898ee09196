//! A picture without what is not the picture. What is kept stands in a list for each kind; all else goes, known or not: places, cameras,
//! small pictures of before a cut, remarks, films behind the end. The points are not touched.

mod jpeg;
mod png;
mod webp;

use crate::Kind;

/// What is kept of a picture; `None` when it is not built like one. `turned` is how a photograph is turned, which stays.
pub(crate) fn strip(kind: Kind, bytes: &[u8], turned: Option<u8>) -> Option<Vec<u8>> {
    match kind {
        Kind::Jpeg => jpeg::strip(bytes, turned),
        Kind::Png => png::strip(bytes),
        Kind::Webp => webp::strip(bytes),
        Kind::Pdf => None,
    }
}

/// Takes so many bytes off the front.
fn take<'a>(rest: &mut &'a [u8], many: usize) -> Option<&'a [u8]> {
    let (front, back) = rest.split_at_checked(many)?;
    *rest = back;
    Some(front)
}
