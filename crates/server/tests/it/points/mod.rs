//! The server is stopped at every step between two others, by an error and by its death: while somebody joins, speaks to the bot, is
//! decided about, takes a request back, is reminded, is reached by another way, leaves unseen; and while it looks for what it has missed. Nothing is lost, and nothing happens
//! twice but in the one window that `docs/reliability.md` names.

mod list;
mod own;
mod walk;

mod checking;
mod climbing;
mod deciding;
mod joining;
mod keeping;
mod killed;
mod leaving;
mod missing;
mod pressing;
mod recalling;
mod reminding;
mod speaking;
