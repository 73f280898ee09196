//! Where acts of high risk are held up: every form that is sent comes by here, and the list of addresses says which are.

use actix_web::{
    HttpRequest,
    http::{Uri, header},
};
use domain::second_factor::Stand;

use super::typed::Typed;
use crate::{
    desk,
    page::PageError,
    session::{SignedIn, is_ours},
};

/// An act that is held up.
pub struct Held {
    /// Nothing is bound yet.
    pub(super) bind: bool,
    pub(super) on: Typed,
}

/// Lets an act pass, or holds it up. `form` is what was sent; when it cannot be kept, nothing.
pub(crate) async fn gate(by: &SignedIn, request: &HttpRequest, form: &str) -> Result<(), PageError> {
    if !request.match_pattern().is_some_and(|pattern| desk::is_risky(&pattern)) {
        return Ok(());
    }
    let bind = match by.stand().await? {
        Stand::Free => return Ok(()),
        Stand::Code => false,
        Stand::Bind => true,
    };
    let (to, kept, from) = (request.path().to_owned(), form.to_owned(), came_from(request));
    Err(PageError::HeldUp(Box::new(Held { bind, on: Typed { to, kept, from, ..Typed::default() } })))
}

/// The page with the form, as far as the browser says. What it says is a link for the reader and nothing else.
fn came_from(request: &HttpRequest) -> String {
    let page = request.headers().get(header::REFERER).and_then(|page| page.to_str().ok());
    let path = page.and_then(|page| page.parse::<Uri>().ok()).map(|page| page.path().to_owned());
    let path = path.filter(|path| is_ours(path) && !path.starts_with("/console/second-factor"));
    path.unwrap_or_else(|| "/console".to_owned())
}
