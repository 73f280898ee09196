//! Every migration, in order, with sample data
