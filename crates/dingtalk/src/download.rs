//! Files that the platform keeps in a storage: it names an address, and whoever has the address may fetch the file for a while.

use std::time::Duration;

use reqwest::{StatusCode, header::ACCEPT};
use url::Url;

use crate::{Client, error::Error, http};

/// As long as for an upload.
const DOWNLOAD_TIME: Duration = Duration::from_mins(2);

impl Client {
    /// Fetches a file from an address that the platform has just named. The storage belongs to neither of the two hosts: it is sent no
    /// token, its calls are not counted, and it cannot lead elsewhere. Where the pages show such an address, it is plain `http`.
    pub(crate) async fn stored(&self, address: &str) -> Result<Vec<u8>, Error> {
        let unclear = |at: &str| Error::NotUnderstood { status: 200, at: at.to_owned() };
        let url = Url::parse(address).or(Err(unclear("the address of a file")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(unclear("the address of a file"));
        }
        let request = self.0.http.get(url).header(ACCEPT, "*/*").timeout(DOWNLOAD_TIME);
        let most = self.0.config.largest_file;
        let answer = http::send_capped(request, most, "a file beyond Config::largest_file").await;
        match answer {
            Ok(answer) if answer.status == StatusCode::OK => Ok(answer.body),
            Ok(answer) if answer.status.is_server_error() => Err(Error::Unavailable(None)),
            Ok(answer) => {
                let at = "the storage of a file".to_owned();
                Err(Error::NotUnderstood { status: answer.status.as_u16(), at })
            }
            // To fetch changes nothing: a fetch that broke off is one that can be tried again.
            Err(Error::Unknown(why)) => Err(Error::Unavailable(why)),
            Err(error) => Err(error),
        }
    }
}
