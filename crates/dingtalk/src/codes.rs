//! The platform's error codes by what they ask for. Pages: 全局错误码, 调用频率限制, and the tables of the single calls.
//!
//! The old host writes numbers, the new one words; one table serves both, since no code means two things.

use std::time::Duration;

use crate::limits::OWN_QUOTA;

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
    /// The month's quota of calls is used up.
    Quota,
    /// What was bought of one product is used up; everything else goes on.
    Bought,
    /// The signature of a page: sign again, with a new ticket.
    Page,
    /// The address for events.
    Endpoint,
    /// A refusal of this very request.
    Other,
}

/// Each code that asks for something. What is not here, and no word of the gateway's, is a refusal of the request.
const CODES: &[(Class, &[&str])] = &[
    // 40001 is also a wrong secret; a fresh token then fails with a code of its own.
    (Class::Token, &["40014", "42001", "40001", "41001", "33001"]),
    (Class::Token, &["InvalidAuthentication", "invalidToken", "accesstoken.expired"]),
    // One app and one interface, and all apps on one interface, within a second.
    (wait(1), &["90018", "90002"]),
    // The older frequency codes: an app or an organisation, on one interface or on all; then those of suites.
    (wait(10), &["90001", "90003", "90004", "90005", "90006", "90007", "90008", "90009", "90010", "90011"]),
    (wait(10), &["90012", "90013", "90014", "90015", "90016", "90017"]),
    // Those of the new host and of single products.
    (wait(10), &["systemBusy", "send.too.fast", "autoflowLikeTriggerRateLimited", "oaplus.query.limit"]),
    (wait(10), &["todo.taskCreate.flowControlError"]),
    (wait(10), &["send.byToken.tooFast", "too.many.group", "too.many.people"]),
    // The robot sent too many DINGs within a minute.
    (wait(60), &["toomuch.msg"]),
    // The same request is being carried out, or the same source id.
    (wait(2), &["idempotencyProcessing", "todo.taskCreate.lockError"]),
    // A group robot that spoke more than twenty times in a minute is silent for ten.
    (wait(600), &["410100"]),
    (Class::Busy, &["-1", "15", "500", "1002", "systemError", "system.busy", "SYSTEM BUSY"]),
    (Class::Unclear, &["400001", "internalError", "server.error", "system.error", "sysErrror"]),
    (Class::Unclear, &["todo.taskCreate.systemError", "todo.taskUpdate.systemError"]),
    (Class::Unclear, &["todo.taskDelete.systemError", "todo.taskExecutorStatusUpdate.systemError"]),
    (Class::Unclear, &["todo.orgTaskQuery.systemError", "unknown.send.result"]),
    // Unknown, used, ended, of another kind; or of somebody whom the app does not serve (40079).
    (Class::SignInCode, &["40078", "40079", "40029", "41007", "41026", "42003", "42008", "invalidCode"]),
    // The secret.
    (Class::App, &["40089", "invalidClientIdOrSecret", "invalid.client", "unauthorized.client"]),
    (Class::App, &["unsupported.grant.type", "authFailed"]),
    // Permission points, and the source address.
    (Class::App, &["60011", "43007", "60020", "needAuth"]),
    // OA 高级版 is not bought, or has ended.
    (Class::App, &["benefitStatusInvalid", "benefit.status.invalid"]),
    // Agent and robot.
    (Class::App, &["40056", "70003", "70004", "bot.stopped", "robot.oto.notExist"]),
    // A webhook robot that is unknown, stopped or gone.
    (Class::App, &["400101", "400102", "400106"]),
    (Class::App, &["invalidParameter.robotCode.auth", "chatbotId.notAllow.sendOTO"]),
    (Class::Quota, &["90020", OWN_QUOTA]),
    (Class::Bought, &["ding.serverquota.insufficient"]),
    (Class::Page, &["52010", "52011", "52012", "52013", "52014", "52015", "52016", "52018", "52019"]),
    (Class::Page, &["52025", "52026"]),
    (Class::Endpoint, &["71006", "71007", "71008", "71009", "71010", "71011", "71012", "71013"]),
];

/// The class of a code.
pub(crate) fn class(code: &str) -> Class {
    if let Some((class, _)) = CODES.iter().find(|(_, codes)| codes.contains(&code)) {
        return *class;
    }
    match code.strip_prefix("Forbidden.AccessDenied.") {
        Some(reason) if reason.starts_with("QpsLimit") => wait(1),
        Some(reason) if reason.starts_with("QpmLimit") => wait(60),
        Some(reason) if reason.starts_with("ApiCountLimit") => Class::Quota,
        // AccessTokenPermissionDenied, IpNotInWhiteList
        Some(_) => Class::App,
        None => Class::Other,
    }
}

const fn wait(seconds: u64) -> Class {
    Class::Wait(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::{Class, class, wait};

    /// Every code that asks for something, in the order of the platform's own tables.
    #[test]
    fn each_code_asks_for_what_the_pages_say() {
        let table: &[(Class, &[&str])] = &[
            (Class::Token, &["40014", "42001", "40001", "41001", "33001"]),
            (Class::Token, &["InvalidAuthentication", "invalidToken", "accesstoken.expired"]),
            (Class::App, &["40089", "invalidClientIdOrSecret", "invalid.client", "unauthorized.client"]),
            (Class::App, &["unsupported.grant.type", "60011", "43007", "60020", "40056", "70003", "70004"]),
            (Class::App, &["Forbidden.AccessDenied.AccessTokenPermissionDenied"]),
            (Class::App, &["Forbidden.AccessDenied.IpNotInWhiteList"]),
            (Class::Other, &["50002", "50004"]),
            (wait(1), &["90018", "90002"]),
            (
                wait(1),
                &["Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", "Forbidden.AccessDenied.QpsLimitForApi"],
            ),
            (wait(60), &["Forbidden.AccessDenied.QpmLimitForAppkeyAndApi"]),
            (
                wait(10),
                &["90001", "90003", "90004", "90005", "90006", "90007", "90012", "90017", "systemBusy"],
            ),
            (wait(600), &["410100"]),
            (wait(60), &["toomuch.msg"]),
            (wait(2), &["idempotencyProcessing", "todo.taskCreate.lockError"]),
            (Class::Quota, &["90020", "Forbidden.AccessDenied.ApiCountLimitForOrg", "own quota"]),
            (Class::Bought, &["ding.serverquota.insufficient"]),
            (Class::Busy, &["-1", "15", "500", "1002", "systemError", "system.busy", "SYSTEM BUSY"]),
            (Class::Unclear, &["internalError", "server.error", "unknown.send.result"]),
            (Class::App, &["benefitStatusInvalid", "authFailed", "400101"]),
            (
                Class::Other,
                &["400002", "40035", "40038", "33012", "60121", "60003", "40031", "43008", "43009"],
            ),
            (
                Class::Other,
                &["invalidParameter", "invalidParameter.user.notFound", "parameter.error", "param.x"],
            ),
            (
                Class::SignInCode,
                &["40078", "40079", "41026", "40029", "42003", "42008", "41007", "invalidCode"],
            ),
            (
                Class::Page,
                &["52010", "52011", "52012", "52013", "52014", "52015", "52018", "52019", "52025", "52026"],
            ),
            (Class::Endpoint, &["71006", "71007", "71008", "71009", "71010", "71011", "71012", "71013"]),
        ];
        for (expected, codes) in table {
            for code in *codes {
                assert_eq!(class(code), *expected, "{code}");
            }
        }
    }
}
