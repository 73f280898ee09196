//! A file in a ZIP that opens with a password.

use std::io::{Cursor, Write};

use zip::{AesMode, CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::CannotWrite;

/// Puts a file into a ZIP of its own, encrypted by AES-256 (`WinZip`'s AE-2, which 7-Zip and `WinRAR` open). The name of the file stays
/// readable, as in every such ZIP.
pub fn locked(name: &str, file: &[u8], password: &str) -> Result<Vec<u8>, CannotWrite> {
    // A workbook is packed already.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .with_aes_encryption(AesMode::Aes256, password);
    let mut archive = ZipWriter::new(Cursor::new(Vec::with_capacity(file.len() + 512)));
    archive.start_file(name, options).or(Err(CannotWrite))?;
    archive.write_all(file).or(Err(CannotWrite))?;
    Ok(archive.finish().or(Err(CannotWrite))?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use zip::{ZipArchive, result::ZipError};

    use super::locked;

    #[test]
    fn it_opens_with_its_password_and_no_other() {
        let file: Vec<u8> = (0..9000_u32).flat_map(u32::to_le_bytes).collect();
        let zip = locked("名册.xlsx", &file, "0123-4567-89ab-cdef").unwrap();
        assert!(!zip.windows(16).any(|part| part == &file[4096..4112]), "in the clear");
        let mut archive = ZipArchive::new(Cursor::new(&zip)).unwrap();
        let mut read = Vec::new();
        archive.by_index_decrypt(0, b"0123-4567-89ab-cdef").unwrap().read_to_end(&mut read).unwrap();
        assert_eq!(read, file);
        assert!(matches!(
            archive.by_index_decrypt(0, b"0123-4567-89ab-cdeg"),
            Err(ZipError::InvalidPassword)
        ));
        assert!(archive.by_index(0).is_err(), "without any");
        let other = locked("名册.xlsx", &file, "0123-4567-89ab-cdef").unwrap();
        assert_ne!(zip, other, "each has a salt of its own");
    }
}
