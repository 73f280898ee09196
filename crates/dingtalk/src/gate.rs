//! What every call passes: the limiter before it, and what the answer says to those who share the limiter after it.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use ring::digest;

use crate::{
    codes::{self, Class},
    envelope,
    error::Error,
    http::Answer,
    limits::{Call, Heard, Limiter, Metered, OWN_PACE, OWN_QUOTA, Verdict},
};

pub(crate) struct Gate {
    limiter: Arc<dyn Limiter>,
    patience: Duration,
}

impl Gate {
    /// `patience` is the longest time that one call waits for its turn.
    pub(crate) fn new(limiter: Arc<dyn Limiter>, patience: Duration) -> Self {
        Self { limiter, patience }
    }

    /// Sends when the limiter lets it go.
    pub(crate) async fn pass(
        &self,
        method: &str,
        path: &str,
        subject: Option<String>,
        clock: &(dyn Fn() -> DateTime<Utc> + Send + Sync),
        send: impl Future<Output = Result<Answer, Error>> + Send,
    ) -> Result<Answer, Error> {
        let call = Call { api: Metered::of(method, path), subject, at: clock() };
        self.wait(&call).await?;
        let outcome = send.await;
        if let Some(what) = heard(&outcome) {
            self.limiter.heard(&call, what).await;
        }
        outcome
    }

    async fn wait(&self, call: &Call) -> Result<(), Error> {
        let mut waited = Duration::ZERO;
        loop {
            match self.limiter.ask(call).await {
                Verdict::Go => return Ok(()),
                Verdict::Wait(after) if waited + after <= self.patience => {
                    waited += after;
                    pause(after).await;
                }
                Verdict::Wait(after) => {
                    return Err(Error::RetryAfter { after, code: OWN_PACE.to_owned() });
                }
                Verdict::UsedUp => {
                    return Err(Error::Refused {
                        code: OWN_QUOTA.to_owned(),
                        message: "this month's calls are used up by our own count".to_owned(),
                        request_id: String::new(),
                        required_scopes: Vec::new(),
                    });
                }
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one wait of the client: its turn within the same seconds")]
async fn pause(time: Duration) {
    tokio::time::sleep(time).await;
}

fn heard(outcome: &Result<Answer, Error>) -> Option<Heard> {
    let answer = match outcome {
        Ok(answer) => answer,
        Err(Error::Unavailable(_)) => return Some(Heard::NotCounted),
        Err(_) => return None,
    };
    match envelope::error_of(answer)? {
        error if error.is_ban() => Some(Heard::Banned),
        Error::RetryAfter { .. } => Some(Heard::NotCounted),
        Error::Refused { code, .. } if codes::class(&code) == Class::Quota => Some(Heard::UsedUp),
        _ => None,
    }
}

/// A mark that tells one webhook from another and gives neither away.
pub(crate) fn mark(url: &str) -> String {
    let digest = digest::digest(&digest::SHA256, url.as_bytes());
    hex::encode(digest.as_ref().get(..8).unwrap_or_default())
}
