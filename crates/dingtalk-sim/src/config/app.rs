//! The one internal app of the tenant.

use serde::Deserialize;

use crate::config::{ContactScope, Transport};

/// With its robot, and what the console granted it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    /// What people see under its icon.
    pub name: String,
    /// Client ID, once called AppKey.
    pub client_id: String,
    /// Client Secret, once called AppSecret.
    pub client_secret: String,
    /// `AgentId`: work notices and approvals name the app by it.
    pub agent_id: i64,
    /// As a classic internal robot has it, the client id when absent.
    #[serde(default)]
    pub robot_code: Option<String>,
    /// What people see as the name of its robot, and mention it by.
    pub robot_name: String,
    /// How what is said to the robot comes to the app.
    #[serde(default)]
    pub robot_transport: Transport,
    /// Words the console offers beside the chat's input, as the robot's menu does.
    #[serde(default)]
    pub robot_commands: Vec<String>,
    /// Path of the micro-app's home on a phone; `$CORPID$` is replaced as DingTalk does.
    pub home: String,
    /// The same for the PC client.
    #[serde(default)]
    pub desk_home: Option<String>,
    /// The permission points that the console granted beside the basic ones; all when absent.
    #[serde(default)]
    pub permissions: Option<Vec<String>>,
    /// What of the directory it may see; everything when absent.
    #[serde(default)]
    pub contact_scope: Option<ContactScope>,
    /// 服务端出口IP: addresses from which it may call; any when absent.
    #[serde(default)]
    pub allowed_addresses: Option<Vec<String>>,
    /// 重定向URL: where the browser's sign-in may return to; anywhere when absent.
    #[serde(default)]
    pub redirect_urls: Option<Vec<String>>,
    /// `SSOSecret` of the organisation, for the back office; nobody comes from there when absent.
    #[serde(default)]
    pub sso_secret: Option<String>,
}

/// What every app may do from its first day.
const BASIC_POINTS: [&str; 2] = ["qyapi_base", "open_app_api_base"];

impl App {
    /// Whether the app was granted a permission point.
    pub(crate) fn has(&self, point: &str) -> bool {
        let granted = |points: &Vec<String>| points.iter().any(|one| one == point);
        BASIC_POINTS.contains(&point) || self.permissions.as_ref().is_none_or(granted)
    }

    pub(crate) fn may_call_from(&self, address: &str) -> bool {
        self.allowed_addresses.as_ref().is_none_or(|allowed| allowed.iter().any(|one| one == address))
    }

    pub(crate) fn may_return_to(&self, url: &str) -> bool {
        let under = |root: &String| {
            url.strip_prefix(root.trim_end_matches('/'))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        };
        self.redirect_urls.as_ref().is_none_or(|roots| roots.iter().any(under))
    }
}

#[cfg(test)]
mod tests {
    use crate::World;

    #[test]
    fn the_browser_returns_only_below_what_is_registered() {
        let mut app = World::parse(include_str!("../../world.example.toml")).unwrap().app;
        assert!(app.may_return_to("https://elsewhere.example/"));
        app.redirect_urls = Some(vec!["https://h5.example.gov.cn/desk/".to_owned()]);
        for (url, may) in [
            ("https://h5.example.gov.cn/desk", true),
            ("https://h5.example.gov.cn/desk/return?x=1", true),
            ("https://h5.example.gov.cn/desktop", false),
            ("https://h5.example.gov.cn.evil.example/desk", false),
        ] {
            assert_eq!(app.may_return_to(url), may, "{url}");
        }
    }
}
