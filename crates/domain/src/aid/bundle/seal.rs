//! The signature, and the one way in which JSON is written.

use std::{collections::BTreeMap, fmt, sync::Arc};

use chrono::{DateTime, Utc};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

use crate::ids::CaseId;

/// The format; a later one has another number.
pub(super) const FORMAT: &str = "yinling-aid-bundle/2";

/// What is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) case: CaseId,
    pub(super) number: String,
    pub(super) made_at: DateTime<Utc>,
    /// Who made it: an auditor's login, or `installer`.
    pub(super) made_by: String,
    /// Which key, in hex.
    pub(super) key: String,
    /// Name and SHA-256 of the bytes of each section.
    pub(super) sections: BTreeMap<String, String>,
}

/// The manifest with its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seal {
    pub(super) manifest: Manifest,
    pub(super) signature: String,
}

/// The installation's signing key. `Debug` shows the public half.
#[derive(Clone)]
pub struct Signer(Arc<Ed25519KeyPair>);

/// The seed is not 32 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a signing key is made from 32 bytes")]
pub struct BadSigningKey;

impl Signer {
    /// From 32 random bytes that are kept with the other keys.
    pub fn from_seed(seed: &[u8]) -> Result<Self, BadSigningKey> {
        Ed25519KeyPair::from_seed_unchecked(seed).map(|pair| Self(Arc::new(pair))).or(Err(BadSigningKey))
    }

    /// What auditors are given, once, by another way than the bundles.
    pub fn public_key(&self) -> PublicKey {
        let mut key = [0; 32];
        let bytes = self.0.public_key().as_ref();
        if bytes.len() == key.len() {
            key.copy_from_slice(bytes);
        }
        PublicKey(key)
    }

    /// Signs the digest of something that is no bundle, in hex; `what` keeps the kinds apart.
    pub fn sign_digest(&self, what: &str, digest: &str) -> String {
        hex::encode(self.0.sign(format!("{what}\n{digest}").as_bytes()))
    }

    pub(super) fn seal(&self, manifest: Manifest) -> Result<Seal, serde_json::Error> {
        let signature = hex::encode(self.0.sign(&signed(&manifest)?));
        Ok(Seal { manifest, signature })
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.public_key())
    }
}

/// The public half. No secret.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// From 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        hex::decode(text.trim()).ok()?.try_into().ok().map(Self)
    }

    /// Is this the signature of [`Signer::sign_digest`]?
    pub fn signed_digest(&self, what: &str, digest: &str, signature: &str) -> bool {
        let Ok(bytes) = hex::decode(signature) else { return false };
        let text = format!("{what}\n{digest}");
        UnparsedPublicKey::new(&ED25519, self.0).verify(text.as_bytes(), &bytes).is_ok()
    }

    pub(super) fn signed(&self, seal: &Seal) -> bool {
        let (Ok(bytes), Ok(signature)) = (signed(&seal.manifest), hex::decode(&seal.signature)) else {
            return false;
        };
        // Hexadecimal digits have two writings; a signature has one.
        hex::encode(&signature) == seal.signature
            && UnparsedPublicKey::new(&ED25519, self.0).verify(&bytes, &signature).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

/// The format goes first, so that a signature of something else cannot be mistaken for one of a bundle.
fn signed(manifest: &Manifest) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = format!("{FORMAT}\n").into_bytes();
    serde_json::to_writer(&mut bytes, &serde_json::to_value(manifest)?)?;
    Ok(bytes)
}
