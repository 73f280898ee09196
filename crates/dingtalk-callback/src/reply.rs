//! The answer to a push: a word, nearly always `success`, sealed and signed like the push itself.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    crypto::{CannotOpen, Key},
    random, signature,
};

/// The answer's JSON. Note the capital letter in `timeStamp`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reply {
    /// Signature over the other three.
    pub msg_signature: String,
    /// Milliseconds; other libraries write seconds.
    #[serde(rename = "timeStamp", deserialize_with = "text_or_number")]
    pub timestamp: String,
    /// Sixteen letters and digits.
    pub nonce: String,
    /// The sealed word.
    pub encrypt: String,
}

impl Reply {
    /// Seals a word with fresh random bytes. `None` only when the machine has no randomness to give.
    pub fn seal(key: &Key, token: &str, owner: &str, word: &str, now: DateTime<Utc>) -> Option<Self> {
        let (random, nonce) = random::fresh()?;
        let encrypt = key.seal(word.as_bytes(), owner, random)?;
        let timestamp = now.timestamp_millis().to_string();
        let msg_signature = signature::sign(token, &timestamp, &nonce, &encrypt);
        Some(Self { msg_signature, timestamp, nonce, encrypt })
    }

    /// Does it say `success`? See [`Self::says`].
    pub fn says_success(&self, key: &Key, token: &str, owner: &str) -> Result<bool, CannotOpen> {
        self.says("success", key, token, owner)
    }

    /// Reads an answer as the platform would: signed with the token, opens with the key, is for this owner and says this word.
    /// Libraries of others wrap the base64 text in lines; the signature covers them, the decoding does not.
    pub fn says(&self, word: &str, key: &Key, token: &str, owner: &str) -> Result<bool, CannotOpen> {
        if !signature::verify(&self.msg_signature, token, &self.timestamp, &self.nonce, &self.encrypt) {
            return Ok(false);
        }
        let text: String = self.encrypt.chars().filter(|c| *c != '\n' && *c != '\r').collect();
        let plain = key.open(&text)?;
        Ok(plain.message() == word.as_bytes() && plain.owner() == owner.as_bytes())
    }
}

fn text_or_number<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match serde_json::Value::deserialize(deserializer)? {
        serde_json::Value::String(text) => Ok(text),
        serde_json::Value::Number(number) => Ok(number.to_string()),
        _ => Err(serde::de::Error::custom("expected a text or a number")),
    }
}
