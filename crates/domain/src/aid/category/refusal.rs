//! Why nothing is written down about a category, or why nobody asks for one.

use chrono::NaiveDate;

use super::Group;
use crate::ids::RegionCode;

/// What stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoCategory {
    /// A row has a place on the form and a document.
    Row,
    /// A name is short and has no digits.
    Name,
    /// A notice of some group has the name in it, whatever it is about.
    InNotices,
    /// Another category has this name here.
    NameTaken,
    /// A category is made by the top layer.
    OfAbove,
    /// The code is another place's, for good.
    Taken,
    /// What the public is told of a category stays what it is.
    Group {
        /// This.
        group: Group,
        /// The document.
        source: String,
    },
    /// Above, the category is not there before this day.
    Later {
        /// Its first.
        from: NaiveDate,
    },
    /// An upper layer does not offer it.
    Stopped {
        /// Which.
        region: RegionCode,
        /// The document.
        source: String,
    },
    /// Nobody has made it.
    Unknown,
    /// It may not be asked for here, or has no standard yet.
    NotOffered,
}
