//! Why a file is not read.

/// Why a file is not read. The caller has the sentence; nothing of the content is in here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The file itself is too large. Bytes allowed.
    #[error("larger than {0} bytes")]
    TooLarge(usize),
    /// Unpacked it is too large, or says so. Bytes allowed.
    #[error("larger than {0} bytes when unpacked")]
    TooLargeUnpacked(u64),
    /// It has too many parts. How many are allowed.
    #[error("more than {0} parts")]
    TooManyParts(usize),
    /// An old `.xls`, or a file with a password: both are compound files, and look alike from outside.
    #[error("an old or a locked file")]
    OldOrLocked,
    /// No `.xlsx`, whatever its name says.
    #[error("not a workbook")]
    NotAWorkbook,
    /// It claims to be one and is damaged. What was being read.
    #[error("damaged: {0}")]
    Damaged(&'static str),
    /// It has macros.
    #[error("holds macros")]
    Macros,
    /// It refers to other files, or has others inside.
    #[error("refers to other files")]
    ExternalLinks,
    /// It declares a document type or entities, which no spreadsheet program writes.
    #[error("declares a document type or entities")]
    DocumentType,
    /// Too many rows hold something. How many are allowed.
    #[error("more than {0} rows")]
    TooManyRows(usize),
    /// A column too far to the right holds something. How many are allowed.
    #[error("more than {0} columns")]
    TooManyColumns(u32),
    /// A cell or a row holds too much text. The row's number as the program shows it.
    #[error("too much text in row {0}")]
    TooMuchText(u32),
    /// All rows together hold too much text, or too many merged cells.
    #[error("too much content")]
    TooMuch,
    /// No sheet has a row of known column names.
    #[error("no header")]
    NoHeader,
    /// Columns are missing that every row needs. Their names.
    #[error("columns are missing: {0:?}")]
    MissingColumns(Vec<&'static str>),
    /// Two columns have the same name, or names of the same meaning. The column's name.
    #[error("the column {0} is there twice")]
    ColumnTwice(&'static str),
}
