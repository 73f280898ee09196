//! Errors by what the caller can do about them.

use std::time::Duration;

use crate::{
    codes::{self, Class},
    limits::ADDRESS_BAN,
};

/// The ban has no code of the platform's.
const BANNED: &str = "address banned";

/// Why a call brought no result. No variant holds a token, an address or a body.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The platform understood and said no. Repeating it says no again; [`Error::cause`] says who can help.
    #[error("refused by the platform: {code} {message} (request {request_id})")]
    Refused {
        /// `errcode` of the old host as text, or `code` of the new one; the sub-code where there is one.
        code: String,
        /// The platform's words, for the log.
        message: String,
        /// What the platform's support asks for.
        request_id: String,
        /// Permission points that are missing, where the platform names them.
        required_scopes: Vec<String>,
    },
    /// Too many calls. The call was not carried out.
    #[error("the platform asks to slow down ({code}); try again in {after:?}")]
    RetryAfter {
        /// How long to wait.
        after: Duration,
        /// The platform's code.
        code: String,
    },
    /// The platform is busy or cannot be reached; the call was not carried out.
    #[error("the platform cannot be reached or is busy")]
    Unavailable(#[source] Option<reqwest::Error>),
    /// The request was on its way when the answer failed to come: it may have been carried out.
    #[error("no answer came; the call may have been carried out")]
    Unknown(#[source] Option<reqwest::Error>),
    /// An answer that fits no documented shape. What it said is not kept: it may name people.
    #[error("the platform's answer (HTTP {status}) was not understood: {at}")]
    NotUnderstood {
        /// The answer's status.
        status: u16,
        /// Which field, or which part.
        at: String,
    },
    /// The caller asked for something that the platform cannot do; nothing was sent.
    #[error("not sent: {0}")]
    NotSent(&'static str),
}

/// What to do about an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// The same call may succeed after the given time.
    Retry(Duration),
    /// Find out whether it was carried out before trying again. For a call that only reads, try again.
    FindOut,
    /// The same call will fail again: somebody must look.
    GiveUp,
}

/// Who can help with an [`Error::Refused`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// What was asked: this person, this form, this parameter. Another request may pass.
    Request,
    /// The sign-in code is used, old or not of this app: the page asks for another.
    SignInCode,
    /// The app itself: its secret, permissions, addresses. Every request of the kind fails until an administrator acts.
    App,
    /// The organisation's quota of the month is used up: the next month, or a purchase.
    Quota,
    /// The signature of a page, as the container's JavaScript reports it: sign again, with a new ticket.
    Page,
    /// The address for events: it exists already, does not answer, or answers wrongly.
    Endpoint,
}

impl Cause {
    /// Who can help with a code that came by another way than an answer, e.g. from a page's `dd.error`.
    pub fn of_code(code: &str) -> Self {
        match codes::class(code) {
            Class::SignInCode => Self::SignInCode,
            Class::Token | Class::App => Self::App,
            Class::Quota | Class::Bought => Self::Quota,
            Class::Page => Self::Page,
            Class::Endpoint => Self::Endpoint,
            Class::Wait(_) | Class::Busy | Class::Unclear | Class::Other => Self::Request,
        }
    }
}

impl Error {
    /// What to do about it.
    pub fn advice(&self) -> Advice {
        match self {
            Self::RetryAfter { after, .. } => Advice::Retry(*after),
            Self::Unavailable(_) => Advice::Retry(Duration::from_secs(5)),
            Self::Unknown(_) => Advice::FindOut,
            Self::Refused { .. } | Self::NotUnderstood { .. } | Self::NotSent(_) => Advice::GiveUp,
        }
    }

    /// Who can help; `None` when the platform did not refuse.
    pub fn cause(&self) -> Option<Cause> {
        let Self::Refused { code, .. } = self else { return None };
        Some(Cause::of_code(code))
    }

    /// A short text for a column: no message bodies, no personal data.
    pub fn code(&self) -> String {
        match self {
            Self::Refused { code, .. } | Self::RetryAfter { code, .. } => code.clone(),
            Self::Unavailable(_) => "unavailable".to_owned(),
            Self::Unknown(_) => "unknown".to_owned(),
            Self::NotUnderstood { at, .. } => format!("not understood: {at}"),
            Self::NotSent(why) => (*why).to_owned(),
        }
    }

    /// Did the platform refuse the access token (on either host)? Then a new one is fetched and the call repeated once.
    pub(crate) fn token_refused(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if codes::class(code) == Class::Token)
    }

    /// Some calls succeed and answer that nothing was done; the platform gives no code for it.
    pub(crate) fn unless_done(done: bool, otherwise: &str) -> Result<(), Self> {
        if done {
            return Ok(());
        }
        Err(Self::Refused {
            code: "result.false".to_owned(),
            message: otherwise.to_owned(),
            request_id: String::new(),
            required_scopes: Vec::new(),
        })
    }

    /// The per-address ban of five minutes, announced by an odd body instead of an error code.
    pub(crate) fn banned() -> Self {
        Self::RetryAfter { after: ADDRESS_BAN, code: BANNED.to_owned() }
    }

    pub(crate) fn is_ban(&self) -> bool {
        matches!(self, Self::RetryAfter { code, .. } if code == BANNED)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cause, Error};

    #[test]
    fn a_refusal_says_who_can_help() {
        let table = [
            ("60121", Cause::Request),
            ("invalidParameter", Cause::Request),
            ("40078", Cause::SignInCode),
            ("40014", Cause::App),
            ("invalidClientIdOrSecret", Cause::App),
            ("60020", Cause::App),
            ("Forbidden.AccessDenied.AccessTokenPermissionDenied", Cause::App),
            ("Forbidden.AccessDenied.IpNotInWhiteList", Cause::App),
            ("90020", Cause::Quota),
            ("Forbidden.AccessDenied.ApiCountLimitForOrg", Cause::Quota),
        ];
        for (code, cause) in table {
            let code = code.to_owned();
            let refused = Error::Refused {
                code,
                message: String::new(),
                request_id: String::new(),
                required_scopes: Vec::new(),
            };
            assert_eq!(refused.cause(), Some(cause), "{refused}");
        }
        assert_eq!(Error::Unknown(None).cause(), None);
    }
}
