//! A form that was sent: by somebody signed in, from a page of ours. When the session has ended, the form is kept and comes back after a
//! silent sign-in, so that nothing typed is lost.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use serde::de::DeserializeOwned;

use super::SignedIn;
use crate::page::PageError;

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
            let body = body.await.or(Err(PageError::Stale))?;
            let text = String::from_utf8(body.to_vec()).or(Err(PageError::Stale))?;
            let Some(by) = SignedIn::read(&request).await? else {
                return Err(PageError::NotSignedIn { to: request.path().to_owned(), form: Some(text) });
            };
            let fields: Vec<(String, String)> = web::Query::<Vec<(String, String)>>::from_query(&text)
                .or(Err(PageError::Stale))?
                .into_inner();
            let token = fields.iter().find(|(name, _)| name == TOKEN).map(|(_, value)| value.as_str());
            if !from_here(&request) || !token.is_some_and(|token| by.token.accepts(token)) {
                return Err(PageError::Stale);
            }
            let form = web::Query::<T>::from_query(&text).or(Err(PageError::Stale))?.into_inner();
            Ok(Self { by, form })
        })
    }
}

/// A browser that names an origin names ours. Old ones name none; the token is what counts.
fn from_here(request: &HttpRequest) -> bool {
    let Some(origin) = request.headers().get(header::ORIGIN).and_then(|origin| origin.to_str().ok()) else {
        return true;
    };
    let host = request.connection_info().host().to_owned();
    origin == "null" || origin.rsplit_once("://").is_some_and(|(_, named)| named == host)
}
