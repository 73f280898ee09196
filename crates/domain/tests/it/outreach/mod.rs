//! Going round to see people: lists, ways, visits, money and items.

mod listing;
mod scene;
mod settling;
mod standards;
mod stock;
mod visiting;
