//! Serving both hosts encrypted, with a certificate that somebody made for this machine.

use std::path::PathBuf;

use rustls::ServerConfig;
use rustls::pki_types::pem::{self, PemObject as _};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// Files in PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    /// The certificate, and those it rests on behind it.
    pub certificate: PathBuf,
    /// Its private key, without a password.
    pub key: PathBuf,
}

/// Why a certificate cannot be served with.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file is not there, or is not PEM.
    #[error("cannot read {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: pem::Error,
    },
    /// Certificate and key do not fit.
    #[error("certificate and key do not work together")]
    Pair(#[from] rustls::Error),
}

impl Tls {
    pub(crate) fn config(&self) -> Result<ServerConfig, TlsError> {
        let in_file = |path: &PathBuf| {
            let path = path.clone();
            move |source| TlsError::File { path, source }
        };
        let chain = CertificateDer::pem_file_iter(&self.certificate)
            .and_then(Iterator::collect)
            .map_err(in_file(&self.certificate))?;
        let key = PrivateKeyDer::from_pem_file(&self.key).map_err(in_file(&self.key))?;
        Ok(ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key)?)
    }
}
