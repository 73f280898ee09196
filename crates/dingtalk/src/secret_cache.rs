//! A secret that the platform lends for a while: fetched once for all who wait, renewed before it ends, dropped when refused.

use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

use chrono::{DateTime, Duration, Utc};
use secrecy::SecretString;
use tokio::sync::Mutex;

use crate::error::Error;

/// Renew this long before the end.
const EARLY: Duration = Duration::seconds(300);

/// A longer life than a day, in seconds, is not believed.
const LONGEST_LIFE: i64 = 86_400;

/// What a fetch brings.
pub(crate) struct Lent {
    pub(crate) secret: String,
    /// Seconds.
    pub(crate) life: i64,
}

#[derive(Clone)]
struct Held {
    secret: SecretString,
    renew_at: DateTime<Utc>,
    generation: u64,
}

/// The cache. The lock is held while fetching, so that all who need the secret wait for one fetch.
#[derive(Default)]
pub(crate) struct SecretCache {
    held: Mutex<Option<Held>>,
    /// How many fetches failed so far.
    failures: AtomicU64,
}

impl SecretCache {
    /// The secret, and its generation for [`Self::refused`].
    ///
    /// No call of the caller's has been sent when this fails; therefore it never fails with [`Error::Unknown`].
    pub(crate) async fn get(
        &self,
        clock: &(dyn Fn() -> DateTime<Utc> + Send + Sync),
        fetch: impl Future<Output = Result<Lent, Error>>,
    ) -> Result<(SecretString, u64), Error> {
        let failures = self.failures.load(SeqCst);
        let mut held = self.held.lock().await;
        let now = clock();
        if let Some(held) = held.as_ref().filter(|held| now < held.renew_at) {
            return Ok((held.secret.clone(), held.generation));
        }
        // Somebody fetched in vain while this call waited: it shares the failure, or many would wait for one timeout each.
        if self.failures.load(SeqCst) != failures {
            return Err(Error::Unavailable(None));
        }
        let lent = fetch.await.map_err(|error| {
            self.failures.fetch_add(1, SeqCst);
            match error {
                Error::Unknown(source) => Error::Unavailable(source),
                error => error,
            }
        })?;
        let generation = held.as_ref().map_or(0, |held| held.generation) + 1;
        let life = Duration::seconds(lent.life.clamp(0, LONGEST_LIFE));
        // A secret that lives shorter than the margin is still used for half of its life.
        let renew_at = now + (life - EARLY).max(life / 2);
        let secret = SecretString::from(lent.secret);
        *held = Some(Held { secret: secret.clone(), renew_at, generation });
        Ok((secret, generation))
    }

    /// The platform refused the secret of this generation. A newer one, fetched by somebody else meanwhile, stays.
    pub(crate) async fn refused(&self, generation: u64) {
        let mut held = self.held.lock().await;
        if let Some(held) = held.as_mut().filter(|held| held.generation == generation) {
            held.renew_at = DateTime::<Utc>::MIN_UTC;
        }
    }

    /// Whatever is held is not used again.
    pub(crate) async fn forget(&self) {
        if let Some(held) = self.held.lock().await.as_mut() {
            held.renew_at = DateTime::<Utc>::MIN_UTC;
        }
    }
}
