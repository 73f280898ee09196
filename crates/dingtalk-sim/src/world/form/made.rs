//! Templates that the app makes by API: they stand beside those of the world file.

use std::collections::BTreeSet;

use crate::config::{CcAt, Control, Template};
use crate::world::{Refusal, Tenancy};

/// The most templates of an organisation.
const MOST: usize = 200;
const ON_A_BRANCH: &str = "流程条件分支中已使用的表单控件不可修改或删除";

/// What the app asks for.
#[derive(Clone, Debug)]
pub(crate) struct NewTemplate {
    /// Which one is changed; a new one when absent.
    pub(crate) code: Option<String>,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) controls: Vec<Control>,
}

impl Tenancy {
    pub(crate) fn template(&self, code: &str) -> Option<&Template> {
        self.office.templates.get(code).or_else(|| self.templates.get(code))
    }

    pub(crate) fn edit_template(&mut self, code: &str, change: impl FnOnce(&mut Template)) -> bool {
        let Some(mut template) = self.template(code).cloned() else { return false };
        change(&mut template);
        self.office.templates.insert(code.to_owned(), template);
        true
    }

    /// The world file's first, then the app's own.
    pub(crate) fn all_templates(&self) -> impl Iterator<Item = &Template> {
        let filed = self.templates.values().filter(|one| !self.office.templates.contains_key(&one.code));
        filed.chain(self.office.templates.values())
    }

    /// A new template gets the platform's default flow; a changed one keeps its own.
    pub(crate) fn save_template(&mut self, new: NewTemplate) -> Result<String, Refusal> {
        let NewTemplate { code, name, description, controls } = new;
        let taken = |one: &Template| one.name == name && code.as_ref() != Some(&one.code);
        if self.all_templates().any(taken) {
            return Err(Refusal::coded("formName.error", format!("已有相同名称表单: {name}")));
        }
        let mut ids = BTreeSet::new();
        if let Some(control) = controls.iter().find(|control| !ids.insert(control.id())) {
            return Err(Refusal::coded("formschema.error", format!("two controls are {}", control.id())));
        }
        let template = match &code {
            Some(code) => {
                let unknown = || Refusal::coded("processcode.error", format!("there is no process {code}"));
                let old = self.template(code).ok_or_else(unknown)?.clone();
                let changed =
                    |id: &String| Control::kind_of(&old.controls, id) != Control::kind_of(&controls, id);
                if old.branches_on.iter().any(changed) {
                    return Err(Refusal::coded("formschema.error", ON_A_BRANCH));
                }
                Template { name, description, controls, ..old }
            }
            None if self.all_templates().count() >= MOST => {
                return Err(Refusal::coded("permission.error", format!("at most {MOST} templates")));
            }
            None => Template {
                code: format!("PROC-{}", self.ids.word(24).to_uppercase()),
                name,
                description,
                controls,
                nodes: Vec::new(),
                branches_on: Vec::new(),
                withdrawable: true,
                cc: Vec::new(),
                cc_at: CcAt::default(),
                visible_to: Vec::new(),
                off: false,
            },
        };
        let code = template.code.clone();
        self.office.templates.insert(code.clone(), template);
        Ok(code)
    }
}

impl Template {
    pub(crate) fn is_visible_to(&self, userid: &str) -> bool {
        self.visible_to.is_empty() || self.visible_to.iter().any(|one| one == userid)
    }
}
