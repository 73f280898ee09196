//! What is on an envelope: all that a feature needs to know of the post.

pub use mailbox::Lane;

/// What is on the envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// `<feature>.<what>`, for the dispatcher and the meters.
    pub kind: &'static str,
    /// How soon.
    pub lane: Lane,
    /// Two letters with one key are one letter.
    pub key: String,
}
