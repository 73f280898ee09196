//! Who reads: an extractor, so that a page without it is a page for everybody.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use domain::{
    account::{self, Account, AccountLink, TextSize, mandate::Matter},
    authority::{Grants, Held, Myself, Place, Proof, Secretary},
    branch::officer,
    ids::{AccountLinkId, BranchId, PersonId},
    person,
    second_factor::{self, Stand},
    session::{Session, Token, commands::close, store},
};

use super::cookie;
use crate::{
    app::App,
    desk,
    page::{Frame, PageError, Said, Using},
};

/// A login of the tenant with a live session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The login.
    pub account: Account,
    /// The session's token, of which forms' tokens are made.
    pub token: Token,
    session: Session,
    mandates: Vec<AccountLink>,
    acting: Option<Acting>,
    /// What the login holds, on the pages of the desk.
    held: Option<Grants>,
    app: web::Data<App>,
    request: HttpRequest,
}

/// For whom a session is used, when it is not for the login's owner.
#[derive(Clone, Debug)]
pub struct Acting {
    /// Under which mandate.
    pub link: AccountLinkId,
    /// For whom.
    pub person: PersonId,
    name: String,
}

impl SignedIn {
    /// The session, for commands about it.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// For whom this session is used, if it was said on the page for that and the mandate is in force.
    pub fn acting(&self) -> Option<&Acting> {
        self.acting.as_ref()
    }

    /// The person for whom this session is used in a matter: the login's own, or the one for whom somebody said that he uses it.
    pub async fn acts(&self, matter: Matter) -> Result<Myself, PageError> {
        let Some(acting) = &self.acting else { return self.myself().await };
        let (app, now) = (&self.app, self.app.clock.now());
        let found = Myself::acting_for(&app.db, &self.account.id, (acting.person, matter), now).await?;
        found.ok_or_else(|| PageError::Refused(format!("这件事（{}）没有委托您办。", matter.label())))
    }

    /// May this login act for somebody at all?
    pub fn is_shared(&self) -> bool {
        !self.mandates.is_empty()
    }

    /// Ends the session.
    pub(super) async fn leave(&self) -> Result<(), PageError> {
        Ok(close(&self.app.db, &self.app.cx, &self.session, self.app.clock.now()).await?)
    }

    /// The frame of a page for this reader.
    pub fn frame(&self) -> Frame {
        let frame = Frame::new(&self.app, self.account.text_size, self.token.csrf().as_str().to_owned());
        let reader = self.account.name.clone();
        let acting = self.acting.as_ref().map(|acting| acting.name.clone());
        let using = self.is_shared().then_some(Using { acting });
        let frame = match &self.held {
            Some(grants) => frame.held_by(grants),
            None => frame,
        };
        Frame { said: Said::of(&self.request), reader, using, ..frame.seen_by(&self.request) }
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
        if let Some(grants) = &self.held {
            return Ok(grants.clone());
        }
        Ok(Grants::of(&self.app.db, &self.account.id, self.app.clock.now()).await?)
    }

    /// What an act of high risk asks of this session before it is done.
    pub(crate) async fn stand(&self) -> Result<Stand, PageError> {
        let (app, grants) = (&self.app, self.grants().await?);
        let required = app.config.second_factor.required;
        Ok(second_factor::stand(&app.db, (&self.session, &grants), required, app.clock.now()).await?)
    }

    /// Is this a page of the desk, and has the reader any work there?
    pub(crate) fn is_at_desk(&self) -> bool {
        self.held.as_ref().is_some_and(|grants| !grants.is_empty())
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
        let (session, account) = (found.session, found.account);
        let mandates = account::store::mandates(&app.db, &account.id, now).await?;
        let acting = match mandates.iter().find(|link| session.acting_link == Some(link.id)) {
            None => None,
            Some(link) => {
                let person = person::store::find(&app.db, link.person_id).await?;
                person.map(|person| Acting { link: link.id, person: person.id, name: person.name })
            }
        };
        let held = if request.path().starts_with("/console") {
            Some(Grants::of(&app.db, &account.id, now).await?)
        } else {
            None
        };
        let (app, request) = (app.clone(), request.clone());
        Ok(Some(Self { account, token, session, mandates, acting, held, app, request }))
    }
}

impl FromRequest for SignedIn {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let to = request.uri().path_and_query().map_or("/home", |path| path.as_str()).to_owned();
            let by = Self::read(&request).await?.ok_or(PageError::NotSignedIn { to, form: None })?;
            // What the address says of itself holds before its own rows are looked at.
            match &by.held {
                Some(grants) if !desk::lets_in(request.path(), grants) => Err(PageError::NotFound),
                _ => Ok(by),
            }
        })
    }
}
