//! Why a request is not taken or not carried out.

use sea_orm::DbErr;

use crate::{
    ids::PersonId,
    person::{
        PersonError,
        fact::{FactError, FactRefusal},
    },
    privacy::{CannotOpen, CannotSeal},
};

/// Why.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// No such person or request, or none that the actor may know of.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(ChangeRefusal),
    /// A value could not be sealed.
    #[error(transparent)]
    CannotSeal(#[from] CannotSeal),
    /// A value does not open.
    #[error(transparent)]
    CannotOpen(#[from] CannotOpen),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Rules of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeRefusal {
    /// The value is none of this field's.
    Value,
    /// It is so already.
    NoChange,
    /// Every change has a document.
    NoEvidence,
    /// It would hold from a day too far ahead, or from before the one that holds now began.
    EffectiveDate,
    /// A request for this field waits already.
    Waiting,
    /// The person has died.
    Died,
    /// 离休 needs that the work was joined by 1949-09-30.
    NoVeteran,
    /// The second person is another one than the first.
    SamePerson,
    /// Somebody has decided already.
    NotNow,
    /// Only who asked takes it back.
    NotYours,
    /// The field was changed since the request was made: it is asked for again.
    Stale,
    /// Who refuses says why.
    NoReason,
    /// Another record has this identity number, of a living or a dead person. The id is for whoever may see it.
    IdentityTaken(PersonId),
    /// Another record came by this identity number at the same moment.
    IdentityTakenNow,
    /// A record that was merged into this one has it: the wrong one of the two was kept.
    IdentityMerged,
}

impl From<ChangeRefusal> for ChangeError {
    fn from(refusal: ChangeRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<PersonError> for ChangeError {
    fn from(error: PersonError) -> Self {
        match error {
            PersonError::Db(error) => Self::Db(error),
            PersonError::CannotSeal(error) => Self::CannotSeal(error),
            _ => Self::NotFound,
        }
    }
}

impl From<FactError> for ChangeError {
    fn from(error: FactError) -> Self {
        match error {
            FactError::NotFound => Self::NotFound,
            FactError::Db(error) => Self::Db(error),
            FactError::Refused(FactRefusal::Value) => ChangeRefusal::Value.into(),
            FactError::Refused(_) => ChangeRefusal::EffectiveDate.into(),
        }
    }
}
