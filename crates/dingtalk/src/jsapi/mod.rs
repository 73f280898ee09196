//! Signing a page for the container's JavaScript (`dd.config`): the ticket, and the signature over it.
//!
//! Pages: [获取jsapiTicket](https://open.dingtalk.com/document/development/create-a-jsapi-ticket),
//! [JSAPI鉴权](https://open.dingtalk.com/document/development/jsapi-authentication).

mod signature;
mod ticket;

pub use signature::{Digest, signature, signed_url};
pub use ticket::{DdConfig, Jsapi, TicketAnswer};
