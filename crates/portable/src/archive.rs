//! A file that is read.

use std::{
    fs::File,
    io::{BufRead as _, BufReader, Read as _},
};

use zip::ZipArchive;

use crate::{
    Error, Manifest,
    manifest::{FORMAT, place},
};

/// The longest line.
const LINE: u64 = 16 << 20;
/// The longest manifest.
const MANIFEST: u64 = 16 << 20;

/// A file whose manifest has been read.
#[derive(Debug)]
pub struct Archive {
    zip: ZipArchive<File>,
    manifest: Manifest,
}

impl Archive {
    /// Opens a file.
    pub fn open(file: File) -> Result<Self, Error> {
        let mut zip = ZipArchive::new(file)?;
        let mut text = String::new();
        zip.by_name("manifest.json")?.take(MANIFEST).read_to_string(&mut text)?;
        let manifest: Manifest = serde_json::from_str(&text)?;
        if manifest.format != FORMAT {
            return Err(Error::OtherVersion(manifest.format));
        }
        Ok(Self { zip, manifest })
    }

    /// What it says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The lines of a table, each with its end.
    pub(crate) fn lines(
        &mut self,
        table: &str,
    ) -> Result<impl Iterator<Item = Result<String, Error>> + use<'_>, Error> {
        let mut lines = BufReader::new(self.zip.by_name(&place(table))?);
        Ok(std::iter::from_fn(move || {
            let mut line = String::new();
            match lines.by_ref().take(LINE).read_line(&mut line) {
                Ok(0) => None,
                Ok(_) if !line.ends_with('\n') => Some(Err(Error::Damaged("a line has no end".to_owned()))),
                Ok(_) => Some(Ok(line)),
                Err(error) => Some(Err(error.into())),
            }
        }))
    }
}
