//! Signing in: people inside the container, administrators in a browser, and administrators who come from the back office.

mod back_office;
mod browser;
mod container;

pub use back_office::{BackOfficeUser, SsoTokenAnswer, SsoTokenRequest};
pub use browser::{Authorise, Me, UserToken, UserTokenRequest, authorise_url};
pub use container::{Auth, CodeRequest, SignedIn};
