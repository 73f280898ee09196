//! Asking the gateway for a place and connecting there, once.

use dingtalk::{Client, stream::Subscription};
use tokio::select;

use super::{
    Pause, Settings, Surroundings,
    connect::{NoSocket, Socket, connect},
};

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum NotOpen {
    /// The gateway names no place.
    #[error(transparent)]
    Gateway(#[from] dingtalk::Error),
    /// It names one, and there is no way to it.
    #[error(transparent)]
    Socket(#[from] NoSocket),
}

impl NotOpen {
    /// In short, without what is secret.
    pub fn what(&self) -> String {
        match self {
            Self::Gateway(error) => error.code(),
            Self::Socket(error) => error.to_string(),
        }
    }
}

/// Asks for a ticket and uses it.
pub(super) async fn open<S: Surroundings>(
    client: &Client,
    settings: &Settings,
    surroundings: &S,
) -> Result<Socket, NotOpen> {
    let gateway = client.stream();
    let opened = gateway.open(&settings.subscriptions, &settings.ua, settings.local_ip.as_deref()).await?;
    let address = opened.address()?;
    select! {
        socket = connect(&address, settings.frame_cap) => Ok(socket?),
        () = surroundings.pause(Pause::Handshake, settings.handshake) => Err(NoSocket::TooSlow.into()),
    }
}

/// Opens a connection and closes it at once, to see whether there is a way.
///
/// Each message goes to one connection of the app, at random, so one may come to this one meanwhile. It wants events only: what comes once,
/// a word to the robot or a press on a card, is not for it. And it answers nothing: an event that is not acknowledged is pushed again, to
/// a connection that takes it.
pub async fn try_out<S: Surroundings>(client: &Client, ua: &str, surroundings: &S) -> Result<(), NotOpen> {
    let subscriptions = vec![Subscription::events()];
    let settings = Settings { subscriptions, ua: ua.to_owned(), ..Settings::default() };
    let mut socket = open(client, &settings, surroundings).await?;
    // It was open, which is what was asked; how it ends does not matter.
    select! {
        _ = socket.close(None) => {}
        () = surroundings.pause(Pause::Write, settings.write) => {}
    }
    Ok(())
}
