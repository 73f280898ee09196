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

/// Why there is no connection, although the gateway has named a place for one.
#[derive(Debug, thiserror::Error)]
pub enum NoSocket {
    /// The place is none.
    #[error("the endpoint is no address")]
    Address,
    /// No name, no route, nobody there, or a wall between.
    #[error("the endpoint cannot be reached: {0}")]
    Unreachable(std::io::ErrorKind),
    /// This machine trusts nobody.
    #[error("the machine's certificates cannot be used")]
    Certificates,
    /// Whoever is there is not who should be.
    #[error("no TLS with the endpoint: {0}")]
    Tls(std::io::ErrorKind),
    /// With this status.
    #[error("the endpoint refuses the ticket: {0}")]
    Refused(u16),
    /// Something else than a WebSocket is there.
    #[error("no WebSocket with the endpoint")]
    Handshake,
    /// Nothing came in time.
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

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };
    use tokio_rustls::{
        TlsAcceptor,
        rustls::{ServerConfig, pki_types::PrivateKeyDer},
    };

    use super::*;

    /// For `localhost`, signed by nobody but itself.
    const CERTIFICATE: &str = "MIIBmjCCAUGgAwIBAgIUTfbiP/H48X971NSAOsRsyc2vagIwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNTE2NDMxOVoYDzIxMjYxMTAxMTY0MzE5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ1p503rJFKJwEMW+Pl/7ESBrI/CZtgLgAIYagAwbmD8ABNBIoIauEzwopmHmevDdlpMft7nogUNH7YTKo3M4I2o28wbTAdBgNVHQ4EFgQU2lyQ6Ekdc9C7Ewq88dOnKchx6MgwHwYDVR0jBBgwFoAU2lyQ6Ekdc9C7Ewq88dOnKchx6MgwDwYDVR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZIzj0EAwIDRwAwRAIgOtwuDyZr9UWkR7wnXQi+F8178r+D/rlKc5HYCMxt86MCIBu4xTMMCaVfjViDG9eVrE50sb9ocLb35ke/Ntsljk/Y";
    const KEY: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgtt2pxJReRWG9+dbOJlDi5xdbmgmKr+Xy6FCmFWcSwoShRANCAAQ1p503rJFKJwEMW+Pl/7ESBrI/CZtgLgAIYagAwbmD8ABNBIoIauEzwopmHmevDdlpMft7nogUNH7YTKo3M4I2";

    async fn listener() -> (TcpListener, u16) {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        (listener, port)
    }

    /// What connecting says when the other side writes this to whatever it is sent.
    async fn answered(scheme: &str, answer: &'static str) -> NoSocket {
        let (listener, port) = listener().await;
        tokio::spawn(async move {
            let (mut tcp, _) = listener.accept().await.unwrap();
            let _ = tcp.read(&mut [0; 1024]).await;
            tcp.write_all(answer.as_bytes()).await.unwrap();
        });
        refused(&format!("{scheme}://127.0.0.1:{port}/connect?ticket=t-0001")).await
    }

    async fn refused(address: &str) -> NoSocket {
        let error = connect(&address.parse().unwrap(), 1024).await.err().unwrap();
        assert!(!format!("{error} {error:?}").contains("t-0001"), "the ticket is not said");
        error
    }

    #[tokio::test]
    async fn what_is_no_web_socket_is_told_apart() {
        let refusal = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n";
        assert!(matches!(answered("ws", refusal).await, NoSocket::Refused(401)));
        let page = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>";
        assert!(matches!(answered("ws", page).await, NoSocket::Refused(200)));
        assert!(matches!(answered("ws", "SSH-2.0-OpenSSH\r\n\r\n").await, NoSocket::Handshake));
        assert!(matches!(answered("ws", "").await, NoSocket::Handshake));
        let (free, port) = listener().await;
        drop(free);
        let error = refused(&format!("ws://127.0.0.1:{port}/connect?ticket=t-0001")).await;
        assert!(matches!(error, NoSocket::Unreachable(std::io::ErrorKind::ConnectionRefused)));
    }

    #[tokio::test]
    async fn an_encrypted_endpoint_is_never_spoken_to_in_the_clear() {
        let page = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
        assert!(matches!(answered("wss", page).await, NoSocket::Tls(_)));
    }

    #[tokio::test]
    async fn a_certificate_that_the_machine_does_not_trust_is_refused() {
        let (listener, port) = listener().await;
        let certificate = STANDARD.decode(CERTIFICATE).unwrap().into();
        let key = PrivateKeyDer::try_from(STANDARD.decode(KEY).unwrap()).unwrap();
        let config =
            ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
        let server = tokio::spawn(async move {
            let (tcp, _) = listener.accept().await.unwrap();
            TlsAcceptor::from(Arc::new(config)).accept(tcp).await.is_ok()
        });
        let error = refused(&format!("wss://localhost:{port}/connect?ticket=t-0001")).await;
        assert!(matches!(error, NoSocket::Tls(std::io::ErrorKind::InvalidData)), "{error:?}");
        assert!(!server.await.unwrap(), "the ticket was not sent");
    }
}
