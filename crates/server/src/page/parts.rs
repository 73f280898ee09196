//! The values that the macros of `templates/macros.html` show.

use super::Icon;

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub code: String,
    /// What the reader reads.
    pub name: String,
    /// A line of help below; may be empty.
    pub note: String,
}

impl Choice {
    /// Without a note.
    pub fn new(code: impl Into<String>, name: impl Into<String>) -> Self {
        Self { code: code.into(), name: name.into(), note: String::new() }
    }

    /// With a note.
    #[must_use]
    pub fn noted(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }
}

/// Something that was answered, on the page where answers are checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The question, short.
    pub name: String,
    /// The answer.
    pub said: String,
    /// Where it can be changed.
    pub change: Option<String>,
}

impl Answer {
    /// Without a way to change it.
    pub fn new(name: impl Into<String>, said: impl Into<String>) -> Self {
        Self { name: name.into(), said: said.into(), change: None }
    }

    /// With the way to change it.
    #[must_use]
    pub fn changed_at(self, href: impl Into<String>) -> Self {
        Self { change: Some(href.into()), ..self }
    }
}

/// Where something stands: a word, an icon and a colour, never a colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The word.
    pub word: &'static str,
    /// The drawing.
    pub icon: Icon,
    /// The colour.
    pub tone: Tone,
}

impl Tag {
    /// Done, paid, signed in.
    pub const fn good(word: &'static str) -> Self {
        Self { word, icon: Icon::Check, tone: Tone::Good }
    }

    /// Somebody else is at it.
    pub const fn waiting(word: &'static str) -> Self {
        Self { word, icon: Icon::Waiting, tone: Tone::Waiting }
    }

    /// The reader should do something.
    pub const fn attention(word: &'static str) -> Self {
        Self { word, icon: Icon::Alert, tone: Tone::Attention }
    }

    /// Over, without more to say.
    pub const fn quiet(word: &'static str) -> Self {
        Self { word, icon: Icon::Info, tone: Tone::Quiet }
    }
}

/// The colour of a [`Tag`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Green.
    Good,
    /// Amber.
    Waiting,
    /// Ink, bold.
    Attention,
    /// Grey.
    Quiet,
}

impl Tone {
    /// The class in the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Waiting => "waiting",
            Self::Attention => "attention",
            Self::Quiet => "quiet",
        }
    }
}

/// A step on a way, behind the reader or ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// What.
    pub what: String,
    /// When, or what is waited for; in words.
    pub when: String,
    /// Behind?
    pub done: bool,
}
