//! Hanging a card somewhere. A success of the call says nothing about the single places: each has its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    data::UserIdType,
    new::NewCard,
    space::{SpaceId, written},
};
use crate::{
    error::Error,
    ids::{OutTrackId, RobotCode, UserId},
    lenient,
};

/// How a card comes to a person's chat with the robot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RobotDelivery {
    /// `IM_ROBOT`.
    pub space_type: String,
    /// Which robot; the app's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robot_code: Option<RobotCode>,
    /// The app's own words, handed through.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extension: BTreeMap<String, String>,
}

impl Default for RobotDelivery {
    fn default() -> Self {
        Self { space_type: "IM_ROBOT".to_owned(), robot_code: None, extension: BTreeMap::new() }
    }
}

/// How a card comes to a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupDelivery {
    /// Which robot.
    pub robot_code: RobotCode,
    /// Who is mentioned: id and name; `@ALL` twice is everybody.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub at_user_ids: BTreeMap<String, String>,
    /// Who sees it; everybody when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<String>,
    /// The app's own words, handed through.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extension: BTreeMap<String, String>,
}

/// How a card comes to a chat of two people in which the app is a cool app (单聊酷应用).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SingleDelivery {
    /// Who is mentioned: id and name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub at_user_ids: BTreeMap<String, String>,
    /// The app's own words, handed through.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extension: BTreeMap<String, String>,
}

/// How a card comes to the top of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TopDelivery {
    /// Until when, milliseconds.
    pub expired_time_millis: i64,
    /// Who sees it; everybody when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub user_ids: Vec<UserId>,
    /// `android`, `ios`, `win`, `mac`; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub platforms: Vec<String>,
}

/// Where a card shall hang, and how it comes there.
#[derive(Clone, Debug, Default)]
pub struct Deliver {
    /// The places.
    pub to: Vec<SpaceId>,
    /// For chats with the robot.
    pub robot: Option<RobotDelivery>,
    /// For groups.
    pub group: Option<GroupDelivery>,
    /// For chats of two people.
    pub single: Option<SingleDelivery>,
    /// For the top.
    pub top: Option<TopDelivery>,
}

/// The fields of [`Deliver`] on the wire.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Models<'a> {
    open_space_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    im_robot_open_deliver_model: Option<&'a RobotDelivery>,
    #[serde(skip_serializing_if = "Option::is_none")]
    im_group_open_deliver_model: Option<&'a GroupDelivery>,
    #[serde(skip_serializing_if = "Option::is_none")]
    im_single_open_deliver_model: Option<&'a SingleDelivery>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_open_deliver_model: Option<&'a TopDelivery>,
}

/// `POST /v1.0/card/instances/deliver`, request.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DeliverRequest<'a> {
    out_track_id: &'a OutTrackId,
    #[serde(flatten)]
    models: Models<'a>,
    user_id_type: UserIdType,
}

/// `POST /v1.0/card/instances/createAndDeliver`, request.
#[derive(Serialize)]
pub(super) struct CreateAndDeliverRequest<'a> {
    #[serde(flatten)]
    card: &'a NewCard,
    #[serde(flatten)]
    models: Models<'a>,
}

/// What became of one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeliverResult {
    /// `IM_ROBOT`, `IM_GROUP`, `ONE_BOX`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub space_type: String,
    /// Its id.
    #[serde(default, deserialize_with = "lenient::text")]
    pub space_id: String,
    /// Whether the card hangs there.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub success: bool,
    /// In chats and groups the `processQueryKey`, with which to ask who has read it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub carrier_id: String,
    /// Why not.
    #[serde(default, deserialize_with = "lenient::text")]
    pub error_msg: String,
}

/// What became of all places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivered(#[serde(deserialize_with = "lenient::list")] pub Vec<DeliverResult>);

impl Delivered {
    /// The places where the card does not hang.
    pub fn failed(&self) -> impl Iterator<Item = &DeliverResult> {
        self.0.iter().filter(|place| !place.success)
    }
}

/// `POST /v1.0/card/instances/deliver`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeliverAnswer {
    /// Of the call.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub success: bool,
    /// Place by place.
    pub result: Delivered,
}

/// `POST /v1.0/card/instances/createAndDeliver`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CreatedAnswer {
    /// Of the call.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub success: bool,
    /// The card.
    pub result: Created,
}

/// A card that hangs somewhere.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Created {
    /// The app's id of the card.
    pub out_track_id: OutTrackId,
    /// Place by place.
    #[serde(default)]
    pub deliver_results: Delivered,
}

impl Deliver {
    /// To people's chats with the app's own robot.
    pub fn to_people<'p>(people: impl IntoIterator<Item = &'p UserId>) -> Self {
        let to = people.into_iter().map(|person| SpaceId::Robot(person.to_string())).collect();
        Self { to, robot: Some(RobotDelivery::default()), ..Self::default() }
    }

    /// To groups, through a robot that is in them.
    pub fn to_groups<I: Into<String>>(groups: impl IntoIterator<Item = I>, robot_code: RobotCode) -> Self {
        let group = GroupDelivery {
            robot_code,
            at_user_ids: BTreeMap::new(),
            recipients: Vec::new(),
            extension: BTreeMap::new(),
        };
        let to = groups.into_iter().map(|group| SpaceId::Group(group.into())).collect();
        Self { to, group: Some(group), ..Self::default() }
    }

    fn models(&self) -> Result<Models<'_>, Error> {
        let lacks = self.to.iter().any(|place| match place {
            SpaceId::Robot(_) => self.robot.is_none(),
            SpaceId::Group(_) => self.group.is_none(),
            SpaceId::Top(_) => self.top.is_none(),
            SpaceId::Single(_) => self.single.is_none(),
        });
        if lacks {
            return Err(Error::NotSent("each kind of place says how the card comes there"));
        }
        Ok(Models {
            open_space_id: written(&self.to)?,
            im_robot_open_deliver_model: self.robot.as_ref(),
            im_group_open_deliver_model: self.group.as_ref(),
            im_single_open_deliver_model: self.single.as_ref(),
            top_open_deliver_model: self.top.as_ref(),
        })
    }

    pub(super) fn of_existing<'a>(
        &'a self,
        out_track_id: &'a OutTrackId,
        user_id_type: UserIdType,
    ) -> Result<DeliverRequest<'a>, Error> {
        Ok(DeliverRequest { out_track_id, models: self.models()?, user_id_type })
    }

    pub(super) fn of_new<'a>(&'a self, card: &'a NewCard) -> Result<CreateAndDeliverRequest<'a>, Error> {
        card.check()?;
        Ok(CreateAndDeliverRequest { card, models: self.models()? })
    }
}
