use dingtalk::{
    TokenAnswer, TokenRequest,
    auth::{Me, SignedIn, UserToken},
    contact::{NewPerson, User},
    robot::{CustomRobot, Ding, FileAnswer, Remind, RobotMessage, SessionMessage},
    work_notice::NoticeMessage,
    workflow::{FormField, Instance},
};
use serde_json::json;

use crate::host::{Host, USER};

/// Everything that a log line could hold is shown, and none of it names what must stay unsaid.
#[test]
fn debug_output_names_no_secret_no_person_and_no_word() {
    const UNSAID: [&str; 5] = ["hush", "王建国", "13800000007", "大病住院", "您好"];
    let user = json!({"userid": "lgb0007", "name": "王建国", "mobile": "13800000007",
        "extension": "{\"事由\":\"大病住院\"}"});
    let me = json!({"unionId": "U1", "nick": "王建国", "mobile": "13800000007"});
    let token = json!({"accessToken": "hush", "refreshToken": "hush", "expireIn": 1});
    let instance = json!({"title": "王建国的申请", "status": "RUNNING", "originatorUserId": "a",
        "formComponentValues": [{"name": "事由", "value": "大病住院"}],
        "operationRecords": [{"userId": "a", "type": "ADD_REMARK", "remark": "大病住院"}]});
    let message = RobotMessage::Markdown { title: "王建国".to_owned(), text: "您好".to_owned() };
    let shown = [
        format!("{:?}", TokenRequest { app_key: "k".to_owned(), app_secret: "hush".to_owned() }),
        format!("{:?}", TokenAnswer { access_token: "hush".to_owned(), expire_in: 7200 }),
        format!("{:?}", serde_json::from_value::<User>(user.clone()).unwrap()),
        format!("{:?}", serde_json::from_value::<SignedIn>(user).unwrap()),
        format!("{:?}", serde_json::from_value::<Instance>(instance).unwrap()),
        format!("{:?}", FormField::new("事由", "大病住院")),
        format!("{:?}", NewPerson::named("王建国", "13800000007", Vec::new())),
        format!("{:?}", serde_json::from_value::<Me>(me).unwrap()),
        format!("{:?}", serde_json::from_value::<UserToken>(token).unwrap()),
        format!("{message:?}"),
        format!("{:?}", NoticeMessage::text("您好")),
        format!("{:?}", Ding { remind: Remind::InApp, to: vec![], content: "您好".to_owned(), voice: None }),
        format!("{:?}", CustomRobot { token: "hush".into(), secret: Some("hush".into()) }),
        format!("{:?}", FileAnswer { download_url: "https://hush".to_owned() }),
        format!("{:?}", SessionMessage::try_from(message).unwrap()),
    ];
    for line in shown {
        assert!(!UNSAID.iter().any(|word| line.contains(word)), "{line}");
    }
}

#[tokio::test]
async fn neither_client_nor_errors_show_secret_token_or_value() {
    let host = Host::start().await;
    let result = json!({"userid": "lgb0007", "dept_id_list": ["王建国"]});
    host.answers(USER, 200, json!({"errcode": 0, "result": result})).await;
    let client = host.client();
    let error = client.contact().user(&"lgb0007".parse().unwrap()).await.unwrap_err();
    let shown = format!("{client:?} {error:?} {error} {}", error.code());
    for unsaid in ["hush", "t-1", "王建国"] {
        assert!(!shown.contains(unsaid), "{shown}");
    }
    assert!(shown.contains("dept_id_list[0]"), "{shown}");
}
