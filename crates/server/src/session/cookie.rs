//! The two cookies: the session's, and the one that binds a sign-in to the page that asked for it.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};
use domain::session::Token;

/// The session.
pub(super) const SESSION: &str = "__Host-sid";
/// A sign-in that has begun.
pub(super) const LOGIN: &str = "__Host-login";

/// Lax: opening a link from a chat is a top-level GET and must carry it.
pub(super) fn set(name: &'static str, token: &Token, life: Duration) -> Cookie<'static> {
    Cookie::build(name, token.reveal().clone())
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(life)
        .finish()
}

/// Takes it away.
pub(super) fn unset(name: &'static str) -> Cookie<'static> {
    let mut cookie =
        Cookie::build(name, "").path("/").secure(true).http_only(true).same_site(SameSite::Lax).finish();
    cookie.make_removal();
    cookie
}

/// What the browser sent.
pub(super) fn token(request: &HttpRequest, name: &str) -> Option<Token> {
    request.cookie(name).and_then(|cookie| Token::parse(cookie.value()))
}
