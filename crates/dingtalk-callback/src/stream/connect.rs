//! One WebSocket: TCP, TLS by the trust of the machine, the handshake. Nothing here says the address, because the ticket is in it.

use std::sync::Arc;

use rustls_platform_verifier::ConfigVerifierExt;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, pki_types::ServerName},
};
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{self, protocol::WebSocketConfig},
};
use url::Url;

pub(super) trait Line: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Line for T {}

pub(super) type Socket = WebSocketStream<Box<dyn Line>>;

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoSocket {
    #[error("the endpoint is no address")]
    Address,
    #[error("the endpoint cannot be reached: {0}")]
    Unreachable(std::io::ErrorKind),
    #[error("the machine's certificates cannot be used")]
    Certificates,
    #[error("no TLS with the endpoint: {0}")]
    Tls(std::io::ErrorKind),
    #[error("the endpoint refuses the ticket: {0}")]
    Refused(u16),
    #[error("no WebSocket with the endpoint")]
    Handshake,
    #[error("connecting takes too long")]
    TooSlow,
}

pub(super) async fn connect(address: &Url, frame_cap: usize) -> Result<Socket, NoSocket> {
    let host = address.host_str().ok_or(NoSocket::Address)?;
    let port = address.port_or_known_default().ok_or(NoSocket::Address)?;
    let name = host.trim_start_matches('[').trim_end_matches(']');
    let tcp = TcpStream::connect((name, port)).await.map_err(|error| NoSocket::Unreachable(error.kind()))?;
    // Frames are small and each is waited for.
    tcp.set_nodelay(true).map_err(|error| NoSocket::Unreachable(error.kind()))?;
    let line: Box<dyn Line> = match address.scheme() {
        "wss" => {
            let trust = ClientConfig::with_platform_verifier().or(Err(NoSocket::Certificates))?;
            let name = ServerName::try_from(name.to_owned()).or(Err(NoSocket::Address))?;
            let tls = TlsConnector::from(Arc::new(trust)).connect(name, tcp).await;
            Box::new(tls.map_err(|error| NoSocket::Tls(error.kind()))?)
        }
        _ => Box::new(tcp),
    };
    let config = WebSocketConfig::default().max_message_size(Some(frame_cap)).max_frame_size(Some(frame_cap));
    match client_async_with_config(address.as_str(), line, Some(config)).await {
        Ok((socket, _answer)) => Ok(socket),
        Err(tungstenite::Error::Http(answer)) => Err(NoSocket::Refused(answer.status().as_u16())),
        Err(_) => Err(NoSocket::Handshake),
    }
}
