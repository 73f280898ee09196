//! What can be wrong with a row. The sentences are the server's.

use serde::{Deserialize, Serialize};
use workbook::Mistake;

use super::Field;
use crate::{
    person::{PersonRefusal, change::ChangeRefusal, fact::FactRefusal},
    privacy::identity_number::NotAnIdentityNumber,
};

/// What is wrong, and in which column if it is in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// The column.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub field: Option<Field>,
    /// What.
    #[serde(flatten)]
    pub problem: Problem,
}

/// A reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// Nothing stands where something must.
    Missing,
    /// A spreadsheet has destroyed the number.
    DigitsLost,
    /// Something other than digits.
    NotDigits,
    /// A formula failed.
    Failed,
    /// No date.
    NotADate,
    /// A day that no calendar has.
    NoSuchDay,
    /// A year of two digits of either century.
    WhichCentury,
    /// 1949.1 may be 1949.10.
    JanuaryOrOctober,
    /// The day or at least the month must be known.
    MonthNeeded,
    /// Neither 18 nor 15 characters.
    IdentityLength,
    /// Something other than digits and a final X, or a place or date that does not exist.
    IdentityCharacters,
    /// The check character does not fit.
    IdentityCheck,
    /// No telephone number.
    NotAPhone,
    /// No account number.
    NotAnAccount,
    /// None of the words that may stand there.
    NotAChoice,
    /// Too long.
    TooLong,
    /// No such unit where the worker may import.
    UnknownUnit,
    /// Several units are called so.
    WhichUnit,
    /// The unit manages nobody any more.
    UnitClosed,
    /// No such region.
    UnknownRegion,
    /// No such branch where the worker may import.
    UnknownBranch,
    /// Several branches are called so.
    WhichBranch,
    /// The branch did not exist on that day.
    BranchNotYet,
    /// The affiliation is with another branch.
    AffiliatedElsewhere,
    /// A number without the bank's name.
    BankMissing,
    /// The identity number says another gender.
    GenderDisagrees,
    /// Nobody is born tomorrow.
    BornInFuture,
    /// 离休 needs that the work was joined by 1949-09-30.
    NoVeteran,
    /// There is a person with this number whom the worker may not see.
    Elsewhere,
    /// Somebody with this name, birth and unit has another identity number.
    OtherNumber,
    /// Several people have this name, birth and unit.
    WhichPerson,
    /// The register says that the person has died.
    Died,
    /// What stands in the register is changed by request, not by import.
    Protected,
    /// It would begin before what the register knows of it ended or began.
    Overlaps,
    /// It lies too far ahead.
    TooLate,
    /// Somebody asks for another change of it already.
    Waiting,
    /// The register does not take it.
    NotTaken,
    /// It is protected: a second person is asked to agree. Not a mistake but a note.
    Asked,
    /// The same person stands further up. Not a mistake but a reason to skip it.
    Repeated {
        /// In which row.
        row: i32,
    },
}

impl Problem {
    /// Is nothing wrong with the cell in which it stands?
    pub const fn is_note(self) -> bool {
        matches!(self, Self::Asked | Self::Repeated { .. })
    }

    /// In this column.
    pub(super) const fn of(self, field: Field) -> Wrong {
        Wrong { field: Some(field), problem: self }
    }

    /// In the row as a whole.
    pub(super) const fn anywhere(self) -> Wrong {
        Wrong { field: None, problem: self }
    }
}

impl From<Mistake> for Problem {
    fn from(mistake: Mistake) -> Self {
        match mistake {
            Mistake::DigitsLost => Self::DigitsLost,
            Mistake::NotDigits => Self::NotDigits,
            Mistake::Failed => Self::Failed,
            Mistake::NotADate => Self::NotADate,
            Mistake::NoSuchDay => Self::NoSuchDay,
            Mistake::WhichCentury => Self::WhichCentury,
            Mistake::JanuaryOrOctober => Self::JanuaryOrOctober,
        }
    }
}

impl From<NotAnIdentityNumber> for Problem {
    fn from(not: NotAnIdentityNumber) -> Self {
        match not {
            NotAnIdentityNumber::Empty | NotAnIdentityNumber::Length => Self::IdentityLength,
            NotAnIdentityNumber::Scientific => Self::DigitsLost,
            NotAnIdentityNumber::Characters | NotAnIdentityNumber::Province | NotAnIdentityNumber::Date => {
                Self::IdentityCharacters
            }
            NotAnIdentityNumber::Check => Self::IdentityCheck,
        }
    }
}

impl From<PersonRefusal> for Wrong {
    fn from(refusal: PersonRefusal) -> Self {
        match refusal {
            PersonRefusal::NoName => Problem::Missing.of(Field::Name),
            PersonRefusal::BornInFuture => Problem::BornInFuture.of(Field::Born),
            PersonRefusal::NoVeteran => Problem::NoVeteran.of(Field::JoinedWork),
            PersonRefusal::UnitClosed => Problem::UnitClosed.of(Field::Unit),
            PersonRefusal::Died | PersonRefusal::DeathDate | PersonRefusal::DiedOnAnotherDay => {
                Problem::Died.anywhere()
            }
            PersonRefusal::BirthDate => Problem::NoSuchDay.of(Field::Birthday),
            PersonRefusal::ByRequest => Problem::Protected.anywhere(),
            PersonRefusal::NoPurpose => Problem::NotTaken.anywhere(),
            PersonRefusal::Fact(refusal) => refusal.into(),
            PersonRefusal::Exists(_) | PersonRefusal::ExistsNow => Problem::Elsewhere.of(Field::Identity),
        }
    }
}

impl From<FactRefusal> for Wrong {
    fn from(refusal: FactRefusal) -> Self {
        let problem = match refusal {
            FactRefusal::Overlaps { .. } | FactRefusal::EndsBeforeItBegins => Problem::Overlaps,
            FactRefusal::ByRequest => Problem::Protected,
            FactRefusal::Died => Problem::Died,
            FactRefusal::UnitClosed => Problem::UnitClosed,
            FactRefusal::TooLate => Problem::TooLate,
            FactRefusal::NoVeteran => Problem::NoVeteran,
            FactRefusal::Value
            | FactRefusal::NothingCurrent
            | FactRefusal::AlwaysOne
            | FactRefusal::UnderWay
            | FactRefusal::NoBasis => Problem::NotTaken,
        };
        problem.anywhere()
    }
}

impl From<ChangeRefusal> for Problem {
    fn from(refusal: ChangeRefusal) -> Self {
        match refusal {
            // The day of a birth must be known to the month, and lie behind us.
            ChangeRefusal::Value => Self::MonthNeeded,
            ChangeRefusal::EffectiveDate => Self::TooLate,
            ChangeRefusal::Waiting => Self::Waiting,
            ChangeRefusal::Died => Self::Died,
            ChangeRefusal::NoVeteran => Self::NoVeteran,
            ChangeRefusal::NoChange
            | ChangeRefusal::NoEvidence
            | ChangeRefusal::SamePerson
            | ChangeRefusal::NotNow
            | ChangeRefusal::NotYours
            | ChangeRefusal::Stale
            | ChangeRefusal::NoReason
            | ChangeRefusal::IdentityTaken(_)
            | ChangeRefusal::IdentityTakenNow
            | ChangeRefusal::IdentityMerged => Self::NotTaken,
        }
    }
}
