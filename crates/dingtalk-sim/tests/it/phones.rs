//! Phones: a jar for each person, the app's own origin, the bridge.

use serde_json::{Value, json};

use crate::{own_client, raw, tenant_with_app};

async fn json_of(answer: reqwest::Response) -> Value {
    serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
}

#[tokio::test]
async fn cookies_stay_in_the_phone_and_with_their_person() {
    let (tenant, app) = tenant_with_app().await;
    let phone = tenant.phone(0);
    let get = async |path: &str| raw().get(format!("{}{path}", phone.url())).send().await.unwrap();

    let answer = get("/cookies").await;
    assert!(answer.headers().get("set-cookie").is_none(), "the browser never sees a cookie");
    assert_eq!(answer.headers()["location"].to_str().unwrap(), format!("{}/home", phone.url()));
    assert!(answer.headers().get("x-frame-options").is_none());
    assert_eq!(answer.headers()["content-security-policy"], "default-src 'self'");

    let cookie = |index: usize| {
        app.pages()[index].iter().find(|(name, _)| name == "cookie").map(|(_, value)| value.clone())
    };
    get("/home").await;
    assert_eq!(cookie(0).as_deref(), Some("__Host-session=s1"), "and the broken one was dropped");
    phone.hand_to("lgb0002").unwrap();
    get("/home").await;
    assert_eq!(cookie(1), None);
    phone.hand_to("lgb0001").unwrap();
    get("/home").await;
    assert_eq!(cookie(2).as_deref(), Some("__Host-session=s1"));
    raw().get(format!("{}/home", tenant.phone(1).url())).send().await.unwrap();
    assert_eq!(cookie(3), None, "another phone is another webview");
}

#[tokio::test]
async fn a_dropped_cookie_is_told_in_the_wire_log() {
    let (tenant, _app) = tenant_with_app().await;
    raw().get(format!("{}/cookies", tenant.phone(0).url())).send().await.unwrap();
    let told = tenant.wire().iter().any(|exchange| {
        exchange.response.as_str()
            == Some("cookie dropped: __Host-broken must be Secure, with Path=/ and no Domain")
    });
    assert!(told);
}

#[tokio::test]
async fn the_app_sees_itself_and_dingtalk() {
    let (tenant, app) = tenant_with_app().await;
    let phone = tenant.phone(0).url().to_owned();
    raw()
        .post(format!("{phone}/aid/apply?step=2"))
        .header("origin", &phone)
        .header("referer", format!("{phone}/aid"))
        .body("a=1")
        .send()
        .await
        .unwrap();
    let headers = &app.pages()[0];
    let header = |wanted: &str| headers.iter().find(|(name, _)| name == wanted).unwrap().1.clone();
    assert_eq!(header("origin"), app.url());
    assert_eq!(header("referer"), format!("{}/aid", app.url()));
    assert_eq!(format!("http://{}", header("host")), app.url());
    assert!(header("user-agent").contains("AliApp(DingTalk/"));
    raw().get(format!("{}/console", tenant.phone(2).url())).send().await.unwrap();
    assert!(
        app.pages()[1].iter().any(|(name, value)| name == "user-agent" && value.contains("dingtalk-win"))
    );
}

#[tokio::test]
async fn the_bridge_gives_a_code_for_whoever_holds_the_phone() {
    let (tenant, _app) = tenant_with_app().await;
    let phone = tenant.phone(0).url().to_owned();
    let corp = crate::world().corp.id;
    let ask = async |what: &str, body: Value| {
        let answer = raw().post(format!("{phone}/__phone/bridge/{what}")).json(&body).send().await.unwrap();
        (answer.status().as_u16(), json_of(answer).await)
    };
    let (_, answer) = ask("auth-code", json!({ "corpId": corp })).await;
    let code = answer["value"].as_str().unwrap();
    let signed_in = own_client(&tenant).auth().user_of_code(code).await.unwrap();
    assert_eq!(signed_in.userid.as_str(), "lgb0001");
    assert_eq!(ask("auth-code", json!({"corpId": "another"})).await.0, 400);

    assert_eq!(ask("scan", json!({})).await.1, json!({"value": null}));
    tenant.phone(0).will_scan("meeting:7");
    assert_eq!(ask("scan", json!({})).await.1, json!({"value": "meeting:7"}));
    assert_eq!(ask("scan", json!({})).await.1, json!({"value": null}), "a scan happens once");
}

#[tokio::test]
async fn the_bridge_script_is_the_phones_own() {
    let (tenant, app) = tenant_with_app().await;
    let script = raw().get(format!("{}/static/dingtalk.js", tenant.phone(0).url())).send().await.unwrap();
    let script = script.text().await.unwrap();
    assert!(script.contains("window.yinlingBridge"));
    assert!(script.len() < 3072, "{} bytes", script.len());
    assert!(app.pages().is_empty());
}

#[tokio::test]
async fn a_message_button_opens_on_the_phone() {
    let (tenant, app) = tenant_with_app().await;
    let open = async |url: String| {
        let address = format!("{}/__phone/open", tenant.phone(0).url());
        raw().get(address).query(&[("url", url)]).send().await.unwrap()
    };
    let answer = open(format!("{}/branch/1?x=2", app.url())).await;
    assert_eq!(answer.headers()["location"], "/branch/1?x=2");
    assert_eq!(open("https://elsewhere.example/".to_owned()).await.status(), 200);
    let home = raw().get(format!("{}/__phone/home", tenant.phone(0).url())).send().await.unwrap();
    let corp = crate::world().corp.id;
    assert_eq!(home.headers()["location"].to_str().unwrap(), format!("/home?corpid={corp}"));
}

#[tokio::test]
async fn a_phone_without_an_app_says_so() {
    let tenant = crate::tenant().await;
    let answer = raw().get(format!("{}/home", tenant.phone(0).url())).send().await.unwrap();
    assert_eq!(answer.status(), 502);
    assert!(answer.text().await.unwrap().contains("应用还没有应答"));
}
