//! How much is taken.

/// How large a file may be. What a file says of itself is believed for none of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file as it was sent.
    pub bytes: usize,
    /// Points of a picture, width times height. A point takes four bytes while the picture is read.
    pub points: u64,
    /// Pages of a paper.
    pub pages: usize,
    /// Bytes that one part of a paper may become when it is unpacked.
    pub unpacked: usize,
    /// Objects of a paper.
    pub objects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 10 << 20,
            // The largest that phones make without being asked to.
            points: 50_000_000,
            pages: 60,
            unpacked: 16 << 20,
            objects: 100_000,
        }
    }
}
