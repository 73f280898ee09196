//! Why a file is not taken.

use crate::{Kind, Marked};

/// Why a file is not taken. The sentence is the page's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It has more bytes than may be.
    #[error("the file has more than {0} bytes")]
    TooLarge(usize),
    /// It is none of the kinds that are taken, whatever its name says.
    #[error("the file is of no kind that is taken")]
    NotTaken,
    /// A picture of a kind that only some phones open.
    #[error("the picture is in a format of phones (HEIF)")]
    Heif,
    /// It begins as this and does not go on so.
    #[error("the file is a broken {}", .0.code())]
    Broken(Kind),
    /// The picture has more points than may be.
    #[error("the picture has more than {0} points")]
    TooManyPoints(u64),
    /// The paper has more pages than may be.
    #[error("the paper has more than {0} pages")]
    TooManyPages(usize),
    /// The paper is locked, so that nobody can say what is in it.
    #[error("the paper is encrypted")]
    Locked,
    /// The paper would run something when it is opened.
    #[error("the paper carries a script")]
    Script,
    /// There are other files in the paper.
    #[error("the paper carries files")]
    Files,
    /// It bears a mark of secrecy. Such papers have ways of their own.
    #[error("a mark of secrecy")]
    Marked(Marked),
}
