//! Headers on their way through a phone. The frame is a webview of its own: it must look like one to the app,
//! and its place inside the console's page must not show.

use crate::config::PhoneKind;

const ANDROID: &str = "Mozilla/5.0 (Linux; U; Android 10; zh-CN; SIM-AL00 Build/HUAWEISIM-AL00) AppleWebKit/537.36 \
    (KHTML, like Gecko) Version/4.0 Chrome/69.0.3497.100 UWS/3.22.2.28 Mobile Safari/537.36 \
    AliApp(DingTalk/7.0.20) com.alibaba.android.rimet/0 Channel/sim language/zh-CN abi/64";
const WINDOWS: &str = "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) \
    Chrome/91.0.4472.164 Safari/537.36 dingtalk-win/1.0.0 nw(0.14.7) DingTalk(7.0.20-Release.sim) Mojo/1.0.0 \
    Native AppType(release) Channel/sim";

pub(super) fn user_agent(kind: PhoneKind) -> &'static str {
    match kind {
        PhoneKind::Phone => ANDROID,
        PhoneKind::Desk => WINDOWS,
    }
}

/// The two ends of a phone: what the browser sees, and what the app is.
#[derive(Clone, Debug)]
pub(super) struct Ends {
    pub(super) phone: String,
    pub(super) app: String,
}

impl Ends {
    /// A request header as the app should get it; `None` takes it away.
    pub(super) fn request(&self, name: &str, value: &str) -> Option<String> {
        match name {
            // The jar, the proxy and the platform speak for themselves.
            "host" | "cookie" | "user-agent" | "content-length" | "accept-encoding" | "connection"
            | "keep-alive" | "te" | "trailer" | "transfer-encoding" | "upgrade" => None,
            "origin" if value == self.phone => Some(self.app.clone()),
            // The console's own address would betray the frame.
            "referer" | "hx-current-url" => {
                value.strip_prefix(&self.phone).map(|path| format!("{}{path}", self.app))
            }
            "sec-fetch-dest" if value == "iframe" => Some("document".to_owned()),
            "sec-fetch-site" if value == "cross-site" || value == "same-site" => Some("none".to_owned()),
            _ => Some(value.to_owned()),
        }
    }

    /// An answer header as the browser should get it; `None` takes it away.
    pub(super) fn response(&self, name: &str, value: &str) -> Option<String> {
        match name {
            // The last two are right for the app's real address, wrong for a loopback port inside the console.
            "set-cookie"
            | "content-length"
            | "connection"
            | "keep-alive"
            | "transfer-encoding"
            | "strict-transport-security"
            | "x-frame-options" => None,
            "location" | "hx-redirect" | "hx-location" => Some(self.to_phone(value)),
            "content-security-policy" => Some(framed(&self.to_phone(value))),
            _ => Some(value.to_owned()),
        }
    }

    /// An address at the app's origin becomes the same path on this phone.
    pub(super) fn to_phone(&self, text: &str) -> String {
        text.replace(&self.app, &self.phone)
    }
}

/// Pages may refuse to be framed, rightly; the phone's screen is the one frame they do not know of.
fn framed(policy: &str) -> String {
    let kept: Vec<_> = policy
        .split(';')
        .map(str::trim)
        .filter(|directive| !directive.is_empty() && !directive.starts_with("frame-ancestors"))
        .collect();
    kept.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends() -> Ends {
        Ends { phone: "http://127.0.0.1:9001".to_owned(), app: "http://127.0.0.1:8080".to_owned() }
    }

    #[test]
    fn the_app_sees_its_own_origin() {
        let ends = ends();
        assert_eq!(ends.request("origin", "http://127.0.0.1:9001").unwrap(), "http://127.0.0.1:8080");
        assert_eq!(ends.request("origin", "https://evil.example").unwrap(), "https://evil.example");
        assert_eq!(ends.request("referer", "http://127.0.0.1:9001/a").unwrap(), "http://127.0.0.1:8080/a");
        assert_eq!(ends.request("referer", "http://127.0.0.1:18080/"), None);
        assert_eq!(ends.request("cookie", "a=1"), None);
    }

    #[test]
    fn the_browser_stays_on_the_phone() {
        let ends = ends();
        assert_eq!(
            ends.response("location", "http://127.0.0.1:8080/home").unwrap(),
            "http://127.0.0.1:9001/home"
        );
        assert_eq!(ends.response("location", "/home").unwrap(), "/home");
        assert_eq!(ends.response("set-cookie", "a=1"), None);
    }

    #[test]
    fn a_policy_keeps_everything_but_the_frame() {
        assert_eq!(
            ends().response("content-security-policy", "default-src 'self'; frame-ancestors 'none'").unwrap(),
            "default-src 'self'"
        );
    }
}
