//! The platform's error codes by what they ask for. Pages: 全局错误码, 调用频率限制, and the tables of the single calls.
//!
//! The old host writes numbers, the new one words; one table serves both, since no code means two things.

use std::time::Duration;

/// What a code asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// The access token is missing, bad or expired: another one helps.
    Token,
    /// Too many calls: wait.
    Wait(Duration),
    /// Nothing was done; try again.
    Busy,
    /// Something broke inside: nobody knows whether it was done.
    Unclear,
    /// The one-time code of a sign-in is used up.
    SignInCode,
    /// Secret, permission, address or agent of the app.
    App,
    /// The month's quota is used up.
    Quota,
    /// A refusal of this very request.
    Other,
}

/// The class of a code.
pub(crate) fn class(code: &str) -> Class {
    match code {
        // 40001 is also a wrong secret; a fresh token then fails with a code of its own.
        "40014"
        | "42001"
        | "40001"
        | "41001"
        | "33001"
        | "InvalidAuthentication"
        | "invalidToken"
        | "accesstoken.expired" => Class::Token,
        // One app and one interface, and all apps on one interface, within a second.
        "90018" | "90002" => wait(1),
        // The older frequency codes, and those of single products.
        "90001"
        | "90003"
        | "90004"
        | "90005"
        | "90006"
        | "90007"
        | "90008"
        | "90009"
        | "90010"
        | "90011"
        | "90012"
        | "90013"
        | "90014"
        | "90015"
        | "90016"
        | "90017"
        | "systemBusy"
        | "send.too.fast"
        | "send.byToken.tooFast"
        | "too.many.group"
        | "too.many.people"
        | "autoflowLikeTriggerRateLimited" => wait(10),
        // The robot sent too many DINGs within a minute.
        "toomuch.msg" => wait(60),
        // A group robot that spoke more than twenty times in a minute is silent for ten.
        "410100" => wait(600),
        "-1" | "15" | "500" | "1002" | "systemError" | "system.busy" | "SYSTEM BUSY" => Class::Busy,
        "internalError" | "server.error" | "unknown.send.result" => Class::Unclear,
        "40078" | "40029" | "41007" | "41026" | "42003" | "42008" | "invalidCode" => Class::SignInCode,
        "40089"
        | "60011"
        | "43007"
        | "60020"
        | "40056"
        | "70003"
        | "70004"
        | "400101"
        | "400102"
        | "400106"
        | "needAuth"
        | "bot.stopped"
        | "invalidClientIdOrSecret"
        | "invalid.client"
        | "unauthorized.client"
        | "unsupported.grant.type"
        | "invalidParameter.robotCode.auth"
        | "robot.oto.notExist"
        | "chatbotId.notAllow.sendOTO" => Class::App,
        "90020" | "ding.serverquota.insufficient" => Class::Quota,
        gateway => {
            gateway.strip_prefix("Forbidden.AccessDenied.").map_or(Class::Other, |reason| match reason {
                _ if reason.starts_with("QpsLimit") => wait(1),
                _ if reason.starts_with("QpmLimit") => wait(60),
                _ if reason.starts_with("ApiCountLimit") => Class::Quota,
                // AccessTokenPermissionDenied, IpNotInWhiteList
                _ => Class::App,
            })
        }
    }
}

fn wait(seconds: u64) -> Class {
    Class::Wait(Duration::from_secs(seconds))
}
