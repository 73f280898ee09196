//! `Debug` for types that carry messages or personal data: only the named fields are shown.

/// `shows!(RobotMessage: msg_id, kind)` prints `RobotMessage { msg_id: …, kind: …, .. }`.
macro_rules! shows {
    ($name:ident $(: $($field:ident),+)?) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name))
                    $($(.field(stringify!($field), &self.$field))+)?
                    .finish_non_exhaustive()
            }
        }
    };
}

pub(crate) use shows;
