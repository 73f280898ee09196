//! A file that came: what it is, and what of it may be kept.

use crate::{Kind, Limits, Marked, Refusal, Taken, exif, mark, pdf, picture, strip};

/// What may be kept of a file.
#[derive(Clone)]
pub struct Examined {
    /// What it is.
    pub kind: Kind,
    /// What is kept: a picture without place, camera, remarks and all that stands behind it; a paper as it came.
    pub bytes: Vec<u8>,
    /// When the picture was taken, if it says so.
    pub taken: Option<Taken>,
    /// Width and height of a picture as it is seen.
    pub size: Option<(u32, u32)>,
    /// Pages of a paper.
    pub pages: Option<usize>,
    /// Was there text in which a mark of secrecy was looked for? `false` for pictures and for papers that are pictures.
    pub was_read: bool,
    /// A small JPEG of a picture.
    pub small: Option<Vec<u8>>,
}

impl std::fmt::Debug for Examined {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Examined")
            .field("kind", &self.kind)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// Looks at a file. `name` is what its sender calls it; it is looked through for a mark of secrecy and decides nothing else. Takes some
/// hundred megabytes at most, and up to a second: not for a thread on which others wait.
pub fn examine(name: &str, bytes: &[u8], limits: &Limits) -> Result<Examined, Refusal> {
    if let Some(mark) = mark::find(name) {
        return Err(Refusal::Marked(Marked::InName(mark)));
    }
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(Refusal::TooLarge(limits.bytes));
    }
    match Kind::of(bytes)? {
        Kind::Pdf => paper(bytes, limits),
        kind => photograph(kind, bytes, limits),
    }
}

fn photograph(kind: Kind, bytes: &[u8], limits: &Limits) -> Result<Examined, Refusal> {
    let told = exif::read(bytes);
    let kept = strip::strip(kind, bytes, told.turned).ok_or(Refusal::Broken(kind))?;
    // What is read here is what is kept, so that nothing is kept which cannot be read.
    let seen = picture::read(kind, &kept, limits.points)?;
    let small = picture::small(&seen).ok_or(Refusal::Broken(kind))?;
    Ok(Examined {
        kind,
        bytes: kept,
        taken: told.taken,
        size: Some((seen.width(), seen.height())),
        pages: None,
        was_read: false,
        small: Some(small),
    })
}

fn paper(bytes: &[u8], limits: &Limits) -> Result<Examined, Refusal> {
    let looked = pdf::look(bytes, limits)?;
    if let Some(mark) = looked.text.as_deref().and_then(mark::find) {
        return Err(Refusal::Marked(Marked::OnFirstPage(mark)));
    }
    Ok(Examined {
        kind: Kind::Pdf,
        bytes: bytes.to_vec(),
        taken: None,
        size: None,
        pages: Some(looked.pages),
        was_read: looked.text.is_some_and(|text| !text.trim().is_empty()),
        small: None,
    })
}
