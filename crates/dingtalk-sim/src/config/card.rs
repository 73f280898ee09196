//! What interactive cards look like: enough of the card platform to render a title, lines and buttons.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::config::world::yes;

/// A template. `${name}` stands for a variable, in every text.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CardTemplate {
    /// `cardTemplateId`; on the platform it ends in `.schema`.
    pub id: String,
    /// What the console calls it.
    pub name: String,
    /// A template that is not published makes no cards.
    #[serde(default = "yes")]
    pub published: bool,
    /// Every variable; data for another one is refused.
    pub variables: Vec<String>,
    /// What stands on top.
    pub title: String,
    /// Markdown; a line of which nothing is left is not shown.
    #[serde(default)]
    pub lines: Vec<String>,
    /// Below the lines, in this order.
    #[serde(default)]
    pub buttons: Vec<CardButton>,
}

/// A button: it calls the app back, or opens an address.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CardButton {
    /// What the app is told was pressed.
    pub id: String,
    /// What stands on it.
    pub title: String,
    /// What the app gets with the press.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
    /// Shown only while each of these variables has this value.
    #[serde(default)]
    pub when: BTreeMap<String, String>,
    /// Opened instead of a callback.
    #[serde(default)]
    pub url: Option<String>,
}

impl CardTemplate {
    /// Variables that are used somewhere.
    pub(crate) fn used(&self) -> Vec<&str> {
        let buttons = self.buttons.iter().flat_map(|button| {
            std::iter::once(&button.title).chain(button.params.values()).chain(&button.url)
        });
        let texts = std::iter::once(&self.title).chain(&self.lines).chain(buttons);
        let named = texts.flat_map(|text| text.split("${").skip(1)).filter_map(|rest| rest.split('}').next());
        named.chain(self.buttons.iter().flat_map(|button| button.when.keys().map(String::as_str))).collect()
    }
}
