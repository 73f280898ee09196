//! Why a request got no answer, to its root: "error sending request" alone helps nobody.

use std::error::Error as _;

/// Without the address: it is shown beside this, and may carry a signature.
pub(crate) fn of(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
