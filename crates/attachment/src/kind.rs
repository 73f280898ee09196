//! What a file is, by its first bytes.

use crate::Refusal;

/// The kinds that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A photograph.
    Jpeg,
    /// A picture of a screen, as a rule.
    Png,
    /// A picture that another program made smaller.
    Webp,
    /// A paper.
    Pdf,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Jpeg, Self::Png, Self::Webp, Self::Pdf];

    /// The word in rows.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Pdf => "pdf",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The media type. One of these four and nothing that a browser would run.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
        }
    }

    /// The end of a file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Pdf => "pdf",
        }
    }

    /// A picture, which can be shown small and blacked out?
    pub const fn is_picture(self) -> bool {
        !matches!(self, Self::Pdf)
    }

    /// What the bytes begin as.
    pub(crate) fn of(bytes: &[u8]) -> Result<Self, Refusal> {
        let at = |from: usize, magic: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(magic));
        if at(0, &[0xFF, 0xD8, 0xFF]) {
            Ok(Self::Jpeg)
        } else if at(0, b"\x89PNG\r\n\x1a\n") {
            Ok(Self::Png)
        } else if at(0, b"RIFF") && at(8, b"WEBP") {
            Ok(Self::Webp)
        } else if at(0, b"%PDF-") {
            Ok(Self::Pdf)
        } else if at(4, b"ftyp") && HEIF.iter().any(|brand| at(8, brand)) {
            Err(Refusal::Heif)
        } else {
            Err(Refusal::NotTaken)
        }
    }
}

/// The brands of pictures that phones of one maker keep for themselves (ISO/IEC 23008-12) and of AVIF.
const HEIF: [&[u8]; 7] = [b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif"];
