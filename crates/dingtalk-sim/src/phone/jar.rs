//! A cookie jar for one site. It honours what the product relies on: path, expiry, and the name prefixes.

use actix_web::cookie::{Cookie, Expiration};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Jar(Vec<Kept>);

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    name: String,
    value: String,
    path: String,
    /// Absent for a cookie that lives as long as the webview.
    expires_at: Option<DateTime<Utc>>,
}

/// Why a webview would not keep a cookie.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Dropped {
    #[error("it cannot be parsed")]
    Unreadable,
    #[error("{0} must be Secure, with Path=/ and no Domain")]
    HostPrefix(String),
    #[error("{0} must be Secure")]
    SecurePrefix(String),
    #[error("{0} is SameSite=None and not Secure")]
    SameSiteNone(String),
}

impl Jar {
    /// Takes one `Set-Cookie` header of the answer to a request for `request_path`.
    pub(crate) fn store(
        &mut self,
        header: &str,
        request_path: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Dropped> {
        let cookie = Cookie::parse(header).map_err(|_unreadable| Dropped::Unreadable)?;
        check(&cookie)?;
        let path = match cookie.path() {
            Some(path) if path.starts_with('/') => path.to_owned(),
            _ => directory(request_path).to_owned(),
        };
        self.0.retain(|kept| kept.name != cookie.name() || kept.path != path);
        let expires_at = expiry(&cookie, now);
        if expires_at.is_none_or(|at| at > now) {
            let (name, value) = (cookie.name().to_owned(), cookie.value().to_owned());
            self.0.push(Kept { name, value, path, expires_at });
        }
        Ok(())
    }

    /// The `Cookie` header for a request, longest path first.
    pub(crate) fn header(&self, request_path: &str, now: DateTime<Utc>) -> Option<String> {
        let mut fitting: Vec<_> = self
            .0
            .iter()
            .filter(|kept| kept.expires_at.is_none_or(|at| at > now) && covers(&kept.path, request_path))
            .collect();
        fitting.sort_by_key(|kept| std::cmp::Reverse(kept.path.len()));
        let pairs: Vec<_> = fitting.iter().map(|kept| format!("{}={}", kept.name, kept.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

fn check(cookie: &Cookie<'_>) -> Result<(), Dropped> {
    let name = cookie.name();
    let secure = cookie.secure() == Some(true);
    let host_only = cookie.domain().is_none() && cookie.path() == Some("/");
    if name.starts_with("__Host-") && !(secure && host_only) {
        return Err(Dropped::HostPrefix(name.to_owned()));
    }
    if name.starts_with("__Secure-") && !secure {
        return Err(Dropped::SecurePrefix(name.to_owned()));
    }
    if cookie.same_site() == Some(actix_web::cookie::SameSite::None) && !secure {
        return Err(Dropped::SameSiteNone(name.to_owned()));
    }
    Ok(())
}

/// Max-Age wins over Expires, as in browsers. Both are read on the tenant's clock, which the app follows.
fn expiry(cookie: &Cookie<'_>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if let Some(age) = cookie.max_age() {
        return Some(now + TimeDelta::seconds(age.whole_seconds()));
    }
    match cookie.expires() {
        Some(Expiration::DateTime(at)) => DateTime::from_timestamp(at.unix_timestamp(), 0),
        Some(Expiration::Session) | None => None,
    }
}

fn directory(path: &str) -> &str {
    match path.rfind('/') {
        Some(0) | None => "/",
        Some(end) => path.get(..end).unwrap_or("/"),
    }
}

fn covers(cookie_path: &str, request_path: &str) -> bool {
    match request_path.strip_prefix(cookie_path) {
        Some(rest) => rest.is_empty() || cookie_path.ends_with('/') || rest.starts_with('/'),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn jar(headers: &[&str]) -> Jar {
        let mut jar = Jar::default();
        for header in headers {
            jar.store(header, "/aid/apply", NOW).unwrap();
        }
        jar
    }

    #[test]
    fn a_cookie_goes_where_its_path_says() {
        let jar = jar(&["a=1; Path=/", "b=2", "c=3; Path=/branch"]);
        assert_eq!(jar.header("/aid/show", NOW).unwrap(), "b=2; a=1");
        assert_eq!(jar.header("/branch/1", NOW).unwrap(), "c=3; a=1");
        assert_eq!(jar.header("/branches", NOW).unwrap(), "a=1");
    }

    #[test]
    fn a_cookie_ends_by_age_or_by_date() {
        let mut jar = jar(&["a=1; Max-Age=60", "b=2; Expires=Thu, 01 Jan 1970 01:00:00 GMT"]);
        assert_eq!(jar.header("/aid/x", NOW).unwrap(), "a=1; b=2");
        assert_eq!(jar.header("/aid/x", NOW + TimeDelta::seconds(60)).unwrap(), "b=2");
        assert_eq!(jar.header("/aid/x", NOW + TimeDelta::hours(1)), None);
        jar.store("b=; Max-Age=0", "/aid/apply", NOW).unwrap();
        assert_eq!(jar.header("/aid/x", NOW).unwrap(), "a=1");
    }

    #[test]
    fn the_host_prefix_is_a_promise() {
        let mut jar = Jar::default();
        let refused = Err(Dropped::HostPrefix("__Host-s".to_owned()));
        assert_eq!(jar.store("__Host-s=1; Path=/", "/", NOW), refused);
        assert_eq!(jar.store("__Host-s=1; Secure; Path=/aid", "/", NOW), refused);
        assert_eq!(jar.store("__Host-s=1; Secure; Path=/; Domain=example.org", "/", NOW), refused);
        assert_eq!(jar.header("/", NOW), None);
        assert_eq!(jar.store("__Host-s=1; Secure; HttpOnly; Path=/", "/", NOW), Ok(()));
        assert_eq!(jar.header("/", NOW).unwrap(), "__Host-s=1");
    }
}
