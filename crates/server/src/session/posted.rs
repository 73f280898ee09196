//! A form that was sent: by somebody signed in, from a page of ours. When the session has ended, the form is kept and comes back after a
//! silent sign-in, so that nothing typed is lost.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use serde::{Deserialize, de::DeserializeOwned};

use super::SignedIn;
use crate::{page::PageError, second_factor};

/// The name of the hidden field that every form has.
const TOKEN: &str = "csrf";

/// A sent form and its sender.
#[derive(Debug)]
pub struct Posted<T> {
    /// Who sent it.
    pub by: SignedIn,
    /// What.
    pub form: T,
}

impl<T: DeserializeOwned + 'static> FromRequest for Posted<T> {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = web::Bytes::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let body = body.await.or(Err(PageError::TooLarge))?;
            let text = String::from_utf8(body.to_vec()).or(Err(PageError::Stale))?;
            let sender = Sender::of(&request);
            let Some(by) = SignedIn::read(&request).await? else {
                // A foreign page's form arrives without our cookie, too. Were it kept, it would come back after the sign-in with a
                // token of ours in it; so only a form that certainly comes from a page of ours is kept.
                let kept = (sender == Sender::Ours).then_some(text);
                return Err(PageError::NotSignedIn {
                    to: request.path().to_owned(),
                    form: Some(kept.unwrap_or_default()),
                });
            };
            let fields: Vec<(String, String)> = web::Query::<Vec<(String, String)>>::from_query(&text)
                .or(Err(PageError::Stale))?
                .into_inner();
            let token = fields.iter().find(|(name, _)| name == TOKEN).map(|(_, value)| value.as_str());
            if sender == Sender::Foreign || !token.is_some_and(|token| by.token.accepts(token)) {
                return Err(PageError::Stale);
            }
            second_factor::gate(&by, &request, &text).await?;
            let form = web::Query::<T>::from_query(&text).or(Err(PageError::Stale))?.into_inner();
            Ok(Self { by, form })
        })
    }
}

/// A form with nothing but its token: a button.
#[derive(Debug, Deserialize)]
pub struct Pressed {}

/// Which page sent a form, as far as the browser says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sender {
    /// One of ours.
    Ours,
    /// Somebody else's, or one that hides itself.
    Foreign,
    /// It says nothing, as old ones do. Then the token alone counts.
    Unsaid,
}

impl Sender {
    pub(super) fn of(request: &HttpRequest) -> Self {
        let said = |name| request.headers().get(name).map(|value| value.to_str().unwrap_or_default());
        let Some(page) = said(header::ORIGIN).or_else(|| said(header::REFERER)) else { return Self::Unsaid };
        let host = page.split_once("://").and_then(|(_, rest)| rest.split('/').next());
        if host == Some(request.connection_info().host()) { Self::Ours } else { Self::Foreign }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::Sender;

    #[test]
    fn only_a_page_that_names_our_host_is_ours() {
        let sent = |name: &'static str, value: &'static str| {
            let request = TestRequest::post().insert_header(("host", "yinling.example:8080"));
            Sender::of(&request.insert_header((name, value)).to_http_request())
        };
        assert_eq!(sent("origin", "https://yinling.example:8080"), Sender::Ours);
        assert_eq!(sent("referer", "https://yinling.example:8080/aid/apply?x"), Sender::Ours);
        for foreign in [
            "null",
            "",
            "https://evil.example",
            "https://yinling.example:8080.evil.example",
            "https://evil.example/yinling.example:8080",
        ] {
            assert_eq!(sent("origin", foreign), Sender::Foreign, "{foreign:?}");
        }
        assert_eq!(sent("x-other", "1"), Sender::Unsaid);
    }
}
