//! What a person reads in the chat, before any platform's format.

/// One message: one purpose, few words, at most two buttons.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Message {
    /// Shown in the chat list and on a locked screen: never more than the matter.
    pub title: String,
    /// The body, plain sentences. Each line is a paragraph.
    pub text: String,
    /// Where to go; usually one.
    pub buttons: Vec<Button>,
}

/// A button of a message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Button {
    /// A verb that people use, at most ten characters.
    pub label: String,
    /// A path of our own pages, starting with `/`. The dispatcher puts the public address before it.
    pub path: String,
}

impl Message {
    /// A message that only says something.
    pub fn plain(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { title: title.into(), text: text.into(), buttons: Vec::new() }
    }

    /// The same message with one more button.
    #[must_use]
    pub fn button(mut self, label: &str, path: impl Into<String>) -> Self {
        self.buttons.push(Button { label: label.to_owned(), path: path.into() });
        self
    }
}
