//! Going round to see people: lists, ways, visits, money and items.

mod listing;
pub(crate) mod scene;
mod settling;
mod standards;
mod stock;
mod visiting;
