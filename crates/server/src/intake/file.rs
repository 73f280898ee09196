//! A spreadsheet as an answer.

use actix_web::{HttpResponse, http::header};
use url::form_urlencoded::byte_serialize;

/// `name` without its ending.
pub(crate) fn attachment(name: &str, bytes: Vec<u8>) -> HttpResponse {
    let encoded: String = byte_serialize(name.as_bytes()).collect();
    let said = format!("attachment; filename=\"yinling.xlsx\"; filename*=UTF-8''{encoded}.xlsx");
    HttpResponse::Ok()
        .content_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        .insert_header((header::CONTENT_DISPOSITION, said))
        .body(bytes)
}
