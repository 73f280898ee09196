//! The bytes of a paper at rest: AES-256-GCM under a key of the paper's own, which its row holds sealed like any other cell. So another key
//! of the installation seals 60 bytes anew and not the files, and a paper whose cell is emptied says nothing any more, wherever copies
//! of its object are.

use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    rand::{SecureRandom as _, SystemRandom},
};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    Context,
    ids::EvidenceId,
    privacy::{CannotOpen, CannotSeal, Cell, Sealed},
};

/// An object of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// What was sent, without place and camera.
    Original,
    /// A small picture of it.
    Small,
    /// The copy with black rectangles.
    Redacted,
    /// A small picture of that.
    RedactedSmall,
}

impl Part {
    /// The word in audit rows and addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Small => "small",
            Self::Redacted => "redacted",
            Self::RedactedSmall => "redacted_small",
        }
    }
}

/// The key of a paper, in hex.
pub(super) struct FileKey(SecretString);

impl FileKey {
    pub(super) fn fresh() -> Result<Self, CannotSeal> {
        let mut bytes = [0; 32];
        SystemRandom::new().fill(&mut bytes).or(Err(CannotSeal))?;
        Ok(Self(SecretString::from(hex::encode(bytes))))
    }

    /// For the row.
    pub(super) fn sealed(&self, cx: &Context, id: EvidenceId) -> Result<Sealed, CannotSeal> {
        cx.seal.seal(cell(&id.to_string()), self.0.expose_secret())
    }

    /// From the row.
    pub(super) fn of(cx: &Context, id: EvidenceId, sealed: &Sealed) -> Result<Self, CannotOpen> {
        cx.seal.open(cell(&id.to_string()), sealed).map(Self)
    }

    fn key(&self) -> Option<LessSafeKey> {
        let bytes = hex::decode(self.0.expose_secret()).ok()?;
        Some(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &bytes).ok()?))
    }

    /// Nonce, what is sealed, mark. It opens as this part of this paper only.
    pub(super) fn seal(&self, (id, part): (EvidenceId, Part), bytes: &[u8]) -> Result<Vec<u8>, CannotSeal> {
        let key = self.key().ok_or(CannotSeal)?;
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).or(Err(CannotSeal))?;
        let mut sealed = bytes.to_vec();
        let aad = Aad::from(standing(id, part));
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut sealed)
            .or(Err(CannotSeal))?;
        Ok([&nonce[..], &sealed].concat())
    }

    pub(super) fn open(&self, (id, part): (EvidenceId, Part), object: &[u8]) -> Result<Vec<u8>, CannotOpen> {
        let key = self.key().ok_or(CannotOpen)?;
        let (nonce, sealed) = object.split_at_checked(NONCE_LEN).ok_or(CannotOpen)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).or(Err(CannotOpen))?;
        let mut sealed = sealed.to_vec();
        let clear =
            key.open_in_place(nonce, Aad::from(standing(id, part)), &mut sealed).or(Err(CannotOpen))?;
        Ok(clear.to_vec())
    }
}

fn standing(id: EvidenceId, part: Part) -> String {
    format!("evidence|{id}|{}", part.code())
}

/// Where the sealed key stands.
fn cell(row: &str) -> Cell<'_> {
    Cell { table: "evidence", column: "file_key", row }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};

    use super::{FileKey, Part};
    use crate::ids::EvidenceId;

    #[test]
    fn an_object_opens_as_its_own_part_of_its_own_paper_only() {
        let now = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
        let (one, other) = (EvidenceId::new(now), EvidenceId::new(now));
        let key = FileKey::fresh().unwrap();
        let object = key.seal((one, Part::Original), b"picture").unwrap();
        assert!(!object.windows(7).any(|here| here == b"picture"));
        assert_eq!(key.open((one, Part::Original), &object).unwrap(), b"picture");
        assert!(key.open((one, Part::Small), &object).is_err());
        assert!(key.open((other, Part::Original), &object).is_err());
        assert!(FileKey::fresh().unwrap().open((one, Part::Original), &object).is_err());
        for at in 0..object.len() {
            let mut changed = object.clone();
            changed[at] ^= 1;
            assert!(key.open((one, Part::Original), &changed).is_err(), "byte {at}");
        }
    }
}
