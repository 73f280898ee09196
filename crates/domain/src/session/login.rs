//! Against forged sign-ins: a sign-in page gets a secret in a cookie and a nonce in the page; the exchange of
//! the platform's code is accepted only from a browser that has both. So nobody can make somebody else's
//! browser sign in as himself. No rows: the platform's code is good only once anyway, and a province opens
//! the page on the same morning.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};

use super::token::{NoRandomness, Token};

/// How long a sign-in page may stay open. The platform's code lives five minutes; old phones are slow.
pub const GOOD_FOR: TimeDelta = TimeDelta::minutes(30);

/// A sign-in that has begun.
#[derive(Debug)]
pub struct Begun {
    /// For the short-lived cookie.
    pub cookie: Token,
    /// For the page, `<seconds>.<tag>`.
    pub nonce: String,
}

/// Begins one.
pub fn begin(now: DateTime<Utc>) -> Result<Begun, NoRandomness> {
    let cookie = Token::fresh()?;
    let nonce = nonce(&cookie, now);
    Ok(Begun { cookie, nonce })
}

/// A nonce for a browser that has the cookie already (a second tab must not spoil the first).
pub fn nonce(cookie: &Token, now: DateTime<Utc>) -> String {
    let seconds = now.timestamp();
    format!("{seconds}.{}", URL_SAFE_NO_PAD.encode(cookie.mac(&message(seconds)).as_ref()))
}

/// Do cookie and nonce belong together, and is the page not too old?
pub fn accepts(cookie: &Token, nonce: &str, now: DateTime<Utc>) -> bool {
    let Some((seconds, tag)) = nonce.split_once('.') else { return false };
    let Ok(seconds) = seconds.parse::<i64>() else { return false };
    let Some(begun) = DateTime::from_timestamp(seconds, 0) else { return false };
    let age = now.signed_duration_since(begun);
    (TimeDelta::seconds(-60)..=GOOD_FOR).contains(&age) && cookie.verifies(&message(seconds), tag)
}

fn message(seconds: i64) -> Vec<u8> {
    format!("login|{seconds}").into_bytes()
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone, Utc};

    use super::{GOOD_FOR, accepts, begin};

    #[test]
    fn only_the_browser_that_opened_the_page_signs_in() {
        let now = Utc.with_ymd_and_hms(2026, 11, 2, 1, 0, 0).unwrap();
        let (mine, other) = (begin(now).unwrap(), begin(now).unwrap());
        assert!(accepts(&mine.cookie, &mine.nonce, now + TimeDelta::minutes(5)));
        assert!(!accepts(&mine.cookie, &other.nonce, now));
        assert!(!accepts(&mine.cookie, &mine.nonce, now + GOOD_FOR + TimeDelta::seconds(1)));
        assert!(!accepts(&mine.cookie, &mine.nonce, now - TimeDelta::minutes(5)), "from the future");
        let later = mine.nonce.replacen(&now.timestamp().to_string(), &(now.timestamp() + 60).to_string(), 1);
        assert!(!accepts(&mine.cookie, &later, now), "the time is part of what is signed");
        for bad in ["", ".", "1.", "x.y", mine.cookie.csrf().as_str()] {
            assert!(!accepts(&mine.cookie, bad, now), "{bad:?}");
        }
    }
}
