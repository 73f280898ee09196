//! The card of an approver's task, and his decision on our page: DingTalk stays the place of the decision.

use dingtalk::card::RegisterRequest;
use dingtalk_callback::card::sign;
use dingtalk_sim::{CardFace, EventFaults};
use domain::aid::{Status, deciding};
use secrecy::SecretString;
use server::config::ROUTE;

use super::office::desk;
use crate::harness::{House, client};

const SECRET: &str = "a-secret-of-the-cards";

impl House {
    /// In which approvers are told by cards.
    async fn with_cards() -> Self {
        let house = Self::configured(|config| {
            "approval-card.schema".clone_into(&mut config.dingtalk.approval_card_template);
            config.dingtalk.card_secret = SecretString::from(SECRET);
        })
        .await;
        let request = RegisterRequest {
            callback_route_key: ROUTE.to_owned(),
            callback_url: format!("http://{}/callback/card", house.server.address),
            api_secret: Some(SECRET.to_owned()),
            force_update: true,
        };
        house.app.dingtalk.cards().register_callback(&request).await.unwrap();
        house
    }

    /// What waits for somebody, once it is known; its page.
    pub(crate) async fn task_of(&self, userid: &str) -> String {
        let account = domain::ids::AccountId::parse(userid).unwrap();
        let found = async || deciding::store::waiting_for(&self.app.db, &account, 9).await.unwrap().pop();
        self.settled().await;
        // The news of a task may come before the answer to the call that made it; then it is tried again.
        for _ in 0..4 {
            if found().await.is_none() {
                self.later(1);
                self.settled().await;
            }
        }
        found().await.unwrap().id.to_string()
    }

    fn face(&self, card: &str) -> CardFace {
        self.tenant.cards().shown(card, "shenlan").unwrap()
    }

    fn executions(&self) -> usize {
        let wire = self.tenant.wire();
        wire.iter().filter(|one| one.path.contains("processInstances/execute")).count()
    }

    /// A press as it is posted.
    async fn posts_a_press(&self, card: &str, userid: &str, signature: Option<&str>) -> (u16, String) {
        let timestamp = self.app.clock.now().timestamp_millis().to_string();
        let signed = sign(SECRET, &timestamp);
        let content = serde_json::json!({ "cardPrivateData": { "actionIds": ["check"], "params": {} } });
        let body = serde_json::json!({ "type": "actionCallback", "outTrackId": card, "userId": userid, "content": content.to_string() });
        let answer = client()
            .post(format!("http://{}/callback/card", self.server.address))
            .header("x-ddpaas-signature-timestamp", timestamp)
            .header("x-ddpaas-signature", signature.unwrap_or(&signed))
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }
}

#[actix_web::test]
async fn a_card_names_nobody_and_says_who_decided_elsewhere() {
    let house = House::with_cards().await;
    let (case, instance) = house.in_approval().await;
    let card = house.task_of("shenlan").await;
    house.until("a card", async || house.tenant.cards().shown(&card, "shenlan").is_some()).await;
    let face = house.face(&card);
    let whole = format!("{}\n{}", face.title, face.text);
    assert!(
        whole.contains("有一件帮扶等您审批") && whole.contains("县级审批") && whole.contains("等您审批"),
        "{whole}"
    );
    let number = house.case(&case).await.number;
    assert!(whole.contains(&number) && whole.contains("工作日"), "{whole}");
    for word in ["王秀英", "3000", "3,000", "病", "医"] {
        assert!(!whole.contains(word), "{word}: {whole}");
    }
    assert_eq!(face.buttons.len(), 2);
    assert!(face.buttons[0].url.as_deref().unwrap().ends_with(&format!("/console/tasks/{card}")));

    // A press decides nothing.
    house.tenant.cards().press("shenlan", &card, "check").await.unwrap();
    house.settled().await;
    assert_eq!(house.case(&case).await.status, Status::InApproval);

    house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
    house.comes_to(&case, Status::Approved).await;
    house.until("the card is over", async || house.face(&card).buttons.is_empty()).await;
    assert!(house.face(&card).text.contains("沈岚") && house.face(&card).text.contains("已同意"));
    house
        .reads("shenlan", &format!("/console/tasks/{card}"), 200)
        .await
        .says("已同意")
        .never_says("就这样定");
    house.audited().await;
}

#[actix_web::test]
async fn a_stale_card_that_is_pressed_says_who_decided_although_the_news_was_lost() {
    let house = House::with_cards().await;
    let (case, instance) = house.in_approval().await;
    let card = house.task_of("shenlan").await;
    house.until("a card", async || house.tenant.cards().shown(&card, "shenlan").is_some()).await;
    house.tenant.faults().events(EventFaults { lose: 1.0, ..EventFaults::default() });
    house.tenant.approvals().refuse(&instance, "shenlan", None).unwrap();
    house.settled().await;
    assert_eq!(house.case(&case).await.status, Status::InApproval, "nobody told us");
    house.later(3);
    house.tenant.cards().press("shenlan", &card, "check").await.unwrap();
    house.comes_to(&case, Status::Refused).await;
    house.until("the card is over", async || house.face(&card).buttons.is_empty()).await;
    assert!(house.face(&card).text.contains("沈岚") && house.face(&card).text.contains("已不同意"));
    // Whoever still sees it as it was, and presses: our answer changes it.
    let (status, answer) = house.posts_a_press(&card, "shenlan", None).await;
    assert!(status == 200 && answer.contains("已不同意"), "{status} {answer}");
}

#[actix_web::test]
async fn the_card_of_anothers_task_does_nothing_and_nobody_presses_without_a_signature() {
    let house = House::with_cards().await;
    let (_, instance) = house.in_approval().await;
    let card = house.task_of("shenlan").await;
    house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
    house.settled().await;
    assert_eq!(house.posts_a_press(&card, "hemiao", None).await, (200, "{}".to_owned()));
    assert_eq!(house.posts_a_press("another-card", "shenlan", None).await, (200, "{}".to_owned()));
    assert_eq!(house.posts_a_press(&card, "shenlan", Some("forged")).await.0, 400);
    for who in ["chenjing", "hemiao", "wumin"] {
        house.reads(who, &format!("/console/tasks/{card}"), 404).await;
        house.sends(who, &format!("/console/tasks/{card}"), &[("wish", "agree")], 404).await;
    }
}

#[actix_web::test]
async fn a_decision_on_our_page_needs_a_fresh_sign_in_and_is_executed_in_dingtalk_once() {
    House::each(async |house| {
        let (case, instance) = house.in_approval().await;
        let task = house.task_of("shenlan").await;
        let at = format!("/console/tasks/{task}");
        house.reads("shenlan", "/console", 200).await.says("等您审批").says(&at);
        let shen = house.signed_in("shenlan").await;
        let token = shen.get(&at, 200).await.says("王秀英").says("就这样定").value("csrf");
        // Coffee.
        house.later(11);
        assert!(shen.get(&at, 303).await.header("location").starts_with("/enter?to="));
        let form = [("csrf", token.as_str()), ("wish", "agree"), ("remark", "情况属实")];
        shen.post(&at, &form, 401).await.says("正在进入");
        assert_eq!(house.executions(), 0);
        shen.enter(&house.code("shenlan"), &at).await;
        let token = shen.get(&at, 200).await.value("csrf");
        let nothing = [("csrf", token.as_str()), ("wish", ""), ("remark", "")];
        shen.post(&at, &nothing, 422).await.says("请选同意还是不同意");
        // Two fingers.
        let form = [("csrf", token.as_str()), ("wish", "agree"), ("remark", "情况属实")];
        let other = [("csrf", token.as_str()), ("wish", "refuse"), ("remark", "")];
        let (one, two) = tokio::join!(shen.post(&at, &form, 303), shen.post(&at, &other, 303));
        assert_eq!((one.header("location"), two.header("location")), (at.as_str(), at.as_str()));
        house.settled().await;
        house.until("decided", async || house.case(&case).await.status != Status::InApproval).await;
        assert_eq!(house.executions(), 1);
        let found = house.tenant.approvals().all();
        let found = found.iter().find(|one| one.id == instance).unwrap();
        assert_eq!(found.tasks.iter().filter(|task| task.outcome.is_some()).count(), 1);
        shen.get(&at, 200).await.says("沈岚").never_says("就这样定");
        let pressed = "SELECT count(*) FROM audit_row WHERE action = 'aid.decision_pressed'";
        assert_eq!(house.count(pressed).await, 1);
        let clear = "SELECT count(*) FROM aid_approval_task WHERE remark LIKE '%属实%'";
        assert_eq!(house.count(clear).await, 0);
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn what_the_platform_did_not_take_can_be_pressed_again() {
    let house = House::open().await;
    house.welcomes("gaoyuan").await;
    let (case, instance) = house.in_approval().await;
    let task = house.task_of("shenlan").await;
    let at = format!("/console/tasks/{task}");
    // She asks somebody before: her task waits, and DingTalk takes no decision of it.
    house.tenant.approvals().ask_before(&instance, "shenlan", &["gaoyuan"]).unwrap();
    house.settled().await;
    house.sends("shenlan", &at, &[("wish", "agree")], 303).await;
    house.settled().await;
    house.reads("shenlan", &at, 200).await.says("刚才钉钉没有收下").says("就这样定");
    house.tenant.approvals().agree(&instance, "gaoyuan", None).unwrap();
    house.settled().await;
    house.later(1);
    house.sends("shenlan", &at, &[("wish", "agree")], 303).await;
    house.comes_to(&case, Status::Approved).await;
    house.reads("linfang", &desk(&case), 200).await.says("审批同意，经费已预占");
}
