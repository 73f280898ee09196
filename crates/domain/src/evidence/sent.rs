//! A file that came, after it was looked at.

use attachment::Examined;
use chrono::{DateTime, TimeDelta, Utc};
use ring::digest::{SHA256, digest};

use crate::calendar;

/// So many papers of one case, draft or mandate.
pub const MOST: u64 = 20;

/// A file that came, and what of it may be kept.
#[derive(Clone, Debug)]
pub struct Sent {
    pub(super) examined: Examined,
    pub(super) sha256: String,
    pub(super) bytes: usize,
}

impl Sent {
    /// From the bytes as they came, and what looking at them has shown.
    pub fn of(bytes: &[u8], examined: Examined) -> Self {
        Self { sha256: sha256(bytes), bytes: bytes.len(), examined }
    }

    /// When it was taken. A clock that is ahead, or was never set, says nothing.
    pub(super) fn taken_at(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let said = self.examined.taken.map(|taken| match taken.offset {
            Some(minutes) => taken.local.and_utc() - TimeDelta::minutes(minutes.into()),
            None => calendar::utc(taken.local.date(), taken.local.time()),
        });
        said.filter(|at| *at <= now && *at > now - TimeDelta::days(20 * 365)).unwrap_or(now)
    }
}

/// In hex.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex::encode(digest(&SHA256, bytes))
}

#[cfg(test)]
mod tests {
    use attachment::{Examined, Kind, Taken};
    use chrono::{DateTime, NaiveDate, TimeZone, Utc};

    use super::Sent;

    fn taken(hour: u32, year: i32, offset: Option<i32>) -> DateTime<Utc> {
        let local = NaiveDate::from_ymd_opt(year, 11, 24).unwrap().and_hms_opt(hour, 0, 0).unwrap();
        let examined = Examined {
            kind: Kind::Jpeg,
            bytes: Vec::new(),
            taken: Some(Taken { local, offset }),
            size: None,
            pages: None,
            was_read: false,
            small: None,
        };
        Sent::of(b"x", examined).taken_at(now())
    }

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 24, 2, 0, 0).unwrap()
    }

    #[test]
    fn a_camera_without_a_zone_shows_the_provinces_time_and_one_that_is_ahead_nothing() {
        let nine = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
        assert_eq!(taken(9, 2026, None), nine);
        assert_eq!(taken(10, 2026, Some(540)), nine);
        for (hour, year) in [(11, 2026), (9, 2027), (9, 1980)] {
            assert_eq!(taken(hour, year, None), now(), "{year} {hour}");
        }
    }
}
