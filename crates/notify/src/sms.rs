//! Text messages. Who sends them is the installation's choice; without a contract with anybody, they are written into a folder, from
//! where another program or a person takes them.

use std::{fmt, fs, future::Future, io, path::PathBuf, pin::Pin};

use secrecy::{ExposeSecret, SecretString};

/// One text message.
pub struct TextMessage {
    /// One message has one key, however often it is tried. Letters, digits and `-`.
    pub key: String,
    /// The telephone.
    pub to: SecretString,
    /// At most 70 characters: one message on the bill.
    pub text: String,
}

/// Neither the telephone nor the words are anybody's.
impl fmt::Debug for TextMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TextMessage").field("key", &self.key).finish_non_exhaustive()
    }
}

/// Why a text message was not taken. It may be tried again under its key.
#[derive(Debug, thiserror::Error)]
pub enum SmsError {
    /// The folder cannot be written.
    #[error("the text message could not be written")]
    Io(#[from] io::Error),
    /// The provider said no, by its code.
    #[error("the provider refused the text message: {0}")]
    Refused(String),
}

impl SmsError {
    /// A short text for a column.
    pub fn code(&self) -> &str {
        match self {
            Self::Io(_) => "folder not writable",
            Self::Refused(code) => code,
        }
    }
}

/// What a provider answers: by which it can be asked later.
pub type Receipt<'a> = Pin<Box<dyn Future<Output = Result<String, SmsError>> + Send + 'a>>;

/// Sends text messages. The same key twice is one message.
pub trait SmsProvider: fmt::Debug + Send + Sync {
    /// Hands one message over.
    fn send<'a>(&'a self, message: &'a TextMessage) -> Receipt<'a>;
}

/// Writes each message into a file of its own: the telephone on the first line, the words on the second.
#[derive(Clone, Debug)]
pub struct SmsFolder {
    /// Where. It must exist, and be readable by nobody else.
    pub folder: PathBuf,
}

impl SmsProvider for SmsFolder {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Receipt<'a> {
        Box::pin(async move {
            let name = format!("{}.txt", message.key);
            // Whoever takes files never sees half a one, and a second try replaces the first.
            let (half, whole) = (self.folder.join(format!(".{name}")), self.folder.join(&name));
            fs::write(&half, format!("{}\n{}\n", message.to.expose_secret(), message.text))?;
            fs::rename(half, whole)?;
            Ok(name)
        })
    }
}
