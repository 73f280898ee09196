//! Putting the layers on one another, knowing which layer each value came from.

use std::{collections::BTreeMap, path::Path};

use config::{Config as Layers, Environment, File, FileFormat, Map, Source, Value, ValueKind};
use secrecy::{ExposeSecret, SecretString};

use super::{Config, DEFAULTS};

/// Why a configuration is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A key that does not exist.
    #[error("{layer} sets \"{key}\", which does not exist{}", nearest.as_ref().map(|n| format!("; did you mean \"{n}\"?")).unwrap_or_default())]
    Unknown {
        /// Which layer.
        layer: String,
        /// The key.
        key: String,
        /// The nearest one that exists.
        nearest: Option<String>,
    },
    /// A value that does not fit.
    #[error("{0}")]
    Value(#[from] config::ConfigError),
    /// A value and its file at once.
    #[error("\"{0}\" and \"{0}_file\" are both set; say one of them")]
    Both(String),
    /// A file that cannot be read.
    #[error("\"{key}\" names {path}, which cannot be read: {source}")]
    File {
        /// The key.
        key: String,
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// What must not be used where real people are served.
    #[error("{0}")]
    Refused(String),
}

/// The configuration and where each value came from.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The configuration.
    pub config: Config,
    /// Key → layer.
    pub origins: BTreeMap<String, String>,
    /// Key → text, for `config show`; secrets are not among them.
    pub values: BTreeMap<String, String>,
}

/// The layer that is compiled in.
const DEFAULT: &str = "default";

/// Keys whose values are never shown.
pub(super) const SECRETS: &[&str] = &[
    "database.url",
    "dingtalk.client_secret",
    "dingtalk.callback_token",
    "dingtalk.callback_aes_key",
    "dingtalk.card_secret",
];

/// Loads the layers. `flags` are `key=value` pairs from the command line.
pub fn load(file: Option<&Path>, flags: &[(String, String)]) -> Result<Loaded, ConfigError> {
    let defaults = collect(&File::from_str(DEFAULTS, FileFormat::Toml))?;
    let mut builder = Layers::builder().add_source(File::from_str(DEFAULTS, FileFormat::Toml));
    let mut origins: BTreeMap<String, String> =
        defaults.keys().map(|key| (key.clone(), DEFAULT.to_owned())).collect();
    let mut layer = |name: String, source: &dyn Source| -> Result<(), ConfigError> {
        for key in collect(source)?.keys() {
            if !defaults.contains_key(key) {
                return Err(unknown(&name, key, defaults.keys()));
            }
            origins.insert(key.clone(), name.clone());
        }
        Ok(())
    };
    if let Some(path) = file {
        let source = File::from(path).format(FileFormat::Toml);
        layer(path.display().to_string(), &source)?;
        builder = builder.add_source(source);
    }
    let environment = Environment::with_prefix("YINLING")
        .prefix_separator("__")
        .separator("__")
        .try_parsing(true)
        .list_separator(",")
        .with_list_parse_key("web.frame_ancestors");
    layer("the environment".to_owned(), &environment)?;
    builder = builder.add_source(environment);
    for (key, value) in flags {
        if !defaults.contains_key(key) {
            return Err(unknown("the command line", key, defaults.keys()));
        }
        builder = builder.set_override(key, value.clone())?;
        origins.insert(key.clone(), "the command line".to_owned());
    }
    let built = builder.build()?;
    let values = flatten("", &built.cache);
    let mut config: Config = built.try_deserialize()?;
    secrets(&mut config, &origins)?;
    guard(&config)?;
    Ok(Loaded { config, origins, values })
}

/// Reads the secrets that stand in files.
fn secrets(config: &mut Config, origins: &BTreeMap<String, String>) -> Result<(), ConfigError> {
    let (database, it) = (&mut config.database, &mut config.dingtalk);
    for (key, value, file) in [
        ("database.url", &mut database.url, &database.url_file),
        ("dingtalk.client_secret", &mut it.client_secret, &it.client_secret_file),
        ("dingtalk.callback_token", &mut it.callback_token, &it.callback_token_file),
        ("dingtalk.callback_aes_key", &mut it.callback_aes_key, &it.callback_aes_key_file),
    ] {
        if file.is_empty() {
            continue;
        }
        if origins.get(key).is_some_and(|origin| origin != DEFAULT) && !value.expose_secret().is_empty() {
            return Err(ConfigError::Both(key.to_owned()));
        }
        let text = std::fs::read_to_string(file).map_err(|source| ConfigError::File {
            key: format!("{key}_file"),
            path: file.clone(),
            source,
        })?;
        *value = SecretString::from(text.trim().to_owned());
    }
    Ok(())
}

/// A simulator is for demonstrations and tests.
fn guard(config: &Config) -> Result<(), ConfigError> {
    for host in [&config.dingtalk.api_base, &config.dingtalk.oapi_base] {
        let local = matches!(host.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if (local || host.scheme() != "https") && !config.dingtalk.allow_simulator {
            return Err(ConfigError::Refused(format!(
                "dingtalk hosts must be https and not this machine, but one is {host}; dingtalk.allow_simulator = true allows it"
            )));
        }
    }
    Ok(())
}

fn unknown<'a>(layer: &str, key: &str, known: impl Iterator<Item = &'a String>) -> ConfigError {
    let nearest = known
        .map(|candidate| (strsim::jaro_winkler(candidate, key), candidate))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(likeness, _)| *likeness > 0.8)
        .map(|(_, candidate)| candidate.clone());
    ConfigError::Unknown { layer: layer.to_owned(), key: key.to_owned(), nearest }
}

fn collect(source: &dyn Source) -> Result<BTreeMap<String, String>, ConfigError> {
    let map = source.collect()?;
    Ok(flatten("", &Value::new(None, ValueKind::Table(map))))
}

/// `section.key` → text. A list is one value.
fn flatten(prefix: &str, value: &Value) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    match &value.kind {
        ValueKind::Table(map) => {
            let map: &Map<String, Value> = map;
            for (key, inner) in map {
                let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                all.extend(flatten(&path, inner));
            }
        }
        other => {
            all.insert(prefix.to_owned(), other.to_string());
        }
    }
    all
}
