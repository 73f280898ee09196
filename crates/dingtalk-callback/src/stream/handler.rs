//! Who does something with what comes in.

use crate::frame::{Message, Outcome};

/// Does something with what comes in. Any `Fn(Message) -> impl Future<Output = Outcome>` is one.
///
/// A message may come again, on any connection and to any process: what was taken must be known by its
/// [`key`](crate::frame::Message::key). The platform waits a few seconds at most (for a card two), so a handler keeps the message and
/// answers; the work comes later. One that panics has not taken its message.
pub trait Handler: Send + Sync + 'static {
    /// Says [`Outcome::Taken`] when the message is where a crash does not lose it.
    fn handle(&self, message: Message) -> impl Future<Output = Outcome> + Send;
}

impl<F, Fut> Handler for F
where
    F: Fn(Message) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Outcome> + Send,
{
    fn handle(&self, message: Message) -> impl Future<Output = Outcome> + Send {
        self(message)
    }
}
