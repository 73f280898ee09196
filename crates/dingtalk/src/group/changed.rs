//! What changes of groups answer.

use serde::{Deserialize, Serialize};

use crate::{error::Error, lenient};

/// What changes of groups answer.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Changed {
    /// False in a 200 is a refusal without a reason.
    #[serde(deserialize_with = "lenient::boolean")]
    pub success: bool,
}

impl Changed {
    pub(super) fn done(self) -> Result<(), Error> {
        if self.success {
            return Ok(());
        }
        Err(Error::Refused {
            code: "success is false".to_owned(),
            message: String::new(),
            request_id: String::new(),
            required_scopes: Vec::new(),
        })
    }
}
