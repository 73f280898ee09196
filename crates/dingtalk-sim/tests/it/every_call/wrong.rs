//! How a right object is made wrong in one place. Each mistake comes with the names of which the refusal may speak.

use serde_json::{Value, json};

pub(super) type Mistake = (Vec<String>, Value);

const STRANGER: &str = "nobodyKnows";

/// With one more field, in the object and in each object inside it.
pub(super) fn strangers(value: &Value, free: &[&str]) -> Vec<Mistake> {
    let whole = if value.is_null() { json!({}) } else { value.clone() };
    let mut found = Vec::new();
    everywhere(&whole, &mut Vec::new(), free, &mut |place, _, whole| {
        if is_free(place, free) {
            return;
        }
        let mut wrong = whole.clone();
        if let Some(Value::Object(fields)) = wrong.pointer_mut(&pointer(place)) {
            fields.insert(STRANGER.to_owned(), json!(1));
            found.push((vec![STRANGER.to_owned()], wrong));
        }
    });
    found
}

/// With a word in the place of each number and flag: an address has nothing but text.
pub(super) fn wrong_queries(query: &Value) -> Vec<Mistake> {
    let numbers = query.as_object().into_iter().flatten().filter(|(_, value)| !value.is_string());
    let wrong = |(name, _): (&String, &Value)| {
        let mut wrong = query.clone();
        wrong[name] = json!("x");
        (vec![name.clone()], wrong)
    };
    numbers.map(wrong).collect()
}

/// With a value of another kind in the place of each value. Where the spelling is loose, a text may be a number and a number a text
/// of digits.
pub(super) fn wrongs(value: &Value, loose: bool, free: &[&str]) -> Vec<Mistake> {
    let mut found = Vec::new();
    everywhere(value, &mut Vec::new(), free, &mut |place, value, whole| {
        if place.is_empty() {
            return;
        }
        for other in others(value, loose) {
            let mut wrong = whole.clone();
            *wrong.pointer_mut(&pointer(place)).unwrap() = other;
            let names = place.iter().filter(|name| name.parse::<usize>().is_err()).cloned().collect();
            found.push((names, wrong));
        }
    });
    found
}

fn others(value: &Value, loose: bool) -> Vec<Value> {
    let exact = |value| if loose { Vec::new() } else { vec![value] };
    match value {
        Value::Null => Vec::new(),
        Value::String(_) => [vec![json!({"a": "b"}), json!(["a"]), json!(true)], exact(json!(7))].concat(),
        Value::Number(_) => {
            [vec![json!("x"), json!(true), json!({})], exact(json!(value.to_string()))].concat()
        }
        Value::Bool(_) => [vec![json!(7), json!("yes"), json!({})], exact(json!("true"))].concat(),
        Value::Array(_) => vec![json!("x"), json!({"a": "b"}), json!(7)],
        Value::Object(_) => vec![json!("x"), json!(["a"]), json!(7)],
    }
}

type Visit<'v> = &'v mut dyn FnMut(&[String], &Value, &Value);

/// Visits the whole, and everything in it but the second and later ones of a list.
fn everywhere(whole: &Value, place: &mut Vec<String>, free: &[&str], visit: Visit<'_>) {
    let Some(value) = whole.pointer(&pointer(place)) else { return };
    let names: Vec<_> = match value {
        Value::Object(_) if is_free(place, free) => Vec::new(),
        Value::Object(fields) => fields.keys().cloned().collect(),
        Value::Array(values) => values.first().map(|_| "0".to_owned()).into_iter().collect(),
        _ => Vec::new(),
    };
    visit(place, value, whole);
    for name in names {
        place.push(name);
        everywhere(whole, place, free, visit);
        place.pop();
    }
}

/// In an object that is free, nothing is a stranger.
fn is_free(place: &[String], free: &[&str]) -> bool {
    place.last().is_some_and(|name| free.contains(&name.as_str()))
}

fn pointer(place: &[String]) -> String {
    place.iter().flat_map(|name| ["/".to_owned(), name.replace('~', "~0").replace('/', "~1")]).collect()
}
