//! The app's access token: fetched once for all who wait, renewed before it ends.
//!
//! Asking again while a token is valid returns the same one with a longer life, so several processes may hold it. Page:
//! [获取企业内部应用的accessToken](https://open.dingtalk.com/document/development/obtain-the-access-token-of-an-internal-app).

use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

use chrono::{DateTime, Duration, Utc};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use crate::{error::Error, sealed::shows};

/// `POST /v1.0/oauth2/accessToken`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenRequest {
    /// Client id.
    pub app_key: String,
    /// Client secret.
    pub app_secret: String,
}

shows!(TokenRequest: app_key);

/// `POST /v1.0/oauth2/accessToken`, answer.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenAnswer {
    /// At most 512 characters in practice; the length is not fixed.
    pub access_token: String,
    /// Seconds, 7200.
    pub expire_in: i64,
}

shows!(TokenAnswer: expire_in);

/// Renew this long before the end.
const EARLY: Duration = Duration::seconds(300);

/// A longer life than a day, in seconds, is not believed.
const LONGEST_LIFE: i64 = 86_400;

#[derive(Clone)]
struct Held {
    token: SecretString,
    renew_at: DateTime<Utc>,
    generation: u64,
}

/// The cache. The lock is held while fetching, so that all who need a token wait for one fetch.
#[derive(Default)]
pub(crate) struct TokenCache {
    held: Mutex<Option<Held>>,
    /// How many fetches failed so far.
    failures: AtomicU64,
}

impl TokenCache {
    /// The token, and its generation for [`Self::refused`].
    ///
    /// No call of the caller's has been sent when this fails; therefore it never fails with [`Error::Unknown`].
    pub(crate) async fn get(
        &self,
        clock: &(dyn Fn() -> DateTime<Utc> + Send + Sync),
        fetch: impl Future<Output = Result<TokenAnswer, Error>>,
    ) -> Result<(SecretString, u64), Error> {
        let failures = self.failures.load(SeqCst);
        let mut held = self.held.lock().await;
        let now = clock();
        if let Some(held) = held.as_ref().filter(|held| now < held.renew_at) {
            return Ok((held.token.clone(), held.generation));
        }
        // Somebody fetched in vain while this call waited: it shares the failure, or many would wait for one timeout each.
        if self.failures.load(SeqCst) != failures {
            return Err(Error::Unavailable(None));
        }
        let answer = fetch.await.map_err(|error| {
            self.failures.fetch_add(1, SeqCst);
            match error {
                Error::Unknown(source) => Error::Unavailable(source),
                error => error,
            }
        })?;
        let generation = held.as_ref().map_or(0, |held| held.generation) + 1;
        let life = Duration::seconds(answer.expire_in.clamp(0, LONGEST_LIFE));
        // A token that lives shorter than the margin is still used for half of its life.
        let renew_at = now + (life - EARLY).max(life / 2);
        let token = SecretString::from(answer.access_token);
        *held = Some(Held { token: token.clone(), renew_at, generation });
        Ok((token, generation))
    }

    /// The platform refused the token of this generation. A newer one, fetched by somebody else meanwhile, stays.
    pub(crate) async fn refused(&self, generation: u64) {
        let mut held = self.held.lock().await;
        if let Some(held) = held.as_mut().filter(|held| held.generation == generation) {
            held.renew_at = DateTime::<Utc>::MIN_UTC;
        }
    }
}
