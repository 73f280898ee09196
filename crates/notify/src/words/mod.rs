//! Every sentence that the product says in a chat. Pure functions of what a reader may know: no names of others, no
//! illness, no amounts, because messages show on locked screens and stay on the platform's servers.

pub mod aid;
pub mod bot;
pub mod branch;
pub mod person;
pub mod refusal;
