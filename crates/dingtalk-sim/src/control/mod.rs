//! `/_sim`: what a visitor's console, a browser test or curl can do to the tenant. Not part of the platform.

mod answer;
mod approvals;
mod clock;
mod connection;
mod desk;
mod groups;
mod media;
mod office;
mod people;
mod routes;
mod state;
mod stream;

pub(crate) use media::address as media_address;
pub(crate) use routes::configure;
