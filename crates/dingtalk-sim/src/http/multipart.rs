//! A body in parts: text fields, and one file.

use serde_json::{Map, Value};

use crate::world::Refusal;

/// The file of an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// What a body holds.
#[derive(Debug)]
pub(super) struct Parts {
    /// The text fields, as an object.
    pub(super) fields: Value,
    /// The part named `media`.
    pub(super) file: Option<File>,
}

/// Takes a body apart. Each part has a name; a file has a file name and may be called `media` only.
pub(super) fn read(content_type: &str, body: &[u8]) -> Result<Parts, Refusal> {
    let boundary = parameter(content_type, "boundary").ok_or_else(|| wrong("there is no boundary"))?;
    let line = format!("\r\n--{boundary}");
    // The first boundary needs no line before it; the platform's own client for Java writes an empty one.
    let begin = body.strip_prefix(b"\r\n").unwrap_or(body);
    let mut rest = begin
        .strip_prefix(line.trim_start().as_bytes())
        .ok_or_else(|| wrong("it begins with no boundary"))?;
    let mut parts = Parts { fields: Value::Null, file: None };
    let mut fields = Map::new();
    while !rest.starts_with(b"--") {
        let part = rest.strip_prefix(b"\r\n").ok_or_else(|| wrong("a boundary ends with its line"))?;
        let head = find(part, b"\r\n\r\n").ok_or_else(|| wrong("a part has no head"))?;
        let (head, content) = part.split_at(head);
        let content = content.strip_prefix(b"\r\n\r\n").unwrap_or_default();
        let end = find(content, line.as_bytes()).ok_or_else(|| wrong("a part has no end"))?;
        let (content, after) = content.split_at(end);
        rest = after.strip_prefix(line.as_bytes()).unwrap_or_default();
        let head = String::from_utf8_lossy(head).into_owned();
        let name = parameter(&head, "name").ok_or_else(|| wrong("a part has no name"))?;
        match parameter(&head, "filename") {
            Some(file) if name == "media" => {
                parts.file = Some(File { name: file, bytes: content.to_vec() });
            }
            Some(_) => return Err(wrong("the file must be called media")),
            None => drop(fields.insert(name, Value::from(String::from_utf8_lossy(content).into_owned()))),
        }
    }
    parts.fields = Value::Object(fields);
    Ok(parts)
}

/// The value of `name="…"` or `name=…`; not that of a longer name.
fn parameter(head: &str, name: &str) -> Option<String> {
    let value =
        head.split([';', '\r', '\n']).find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))?;
    Some(value.trim_matches('"').to_owned())
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    // Jumping from one first byte to the next: a file of many megabytes is looked through at once.
    let first = what.first()?;
    let mut from = 0;
    loop {
        let step = text.get(from..)?.iter().position(|byte| byte == first)?;
        if text.get(from + step..)?.starts_with(what) {
            return Some(from + step);
        }
        from += step + 1;
    }
}

fn wrong(why: &str) -> Refusal {
    Refusal::Parameter(format!("the body is no multipart/form-data: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TYPE: &str = "multipart/form-data; boundary=xx";

    #[test]
    fn fields_and_file_are_found() {
        let body = b"--xx\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\nimage\r\n\
            --xx\r\nContent-Disposition: form-data; name=\"media\"; filename=\"a.png\"\r\n\
            Content-Type: image/png\r\n\r\n\x89P\r\n--x\r\n--xx--\r\n";
        let parts = read(TYPE, body).unwrap();
        assert_eq!(parts.fields, json!({"type": "image"}));
        assert_eq!(parts.file, Some(File { name: "a.png".to_owned(), bytes: b"\x89P\r\n--x".to_vec() }));
    }

    #[test]
    fn the_old_java_client_is_understood() {
        let body =
            b"\r\n--xx\r\nContent-Disposition:form-data;name=\"type\"\r\nContent-Type:text/plain\r\n\r\nfile\
            \r\n--xx\r\nContent-Disposition:form-data;name=\"media\";filename=\"a.pdf\"\r\n\
            Content-Type:application/pdf\r\n\r\n%PDF\r\n--xx--\r\n";
        let parts = read("multipart/form-data;charset=UTF-8;boundary=xx", body).unwrap();
        assert_eq!(parts.fields, json!({"type": "file"}));
        assert_eq!(parts.file, Some(File { name: "a.pdf".to_owned(), bytes: b"%PDF".to_vec() }));
    }

    #[test]
    fn a_broken_body_is_refused() {
        for body in [
            "",
            "--xx",
            "--xx\r\n\r\n",
            "\r\n\r\n--xx--",
            "--xx\r\nContent-Disposition: form-data\r\n\r\na\r\n--xx--",
            "--xx\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\na\r\n--xx--",
            "--xx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end",
        ] {
            assert!(read(TYPE, body.as_bytes()).is_err(), "{body}");
        }
        assert!(read("multipart/form-data", b"--xx--").is_err());
    }
}
