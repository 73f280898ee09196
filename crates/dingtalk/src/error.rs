//! Errors by what the caller can do about them.

use std::time::Duration;

/// Why a call brought no result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The platform understood and said no. Repeating it says no again.
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
    /// An answer that fits no documented shape.
    #[error("the platform's answer was not understood (at {at})")]
    NotUnderstood {
        /// Which field, or which part.
        at: String,
        /// The reader's complaint.
        #[source]
        source: Option<serde_json::Error>,
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
    /// Find out whether it was carried out before trying again.
    FindOut,
    /// The same call will fail again: somebody must look.
    GiveUp,
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

    /// A short text for a column: no message bodies, no personal data.
    pub fn code(&self) -> String {
        match self {
            Self::Refused { code, .. } | Self::RetryAfter { code, .. } => code.clone(),
            Self::Unavailable(_) => "unavailable".to_owned(),
            Self::Unknown(_) => "unknown".to_owned(),
            Self::NotUnderstood { at, .. } => format!("not understood at {at}"),
            Self::NotSent(why) => (*why).to_owned(),
        }
    }

    /// Did the platform refuse the access token (on either host)? Then a new one is fetched and the call repeated once.
    pub(crate) fn token_refused(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if matches!(code.as_str(),
            "40014" | "42001" | "40001" | "41001" | "33001" | "InvalidAuthentication" | "invalidToken" | "accesstoken.expired"))
    }
}

/// Sorts a refusal's code into the class that says what to do. Source: the platform's list of global error codes.
pub(crate) fn classify(
    code: String,
    message: String,
    request_id: String,
    required_scopes: Vec<String>,
) -> Error {
    let seconds = |s| Duration::from_secs(s);
    match code.as_str() {
        // Application and interface per second, per minute; all applications together; the older frequency codes.
        "90018"
        | "90002"
        | "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"
        | "Forbidden.AccessDenied.QpsLimitForApi" => Error::RetryAfter { after: seconds(1), code },
        "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi" => Error::RetryAfter { after: seconds(60), code },
        "90001" | "90003" | "90004" | "90005" | "90006" | "90007" | "90008" | "90009" | "90010" | "90011"
        | "90012" | "90013" | "90014" | "90015" | "90016" | "90017" | "systemBusy" | "send.too.fast"
        | "410100" => Error::RetryAfter { after: seconds(10), code },
        "-1" | "15" | "500" | "1002" | "systemError" | "system.busy" | "SYSTEM BUSY" => {
            Error::Unavailable(None)
        }
        // Among them the quota of the month (90020, ApiCountLimitForOrg): only the next month or a purchase helps.
        _ => Error::Refused { code, message, request_id, required_scopes },
    }
}

/// The per-address ban of five minutes, announced by an odd body instead of an error code.
pub(crate) fn banned() -> Error {
    Error::RetryAfter { after: Duration::from_mins(5), code: "address banned".to_owned() }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Advice, Error, banned, classify};

    fn of(code: &str) -> Error {
        classify(code.to_owned(), String::new(), String::new(), Vec::new())
    }

    #[test]
    fn every_class_of_the_platforms_codes_has_its_advice() {
        let wait = |s| Advice::Retry(Duration::from_secs(s));
        let table = [
            ("90018", wait(1)),
            ("90002", wait(1)),
            ("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", wait(1)),
            ("Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", wait(60)),
            ("90006", wait(10)),
            ("-1", wait(5)),
            ("systemError", wait(5)),
            ("90020", Advice::GiveUp),
            ("Forbidden.AccessDenied.ApiCountLimitForOrg", Advice::GiveUp),
            ("60011", Advice::GiveUp),
            ("60020", Advice::GiveUp),
            ("400002", Advice::GiveUp),
            ("40078", Advice::GiveUp),
        ];
        for (code, advice) in table {
            assert_eq!(of(code).advice(), advice, "{code}");
        }
        assert_eq!(banned().advice(), wait(300));
        assert_eq!(Error::Unknown(None).advice(), Advice::FindOut);
    }

    #[test]
    fn a_refused_token_is_known_on_both_hosts() {
        for code in ["40014", "42001", "InvalidAuthentication"] {
            assert!(of(code).token_refused(), "{code}");
        }
        assert!(!of("60011").token_refused());
    }
}
