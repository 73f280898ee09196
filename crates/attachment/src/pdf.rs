//! A paper: is it locked, would it run something, are files in it, and what does its first page say?
//!
//! It is kept as it came: what it says of its author stays. What only a picture of a page says is not read.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Dictionary, Document, LoadOptions, Object};

use crate::{Kind, Limits, Refusal};

/// What was seen.
pub(crate) struct Looked {
    pub(crate) pages: usize,
    /// The words of the first page, if they could be read.
    pub(crate) text: Option<String>,
}

pub(crate) fn look(bytes: &[u8], limits: &Limits) -> Result<Looked, Refusal> {
    // What is written plainly is found without believing the file's own table of what is in it.
    let has = |word: &[u8]| bytes.windows(word.len()).any(|here| here == word);
    if has(b"/Encrypt") {
        return Err(Refusal::Locked);
    }
    if has(b"/JavaScript") {
        return Err(Refusal::Script);
    }
    if has(b"/EmbeddedFile") {
        return Err(Refusal::Files);
    }
    // A reader that comes to something it never expected ends this paper, not the server.
    let looked = catch_unwind(AssertUnwindSafe(|| read(bytes, limits)));
    looked.unwrap_or(Err(Refusal::Broken(Kind::Pdf)))
}

fn read(bytes: &[u8], limits: &Limits) -> Result<Looked, Refusal> {
    let options = LoadOptions { max_decompressed_size: Some(limits.unpacked), ..LoadOptions::default() };
    let paper = Document::load_mem_with_options(bytes, options).or(Err(Refusal::Broken(Kind::Pdf)))?;
    if paper.is_encrypted() || paper.encryption_state.is_some() {
        return Err(Refusal::Locked);
    }
    if paper.objects.len() > limits.objects {
        return Err(Refusal::Broken(Kind::Pdf));
    }
    for object in paper.objects.values() {
        harmless(object)?;
    }
    let pages = paper.page_iter().take(limits.pages + 1).count();
    if pages == 0 {
        return Err(Refusal::Broken(Kind::Pdf));
    }
    if pages > limits.pages {
        return Err(Refusal::TooManyPages(limits.pages));
    }
    Ok(Looked { pages, text: paper.extract_text_with_limit(&[1], limits.unpacked).ok() })
}

/// Keys under which something stands that runs.
const RUNS: [&[u8]; 3] = [b"JS", b"JavaScript", b"XFA"];
/// Keys under which files stand.
const HOLDS: [&[u8]; 3] = [b"EmbeddedFiles", b"EF", b"RichMediaContent"];
/// What an action or a part may not be, and why.
const KINDS: [(&[u8], Refusal); 9] = [
    (b"JavaScript", Refusal::Script),
    (b"Launch", Refusal::Script),
    (b"ImportData", Refusal::Script),
    (b"SubmitForm", Refusal::Script),
    (b"Rendition", Refusal::Script),
    (b"EmbeddedFile", Refusal::Files),
    (b"FileAttachment", Refusal::Files),
    (b"RichMedia", Refusal::Files),
    (b"3D", Refusal::Files),
];

/// How deep objects lie in each other is limited by the reader.
fn harmless(object: &Object) -> Result<(), Refusal> {
    match object {
        Object::Array(items) => items.iter().try_for_each(harmless),
        Object::Dictionary(entries) => entries_harmless(entries),
        Object::Stream(stream) => entries_harmless(&stream.dict),
        _ => Ok(()),
    }
}

fn entries_harmless(entries: &Dictionary) -> Result<(), Refusal> {
    for (key, value) in entries {
        let key = key.as_slice();
        if RUNS.contains(&key) {
            return Err(Refusal::Script);
        }
        if HOLDS.contains(&key) {
            return Err(Refusal::Files);
        }
        if matches!(key, b"S" | b"Type" | b"Subtype")
            && let Object::Name(name) = value
            && let Some((_, refusal)) = KINDS.iter().find(|(kind, _)| *kind == name.as_slice())
        {
            return Err(*refusal);
        }
        harmless(value)?;
    }
    Ok(())
}
