//! What pages for papers share: looking at a file that came, giving one away, and the sentences.

mod give;
mod take;
mod words;

pub(crate) use give::{blackened, data_address, given, picture};
pub(crate) use take::take;
pub(crate) use words::{kept, page_error};
