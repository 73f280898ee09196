//! The archive: checked before anything in it is parsed.

use std::io::{Cursor, Read};

use quick_xml::events::Event;
use zip::{ZipArchive, read::ZipFile};

use super::xml::{Xml, attribute};
use crate::{Limits, Refusal};

/// How compound files begin: `.xls`, and `.xlsx` with a password.
const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// An archive that may be read.
pub(super) struct Package {
    archive: ZipArchive<Cursor<Vec<u8>>>,
}

/// A part that is being read.
pub(super) type Part<'a> = Xml<ZipFile<'a, Cursor<Vec<u8>>>>;

impl Package {
    pub(super) fn open(bytes: Vec<u8>, limits: &Limits) -> Result<Self, Refusal> {
        if bytes.len() > limits.file {
            return Err(Refusal::TooLarge(limits.file));
        }
        if bytes.starts_with(&COMPOUND) {
            return Err(Refusal::OldOrLocked);
        }
        if !bytes.starts_with(b"PK") {
            return Err(Refusal::NotAWorkbook);
        }
        if entries_stated(&bytes).is_some_and(|stated| stated > limits.entries) {
            return Err(Refusal::TooManyParts(limits.entries));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).or(Err(Refusal::NotAWorkbook))?;
        if archive.len() > limits.entries {
            return Err(Refusal::TooManyParts(limits.entries));
        }
        let mut package = Self { archive };
        package.inspect(limits)?;
        Ok(package)
    }

    /// Names and sizes of all parts, then where the relationships lead.
    fn inspect(&mut self, limits: &Limits) -> Result<(), Refusal> {
        let (mut unpacked, mut names) = (0_u64, Vec::new());
        for at in 0..self.archive.len() {
            let part = self.archive.by_index_raw(at).or(Err(Refusal::NotAWorkbook))?;
            if part.encrypted() {
                return Err(Refusal::OldOrLocked);
            }
            unpacked = unpacked.saturating_add(part.size());
            if unpacked > limits.unpacked {
                return Err(Refusal::TooLargeUnpacked(limits.unpacked));
            }
            names.push(part.name().or(Err(Refusal::NotAWorkbook))?.to_ascii_lowercase());
        }
        let holds = |what: &str| names.iter().any(|name| name.contains(what));
        if holds("vbaproject") || holds("/macrosheets/") || holds("/activex/") {
            return Err(Refusal::Macros);
        }
        if holds("/externallinks/") || holds("/embeddings/") || holds("xl/connections.xml") {
            return Err(Refusal::ExternalLinks);
        }
        if !holds("[content_types].xml") || !holds("xl/workbook.xml") {
            return Err(Refusal::NotAWorkbook);
        }
        if self.mentions("[Content_Types].xml", "ContentType", "macroenabled")? {
            return Err(Refusal::Macros);
        }
        for name in names.iter().filter(|name| name.contains("_rels/")) {
            self.relationships(name)?;
        }
        Ok(())
    }

    fn mentions(&mut self, part: &str, name: &str, what: &str) -> Result<bool, Refusal> {
        let Some(mut xml) = self.part(part, "content types")? else { return Ok(false) };
        loop {
            match xml.next()? {
                Event::Start(element) | Event::Empty(element)
                    if attribute(&element, name)
                        .is_some_and(|text| text.to_ascii_lowercase().contains(what)) =>
                {
                    return Ok(true);
                }
                Event::Eof => return Ok(false),
                _ => {}
            }
        }
    }

    /// Links in cells lead outside and harm nobody, since nobody follows them here; everything else that is outside is data.
    fn relationships(&mut self, part: &str) -> Result<(), Refusal> {
        let Some(mut xml) = self.part(part, "relationships")? else { return Ok(()) };
        loop {
            match xml.next()? {
                Event::Start(element) | Event::Empty(element) => {
                    let outside = attribute(&element, "TargetMode").as_deref() == Some("External");
                    let kind = attribute(&element, "Type").unwrap_or_default();
                    if outside && !kind.ends_with("/hyperlink") {
                        return Err(Refusal::ExternalLinks);
                    }
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// A part by name, whatever its letters' case; `None` when it is not there.
    pub(super) fn part(&mut self, name: &str, what: &'static str) -> Result<Option<Part<'_>>, Refusal> {
        let named = |at: &usize| {
            let found = self.archive.name_for_index(*at).and_then(Result::ok);
            found.is_some_and(|found| found.eq_ignore_ascii_case(name))
        };
        let Some(at) = (0..self.archive.len()).find(named) else { return Ok(None) };
        let part = self.archive.by_index(at).or(Err(Refusal::Damaged(what)))?;
        let size = part.size();
        Ok(Some(Xml::new(part, size, what)))
    }
}

/// How many entries the end record states, so that a directory of a hundred thousand is not read. The record stands in the last 64 kB.
fn entries_stated(bytes: &[u8]) -> Option<usize> {
    let tail = bytes.get(bytes.len().saturating_sub((64 << 10) + 22)..)?;
    let at = tail.windows(4).rposition(|four| four == b"PK\x05\x06")?;
    let mut count = [0; 2];
    tail.get(at + 10..)?.read_exact(&mut count).ok()?;
    Some(usize::from(u16::from_le_bytes(count)))
}
