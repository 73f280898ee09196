//! The app's access token: fetched once for all who wait, renewed before it ends.
//!
//! Asking again while a token is valid returns the same one with a longer life, so several processes may hold it.

use chrono::{DateTime, Duration, Utc};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

/// `POST /v1.0/oauth2/accessToken`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenRequest {
    /// Client id.
    pub app_key: String,
    /// Client secret.
    pub app_secret: String,
}

/// `POST /v1.0/oauth2/accessToken`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenAnswer {
    /// At most 512 characters in practice; the length is not fixed.
    pub access_token: String,
    /// Seconds, 7200.
    pub expire_in: i64,
}

/// Renew this long before the end.
const EARLY: Duration = Duration::seconds(300);

#[derive(Clone)]
struct Held {
    token: SecretString,
    renew_at: DateTime<Utc>,
    generation: u64,
}

/// The cache. The lock is held while fetching, so that all who need a token wait for one fetch.
#[derive(Default)]
pub(crate) struct TokenCache(Mutex<Option<Held>>);

impl TokenCache {
    /// The token, and its generation for [`Self::refused`].
    pub(crate) async fn get<E>(
        &self,
        now: DateTime<Utc>,
        fetch: impl AsyncFnOnce() -> Result<TokenAnswer, E>,
    ) -> Result<(SecretString, u64), E> {
        let mut held = self.0.lock().await;
        if let Some(held) = held.as_ref().filter(|held| now < held.renew_at) {
            return Ok((held.token.clone(), held.generation));
        }
        let answer = fetch().await?;
        let generation = held.as_ref().map_or(0, |held| held.generation) + 1;
        let life = Duration::seconds(answer.expire_in);
        // A token that lives shorter than the margin is still used for half of its life.
        let renew_at = now + if life > EARLY * 2 { life - EARLY } else { life / 2 };
        let token = SecretString::from(answer.access_token);
        *held = Some(Held { token: token.clone(), renew_at, generation });
        Ok((token, generation))
    }

    /// The platform refused the token of this generation. A newer one, fetched by somebody else meanwhile, stays.
    pub(crate) async fn refused(&self, generation: u64) {
        let mut held = self.0.lock().await;
        if let Some(held) = held.as_mut().filter(|held| held.generation == generation) {
            held.renew_at = DateTime::<Utc>::MIN_UTC;
        }
    }
}
