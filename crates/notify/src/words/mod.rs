//! Every sentence that the product says in a chat. Pure functions of what a reader may know: no names of others, no
//! illness, no amounts, because messages show on locked screens and stay on the platform's servers. One purpose, at most sixty characters before the button, one button.

pub mod aid;
pub mod authority;
pub mod bot;
pub mod branch;
mod brief;
pub mod card;
pub mod grievance;
pub mod mandate;
pub mod outreach;
pub mod person;
pub mod refusal;
pub mod retention;
pub mod second_factor;
pub mod sms;
pub mod trail;

#[cfg(test)]
mod tests;
