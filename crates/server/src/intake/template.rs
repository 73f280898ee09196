//! The template: an empty list, how to fill it, and its version.

use actix_web::{HttpResponse, web};
use domain::{
    authority::Worker,
    intake::{COLUMNS, Field, TEMPLATE},
};
use workbook::{CannotWrite, Column, Look, Writer};

use super::{attachment, unwritten};
use crate::{app::App, page::PageError, session::SignedIn};

/// Rows that have drop-down lists.
const ROWS: u32 = 5_000;

pub(super) async fn file(_app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    Worker::somewhere(&by.grants().await?).ok_or(PageError::NotFound)?;
    Ok(attachment("离退休干部名册（模板）", template().map_err(unwritten)?))
}

/// What the clerk fills; what the system says stays out.
fn columns() -> impl Iterator<Item = &'static Column<Field>> + Clone {
    COLUMNS.iter().filter(|column| column.key != Field::Reason)
}

fn template() -> Result<Vec<u8>, CannotWrite> {
    let mut writer = Writer::new();
    let names: Vec<String> =
        columns()
            .map(|column| {
                if column.required { format!("{}（必填）", column.name) } else { column.name.to_owned() }
            })
            .collect();
    let width = |name: &String| u16::try_from(name.chars().count() * 2 + 6).unwrap_or(20);
    let widths: Vec<u16> = names.iter().map(width).collect();
    let mut sheet = writer.sheet("名册", &widths, true)?;
    sheet.row(names.iter().map(|name| (name.as_str(), Look::Head)))?;
    sheet.freeze()?;
    for (at, column) in (0_u16..).zip(columns()) {
        if !column.choices.is_empty() {
            sheet.choices(at, ROWS, column.choices)?;
        }
    }
    sheet.row(columns().map(|column| (column.sample, Look::Sample)))?;

    let mut notes = writer.sheet("填写说明", &[18, 10, 60, 20], false)?;
    notes.row([("每人一行。示例那一行不会导入，可以留着。", Look::Title)])?;
    notes.row([
        ("列", Look::Head),
        ("要不要填", Look::Head),
        ("怎么填", Look::Head),
        ("可以选的", Look::Head),
    ])?;
    for column in columns() {
        let choices = column.choices.join("、");
        let needed = if column.required { "必填" } else { "可以不填" };
        notes.row([
            (column.name, Look::Plain),
            (needed, Look::Plain),
            (column.note, Look::Wrapped),
            (choices.as_str(), Look::Wrapped),
        ])?;
    }
    writer.version(TEMPLATE)?;
    writer.finish()
}
