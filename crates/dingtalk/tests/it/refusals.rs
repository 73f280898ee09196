use std::time::Duration;

use dingtalk::{Advice, Cause};
use serde_json::{Value, json};

use crate::host::{Host, SEND, USER};

fn wait(seconds: u64) -> Advice {
    Advice::Retry(Duration::from_secs(seconds))
}

/// What a code of the old host means to a caller.
#[tokio::test]
async fn codes_of_the_old_host() {
    let table: &[(Value, Advice, Option<Cause>)] = &[
        (json!(-1), wait(5), None),
        (json!("-1"), wait(5), None),
        (json!(15), wait(5), None),
        (json!(90018), wait(1), None),
        (json!(90002), wait(1), None),
        (json!(90006), wait(10), None),
        (json!(410_100), wait(600), None),
        (json!(90020), Advice::GiveUp, Some(Cause::Quota)),
        (json!(60011), Advice::GiveUp, Some(Cause::App)),
        (json!(60020), Advice::GiveUp, Some(Cause::App)),
        (json!(40078), Advice::GiveUp, Some(Cause::SignInCode)),
        (json!(60121), Advice::GiveUp, Some(Cause::Request)),
        (json!(400_002), Advice::GiveUp, Some(Cause::Request)),
        (json!(50002), Advice::GiveUp, Some(Cause::Request)),
    ];
    for (code, advice, cause) in table {
        let host = Host::start().await;
        host.answers(USER, 200, json!({"errcode": code, "errmsg": "x", "request_id": "r"})).await;
        let error = host.client().contact().user(&"lgb0007".parse().unwrap()).await.unwrap_err();
        assert_eq!((error.advice(), error.cause()), (*advice, *cause), "{code}");
    }
}

/// What a code of the new host means to a caller.
#[tokio::test]
async fn codes_of_the_new_host() {
    let denied = |reason: &str| format!("Forbidden.AccessDenied.{reason}");
    let table = [
        (403, denied("QpsLimitForAppkeyAndApi"), wait(1), None),
        (403, denied("QpsLimitForApi"), wait(1), None),
        (403, denied("QpmLimitForAppkeyAndApi"), wait(60), None),
        (403, denied("ApiCountLimitForOrg"), Advice::GiveUp, Some(Cause::Quota)),
        (403, denied("AccessTokenPermissionDenied"), Advice::GiveUp, Some(Cause::App)),
        (403, denied("IpNotInWhiteList"), Advice::GiveUp, Some(Cause::App)),
        (429, "systemBusy".to_owned(), wait(10), None),
        (400, "send.too.fast".to_owned(), wait(10), None),
        (500, "systemError".to_owned(), wait(5), None),
        (400, "internalError".to_owned(), Advice::FindOut, None),
        (400, "invalidParameter.robotCode.auth".to_owned(), Advice::GiveUp, Some(Cause::App)),
        (400, "invalidParameter.userIds.overMax".to_owned(), Advice::GiveUp, Some(Cause::Request)),
        (400, "processCodeError".to_owned(), Advice::GiveUp, Some(Cause::Request)),
    ];
    let message = dingtalk::robot::RobotMessage::Text("好".to_owned());
    for (status, code, advice, cause) in table {
        let host = Host::start().await;
        host.answers(SEND, status, json!({"code": code, "requestid": "R", "message": "m"})).await;
        let to = ["lgb0007".parse().unwrap()];
        let error = host.client().robot().send_to_people(&to, &message).await.unwrap_err();
        assert_eq!((error.advice(), error.cause()), (advice, cause), "{code}");
    }
}
