//! The small desk: a page that shows three phones beside the wire log, so that cause and effect are seen at once.

mod assets;

pub(crate) use assets::configure;
