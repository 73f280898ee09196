//! How much of a file is read.

/// Limits of one file. [`Limits::default`] is what an import of people needs; every figure bounds time or memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as it was sent.
    pub file: usize,
    /// Bytes of all its parts, unpacked. What the file says of itself is added up first; what is unpacked is counted.
    pub unpacked: u64,
    /// Parts. A file with one sheet has 9 (openpyxl), 10 (`LibreOffice`) or about 14 (Excel, WPS); one sheet for each month, with
    /// comments and printer settings, has 25 to 70. A part costs a line in the directory, so the limit only stops the absurd.
    pub entries: usize,
    /// Rows that hold something, of one sheet, beside those few in which the header is looked for: titles are nobody in a list.
    pub rows: usize,
    /// Columns, counted up to the last that holds something.
    pub columns: u32,
    /// Characters of one cell.
    pub cell: usize,
    /// Bytes of one row's texts.
    pub row: usize,
    /// Bytes of the texts of all rows, and of the table of shared texts.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 10 << 20,
            unpacked: 200 << 20,
            entries: 120,
            rows: 50_000,
            columns: 60,
            cell: 2_000,
            row: 32 << 10,
            text: 64 << 20,
        }
    }
}
