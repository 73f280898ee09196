//! A department, and what a change of one may touch.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The department every other one is under.
pub(crate) const ROOT: i64 = 1;

#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub(crate) struct Department {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) parent: i64,
    /// Place among its siblings; the smallest stands first.
    #[serde(default)]
    pub(crate) order: Option<i64>,
    /// Everything else by the platform's names, as it was set and as it is answered.
    #[serde(default)]
    pub(crate) settings: BTreeMap<String, Value>,
}

/// What a change of a department may touch; absent means as it was.
#[derive(Clone, Debug, Default)]
pub(crate) struct DepartmentChange {
    pub(crate) name: Option<String>,
    pub(crate) parent: Option<i64>,
    pub(crate) order: Option<i64>,
    /// Everybody who leads it from now on.
    pub(crate) leaders: Option<Vec<String>>,
    pub(crate) settings: BTreeMap<String, Value>,
}

impl Department {
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.settings.get(name).and_then(Value::as_bool).unwrap_or(false)
    }
}
