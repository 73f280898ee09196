//! 备用码: codes on paper for the day on which the telephone is lost. The row has a hash, so nobody reads them there; each is good once.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use ring::{
    digest::{Context, SHA256},
    rand::{SecureRandom, SystemRandom},
};
use sea_orm::entity::prelude::*;

use super::base32;
use crate::{
    ids::{RecoveryCodeId, SecondFactorId},
    privacy::CannotSeal,
};

/// So many are given.
pub const CODES: usize = 10;

/// Row: `second_factor_code`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factor_code")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RecoveryCodeId,
    /// Of which second factor.
    pub factor_id: SecondFactorId,
    /// SHA-256 of the id of the second factor and the bytes of the code, in base64url without padding.
    pub hash: String,
    /// When it was used up.
    pub used_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Ten random bytes: too many to try, so a plain hash is enough.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode([u8; 10]);

impl RecoveryCode {
    /// A new one.
    pub(super) fn fresh() -> Result<Self, CannotSeal> {
        let mut bytes = [0; 10];
        SystemRandom::new().fill(&mut bytes).or(Err(CannotSeal))?;
        Ok(Self(bytes))
    }

    /// Reads what [`typed`](super::typed) made plain.
    pub(super) fn parse(plain: &str) -> Option<Self> {
        base32::decode(plain).map(Self)
    }

    /// For the page that shows them, once.
    pub fn reveal(&self) -> String {
        base32::grouped(&base32::encode(&self.0), "-")
    }

    /// What the row holds: bound to the second factor, so that it says nothing beside another one.
    pub(super) fn hash(&self, factor: SecondFactorId) -> String {
        let mut context = Context::new(&SHA256);
        context.update(factor.uuid().as_bytes());
        context.update(&self.0);
        URL_SAFE_NO_PAD.encode(context.finish())
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(***)")
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{super::typed::plain, RecoveryCode, SecondFactorId};

    #[test]
    fn a_code_is_read_from_its_paper_and_belongs_to_one_login() {
        let code = RecoveryCode::fresh().unwrap();
        let paper = code.reveal();
        assert_eq!(paper.len(), 19);
        assert_eq!(RecoveryCode::parse(&plain(&paper.to_lowercase())), Some(code.clone()));
        let of = |factor| code.hash(SecondFactorId::from_uuid(Uuid::from_u128(factor)));
        assert_ne!(of(1), of(2));
        assert_eq!(of(1), of(1));
        assert!(!of(1).contains(&paper) && format!("{code:?}") == "RecoveryCode(***)");
        for bad in ["", "123456", "ABCDEFGH", "ABCDEFGHABCDEFG1"] {
            assert_eq!(RecoveryCode::parse(bad), None, "{bad:?}");
        }
    }
}
