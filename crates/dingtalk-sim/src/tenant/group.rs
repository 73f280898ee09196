//! A group, as a test plays with it.

use std::sync::Arc;

use crate::config::CustomRobot;
use crate::push;
use crate::shared::Shared;
use crate::world::{Group, GroupLine, Refusal};

/// Some group, by `openConversationId`. Whether it exists is asked when something is done.
pub struct GroupHandle {
    shared: Arc<Shared>,
    id: String,
}

impl GroupHandle {
    pub(crate) fn new(shared: &Arc<Shared>, id: &str) -> Self {
        Self { shared: Arc::clone(shared), id: id.to_owned() }
    }

    /// A member writes. With `@` and the robot's name in it, returns when the app has answered the post.
    pub async fn says(&self, userid: &str, text: &str) -> Result<(), Refusal> {
        push::say_in_group(&self.shared, &self.id, userid, text).await
    }

    /// A member opens the group: everything in it has been read by them.
    pub fn read_by(&self, userid: &str) -> Result<(), Refusal> {
        self.shared.change(|state, _now| state.tenancy.open_group(&self.id, userid))
    }

    /// A member leaves by themselves; the app is told.
    pub fn left_by(&self, userid: &str) -> Result<(), Refusal> {
        self.shared.change(|state, now| state.tenancy.leave_group(&self.id, userid, now))
    }

    /// Somebody adds the app's robot in the group's settings, or takes it out.
    pub fn robot(&self, present: bool) -> Result<(), Refusal> {
        self.shared.change(|state, _now| state.tenancy.set_robot(&self.id, present))
    }

    /// Somebody adds a webhook robot in the group's settings.
    pub fn add_custom_robot(&self, robot: CustomRobot) -> Result<(), Refusal> {
        self.shared.change(|state, _now| state.tenancy.add_webhook(&self.id, robot))
    }

    /// The group as it is; `None` when there is none.
    pub fn get(&self) -> Option<Group> {
        self.shared.read(|state| state.tenancy.groups.group(&self.id).cloned())
    }

    /// Every line, oldest first.
    pub fn messages(&self) -> Vec<GroupLine> {
        self.get().map(|group| group.lines).unwrap_or_default()
    }

    /// The whole chat as readable text, for snapshots.
    pub fn chat(&self) -> String {
        self.shared.read(|state| {
            let origin = state.app.as_ref().map(|app| app.base_url.clone()).unwrap_or_default();
            let directory = &state.tenancy.directory;
            let name = |userid: &str| {
                directory.person(userid).map_or_else(|_gone| userid.to_owned(), |person| person.name.clone())
            };
            let group = state.tenancy.groups.group(&self.id);
            group
                .map(|group| group.render(name, &self.shared.world.app.robot_name, &origin))
                .unwrap_or_default()
        })
    }
}
