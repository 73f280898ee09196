//! The connections of Stream mode, as a test plays with them.

use std::sync::Arc;

use crate::gateway::{self, Connection, Order};
use crate::shared::Shared;

/// The connections in Stream mode.
pub struct Stream {
    shared: Arc<Shared>,
}

impl Stream {
    pub(crate) fn new(shared: &Arc<Shared>) -> Self {
        Self { shared: Arc::clone(shared) }
    }

    /// Those that are open, in the order of their opening.
    pub fn connections(&self) -> Vec<Connection> {
        self.shared.read(|state| state.gateway.connections())
    }

    /// What clients wrote that no client should write.
    pub fn complaints(&self) -> Vec<String> {
        self.shared.read(|state| state.gateway.complaints().to_vec())
    }

    /// Pings every connection, and says how many echoed it.
    pub async fn ping(&self) -> usize {
        gateway::ping(&self.shared).await
    }

    /// Tells a connection to go. It gets nothing new, and is closed after ten seconds of the tenant's clock. False when there is none.
    pub fn disconnect(&self, id: &str) -> bool {
        self.shared.change(|state, now| state.gateway.disconnect(id, now))
    }

    /// Cuts a connection without a word. False when there is none.
    pub fn cut(&self, id: &str) -> bool {
        self.order(id, Order::Drop)
    }

    /// Lets a connection fall silent for ever: nothing is read, answered or closed on it.
    pub fn hush(&self, id: &str) -> bool {
        self.order(id, Order::Hush)
    }

    /// Pings the WebSocket itself; what comes back is counted in [`Connection::pongs`].
    pub fn ping_socket(&self, id: &str) -> bool {
        self.order(id, Order::Ping)
    }

    /// Sends any text at all.
    pub fn send_text(&self, id: &str, text: &str) -> bool {
        self.order(id, Order::Text(text.to_owned()))
    }

    /// Sends any bytes at all.
    pub fn send_binary(&self, id: &str, bytes: &[u8]) -> bool {
        self.order(id, Order::Binary(bytes.to_vec()))
    }

    fn order(&self, id: &str, order: Order) -> bool {
        self.shared.change(|state, _now| state.gateway.order(id, order))
    }
}
