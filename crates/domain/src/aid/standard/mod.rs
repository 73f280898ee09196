//! 帮扶标准 in layers: province, city, county. A lower layer may narrow what an upper one allows, never widen it; what is in force is
//! what every layer allows, and each value knows the row that sets it. Pure.
//!
//! [`Terms`] is what one row says, [`Standard`] what all layers say together, [`Worked`] how an amount follows from it.

mod formula;
mod layers;
mod level;
mod terms;
mod value;

pub use formula::Worked;
pub(super) use layers::fits;
pub use layers::{Standard, layers, standard};
pub use level::Level;
pub use terms::{Frequency, Terms};
pub use value::{Field, Value};
