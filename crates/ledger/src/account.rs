//! Where money is.

use std::fmt;

use sea_orm::{DeriveActiveEnum, EnumIter};

/// A pot of money: whose, for which year, for what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Envelope {
    /// The region that spends it.
    pub region: String,
    /// The budget year.
    pub year: i32,
    /// What it is for.
    pub category: String,
}

impl Envelope {
    /// The envelope of `region` in `year` for `category`.
    pub fn new(region: impl Into<String>, year: i32, category: impl Into<String>) -> Self {
        Self { region: region.into(), year, category: category.into() }
    }
}

impl fmt::Display for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.region, self.year, self.category)
    }
}

/// How far the money of an envelope has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum Bucket {
    /// Where it came from, as a negative: the other side of every appropriation.
    #[sea_orm(num_value = 0)]
    Appropriated,
    /// For whoever comes next.
    #[sea_orm(num_value = 1)]
    Available,
    /// For an approved case.
    #[sea_orm(num_value = 2)]
    Reserved,
    /// In a payment batch.
    #[sea_orm(num_value = 3)]
    Committed,
    /// Gone.
    #[sea_orm(num_value = 4)]
    Paid,
    /// Gone, and asked back in vain: nobody asks for it any more.
    #[sea_orm(num_value = 5)]
    WrittenOff,
}

impl Bucket {
    /// Its column in `ledger_balance`; what was appropriated is the sum of the others.
    pub(crate) fn column(self) -> Option<&'static str> {
        match self {
            Self::Appropriated => None,
            Self::Available => Some("available"),
            Self::Reserved => Some("reserved"),
            Self::Committed => Some("committed"),
            Self::Paid => Some("paid"),
            Self::WrittenOff => Some("written_off"),
        }
    }
}

/// One bucket of one envelope.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account {
    /// Which pot.
    pub envelope: Envelope,
    /// How far.
    pub bucket: Bucket,
}
