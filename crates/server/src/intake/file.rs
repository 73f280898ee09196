//! A spreadsheet as an answer, open or locked.

use actix_web::{HttpResponse, http::header};
use url::form_urlencoded::byte_serialize;

/// `name` without its ending.
pub(crate) fn attachment(name: &str, bytes: Vec<u8>) -> HttpResponse {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    as_file((name, "xlsx"), kind, bytes)
}

/// The same in a locked archive.
pub(crate) fn archive(name: &str, bytes: Vec<u8>) -> HttpResponse {
    as_file((name, "zip"), "application/zip", bytes)
}

fn as_file((name, ending): (&str, &str), kind: &'static str, bytes: Vec<u8>) -> HttpResponse {
    let encoded: String = byte_serialize(name.as_bytes()).collect();
    let said = format!("attachment; filename=\"yinling.{ending}\"; filename*=UTF-8''{encoded}.{ending}");
    HttpResponse::Ok().content_type(kind).insert_header((header::CONTENT_DISPOSITION, said)).body(bytes)
}
