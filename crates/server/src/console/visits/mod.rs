//! Home visits without a network: a worker takes cases along, writes on the phone, and sends when the network is back. What is written is
//! sealed on the phone; a visit that somebody else has written meanwhile is shown beside it and never overwritten. The page for requests is
//! here, too, as one script keeps both; what it asks for and sends is the feature's that enters requests.

mod pages;
mod photo;
mod sending;
mod state;

pub(super) use pages::{blank, offline, requests, worker_script};
pub(super) use photo::photo;
pub(super) use sending::send;
pub(super) use state::{key, state};
