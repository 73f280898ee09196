//! AES-256-CBC as the platform uses it: the key is 43 base64 characters, the IV the key's first half, the padding PKCS#7 to 32 bytes.
//!
//! The plaintext is sixteen random bytes, the message's length as four bytes, the message, and the owner key.

use std::ops::Range;

use aes::Aes256;
use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, InnerIvInit, KeyInit, block_padding::NoPadding};

use crate::text::BASE64;

/// The published keys have spare bits set in their last character, which a strict reader refuses.
const KEY_BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

const PAD_TO: usize = 32;
const HEAD: usize = 20;

/// The text is no key: it must be 43 characters of base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an EncodingAESKey has 43 characters of base64")]
pub struct BadKey;

/// The text does not open with this key. Says no more on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("does not open")]
pub struct CannotOpen;

/// What was inside. It lies where the sealed bytes lay: nothing is copied.
#[derive(Clone, PartialEq, Eq)]
pub struct Plain {
    bytes: Vec<u8>,
    message: Range<usize>,
    owner: Range<usize>,
}

impl Plain {
    /// The message, usually JSON.
    pub fn message(&self) -> &[u8] {
        self.bytes.get(self.message.clone()).unwrap_or_default()
    }

    /// The same, and nothing else is left.
    pub(crate) fn into_message(mut self) -> Vec<u8> {
        self.bytes.truncate(self.message.end);
        self.bytes.drain(..self.message.start);
        self.bytes
    }

    /// Whose app it is for.
    pub fn owner(&self) -> &[u8] {
        self.bytes.get(self.owner.clone()).unwrap_or_default()
    }
}

impl std::fmt::Debug for Plain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plain").field("bytes", &self.message().len()).finish_non_exhaustive()
    }
}

/// The `EncodingAESKey` of an event subscription, with its rounds computed once.
#[derive(Clone)]
pub struct Key {
    rounds: Aes256,
    iv: [u8; 16],
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(32 bytes)")
    }
}

impl Key {
    /// Reads the 43 characters of the console.
    pub fn parse(text: &str) -> Result<Self, BadKey> {
        if text.len() != 43 {
            return Err(BadKey);
        }
        let bytes = KEY_BASE64.decode(text).or(Err(BadKey))?;
        let rounds = Aes256::new_from_slice(&bytes).or(Err(BadKey))?;
        let iv = bytes.first_chunk().ok_or(BadKey)?;
        Ok(Self { rounds, iv: *iv })
    }

    /// Opens a base64 text. Checks lengths and padding; the owner is the caller's to compare.
    pub fn open(&self, text: &str) -> Result<Plain, CannotOpen> {
        let mut bytes = BASE64.decode(text).or(Err(CannotOpen))?;
        if bytes.is_empty() || bytes.len() % 16 != 0 {
            return Err(CannotOpen);
        }
        let cipher = cbc::Decryptor::inner_iv_init(&self.rounds, &self.iv.into());
        let plain = cipher.decrypt_padded::<NoPadding>(&mut bytes).or(Err(CannotOpen))?;
        let pad = usize::from(*plain.last().ok_or(CannotOpen)?);
        if !(1..=PAD_TO).contains(&pad) || pad > plain.len() {
            return Err(CannotOpen);
        }
        let kept = plain.len() - pad;
        let plain = plain.get(..kept).ok_or(CannotOpen)?;
        let length = plain.get(16..HEAD).and_then(|four| <[u8; 4]>::try_from(four).ok()).ok_or(CannotOpen)?;
        let length = usize::try_from(u32::from_be_bytes(length)).or(Err(CannotOpen))?;
        let end = HEAD.checked_add(length).ok_or(CannotOpen)?;
        if end > kept {
            return Err(CannotOpen);
        }
        Ok(Plain { bytes, message: HEAD..end, owner: end..kept })
    }

    /// Seals a message for an owner. `random` is fresh for every call, except in tests with known answers.
    pub fn seal(&self, message: &[u8], owner: &str, random: [u8; 16]) -> Option<String> {
        let length = u32::try_from(message.len()).ok()?;
        let mut plain = Vec::with_capacity(HEAD + message.len() + owner.len() + PAD_TO);
        plain.extend_from_slice(&random);
        plain.extend_from_slice(&length.to_be_bytes());
        plain.extend_from_slice(message);
        plain.extend_from_slice(owner.as_bytes());
        let pad = PAD_TO - plain.len() % PAD_TO;
        plain.resize(plain.len() + pad, u8::try_from(pad).ok()?);
        let size = plain.len();
        let cipher = cbc::Encryptor::inner_iv_init(&self.rounds, &self.iv.into());
        let sealed = cipher.encrypt_padded::<NoPadding>(&mut plain, size).ok()?;
        Some(BASE64.encode(sealed))
    }
}
