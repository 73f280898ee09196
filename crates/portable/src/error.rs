//! What goes wrong.

use sea_orm::DbErr;

/// Why nothing was written or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database has rows: a file is read into an empty one.
    #[error("the database is not empty: there are rows in {0}")]
    NotEmpty(String),
    /// The file was written by another version.
    #[error("the file was written by another version: {0}")]
    OtherVersion(String),
    /// The file is not what was written.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// The database holds something else than the file after reading.
    #[error("{0} holds something else than the file says")]
    Differs(String),
    /// A column of a kind that is not known here.
    #[error("{0} is of a kind that cannot be carried")]
    Kind(String),
    /// The file could not be read or written.
    #[error("the file")]
    File(#[from] std::io::Error),
    /// The file is no archive, or could not be written as one.
    #[error("the archive")]
    Zip(#[from] zip::result::ZipError),
    /// The database failed.
    #[error("the database")]
    Db(#[from] DbErr),
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}
