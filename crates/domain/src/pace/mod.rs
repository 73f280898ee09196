//! How fast the servers may call a platform together: one row for each limit, one statement for each question, whatever the number of
//! servers. What is counted by the month is not here.

mod turn;

pub use turn::{Rate, hold, take};
