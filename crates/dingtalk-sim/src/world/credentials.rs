//! Access tokens of the app, the codes with which a person signs in to it, and what such a code is changed for.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::config::{self, CodeKind};
use crate::world::{Ids, Refusal};

const TOKEN_LIFE: TimeDelta = TimeDelta::seconds(7200);
const SSO_TOKEN_LIFE: TimeDelta = TimeDelta::seconds(3600);
const CODE_LIFE: TimeDelta = TimeDelta::minutes(5);
const REFRESH_LIFE: TimeDelta = TimeDelta::days(30);
/// However often a ticket is asked for, it does not live longer.
const TICKET_LIFE: TimeDelta = TimeDelta::hours(24);

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Token {
    pub(crate) value: String,
    pub(crate) expires_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Code {
    userid: String,
    /// A code of the world file has no end.
    expires_at: Option<DateTime<Utc>>,
    #[serde(default)]
    kind: CodeKind,
}

/// The token of a person who signed in with a browser.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PersonToken {
    pub(crate) value: String,
    pub(crate) refresh: String,
    pub(crate) userid: String,
    expires_at: DateTime<Utc>,
    refresh_until: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Ticket {
    value: String,
    made_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Credentials {
    token: Option<Token>,
    codes: BTreeMap<String, Code>,
    /// Codes of the world file that were used.
    #[serde(default)]
    spent: BTreeSet<String>,
    #[serde(default)]
    people: Vec<PersonToken>,
    #[serde(default)]
    sso: Option<Token>,
    #[serde(default)]
    ticket: Option<Ticket>,
}

impl Credentials {
    /// Asking again while the token is valid answers the same one and prolongs it.
    pub(crate) fn issue_token(&mut self, ids: &mut Ids, now: DateTime<Utc>) -> Token {
        prolong(&mut self.token, TOKEN_LIFE, ids, now)
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

    pub(crate) fn issue_code(
        &mut self,
        userid: &str,
        kind: CodeKind,
        ids: &mut Ids,
        now: DateTime<Utc>,
    ) -> String {
        self.codes.retain(|_, code| code.expires_at.is_none_or(|at| at > now));
        let code = ids.word(32);
        let expires_at = Some(now + CODE_LIFE);
        self.codes.insert(code.clone(), Code { userid: userid.to_owned(), expires_at, kind });
        code
    }

    /// Codes that are known beforehand; one that was used does not come back.
    pub(crate) fn fix(&mut self, code: &config::Code) {
        if !self.spent.contains(&code.code) {
            let fixed = Code { userid: code.userid.clone(), expires_at: None, kind: code.kind };
            self.codes.insert(code.code.clone(), fixed);
        }
    }

    /// A code opens once, and only where it belongs.
    pub(crate) fn redeem_code(
        &mut self,
        code: &str,
        kind: CodeKind,
        now: DateTime<Utc>,
    ) -> Result<String, Refusal> {
        if self.codes.get(code).is_none_or(|code| code.kind != kind) {
            return Err(Refusal::BadCode);
        }
        let text = code;
        let code = self.codes.remove(text).ok_or(Refusal::BadCode)?;
        match code.expires_at {
            Some(at) if at <= now => Err(Refusal::BadCode),
            Some(_) => Ok(code.userid),
            None => {
                self.spent.insert(text.to_owned());
                Ok(code.userid)
            }
        }
    }

    /// A person has one token at a time; asking again while it is valid prolongs it.
    pub(crate) fn issue_person_token(
        &mut self,
        userid: &str,
        ids: &mut Ids,
        now: DateTime<Utc>,
    ) -> PersonToken {
        let held = self.people.iter().position(|token| token.userid == userid);
        let held = held.map(|index| self.people.swap_remove(index));
        let mut token = held.filter(|token| token.expires_at > now).unwrap_or_else(|| PersonToken {
            value: ids.word(32),
            refresh: ids.word(32),
            userid: userid.to_owned(),
            expires_at: now,
            refresh_until: now,
        });
        token.expires_at = now + TOKEN_LIFE;
        token.refresh_until = now + REFRESH_LIFE;
        self.people.push(token.clone());
        token
    }

    /// Whose refresh token this is.
    pub(crate) fn refreshed(&self, refresh: &str, now: DateTime<Utc>) -> Result<String, Refusal> {
        let known = |token: &&PersonToken| token.refresh == refresh && token.refresh_until > now;
        self.people.iter().find(known).map(|token| token.userid.clone()).ok_or(Refusal::BadCode)
    }

    /// Whose token this is.
    pub(crate) fn person_of(&self, value: Option<&str>, now: DateTime<Utc>) -> Result<&str, Refusal> {
        let value = value.ok_or(Refusal::TokenMissing)?;
        match self.people.iter().find(|token| token.value == value) {
            Some(token) if token.expires_at > now => Ok(&token.userid),
            Some(_) => Err(Refusal::PersonTokenEnded),
            None => Err(Refusal::TokenInvalid),
        }
    }

    pub(crate) fn issue_sso_token(&mut self, ids: &mut Ids, now: DateTime<Utc>) -> Token {
        prolong(&mut self.sso, SSO_TOKEN_LIFE, ids, now)
    }

    pub(crate) fn check_sso_token(&self, value: Option<&str>, now: DateTime<Utc>) -> Result<(), Refusal> {
        match &self.sso {
            Some(token) if Some(token.value.as_str()) == value && token.expires_at > now => Ok(()),
            _ => Err(Refusal::SsoToken),
        }
    }

    /// The ticket, and its remaining seconds.
    pub(crate) fn issue_ticket(&mut self, ids: &mut Ids, now: DateTime<Utc>) -> (String, i64) {
        let held = self.ticket.take().filter(|ticket| ticket.expires_at > now);
        let mut ticket =
            held.unwrap_or_else(|| Ticket { value: ids.word(64), made_at: now, expires_at: now });
        ticket.expires_at = (now + TOKEN_LIFE).min(ticket.made_at + TICKET_LIFE);
        let told = (ticket.value.clone(), (ticket.expires_at - now).num_seconds());
        self.ticket = Some(ticket);
        told
    }
}

fn prolong(held: &mut Option<Token>, life: TimeDelta, ids: &mut Ids, now: DateTime<Utc>) -> Token {
    let expires_at = now + life;
    let value = match held.take() {
        Some(token) if token.expires_at > now => token.value,
        _ => ids.word(32),
    };
    held.insert(Token { value, expires_at }).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_opens_once_and_for_five_minutes_and_only_where_it_belongs() {
        let (mut ids, mut credentials) = (Ids::new(1), Credentials::default());
        let (now, kind) = (DateTime::UNIX_EPOCH, CodeKind::SignIn);
        let code = credentials.issue_code("wang", kind, &mut ids, now);
        assert_eq!(credentials.redeem_code(&code, CodeKind::Oauth, now), Err(Refusal::BadCode));
        assert_eq!(credentials.redeem_code(&code, kind, now), Ok("wang".to_owned()));
        assert_eq!(credentials.redeem_code(&code, kind, now), Err(Refusal::BadCode));
        let late = credentials.issue_code("wang", kind, &mut ids, now);
        assert_eq!(credentials.redeem_code(&late, kind, now + CODE_LIFE), Err(Refusal::BadCode));
    }

    #[test]
    fn a_fixed_code_waits_for_ever_and_does_not_come_back() {
        let mut credentials = Credentials::default();
        let (code, userid, kind) = ("fixed-1".to_owned(), "wang".to_owned(), CodeKind::BackOffice);
        let fixed = config::Code { code, userid, kind };
        let late = DateTime::UNIX_EPOCH + TimeDelta::days(9);
        credentials.fix(&fixed);
        assert_eq!(credentials.redeem_code("fixed-1", kind, late), Ok("wang".to_owned()));
        credentials.fix(&fixed);
        assert_eq!(credentials.redeem_code("fixed-1", kind, late), Err(Refusal::BadCode));
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

    #[test]
    fn a_ticket_is_prolonged_for_a_day_and_no_longer() {
        let (mut ids, mut credentials) = (Ids::new(1), Credentials::default());
        let now = DateTime::UNIX_EPOCH;
        let (first, life) = credentials.issue_ticket(&mut ids, now);
        assert_eq!(life, 7200);
        for hour in 1..24 {
            let (same, life) = credentials.issue_ticket(&mut ids, now + TimeDelta::hours(hour));
            assert_eq!((&same, life), (&first, if hour == 23 { 3600 } else { 7200 }));
        }
        assert_ne!(credentials.issue_ticket(&mut ids, now + TICKET_LIFE).0, first);
    }
}
