//! One card: its data, and what somebody sees of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::config::{CardButton, CardTemplate};

pub(super) type Data = BTreeMap<String, String>;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Card {
    pub(super) id: String,
    pub(super) template: CardTemplate,
    pub(super) data: Data,
    /// By userid.
    pub(super) private: BTreeMap<String, Data>,
    pub(super) route: CardRoute,
    /// Callbacks name people by their union id.
    pub(super) by_union: bool,
    /// Grows with every change.
    pub(super) version: u64,
    /// The kinds of places of which the card knows what it is like there.
    pub(super) spaces: BTreeSet<String>,
    /// Where it hangs: kind and id.
    pub(super) hangs: BTreeSet<(String, String)>,
    /// Request ids of pieces of growing text.
    #[serde(default)]
    pub(super) pieces: BTreeSet<String>,
}

/// How presses come back.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub(crate) enum CardRoute {
    Nowhere,
    Stream,
    /// By the key of a registered address.
    Http(String),
}

/// What somebody sees of a card now.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct CardFace {
    /// What stands on top.
    pub title: String,
    /// Markdown.
    pub text: String,
    /// Below the lines.
    pub buttons: Vec<FaceButton>,
    /// Grows with every change of the card.
    pub version: u64,
}

/// A button as somebody sees it now.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct FaceButton {
    /// Say this to [`Cards::press`](crate::Cards::press).
    pub id: String,
    /// What stands on it.
    pub title: String,
    /// Opened instead of a callback.
    pub url: Option<String>,
}

impl Card {
    /// A card before it has its template.
    pub(crate) fn new(
        id: String,
        (data, private): (Data, BTreeMap<String, Data>),
        route: CardRoute,
        by_union: bool,
        spaces: BTreeSet<String>,
    ) -> Self {
        Self {
            id,
            template: CardTemplate::default(),
            data,
            private,
            route,
            by_union,
            version: 1,
            spaces,
            hangs: BTreeSet::new(),
            pieces: BTreeSet::new(),
        }
    }

    /// A person's own values stand before everybody's.
    fn seen(&self, userid: &str) -> Data {
        let mut seen = self.data.clone();
        seen.extend(self.private.get(userid).cloned().unwrap_or_default());
        seen
    }

    pub(super) fn face(&self, userid: &str) -> CardFace {
        let seen = self.seen(userid);
        let lines = self.template.lines.iter().map(|line| filled(line, &seen));
        let lines: Vec<_> = lines.filter(|line| !line.trim().is_empty()).collect();
        let button = |button: &CardButton| FaceButton {
            id: button.id.clone(),
            title: filled(&button.title, &seen),
            url: button.url.as_ref().map(|url| filled(url, &seen)),
        };
        CardFace {
            title: filled(&self.template.title, &seen),
            text: lines.join("\n\n"),
            buttons: self.shown_buttons(&seen).map(button).collect(),
            version: self.version,
        }
    }

    /// A button that the person sees now, with what it sends.
    pub(super) fn pressed(&self, userid: &str, button: &str) -> Option<(&CardButton, Data)> {
        let seen = self.seen(userid);
        let button = self.shown_buttons(&seen).find(|one| one.id == button)?;
        let params = button.params.iter().map(|(key, value)| (key.clone(), filled(value, &seen)));
        Some((button, params.collect()))
    }

    fn shown_buttons(&self, seen: &Data) -> impl Iterator<Item = &CardButton> {
        let seen = seen.clone();
        self.template
            .buttons
            .iter()
            .filter(move |button| button.when.iter().all(|(name, value)| seen.get(name) == Some(value)))
    }
}

/// `${name}` replaced by its value; a variable without one is nothing.
fn filled(text: &str, values: &Data) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        out.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            out.push_str("${");
            rest = after;
            continue;
        };
        out.push_str(values.get(name).map_or("", String::as_str));
        rest = behind;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_filled_with_what_is_known() {
        let values = Data::from([("name".to_owned(), "王秀英".to_owned())]);
        assert_eq!(filled("申请人：${name}（${age}）", &values), "申请人：王秀英（）");
        assert_eq!(filled("没有变量", &values), "没有变量");
        assert_eq!(filled("${open", &values), "${open");
    }
}
