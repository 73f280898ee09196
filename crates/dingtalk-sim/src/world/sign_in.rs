//! Tokens of the app, and the ways in which people sign in to it.

use chrono::{DateTime, Utc};

use crate::config::CodeKind;
use crate::world::{Person, PersonToken, Refusal, Tenancy, Token};

impl Tenancy {
    pub(crate) fn issue_token(&mut self, now: DateTime<Utc>) -> Token {
        self.credentials.issue_token(&mut self.ids, now)
    }

    pub(crate) fn check_token(&self, value: Option<&str>, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.credentials.check_token(value, now)
    }

    pub(crate) fn expire_token(&mut self) {
        self.credentials.expire_token();
    }

    /// A code for somebody who is in the tenant now.
    pub(crate) fn issue_code(
        &mut self,
        userid: &str,
        kind: CodeKind,
        now: DateTime<Utc>,
    ) -> Result<String, Refusal> {
        let person = self.directory.person(userid)?;
        if kind == CodeKind::BackOffice && person.entry.admin.is_none() {
            return Err(Refusal::Parameter(format!("{userid} does not administer the organisation")));
        }
        Ok(self.credentials.issue_code(userid, kind, &mut self.ids, now))
    }

    /// Whoever left between asking and signing in is refused like a wrong code.
    pub(crate) fn redeem_code(
        &mut self,
        code: &str,
        kind: CodeKind,
        now: DateTime<Utc>,
    ) -> Result<Person, Refusal> {
        let userid = self.credentials.redeem_code(code, kind, now)?;
        self.directory.person(&userid).cloned().map_err(|_gone| Refusal::BadCode)
    }

    /// A token of the person who brought a code.
    pub(crate) fn person_token(&mut self, code: &str, now: DateTime<Utc>) -> Result<PersonToken, Refusal> {
        let person = self.redeem_code(code, CodeKind::Oauth, now)?;
        Ok(self.credentials.issue_person_token(&person.userid, &mut self.ids, now))
    }

    /// A token of the person whose refresh token this is.
    pub(crate) fn person_token_again(
        &mut self,
        refresh: &str,
        now: DateTime<Utc>,
    ) -> Result<PersonToken, Refusal> {
        let userid = self.credentials.refreshed(refresh, now)?;
        self.directory.person(&userid).map_err(|_gone| Refusal::BadCode)?;
        Ok(self.credentials.issue_person_token(&userid, &mut self.ids, now))
    }

    pub(crate) fn person_of_token(
        &self,
        token: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<&Person, Refusal> {
        let userid = self.credentials.person_of(token, now)?;
        self.directory.person(userid).map_err(|_gone| Refusal::TokenInvalid)
    }

    pub(crate) fn sso_token(&mut self, now: DateTime<Utc>) -> Token {
        self.credentials.issue_sso_token(&mut self.ids, now)
    }

    pub(crate) fn check_sso_token(&self, token: Option<&str>, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.credentials.check_sso_token(token, now)
    }

    pub(crate) fn ticket(&mut self, now: DateTime<Utc>) -> (String, i64) {
        self.credentials.issue_ticket(&mut self.ids, now)
    }
}
