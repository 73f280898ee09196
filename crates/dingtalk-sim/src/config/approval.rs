//! Approval forms and the people they pass.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::config::world::yes;

/// What the organisation has bought of the approval app.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ApprovalSettings {
    /// OA 高级版: adding people to a task by API, and an app's own page instead of the form.
    pub premium: bool,
}

/// An approval form and the people it passes.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// `processCode`, by which every call names it.
    pub code: String,
    /// What people choose it by.
    pub name: String,
    /// What stands below its name; may be empty.
    #[serde(default)]
    pub description: String,
    /// What is filled in, from top to bottom.
    pub controls: Vec<Control>,
    /// None at all is the platform's default flow: whoever leads the originator's department.
    pub nodes: Vec<Node>,
    /// 条件分支: ids of controls on whose values the flow branches. A call that would take one of them away or give it another kind is
    /// refused. For nothing else: every instance passes all nodes.
    #[serde(default)]
    pub branches_on: Vec<String>,
    /// Whether the originator may take an instance back.
    #[serde(default = "yes")]
    pub withdrawable: bool,
    /// Who gets a copy.
    #[serde(default)]
    pub cc: Vec<String>,
    /// When those get their copy.
    #[serde(default)]
    pub cc_at: CcAt,
    /// Who may use it; everybody when empty.
    #[serde(default)]
    pub visible_to: Vec<String>,
    /// 停用: somebody has switched it off.
    #[serde(default)]
    pub off: bool,
}

/// A field of a form.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// A period and a place have two, as a JSON list.
    pub label: String,
    /// `TextField`, `MoneyField`, `DDSelectField`, … as the platform names them.
    pub kind: String,
    /// Whether it must be filled in.
    #[serde(default)]
    pub required: bool,
    /// For `DDSelectField` and `DDMultiSelectField`.
    #[serde(default)]
    pub options: Vec<String>,
    /// Made of kind and label when absent.
    #[serde(default)]
    pub id: Option<String>,
    /// The name among developers.
    #[serde(default)]
    pub alias: Option<String>,
    /// For dates: `yyyy-MM-dd` or `yyyy-MM-dd HH:mm`; both when absent.
    #[serde(default)]
    pub format: Option<String>,
    /// For people and departments: whether several can be chosen.
    #[serde(default)]
    pub several: bool,
    /// For stars: 5 when absent, or 10.
    #[serde(default)]
    pub limit: Option<u8>,
    /// The columns of a `TableField`.
    #[serde(default)]
    pub children: Vec<Control>,
    /// What else the platform keeps of it, by the names under which it tells of it.
    #[serde(default)]
    pub more: Map<String, Value>,
}

/// A step: people who decide, and how they decide together.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// What people read beside their task.
    pub name: String,
    /// From whom the originator chooses, where they choose: everybody when empty.
    #[serde(default)]
    pub approvers: Vec<String>,
    /// How several approvers decide.
    #[serde(default)]
    pub mode: NodeMode,
    /// 发起人自选: the originator names the people.
    #[serde(default)]
    pub self_select: bool,
}

/// How several approvers of one step decide.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum NodeMode {
    /// 或签: the first decision counts.
    #[default]
    Any,
    /// 会签: everybody must agree.
    All,
    /// 依次审批: everybody must agree, one after another.
    OneByOne,
}

/// When copies go out.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum CcAt {
    /// When the instance begins.
    Start,
    /// When it has been agreed to.
    #[default]
    Finish,
    /// Both times.
    Both,
}

impl Control {
    /// The kinds that the platform's form API knows.
    pub(crate) const KINDS: [&'static str; 19] = [
        "TextField",
        "TextareaField",
        "NumberField",
        "MoneyField",
        "StarRatingField",
        "DDSelectField",
        "DDMultiSelectField",
        "DDDateField",
        "DDDateRangeField",
        "PhoneField",
        "DDPhotoField",
        "InnerContactField",
        "DepartmentField",
        "RelateField",
        "AddressField",
        "TableField",
        "DDAttachment",
        "TimeAndLocationField",
        "TextNote",
    ];

    /// Of which kind the one with this id is, if there is one.
    pub(crate) fn kind_of<'a>(controls: &'a [Self], id: &str) -> Option<&'a str> {
        controls.iter().find(|control| control.id() == id).map(|control| control.kind.as_str())
    }

    pub(crate) fn id(&self) -> String {
        self.id.clone().unwrap_or_else(|| format!("{}-{}", self.kind, self.label))
    }
}
