use chrono::DateTime;
use dingtalk_callback::robot::{Conversation, Refused, RobotMessage, sign, verify};
use proptest::prelude::*;
use serde_json::{Value, json};

fn parse(message: &Value) -> RobotMessage {
    RobotMessage::parse(message.to_string().as_bytes()).unwrap()
}

#[test]
fn a_message_is_read_as_the_page_shows_it() {
    let message = parse(
        &json!({"conversationId": "cidABC==", "conversationType": "1", "chatbotCorpId": "dingcorp1",
        "msgId": "msgZZ1", "senderNick": "王建国", "isAdmin": false, "senderStaffId": "lgb0007",
        "senderCorpId": "dingcorp1", "createAt": 1_756_000_000_000_i64, "robotCode": "dingapp1",
        "sessionWebhook": "https://oapi.dingtalk.com/robot/sendBySession?session=0f00",
        "sessionWebhookExpiredTime": 1_756_005_400_000_i64, "msgtype": "text", "text": {"content": " 报名 重阳活动 "}}),
    );
    assert_eq!((message.msg_id.as_str(), message.kind.as_str()), ("msgZZ1", "text"));
    assert_eq!(message.words(), "报名 重阳活动");
    assert_eq!(message.conversation, Some(Conversation::Single));
    assert_eq!(message.sender_staff_id.as_ref().map(dingtalk::UserId::as_str), Some("lgb0007"));
    assert_eq!(message.created_at, DateTime::from_timestamp_millis(1_756_000_000_000));
    assert_eq!(message.answer_until(), DateTime::from_timestamp_millis(1_756_005_400_000));
    assert!(!message.quota_used_up);
    let shown = format!("{message:?}");
    assert!(shown.contains("msgZZ1") && !shown.contains("报名") && !shown.contains("0f00"), "{shown}");
}

#[test]
fn spoken_and_mixed_messages_have_words_too() {
    let spoken =
        json!({"msgId": "m", "msgtype": "audio", "content": {"recognition": "签到。", "duration": 4000}});
    assert_eq!(parse(&spoken).words(), "签到。");
    let mixed = json!({"msgId": "m", "msgtype": "richText", "conversationType": "2",
        "content": {"richText": [{"text": " 进"}, {"type": "picture", "downloadCode": "x"}, {"text": "度"}]}});
    assert_eq!(parse(&mixed).words(), "进度");
    let picture = json!({"msgId": "m", "msgtype": "picture", "content": {"downloadCode": "x"}});
    assert_eq!(parse(&picture).words(), "");
}

#[test]
fn odd_spellings_lose_a_field_and_not_the_message() {
    let message = parse(&json!({"msgId": "m", "conversationType": 2, "createAt": "1756000000000",
        "sessionWebhookExpiredTime": "1756005400000", "sessionWebhook": "https://oapi.dingtalk.com/x",
        "senderStaffId": "", "senderCorpId": null, "text": null, "content": "?"}));
    assert_eq!(message.conversation, Some(Conversation::Group));
    assert_eq!(message.sender_staff_id, None);
    assert!(message.created_at.is_some() && message.answer_until().is_some());
    assert_eq!(message.words(), "");
    assert_eq!(parse(&json!({"msgId": "m", "sessionWebhookExpiredTime": 1})).answer_until(), None);
}

#[test]
fn a_message_beyond_the_quota_says_so() {
    for name in ["errorCode", "errCode"] {
        for code in [json!(20001), json!("20001")] {
            assert!(
                parse(&json!({"msgId": "m", name: code, "errorMessage": "受调用量超量影响"})).quota_used_up
            );
        }
    }
}

#[test]
fn a_time_is_written_in_digits_only() {
    let now = crate::endpoint::now();
    let millis = now.timestamp_millis();
    assert!(verify("s", &millis.to_string(), &sign("s", &millis.to_string()), now).is_ok());
    for bad in
        [format!("+{millis}"), format!(" {millis}"), format!("-{millis}"), String::new(), "9".repeat(30)]
    {
        assert_eq!(verify("s", &bad, &sign("s", &bad), now), Err(Refused::Signature), "{bad}");
    }
}

#[test]
fn what_is_no_message_is_refused() {
    for body in ["", "{}", "[]", "null", r#"{"msgId":""}"#, r#"{"msgtype":"text"}"#, "<html>"] {
        assert_eq!(RobotMessage::parse(body.as_bytes()).unwrap_err(), Refused::Body, "{body}");
    }
}

proptest! {
    #[test]
    fn garbage_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300), timestamp in ".{0,30}", sign in ".{0,60}") {
        let _ = RobotMessage::parse(&bytes);
        let now = crate::endpoint::now();
        prop_assert!(verify("secret", &timestamp, &sign, now).is_err());
    }
}
