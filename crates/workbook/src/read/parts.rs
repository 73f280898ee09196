//! Which sheets there are, and in which part each is.

use quick_xml::events::Event;

use super::{package::Package, xml::attribute};
use crate::Refusal;

/// A sheet of the workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) visible: bool,
    pub(super) part: String,
}

/// The sheets in order, and whether days count from 1904.
pub(super) fn sheets(package: &mut Package) -> Result<(Vec<Listed>, bool), Refusal> {
    let targets = targets(package)?;
    let mut xml = package.part("xl/workbook.xml", "workbook")?.ok_or(Refusal::NotAWorkbook)?;
    let (mut listed, mut from_1904) = (Vec::new(), false);
    loop {
        match xml.next()? {
            Event::Start(element) | Event::Empty(element) => match element.local_name().into_inner() {
                "workbookPr" => {
                    let said = attribute(&element, "date1904");
                    from_1904 = matches!(said.as_deref(), Some("1" | "true"));
                }
                "sheet" => {
                    let id = attribute(&element, "id").unwrap_or_default();
                    let part = targets.iter().find(|(known, _)| *known == id);
                    let state = attribute(&element, "state");
                    if let Some((_, part)) = part {
                        listed.push(Listed {
                            name: attribute(&element, "name").unwrap_or_default(),
                            visible: matches!(state.as_deref(), None | Some("visible")),
                            part: part.clone(),
                        });
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok((listed, from_1904)),
            _ => {}
        }
    }
}

/// Relationships of the workbook that lead to sheets: id and part.
fn targets(package: &mut Package) -> Result<Vec<(String, String)>, Refusal> {
    let part = package.part("xl/_rels/workbook.xml.rels", "relationships")?;
    let (mut xml, mut found) = (part.ok_or(Refusal::NotAWorkbook)?, Vec::new());
    loop {
        match xml.next()? {
            Event::Start(element) | Event::Empty(element) => {
                let kind = attribute(&element, "Type").unwrap_or_default();
                let (id, target) = (attribute(&element, "Id"), attribute(&element, "Target"));
                if let (true, Some(id), Some(target)) = (kind.ends_with("/worksheet"), id, target) {
                    let part = match target.strip_prefix('/') {
                        Some(whole) => whole.to_owned(),
                        None => format!("xl/{target}"),
                    };
                    found.push((id, part));
                }
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}
