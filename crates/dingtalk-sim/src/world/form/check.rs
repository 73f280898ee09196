//! What an approval form accepts: strict about names and values, because the platform is.

use serde::{Deserialize, Serialize};

use super::value::{self, Known};
use crate::config::{Control, Template};
use crate::world::Refusal;

/// What was filled in at one control.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct FormValue {
    /// The label of the control.
    pub name: String,
    /// As the platform writes it for the kind of the control.
    pub value: String,
}

const MOST_VALUES: usize = 150;
const LONGEST_VALUE: usize = 65_535;

pub(crate) fn check(template: &Template, values: &[FormValue], known: Known<'_>) -> Result<(), Refusal> {
    if values.len() > MOST_VALUES {
        return Err(Refusal::Parameter(format!("formComponentValues: at most {MOST_VALUES}")));
    }
    for (index, given) in values.iter().enumerate() {
        let control = template
            .controls
            .iter()
            .find(|control| control.label == given.name)
            .ok_or_else(|| refuse(&given.name, "the template has no such control"))?;
        if values.iter().take(index).any(|earlier| earlier.name == given.name) {
            return Err(refuse(&given.name, "given twice"));
        }
        if given.value.chars().count() > LONGEST_VALUE {
            return Err(refuse(&control.label, "longer than 65535"));
        }
        if given.value.is_empty() && !control.required {
            continue;
        }
        value::check(control, &given.value, known).map_err(|why| refuse(&control.label, &why))?;
    }
    match template.controls.iter().find(|control| control.required && is_empty(control, values)) {
        Some(control) => Err(refuse(&control.label, "required and missing")),
        None => Ok(()),
    }
}

fn is_empty(control: &Control, values: &[FormValue]) -> bool {
    !values.iter().any(|given| given.name == control.label && !matches!(given.value.trim(), "" | "[]"))
}

fn refuse(control: &str, why: &str) -> Refusal {
    Refusal::FormControl { control: control.to_owned(), why: why.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Directory;

    fn template() -> Template {
        toml::from_str(
            r#"
            code = "PROC-1"
            name = "困难帮扶审批"
            nodes = []
            [[controls]]
            label = "受理编号"
            kind = "TextField"
            required = true
            [[controls]]
            label = "金额"
            kind = "MoneyField"
            [[controls]]
            label = "类别"
            kind = "DDSelectField"
            options = ["医疗", "生活"]
            "#,
        )
        .unwrap()
    }

    fn verdict(values: &[(&str, &str)]) -> Result<(), String> {
        let values: Vec<_> = values
            .iter()
            .map(|(name, value)| FormValue { name: (*name).to_owned(), value: (*value).to_owned() })
            .collect();
        let (directory, instances) = (Directory::with_root("县局"), Vec::new());
        let known = Known { directory: &directory, instances: &instances };
        check(&template(), &values, known).map_err(|refusal| refusal.to_string())
    }

    #[test]
    fn names_and_values_must_fit_the_template() {
        assert_eq!(verdict(&[("受理编号", "A1"), ("金额", "3000.00"), ("类别", "医疗")]), Ok(()));
        let refused = |values: &[(&str, &str)]| verdict(values).unwrap_err();
        assert_eq!(refused(&[]), "form control 受理编号: required and missing");
        assert_eq!(refused(&[("编号", "A1")]), "form control 编号: the template has no such control");
        assert_eq!(refused(&[("金额", "三千")]), "form control 金额: not a value of a MoneyField");
        assert_eq!(refused(&[("类别", "其他")]), "form control 类别: not a value of a DDSelectField");
        assert_eq!(refused(&[("金额", "1"), ("金额", "2")]), "form control 金额: given twice");
    }
}
