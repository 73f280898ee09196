//! Access tokens of the app, and the codes with which a person signs in to it.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::world::{Ids, Refusal};

const TOKEN_LIFE: TimeDelta = TimeDelta::seconds(7200);
const CODE_LIFE: TimeDelta = TimeDelta::minutes(5);

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Token {
    pub(crate) value: String,
    pub(crate) expires_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Code {
    userid: String,
    expires_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Credentials {
    token: Option<Token>,
    codes: BTreeMap<String, Code>,
}

impl Credentials {
    /// Asking again while the token is valid answers the same one and prolongs it.
    pub(crate) fn issue_token(&mut self, ids: &mut Ids, now: DateTime<Utc>) -> Token {
        let expires_at = now + TOKEN_LIFE;
        let value = match self.token.take() {
            Some(token) if token.expires_at > now => token.value,
            _ => ids.word(32),
        };
        self.token.insert(Token { value, expires_at }).clone()
    }

    pub(crate) fn check_token(&self, value: Option<&str>, now: DateTime<Utc>) -> Result<(), Refusal> {
        let value = value.ok_or(Refusal::TokenMissing)?;
        match &self.token {
            Some(token) if token.value == value && token.expires_at > now => Ok(()),
            _ => Err(Refusal::TokenInvalid),
        }
    }

    pub(crate) fn expire_token(&mut self) {
        self.token = None;
    }

    pub(crate) fn issue_code(&mut self, userid: &str, ids: &mut Ids, now: DateTime<Utc>) -> String {
        self.codes.retain(|_, code| code.expires_at > now);
        let code = ids.word(32);
        self.codes.insert(code.clone(), Code { userid: userid.to_owned(), expires_at: now + CODE_LIFE });
        code
    }

    /// A code opens once, whoever asks.
    pub(crate) fn redeem_code(&mut self, code: &str, now: DateTime<Utc>) -> Result<String, Refusal> {
        let code = self.codes.remove(code).filter(|code| code.expires_at > now).ok_or(Refusal::BadCode)?;
        Ok(code.userid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_opens_once_and_for_five_minutes() {
        let (mut ids, mut credentials) = (Ids::new(1), Credentials::default());
        let now = DateTime::UNIX_EPOCH;
        let code = credentials.issue_code("wang", &mut ids, now);
        assert_eq!(credentials.redeem_code(&code, now), Ok("wang".to_owned()));
        assert_eq!(credentials.redeem_code(&code, now), Err(Refusal::BadCode));
        let late = credentials.issue_code("wang", &mut ids, now);
        assert_eq!(credentials.redeem_code(&late, now + CODE_LIFE), Err(Refusal::BadCode));
    }

    #[test]
    fn a_token_is_the_same_until_it_expires() {
        let (mut ids, mut credentials) = (Ids::new(1), Credentials::default());
        let now = DateTime::UNIX_EPOCH;
        let first = credentials.issue_token(&mut ids, now).value;
        let later = now + TimeDelta::seconds(7000);
        assert_eq!(credentials.issue_token(&mut ids, later).value, first);
        assert_eq!(credentials.check_token(Some(&first), now + TimeDelta::seconds(7300)), Ok(()));
        let after = later + TOKEN_LIFE;
        assert_eq!(credentials.check_token(Some(&first), after), Err(Refusal::TokenInvalid));
        assert_ne!(credentials.issue_token(&mut ids, after).value, first);
    }
}
