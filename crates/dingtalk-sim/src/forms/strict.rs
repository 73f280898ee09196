//! Taking a JSON object apart field by field; whatever is left over at the end was not in the documentation.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::world::Refusal;

pub(crate) struct Strict {
    place: String,
    fields: Map<String, Value>,
    spelling: Spelling,
}

/// How a value may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    /// In JSON's own types, as the new API documents each field.
    Exact,
    /// Numbers and flags also as text, and numbers in the place of text: what a form or a query knows of them, and
    /// what oapi takes in JSON too.
    Loose,
}

impl Strict {
    pub(crate) fn new(place: &str, value: Value) -> Result<Self, Refusal> {
        Self::spelled(place, value, Spelling::Exact)
    }

    /// The same, of a query, a form, or a body of oapi.
    pub(crate) fn loose(place: &str, value: Value) -> Result<Self, Refusal> {
        Self::spelled(place, value, Spelling::Loose)
    }

    fn spelled(place: &str, value: Value, spelling: Spelling) -> Result<Self, Refusal> {
        match value {
            Value::Object(fields) => Ok(Self { place: place.to_owned(), fields, spelling }),
            other => Err(Refusal::Parameter(format!("{place}: an object is expected, not {other}"))),
        }
    }

    fn is_loose(&self) -> bool {
        self.spelling == Spelling::Loose
    }

    pub(crate) fn text(&mut self, name: &str) -> Result<String, Refusal> {
        self.optional_text(name)?.ok_or_else(|| self.complaint(name, "is required"))
    }

    pub(crate) fn optional_text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        match self.fields.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(Value::Number(number)) if self.is_loose() => Ok(Some(number.to_string())),
            Some(_) => Err(self.complaint(name, "must be text")),
        }
    }

    pub(crate) fn number(&mut self, name: &str) -> Result<i64, Refusal> {
        self.optional_number(name)?.ok_or_else(|| self.complaint(name, "is required"))
    }

    pub(crate) fn optional_number(&mut self, name: &str) -> Result<Option<i64>, Refusal> {
        let number = match self.fields.remove(name) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::Number(number)) => number.as_i64(),
            Some(Value::String(text)) if self.is_loose() => text.parse().ok(),
            Some(_) => None,
        };
        number.map(Some).ok_or_else(|| self.complaint(name, "must be a number"))
    }

    pub(crate) fn flag(&mut self, name: &str) -> Result<bool, Refusal> {
        match self.fields.remove(name) {
            None | Some(Value::Null) => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(Value::String(text)) if self.is_loose() && (text == "true" || text == "false") => {
                Ok(text == "true")
            }
            Some(_) => Err(self.complaint(name, "must be true or false")),
        }
    }

    /// A list; absent is empty.
    pub(crate) fn list(&mut self, name: &str) -> Result<Vec<Value>, Refusal> {
        match self.fields.remove(name) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(values)) => Ok(values),
            Some(_) => Err(self.complaint(name, "must be a list")),
        }
    }

    pub(crate) fn texts(&mut self, name: &str) -> Result<Vec<String>, Refusal> {
        let complaint = self.complaint(name, "must be a list of text");
        let text = |value| match value {
            Value::String(text) => Ok(text),
            _ => Err(complaint.clone()),
        };
        self.list(name)?.into_iter().map(text).collect()
    }

    /// Ids as one text with commas between, as oapi wants them; absent is none.
    pub(crate) fn commas(&mut self, name: &str) -> Result<Option<Vec<String>>, Refusal> {
        let text = self.optional_text(name)?;
        Ok(text.map(|text| {
            text.split(',').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect()
        }))
    }

    /// The same, of numbers.
    pub(crate) fn number_commas(&mut self, name: &str) -> Result<Option<Vec<i64>>, Refusal> {
        let complaint = self.complaint(name, "must be numbers with commas between");
        let number = |id: String| id.parse().map_err(|_not_digits| complaint.clone());
        self.commas(name)?.map(|ids| ids.into_iter().map(number).collect()).transpose()
    }

    pub(crate) fn optional_flag(&mut self, name: &str) -> Result<Option<bool>, Refusal> {
        let there = self.fields.get(name).is_some_and(|value| !value.is_null());
        let flag = self.flag(name)?;
        Ok(there.then_some(flag))
    }

    /// An object, or one written as JSON text; absent is none.
    pub(crate) fn optional_object_or_text(&mut self, name: &str) -> Result<Option<Self>, Refusal> {
        match self.fields.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.object_or_text(name).map(Some),
        }
    }

    /// An object inside this one.
    pub(crate) fn object(&mut self, name: &str) -> Result<Self, Refusal> {
        let value = self.fields.remove(name).ok_or_else(|| self.complaint(name, "is required"))?;
        Self::spelled(&format!("{}.{name}", self.place), value, self.spelling)
    }

    /// An object inside this one, if it is there.
    pub(crate) fn optional_object(&mut self, name: &str) -> Result<Option<Self>, Refusal> {
        match self.fields.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.object(name).map(Some),
        }
    }

    /// Objects in a list; absent is empty.
    pub(crate) fn objects(&mut self, name: &str) -> Result<Vec<Self>, Refusal> {
        let place = format!("{}.{name}", self.place);
        let spelling = self.spelling;
        self.list(name)?.into_iter().map(|value| Self::spelled(&place, value, spelling)).collect()
    }

    /// Names and texts, and nothing but texts.
    pub(crate) fn text_map(&mut self, name: &str) -> Result<BTreeMap<String, String>, Refusal> {
        let complaint = self.complaint(name, "must hold texts only");
        let Some(inner) = self.optional_object(name)? else { return Ok(BTreeMap::new()) };
        let text = |(key, value)| match value {
            Value::String(text) => Ok((key, text)),
            _ => Err(complaint.clone()),
        };
        inner.fields.into_iter().map(text).collect()
    }

    /// What is there, by its name.
    pub(crate) fn names(&self) -> Vec<String> {
        self.fields.keys().cloned().collect()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.fields.get(name)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// A text of at most so many characters; empty when absent.
    pub(crate) fn short_text(&mut self, name: &str, most: usize) -> Result<String, Refusal> {
        let text = self.optional_text(name)?.unwrap_or_default();
        if text.chars().count() > most {
            return Err(self.complaint(name, &format!("has more than {most} characters")));
        }
        Ok(text)
    }

    /// An object, or one written as JSON text.
    pub(crate) fn object_or_text(&mut self, name: &str) -> Result<Self, Refusal> {
        if let Some(Value::String(text)) = self.fields.get(name) {
            let value = serde_json::from_str(text)
                .map_err(|error| self.complaint(name, &format!("is not JSON: {error}")))?;
            self.fields.insert(name.to_owned(), value);
        }
        self.object(name)
    }

    /// 0 or 1 under each of these names; what is absent is left out.
    pub(crate) fn switches(&mut self, names: &[&str]) -> Result<BTreeMap<String, i64>, Refusal> {
        let mut switches = BTreeMap::new();
        for name in names {
            match self.optional_number(name)? {
                None => {}
                Some(number @ (0 | 1)) => drop(switches.insert((*name).to_owned(), number)),
                Some(_) => return Err(self.complaint(name, "must be 0 or 1")),
            }
        }
        Ok(switches)
    }

    /// Texts that are documented, and of no interest here.
    pub(crate) fn ignore(&mut self, names: &[&str]) -> Result<(), Refusal> {
        names.iter().try_for_each(|name| self.optional_text(name).map(drop))
    }

    /// What is documented and of no interest, of several or of any kind.
    pub(crate) fn ignore_any(&mut self, names: &[&str]) {
        for name in names {
            self.fields.remove(*name);
        }
    }

    /// The platform counts the whole text of some objects.
    pub(crate) fn check_size(&self, most: usize) -> Result<(), Refusal> {
        match serde_json::to_string(&self.fields).map_or(0, |text| text.len()) {
            size if size > most => {
                Err(Refusal::Parameter(format!("{} has {size} bytes, at most {most}", self.place)))
            }
            _ => Ok(()),
        }
    }

    /// As it came, for a form that is read elsewhere.
    pub(crate) fn into_value(self) -> Value {
        Value::Object(self.fields)
    }

    pub(crate) fn done(self) -> Result<(), Refusal> {
        match self.fields.keys().next() {
            Some(unknown) => Err(self.complaint(unknown, "is not a field of this call")),
            None => Ok(()),
        }
    }

    pub(crate) fn complaint(&self, name: &str, what: &str) -> Refusal {
        let dot = if self.place.is_empty() { "" } else { "." };
        Refusal::Parameter(format!("{}{dot}{name} {what}", self.place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_left_over_is_named() {
        let mut body = Strict::new("body", json!({"dept_id": 1, "size": 10, "siez": 1})).unwrap();
        assert_eq!(body.number("dept_id"), Ok(1));
        assert_eq!(body.number("size"), Ok(10));
        let refusal = body.done().unwrap_err();
        assert_eq!(refusal.to_string(), "parameter not accepted: body.siez is not a field of this call");
    }

    #[test]
    fn a_number_is_no_text_unless_the_spelling_is_loose() {
        let value = json!({"number": "1", "text": 1, "flag": "true", "inner": {"number": "1"}, "list": [{"text": 1}]});
        let mut exact = Strict::new("body", value.clone()).unwrap();
        assert_eq!(
            exact.number("number").unwrap_err().to_string(),
            "parameter not accepted: body.number must be a number"
        );
        assert!(exact.text("text").is_err() && exact.flag("flag").is_err());
        assert!(exact.object("inner").unwrap().number("number").is_err());
        assert!(exact.objects("list").unwrap()[0].text("text").is_err());
        let mut loose = Strict::loose("body", value).unwrap();
        assert_eq!((loose.number("number"), loose.text("text")), (Ok(1), Ok("1".to_owned())));
        assert_eq!(loose.flag("flag"), Ok(true));
        assert_eq!(loose.object("inner").unwrap().number("number"), Ok(1));
        assert_eq!(loose.objects("list").unwrap()[0].text("text"), Ok("1".to_owned()));
    }

    #[test]
    fn what_is_ignored_still_has_its_kind() {
        let mut body = Strict::new("body", json!({"language": true})).unwrap();
        assert!(body.ignore(&["language", "absent"]).is_err());
    }
}
