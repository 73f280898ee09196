//! How a tenant's form stands to the one that the code fills in.

use std::fmt;

use dingtalk::workflow::{Component, NewForm, Schema, SchemaItem};

use super::back::spoken;

/// One way in which the tenant's form is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Somebody has switched it off.
    Off,
    /// A control is not there.
    Missing {
        /// What people read.
        label: String,
        /// Of which kind it is.
        kind: String,
    },
    /// A control is called otherwise, and an instance would not find it.
    Renamed {
        /// What people should read.
        label: String,
        /// What they read.
        now: String,
    },
    /// A control is of another kind.
    Kind {
        /// What people read.
        label: String,
        /// The right one.
        kind: String,
        /// The one it is.
        now: String,
    },
    /// Not everything can be chosen.
    Options {
        /// What people read.
        label: String,
        /// What cannot.
        missing: Vec<String>,
    },
    /// A control must be filled in, and the code does not know it: every instance is refused.
    Unfilled {
        /// What people read.
        label: String,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => f.write_str("已停用"),
            Self::Missing { label, .. } => write!(f, "缺少“{label}”"),
            Self::Renamed { label, now } => write!(f, "“{label}”被改名为“{now}”"),
            Self::Kind { label, kind, now } => {
                write!(f, "“{label}”应是{}，现在是{}", spoken(kind), spoken(now))
            }
            Self::Options { label, missing } => write!(f, "“{label}”缺选项：{}", missing.join("、")),
            Self::Unfilled { label } => write!(f, "多了必填的“{label}”，系统不会填它，审批送不出去"),
        }
    }
}

impl Difference {
    /// Can it be put right without taking away what somebody wanted?
    pub const fn is_ours(&self) -> bool {
        !matches!(self, Self::Off | Self::Unfilled { .. })
    }

    /// What to do by hand, where the form is edited.
    pub fn by_hand(&self) -> String {
        match self {
            Self::Off => "启用".to_owned(),
            Self::Missing { label, kind } => format!("加一个{}，标题写“{label}”", spoken(kind)),
            Self::Renamed { label, now } => format!("把“{now}”的标题改回“{label}”"),
            Self::Kind { label, kind, .. } => format!("删去“{label}”，换成同名的{}", spoken(kind)),
            Self::Options { label, missing } => format!("给“{label}”加选项：{}", missing.join("、")),
            Self::Unfilled { label } => format!("把“{label}”的“必填”去掉，或删去它"),
        }
    }
}

/// Each difference; none when instances can be made of it.
pub(super) fn differences(form: &NewForm, schema: &Schema) -> Vec<Difference> {
    let items = &schema.schema_content.items;
    let (mut how, mut filled) = (Vec::new(), Vec::new());
    if schema.status == "INVALID" {
        how.push(Difference::Off);
    }
    for wanted in &form.form_components {
        let (label, kind) = (wanted.props.label.clone(), wanted.component_type.clone());
        let place = place(wanted, form, items);
        filled.extend(place);
        let Some(item) = place.and_then(|place| items.get(place)) else {
            how.push(Difference::Missing { label, kind });
            continue;
        };
        if item.props.label != label {
            how.push(Difference::Renamed { label: label.clone(), now: item.props.label.clone() });
        }
        if item.component_name != kind {
            how.push(Difference::Kind { label, kind, now: item.component_name.clone() });
            continue;
        }
        let choices = item.props.choices();
        let missing = wanted.props.options.iter().filter(|option| !choices.contains(&option.value));
        let missing: Vec<String> = missing.map(|option| option.value.clone()).collect();
        if !missing.is_empty() {
            how.push(Difference::Options { label, missing });
        }
    }
    for (place, item) in items.iter().enumerate().filter(|(_, item)| item.props.required) {
        if !filled.contains(&place) {
            how.push(Difference::Unfilled { label: item.props.label.clone() });
        }
    }
    how
}

/// Where one of our controls is in the tenant's form. An instance finds it by its label; one that was renamed still has the id or the
/// alias that we gave it.
pub(super) fn place(wanted: &Component, form: &NewForm, items: &[SchemaItem]) -> Option<usize> {
    let ours = |label: &str| form.form_components.iter().any(|one| one.props.label == label);
    let props = &wanted.props;
    let known = |item: &SchemaItem| {
        let id = props.component_id.as_ref().is_some_and(|id| *id == item.props.id);
        let alias = props.biz_alias.is_some() && props.biz_alias == item.props.biz_alias;
        (id || alias) && !ours(&item.props.label)
    };
    items.iter().position(|item| item.props.label == props.label).or_else(|| items.iter().position(known))
}
