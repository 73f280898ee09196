//! The table of texts that cells share.

use quick_xml::events::Event;

use super::{package::Package, xml::character};
use crate::{Limits, Refusal};

/// All texts in one piece of memory: a table of millions of empty texts costs four bytes each.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    pub(super) fn read(package: &mut Package, limits: &Limits) -> Result<Self, Refusal> {
        let mut strings = Self::default();
        let Some(mut xml) = package.part("xl/sharedStrings.xml", "shared texts")? else { return Ok(strings) };
        let most = limits.rows.saturating_mul(usize::try_from(limits.columns).unwrap_or(usize::MAX));
        // A text is in `t`; one in `rPh` says how another is pronounced.
        let (mut reads, mut sounds) = (false, false);
        loop {
            match xml.next()? {
                Event::Start(element) => match element.local_name().into_inner() {
                    "t" => reads = !sounds,
                    "rPh" => sounds = true,
                    _ => {}
                },
                Event::End(element) => match element.local_name().into_inner() {
                    "t" => reads = false,
                    "rPh" => sounds = false,
                    "si" => strings.end(most)?,
                    _ => {}
                },
                Event::Empty(element) if element.local_name().into_inner() == "si" => strings.end(most)?,
                Event::Text(text) if reads => strings.push(&text.xml10_content(), limits)?,
                Event::CData(text) if reads => strings.push(&text.xml10_content(), limits)?,
                Event::GeneralRef(reference) => {
                    let c = character(&reference)?;
                    if reads {
                        strings.push(c.encode_utf8(&mut [0; 4]), limits)?;
                    }
                }
                Event::Eof => return Ok(strings),
                _ => {}
            }
        }
    }

    fn push(&mut self, text: &str, limits: &Limits) -> Result<(), Refusal> {
        if self.text.len() + text.len() > limits.text {
            return Err(Refusal::TooMuch);
        }
        self.text.push_str(text);
        Ok(())
    }

    fn end(&mut self, most: usize) -> Result<(), Refusal> {
        if self.ends.len() >= most {
            return Err(Refusal::TooMuch);
        }
        self.ends.push(u32::try_from(self.text.len()).or(Err(Refusal::TooMuch))?);
        Ok(())
    }

    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let end = usize::try_from(*self.ends.get(at)?).ok()?;
        let start = match at.checked_sub(1) {
            Some(before) => usize::try_from(*self.ends.get(before)?).ok()?,
            None => 0,
        };
        self.text.get(start..end)
    }
}
