//! XML, an event at a time, none of which is large.

use std::io::{self, BufReader, Read};

use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{BytesRef, BytesStart, Event},
};

use crate::Refusal;

/// The most bytes between two events. A cell of Excel holds 32,767 characters.
const EVENT: u64 = 1 << 20;
/// The most elements inside each other. A sheet has eight or so.
const DEPTH: u32 = 64;

/// Counts what is unpacked.
struct Metered<R> {
    inner: R,
    /// Bytes until the part is longer than the directory says.
    part: u64,
    /// Bytes until the next event is too long.
    event: u64,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let bytes = count as u64;
        match (self.part.checked_sub(bytes), self.event.checked_sub(bytes)) {
            (Some(part), Some(event)) => (self.part, self.event) = (part, event),
            _ => return Err(io::ErrorKind::FileTooLarge.into()),
        }
        Ok(count)
    }
}

/// The events of one part.
pub(super) struct Xml<R: Read> {
    reader: Reader<BufReader<Metered<R>>>,
    buffer: Vec<u8>,
    depth: u32,
    what: &'static str,
}

impl<R: Read> Xml<R> {
    /// `size` is what the directory says; `what` is for [`Refusal::Damaged`].
    pub(super) fn new(part: R, size: u64, what: &'static str) -> Self {
        let metered = Metered { inner: part, part: size, event: EVENT };
        let reader = Reader::from_reader(BufReader::with_capacity(64 << 10, metered));
        Self { reader, buffer: Vec::new(), depth: 0, what }
    }

    /// The next event. The part ends with [`Event::Eof`].
    pub(super) fn next(&mut self) -> Result<Event<'_>, Refusal> {
        self.buffer.clear();
        self.reader.get_mut().get_mut().event = EVENT;
        let event = self.reader.read_event_into(&mut self.buffer).or(Err(Refusal::Damaged(self.what)))?;
        match &event {
            Event::DocType(_) => return Err(Refusal::DocumentType),
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            // The part ended in the middle.
            Event::Eof if self.depth > 0 => return Err(Refusal::Damaged(self.what)),
            _ => {}
        }
        if self.depth > DEPTH {
            return Err(Refusal::Damaged(self.what));
        }
        Ok(event)
    }

    /// Something in it contradicts itself.
    pub(super) fn damaged(&self) -> Refusal {
        Refusal::Damaged(self.what)
    }
}

/// The attribute's text, with character references read; `None` when it is not there.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = element.attributes();
    let found = all
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|found| found.key.local_name().into_inner() == name)?;
    let text = found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
    Some(text.into_owned())
}

/// The character of `&lt;` or `&#20013;`. Whatever else is referred to was declared in a document type.
pub(super) fn character(reference: &BytesRef<'_>) -> Result<char, Refusal> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Ok(c);
    }
    let text = resolve_predefined_entity(reference).ok_or(Refusal::DocumentType)?;
    text.chars().next().ok_or(Refusal::DocumentType)
}
