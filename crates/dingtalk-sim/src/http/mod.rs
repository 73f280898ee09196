//! The platform's HTTP face: both hosts on one port. Each endpoint takes a call apart and says one sentence to
//! the world; everything they share (tokens, quotas, faults, the log, the two answer shapes) is in the gate.

mod answer;
mod call;
mod endpoint;
mod gate;
mod multipart;
mod read;
mod table;

mod callback;
mod contact;
mod ding;
mod group;
mod group_message;
mod media;
mod notice;
mod robot;
mod scene;
mod sign_in;
mod workflow;

pub(crate) use gate::face;
