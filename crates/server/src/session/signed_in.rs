//! Who reads: an extractor, so that a page without it is a page for everybody.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use domain::{
    account::{Account, TextSize},
    authority::{Grants, Held, Myself, Place, Proof, Secretary},
    branch::officer,
    ids::BranchId,
    session::{Session, Token, commands::close, store},
};

use super::cookie;
use crate::{
    app::App,
    page::{Frame, PageError, Said},
};

/// A login of the tenant with a live session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The login.
    pub account: Account,
    /// The session's token, of which forms' tokens are made.
    pub token: Token,
    session: Session,
    app: web::Data<App>,
    request: HttpRequest,
}

impl SignedIn {
    /// Ends the session.
    pub(super) async fn leave(&self) -> Result<(), PageError> {
        Ok(close(&self.app.db, &self.app.cx, &self.session, self.app.clock.now()).await?)
    }

    /// The frame of a page for this reader.
    pub fn frame(&self) -> Frame {
        let frame = Frame::new(&self.app, self.account.text_size, self.token.csrf().as_str().to_owned());
        let reader = self.account.name.clone();
        Frame { said: Said::of(&self.request), reader, ..frame.seen_by(&self.request) }
    }

    /// How large the reader reads.
    pub fn text_size(&self) -> TextSize {
        self.account.text_size
    }

    /// The person that the login is. Pages about oneself do not exist for a login without one.
    pub async fn myself(&self) -> Result<Myself, PageError> {
        let now = self.app.clock.now();
        Myself::of(&self.app.db, &self.account.id, now).await?.ok_or(PageError::NotFound)
    }

    /// The roles of the login.
    pub async fn grants(&self) -> Result<Grants, PageError> {
        Ok(Grants::of(&self.app.db, &self.account.id, self.app.clock.now()).await?)
    }

    /// The proof that this login may act in a role at a place. Without it, what is there does not exist for the reader.
    pub async fn prove<R: Held>(&self, place: impl Into<Place>) -> Result<Proof<R>, PageError> {
        Proof::among(&self.grants().await?, place).ok_or(PageError::NotFound)
    }

    /// The proof that this login keeps a branch's records.
    pub async fn secretary(&self, branch: BranchId) -> Result<Secretary, PageError> {
        let now = self.app.clock.now();
        officer::prove(&self.app.db, &self.account.id, branch, now).await?.ok_or(PageError::NotFound)
    }

    /// Reads the session of a request. `None`: there is none, or it has ended.
    pub(crate) async fn read(request: &HttpRequest) -> Result<Option<Self>, PageError> {
        let Some(app) = request.app_data::<web::Data<App>>() else {
            return Err(PageError::Broken(anyhow::anyhow!("no application data")));
        };
        let Some(token) = cookie::token(request, cookie::SESSION) else { return Ok(None) };
        let now = app.clock.now();
        let Some(found) = store::find_by_token(&app.db, &token, now).await? else { return Ok(None) };
        store::touch(&app.db, &found.session, now).await?;
        let session = found.session;
        Ok(Some(Self { account: found.account, token, session, app: app.clone(), request: request.clone() }))
    }
}

impl FromRequest for SignedIn {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let to = request.uri().path_and_query().map_or("/home", |path| path.as_str()).to_owned();
            Self::read(&request).await?.ok_or(PageError::NotSignedIn { to, form: None })
        })
    }
}
