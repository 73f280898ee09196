//! One person: dated facts, names, births, contacts, family, doubles.

mod changing;
mod dying;
mod facts;
mod lists;
mod merging;
mod names;
mod reaching;
mod treatment;
mod undying;
