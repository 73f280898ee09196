//! `config show`: each key, its value and where it came from. Secrets are never shown, not even their length.

use super::layers::{Loaded, SECRETS};

/// The lines.
pub fn show(loaded: &Loaded) -> Vec<String> {
    loaded
        .values
        .iter()
        .map(|(key, value)| {
            let shown =
                if SECRETS.contains(&key.as_str()) && !value.is_empty() { "***" } else { value.as_str() };
            let origin = loaded.origins.get(key).map_or("default", String::as_str);
            format!("{key} = {shown}  ({origin})")
        })
        .collect()
}
