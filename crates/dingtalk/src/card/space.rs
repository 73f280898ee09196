//! Where a card can hang: a person's chat with the robot, a group, the top of a group.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use crate::{error::Error, ids::OutTrackId};

/// One place. Written `dtv1.card//TYPE.id`, several with `;`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpaceId {
    /// A person's chat with the robot, by their user id or union id.
    Robot(String),
    /// A group, by its `openConversationId`.
    Group(String),
    /// A chat of two people in which the app is a cool app, by its `openConversationId`.
    Single(String),
    /// The top of a conversation, by its `openConversationId`.
    Top(String),
}

impl SpaceId {
    fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Robot(id) => ("IM_ROBOT", id),
            Self::Group(id) => ("IM_GROUP", id),
            Self::Single(id) => ("IM_SINGLE", id),
            Self::Top(id) => ("ONE_BOX", id),
        }
    }
}

impl fmt::Display for SpaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, id) = self.parts();
        write!(f, "{kind}.{id}")
    }
}

/// Several places in one text, as the platform writes them.
pub(super) fn written(places: &[SpaceId]) -> Result<String, Error> {
    if places.is_empty() {
        return Err(Error::NotSent("a card is delivered to at least one place"));
    }
    if places.iter().any(|place| place.parts().1.is_empty() || place.parts().1.contains(';')) {
        return Err(Error::NotSent("the id of a place is not empty and has no semicolon"));
    }
    let parts: Vec<_> = places.iter().map(ToString::to_string).collect();
    Ok(format!("dtv1.card//{}", parts.join(";")))
}

/// What a card is like in a chat or a group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImSpace {
    /// Whether people may forward it.
    pub support_forward: bool,
    /// The text in the list of conversations, by language (`ZH_CN`, …).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", rename = "lastMessageI18n")]
    pub last_message_i18n: BTreeMap<String, String>,
    /// How it is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search_support: Option<SearchSupport>,
    /// What the phone shows when it arrives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notification: Option<Notification>,
}

/// How a card is found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SearchSupport {
    /// The icon's media id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search_icon: Option<String>,
    /// What kind of card, by language as a JSON text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search_type_name: Option<String>,
    /// What is searched; beyond 200 characters it is cut.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search_desc: Option<String>,
}

/// What the phone shows when a card arrives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Notification {
    /// The text; the platform has one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert_content: Option<String>,
    /// Nothing is shown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub notification_off: bool,
}

/// The top of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TopSpace {
    /// `ONE_BOX`.
    pub space_type: String,
}

impl Default for TopSpace {
    fn default() -> Self {
        Self { space_type: "ONE_BOX".to_owned() }
    }
}

/// What a card is like in each kind of place. A card is delivered only where it is told what it is like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Spaces {
    /// In a person's chat with the robot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub im_robot_open_space_model: Option<ImSpace>,
    /// In a group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub im_group_open_space_model: Option<ImSpace>,
    /// In a chat of two people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub im_single_open_space_model: Option<ImSpace>,
    /// At the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top_open_space_model: Option<TopSpace>,
}

/// `PUT /v1.0/card/instances/spaces`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SpacesRequest {
    /// Which card.
    pub out_track_id: OutTrackId,
    /// What it is like where.
    #[serde(flatten)]
    pub spaces: Spaces,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_in_one_text() {
        let places = [SpaceId::Robot("lgb0007".to_owned()), SpaceId::Group("cid4Gh==".to_owned())];
        assert_eq!(written(&places).unwrap(), "dtv1.card//IM_ROBOT.lgb0007;IM_GROUP.cid4Gh==");
        assert!(written(&[]).is_err());
        assert!(written(&[SpaceId::Robot("a;IM_GROUP.b".to_owned())]).is_err());
    }
}
