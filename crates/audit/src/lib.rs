//! Append-only, keyed hash chain; knows no features
