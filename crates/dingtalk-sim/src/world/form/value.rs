//! One value, by the kind of its control. Page: the values under
//! [`FormComponent`](https://open.dingtalk.com/document/development/oa-formcomponent-message).

use chrono::{NaiveDate, NaiveDateTime};
use dingtalk::workflow::Attached;
use serde_json::Value;

use crate::config::Control;
use crate::world::{Directory, Instance};

/// What a value can name.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) directory: &'a Directory,
    pub(crate) instances: &'a [Instance],
}

const MOST_ROWS: usize = 100;

pub(super) fn check(control: &Control, value: &str, known: Known<'_>) -> Result<(), String> {
    let no = || format!("not a value of a {}", control.kind);
    let fits = match control.kind.as_str() {
        "TextField" | "TextareaField" => true,
        "NumberField" | "MoneyField" => value.parse::<f64>().is_ok_and(f64::is_finite),
        "StarRatingField" => value.parse::<u8>().is_ok_and(|stars| stars <= control.limit.unwrap_or(5)),
        "DDSelectField" => control.options.iter().any(|option| option == value),
        "DDMultiSelectField" => {
            texts(value).is_some_and(|chosen| chosen.iter().all(|one| control.options.contains(one)))
        }
        "DDDateField" => moment(control, value).is_some(),
        "DDDateRangeField" => texts(value).is_some_and(|both| period(control, &both)),
        "PhoneField" => {
            let digits = value.bytes().filter(u8::is_ascii_digit).count();
            let other = value.bytes().all(|byte| byte.is_ascii_digit() || b"+- ".contains(&byte));
            other && (3..=20).contains(&digits)
        }
        "DDPhotoField" => texts(value).is_some_and(|urls| urls.iter().all(|url| is_address(url))),
        "InnerContactField" => return people(control, value, known),
        "DepartmentField" => return departments(control, value, known),
        "RelateField" => return related(value, known),
        "AddressField" => {
            let parts: Vec<_> = value.split(',').collect();
            (2..=4).contains(&parts.len()) && parts.iter().all(|part| !part.trim().is_empty())
        }
        "TableField" => return table(control, value, known),
        "DDAttachment" => serde_json::from_str::<Vec<Attached>>(value).is_ok(),
        "TimeAndLocationField" => serde_json::from_str::<Vec<Value>>(value).is_ok_and(|parts| place(&parts)),
        "TextNote" => return Err("a note cannot be filled in".to_owned()),
        _ => false,
    };
    if fits { Ok(()) } else { Err(no()) }
}

fn texts(value: &str) -> Option<Vec<String>> {
    serde_json::from_str(value).ok()
}

fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// A day or a minute; which, the control's format says.
fn moment(control: &Control, value: &str) -> Option<NaiveDateTime> {
    let day = || NaiveDate::parse_from_str(value, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0);
    let minute = || NaiveDateTime::parse_from_str(value, "%Y-%m-%d %H:%M").ok();
    match control.format.as_deref() {
        Some("yyyy-MM-dd") => day(),
        Some(_) => minute(),
        None => day().or_else(minute),
    }
}

fn period(control: &Control, both: &[String]) -> bool {
    let [from, until] = both else { return false };
    match (moment(control, from), moment(control, until)) {
        (Some(from), Some(until)) => from <= until,
        _ => false,
    }
}

fn people(control: &Control, value: &str, known: Known<'_>) -> Result<(), String> {
    let people = texts(value).ok_or("not a list of userids")?;
    if people.len() > 1 && !control.several {
        return Err("one person can be chosen".to_owned());
    }
    match people.iter().find(|userid| !known.directory.has(userid)) {
        Some(userid) => Err(format!("there is no person {userid}")),
        None => Ok(()),
    }
}

fn departments(control: &Control, value: &str, known: Known<'_>) -> Result<(), String> {
    let ids: Vec<_> = value.split(',').collect();
    if ids.len() > 1 && !control.several {
        return Err("one department can be chosen".to_owned());
    }
    for id in ids {
        let id: i64 = id.trim().parse().map_err(|_no_number| "not a list of departments".to_owned())?;
        known.directory.department(id).map_err(|refusal| refusal.to_string())?;
    }
    Ok(())
}

fn related(value: &str, known: Known<'_>) -> Result<(), String> {
    let ids = texts(value).ok_or("not a list of instances")?;
    match ids.iter().find(|id| !known.instances.iter().any(|one| one.id == **id)) {
        Some(id) => Err(format!("there is no approval instance {id}")),
        None => Ok(()),
    }
}

/// Rows of cells; each cell is a control of the table.
fn table(control: &Control, value: &str, known: Known<'_>) -> Result<(), String> {
    let no_table = |_error| "not a list of rows".to_owned();
    let rows: Vec<Vec<super::FormValue>> = serde_json::from_str(value).map_err(no_table)?;
    if rows.len() > MOST_ROWS {
        return Err(format!("at most {MOST_ROWS} rows"));
    }
    for cell in rows.iter().flatten() {
        let column = control.children.iter().find(|column| column.label == cell.name);
        let column = column.ok_or_else(|| format!("there is no column {}", cell.name))?;
        check(column, &cell.value, known).map_err(|why| format!("{}: {why}", cell.name))?;
    }
    for row in &rows {
        let lacks = |column: &&Control| column.required && !row.iter().any(|cell| cell.name == column.label);
        if let Some(column) = control.children.iter().find(lacks) {
            return Err(format!("{}: required and missing", column.label));
        }
    }
    Ok(())
}

/// When, two coordinates, where, and how exact.
fn place(parts: &[Value]) -> bool {
    let [when, longitude, latitude, address, accuracy] = parts else { return false };
    let time = when.as_str().and_then(|text| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok());
    time.is_some()
        && longitude.as_f64().is_some_and(|degrees| degrees.abs() <= 180.0)
        && latitude.as_f64().is_some_and(|degrees| degrees.abs() <= 90.0)
        && address.is_string()
        && accuracy.is_number()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(kind: &str, value: &str) -> Result<(), String> {
        let options = vec!["医疗".to_owned(), "生活".to_owned()];
        let cell =
            Control { label: "金额".to_owned(), kind: "MoneyField".to_owned(), ..Control::default() };
        let control = Control { kind: kind.to_owned(), options, children: vec![cell], ..Control::default() };
        let (directory, instances) = (Directory::with_root("县局"), Vec::new());
        check(&control, value, Known { directory: &directory, instances: &instances })
    }

    #[test]
    fn every_kind_of_control_has_its_values() {
        let table = [
            ("TextField", "随便", true),
            ("NumberField", "12.5", true),
            ("MoneyField", "inf", false),
            ("StarRatingField", "5", true),
            ("StarRatingField", "6", false),
            ("DDSelectField", "医疗", true),
            ("DDSelectField", "其他", false),
            ("DDMultiSelectField", r#"["医疗","生活"]"#, true),
            ("DDMultiSelectField", "医疗", false),
            ("DDDateField", "2026-08-22", true),
            ("DDDateField", "2026-08-22 10:00", true),
            ("DDDateField", "22.8.2026", false),
            ("DDDateRangeField", r#"["2026-08-22","2026-08-23"]"#, true),
            ("DDDateRangeField", r#"["2026-08-23","2026-08-22"]"#, false),
            ("PhoneField", "+86 138-0000-0001", true),
            ("PhoneField", "12a", false),
            ("DDPhotoField", r#"["https://h5.example.gov.cn/1.jpg"]"#, true),
            ("DDPhotoField", r#"["1.jpg"]"#, false),
            ("InnerContactField", r#"["nobody"]"#, false),
            ("DepartmentField", "1", true),
            ("DepartmentField", "7", false),
            ("RelateField", r#"["pi-1"]"#, false),
            ("AddressField", "浙江省,杭州市,西湖区", true),
            ("AddressField", "杭州", false),
            ("TableField", r#"[[{"name":"金额","value":"300"}]]"#, true),
            ("TableField", r#"[[{"name":"金额","value":"三百"}]]"#, false),
            ("TableField", r#"[[{"name":"数量","value":"3"}]]"#, false),
            (
                "DDAttachment",
                r#"[{"spaceId":"1","fileId":"2","fileName":"a.pdf","fileSize":"3","fileType":"pdf"}]"#,
                true,
            ),
            ("DDAttachment", r#"["a.pdf"]"#, false),
            ("TimeAndLocationField", r#"["2026-08-22 10:00:00",120.0,30.2,"某路",100]"#, true),
            ("TimeAndLocationField", r#"["2026-08-22",120.0,30.2,"某路",100]"#, false),
            ("TextNote", "说明", false),
            ("SignatureField", "x", false),
        ];
        for (kind, value, fits) in table {
            assert_eq!(verdict(kind, value).is_ok(), fits, "{kind} {value}");
        }
    }
}
