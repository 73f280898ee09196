use dingtalk::{Advice, Cause, Error, UserId};
use serde_json::json;
use wiremock::{
    Mock, ResponseTemplate,
    matchers::{path, query_param},
};

use crate::host::{Host, TOKEN, USER};

fn wang() -> UserId {
    "lgb0007".parse().unwrap()
}

async fn knows_wang(host: &Host) {
    host.answers(USER, 200, json!({"errcode": 0, "errmsg": "ok", "result": {"userid": "lgb0007"}})).await;
}

#[tokio::test]
async fn many_who_need_a_token_wait_for_one_fetch() {
    let host = Host::start().await;
    knows_wang(&host).await;
    let client = host.client();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.contact().user(&wang()).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(host.asked(TOKEN).await.len(), 1);
    assert_eq!(host.asked(USER).await.len(), 20);
}

#[tokio::test]
async fn many_who_need_a_token_share_one_failure() {
    let host = Host::without_token().await;
    let slow = ResponseTemplate::new(503).set_delay(std::time::Duration::from_millis(200));
    host.answers_with(TOKEN, slow).await;
    let client = host.client();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.probe().await })
        })
        .collect();
    for call in calls {
        assert!(matches!(call.await.unwrap().unwrap_err().advice(), Advice::Retry(_)));
    }
    let fetches = host.asked(TOKEN).await.len();
    assert!(fetches <= 2, "{fetches} fetches");
}

#[tokio::test]
async fn a_token_is_kept_until_five_minutes_before_its_end() {
    let host = Host::start().await;
    host.gives_token("t-2", 7200).await;
    let client = host.client();
    client.probe().await.unwrap();
    host.pass(7200 - 301);
    client.probe().await.unwrap();
    assert_eq!(host.asked(TOKEN).await.len(), 1);
    host.pass(1);
    client.probe().await.unwrap();
    assert_eq!(host.asked(TOKEN).await.len(), 2);
}

#[tokio::test]
async fn a_life_beyond_reason_is_cut() {
    let host = Host::without_token().await;
    for (token, seconds) in [("t-1", i64::MAX), ("t-2", i64::MIN), ("t-3", 60)] {
        host.gives_token(token, seconds).await;
    }
    let client = host.client();
    client.probe().await.unwrap();
    host.pass(86_400);
    client.probe().await.unwrap();
    client.probe().await.unwrap();
    host.pass(29);
    client.probe().await.unwrap();
    assert_eq!(host.asked(TOKEN).await.len(), 3);
}

#[tokio::test]
async fn a_refused_token_is_replaced_and_the_call_repeated_once() {
    let refusals = [
        (200, json!({"errcode": 40014, "errmsg": "不合法的access_token"})),
        (200, json!({"errcode": 88, "errmsg": "x", "sub_code": "42001", "sub_msg": "x"})),
    ];
    for (status, refusal) in refusals {
        let host = Host::start().await;
        host.gives_token("t-2", 7200).await;
        let old = ResponseTemplate::new(status).set_body_json(refusal);
        Mock::given(path(USER))
            .and(query_param("access_token", "t-1"))
            .respond_with(old)
            .mount(&host.server)
            .await;
        knows_wang(&host).await;
        assert_eq!(host.client().contact().user(&wang()).await.unwrap().userid, wang());
        assert_eq!((host.asked(TOKEN).await.len(), host.asked(USER).await.len()), (2, 2));
    }
}

#[tokio::test]
async fn a_token_refused_twice_is_a_matter_of_the_app() {
    let host = Host::start().await;
    host.gives_token("t-2", 7200).await;
    host.answers(USER, 200, json!({"errcode": 40014, "errmsg": "不合法的access_token"})).await;
    let error = host.client().contact().user(&wang()).await.unwrap_err();
    assert_eq!(error.cause(), Some(Cause::App), "{error}");
    assert_eq!(host.asked(USER).await.len(), 2);
}

#[tokio::test]
async fn a_call_that_got_no_token_was_not_sent() {
    let host = Host::without_token().await;
    host.answers_with(TOKEN, ResponseTemplate::new(504)).await;
    let error = host.client().contact().user(&wang()).await.unwrap_err();
    assert!(matches!(error, Error::Unavailable(_)), "{error:?}");
    assert!(host.asked(USER).await.is_empty());
}

#[tokio::test]
async fn a_token_that_was_dropped_is_fetched_before_anything_is_sent() {
    let host = Host::start().await;
    knows_wang(&host).await;
    let client = host.client();
    client.probe().await.unwrap();
    client.forget_token().await;
    host.answers_with(TOKEN, ResponseTemplate::new(502)).await;
    let error = client.contact().user(&wang()).await.unwrap_err();
    assert!(matches!(error, Error::Unavailable(_)), "{error:?}");
    assert!(host.asked(USER).await.is_empty());
}

#[tokio::test]
async fn a_wrong_secret_is_a_matter_of_the_app() {
    let host = Host::without_token().await;
    let refusal = json!({"code": "invalidClientIdOrSecret", "message": "无效的clientId或者clientSecret", "requestid": "R"});
    host.answers(TOKEN, 400, refusal).await;
    assert_eq!(host.client().probe().await.unwrap_err().cause(), Some(Cause::App));
}
