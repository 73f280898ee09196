//! What a column holds, whatever the engine calls it; and its one form in files.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, Utc};
use sea_orm::{DbBackend, Value};
use serde_json::Value as Json;
use uuid::Uuid;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Uuid,
    Text,
    Small,
    Integer,
    Big,
    Boolean,
    Date,
    Moment,
    Json,
    Bytes,
}

impl Kind {
    /// Of the type that a database declares. `SQLite` has one size of numbers.
    pub(crate) fn of(backend: DbBackend, declared: &str) -> Option<Self> {
        let declared = declared.to_lowercase();
        let name = declared.split('(').next().unwrap_or_default();
        Some(match name {
            "uuid" | "uuid_text" => Self::Uuid,
            "text" | "varchar" | "character varying" => Self::Text,
            "smallint" => Self::Small,
            "integer" if backend == DbBackend::Postgres => Self::Integer,
            "integer" | "bigint" => Self::Big,
            "boolean" => Self::Boolean,
            "date" | "date_text" => Self::Date,
            "timestamp with time zone" | "timestamp_with_timezone_text" => Self::Moment,
            "jsonb" | "jsonb_text" => Self::Json,
            "bytea" | "blob" => Self::Bytes,
            _ => return None,
        })
    }

    /// The word in the manifest. `SQLite` tells no sizes of numbers, so neither does the file.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Uuid => "uuid",
            Self::Text => "text",
            Self::Small | Self::Integer | Self::Big => "integer",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Moment => "moment",
            Self::Json => "json",
            Self::Bytes => "bytes",
        }
    }

    pub(crate) const fn is_number(self) -> bool {
        matches!(self, Self::Small | Self::Integer | Self::Big)
    }

    /// The column as text, in SQL.
    pub(crate) fn as_text(self, backend: DbBackend, column: &str) -> String {
        if backend == DbBackend::Postgres {
            match self {
                Self::Text => column.to_owned(),
                Self::Date => format!("to_char({column}, 'YYYY-MM-DD')"),
                Self::Moment => {
                    format!("to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
                }
                Self::Bytes => format!("encode({column}, 'hex')"),
                _ => format!("{column}::text"),
            }
        } else {
            match self {
                Self::Uuid | Self::Bytes => format!("CASE WHEN {column} IS NOT NULL THEN hex({column}) END"),
                Self::Text | Self::Date | Self::Moment => column.to_owned(),
                _ => format!("CAST({column} AS TEXT)"),
            }
        }
    }

    /// Its order, which must be the same in both engines.
    pub(crate) fn ordered(self, backend: DbBackend, column: &str) -> String {
        if backend == DbBackend::Postgres && self == Self::Text {
            format!("{column} COLLATE \"C\"")
        } else {
            column.to_owned()
        }
    }

    /// The one form of what [`Kind::as_text`] gave. `None`: it is none of this kind.
    pub(crate) fn written(self, text: &str) -> Option<Json> {
        Some(match self {
            Self::Uuid => Json::String(Uuid::parse_str(text).ok()?.hyphenated().to_string()),
            Self::Text => Json::String(text.to_owned()),
            Self::Small | Self::Integer | Self::Big => Json::from(text.parse::<i64>().ok()?),
            Self::Boolean => Json::Bool(matches!(text, "1" | "true")),
            Self::Date => Json::String(text.parse::<NaiveDate>().ok()?.to_string()),
            // What PostgreSQL keeps: millionths of a second.
            Self::Moment => Json::String(moment(text)?.to_rfc3339_opts(SecondsFormat::Micros, true)),
            Self::Json => sorted(serde_json::from_str(text).ok()?),
            Self::Bytes => Json::String(text.to_lowercase()),
        })
    }

    /// The value to be bound. `None`: what stands in the file is none of this kind.
    pub(crate) fn read(self, json: &Json) -> Option<Value> {
        let text = || json.as_str();
        if json.is_null() {
            return Some(self.null());
        }
        Some(match self {
            Self::Uuid => Uuid::parse_str(text()?).ok()?.into(),
            Self::Text => text()?.into(),
            Self::Small => i16::try_from(json.as_i64()?).ok()?.into(),
            Self::Integer => i32::try_from(json.as_i64()?).ok()?.into(),
            Self::Big => json.as_i64()?.into(),
            Self::Boolean => json.as_bool()?.into(),
            Self::Date => text()?.parse::<NaiveDate>().ok()?.into(),
            Self::Moment => moment(text()?)?.into(),
            Self::Json => json.clone().into(),
            Self::Bytes => hex::decode(text()?).ok()?.into(),
        })
    }

    /// Nothing, of this kind. JSON's own null is not told apart from it: no column holds one.
    pub(crate) const fn null(self) -> Value {
        match self {
            Self::Uuid => Value::Uuid(None),
            Self::Text => Value::String(None),
            Self::Small => Value::SmallInt(None),
            Self::Integer => Value::Int(None),
            Self::Big => Value::BigInt(None),
            Self::Boolean => Value::Bool(None),
            Self::Date => Value::ChronoDate(None),
            Self::Moment => Value::ChronoDateTimeUtc(None),
            Self::Json => Value::Json(None),
            Self::Bytes => Value::Bytes(None),
        }
    }
}

/// As engines and drivers write it; what has no zone is in UTC.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    let in_zone = |text: &str| DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc());
    let without = || NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok().map(|at| at.and_utc());
    in_zone(text).or_else(without)
}

/// The same with the keys of every object in order.
fn sorted(json: Json) -> Json {
    match json {
        Json::Object(object) => {
            let mut fields: Vec<(String, Json)> = object.into_iter().collect();
            fields.sort_by(|(one, _), (other, _)| one.cmp(other));
            Json::Object(fields.into_iter().map(|(key, value)| (key, sorted(value))).collect())
        }
        Json::Array(all) => Json::Array(all.into_iter().map(sorted).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::DbBackend;
    use serde_json::json;

    use super::Kind;

    #[test]
    fn both_engines_have_one_form() {
        for (kind, texts, form) in [
            (
                Kind::Uuid,
                ["01A0000000057000800000000000ABCD", "01a00000-0005-7000-8000-00000000abcd"],
                json!("01a00000-0005-7000-8000-00000000abcd"),
            ),
            (
                Kind::Moment,
                ["2026-11-25T08:00:00.123456789+00:00", "2026-11-25 08:00:00.123456"],
                json!("2026-11-25T08:00:00.123456Z"),
            ),
            (Kind::Boolean, ["1", "true"], json!(true)),
            (Kind::Boolean, ["0", "false"], json!(false)),
            (Kind::Json, ["{\"b\":1,\"a\":[2]}", "{\"a\": [2], \"b\": 1}"], json!({"a": [2], "b": 1})),
            (Kind::Bytes, ["00FF", "00ff"], json!("00ff")),
        ] {
            for text in texts {
                let written = kind.written(text).unwrap();
                assert_eq!(written.to_string(), form.to_string());
                assert!(kind.read(&written).is_some());
            }
        }
        for (kind, text) in
            [(Kind::Uuid, "x"), (Kind::Moment, "yesterday"), (Kind::Json, "{"), (Kind::Big, "1.5")]
        {
            assert_eq!(kind.written(text), None);
        }
        assert_eq!(Kind::Small.read(&json!(70_000)), None);
        assert_eq!(Kind::of(DbBackend::Sqlite, "real"), None);
        assert_eq!(Kind::of(DbBackend::Sqlite, "integer"), Some(Kind::Big));
    }
}
