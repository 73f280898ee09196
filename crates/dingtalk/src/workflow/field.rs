//! The filled-in controls of a form. What a value looks like depends on the control; everything is a text.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::file::Attached;
use crate::{
    error::Error,
    ids::{DeptId, InstanceId, UserId},
    lenient,
    sealed::shows,
};

/// The most characters of one value.
pub const LONGEST_VALUE: usize = 65_535;

/// The most rows of a table.
const MOST_ROWS: usize = 100;

/// One filled-in control of the form.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FormField {
    /// The control's label; that is how the platform finds it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// The value as text, at most 65,535 characters.
    #[serde(default, deserialize_with = "lenient::text")]
    pub value: String,
    /// The control's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The control's name among the developers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub biz_alias: Option<String>,
    /// What the control keeps beside its value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ext_value: Option<String>,
    /// `TextField`, `MoneyField`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component_type: Option<String>,
    /// The controls inside this one, at most 150; at most two levels.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    pub details: Vec<Self>,
}

shows!(FormField: name);

impl FormField {
    /// A control whose value is plain text: a line, a paragraph, a number, money, one choice, a date `2026-08-22`, a phone number.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), ..Self::default() }
    }

    /// A control that takes a list of texts: several choices, or the addresses of pictures.
    pub fn list(name: impl Into<String>, values: &[impl AsRef<str>]) -> Self {
        let values: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
        Self::new(name, json!(values).to_string())
    }

    /// A period. Its control has two labels, and they are its name together.
    pub fn period(labels: [&str; 2], from: impl Into<String>, to: impl Into<String>) -> Self {
        Self::new(json!(labels).to_string(), json!([from.into(), to.into()]).to_string())
    }

    /// People of the organisation.
    pub fn people(name: impl Into<String>, people: &[UserId]) -> Self {
        Self::new(name, json!(people).to_string())
    }

    /// Departments, which are the one list that is separated by commas.
    pub fn departments(name: impl Into<String>, departments: &[DeptId]) -> Self {
        let ids: Vec<_> = departments.iter().map(|id| id.0.to_string()).collect();
        Self::new(name, ids.join(","))
    }

    /// Other approvals.
    pub fn approvals(name: impl Into<String>, instances: &[InstanceId]) -> Self {
        Self::new(name, json!(instances).to_string())
    }

    /// Files that lie in the approvals' space already.
    pub fn files(name: impl Into<String>, files: &[Attached]) -> Self {
        Self::new(name, json!(files).to_string())
    }

    /// A table, at most 100 rows.
    pub fn table(name: impl Into<String>, rows: &[Vec<Self>]) -> Self {
        let cell = |field: &Self| json!({"name": field.name, "value": field.value});
        let rows: Vec<Vec<_>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        Self::new(name, json!(rows).to_string())
    }

    /// The documented limits, of this control and those inside it.
    pub(super) fn check(&self) -> Result<(), Error> {
        let rows = match serde_json::from_str::<Vec<Vec<serde_json::Value>>>(&self.value) {
            Ok(rows) => rows.len(),
            Err(_) => 0,
        };
        if self.name.is_empty() {
            Err(Error::NotSent("a control has a name"))
        } else if self.value.chars().count() > LONGEST_VALUE {
            Err(Error::NotSent("the value of a control has at most 65,535 characters"))
        } else if rows > MOST_ROWS {
            Err(Error::NotSent("a table has at most 100 rows"))
        } else if self.details.len() > super::MOST_FIELDS {
            Err(Error::NotSent("a control holds at most 150 others"))
        } else {
            self.details.iter().try_for_each(Self::check)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FormField;

    #[test]
    fn every_control_has_its_own_kind_of_text() {
        assert_eq!(FormField::list("类别", &["医疗", "生活"]).value, r#"["医疗","生活"]"#);
        let period = FormField::period(["开始时间", "结束时间"], "2026-08-22", "2026-08-23");
        assert_eq!(
            (&*period.name, &*period.value),
            (r#"["开始时间","结束时间"]"#, r#"["2026-08-22","2026-08-23"]"#)
        );
        assert_eq!(FormField::departments("部门", &[crate::DeptId(2), crate::DeptId(3)]).value, "2,3");
        let row = vec![FormField::new("项目", "轮椅"), FormField::new("金额", "300")];
        assert_eq!(
            FormField::table("明细", &[row]).value,
            r#"[[{"name":"项目","value":"轮椅"},{"name":"金额","value":"300"}]]"#
        );
        assert!(FormField::table("明细", &vec![Vec::new(); 101]).check().is_err());
        assert!(FormField::new("事由", "长".repeat(65_536)).check().is_err());
        assert!(FormField::new("事由", "长".repeat(65_535)).check().is_ok());
    }
}
