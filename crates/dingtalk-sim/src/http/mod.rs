//! The platform's HTTP face: both hosts on one port. Each endpoint takes a call apart and says one sentence to
//! the world; everything they share (tokens, quotas, faults, the log, the two answer shapes) is in the gate.

mod answer;
mod call;
mod endpoint;
mod gate;
mod multipart;
mod read;
mod table;

mod calendar;
mod callback;
mod card;
mod check_in;
mod directory;
mod group;
mod login;
mod message;
mod sign_in;
mod stream;
mod todo;
mod workflow;

pub(crate) use gate::face;
pub(crate) use login::configure as login;
