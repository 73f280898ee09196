//! What DingTalk's own record says, beside our log: who acted there counts, what was said there is sealed, files stay there.

use dingtalk::workflow::{Attached, CommentRequest, Files};
use domain::{aid::Status, authority::Role};

use super::office::desk;
use crate::harness::House;

impl House {
    /// A second approver of the county.
    async fn another_approver(&self, userid: &str) {
        self.welcomes(userid).await;
        self.hires(userid, Role::Approver).await;
    }

    /// Somebody writes a comment there, with a paper.
    pub(crate) async fn comments_with_a_file(&self, instance: &str, userid: &str) {
        let file = Attached {
            space_id: "2000".to_owned(),
            file_id: "file-7".to_owned(),
            file_name: "王秀英的证明.pdf".to_owned(),
            file_size: "20480".to_owned(),
            file_type: "pdf".to_owned(),
        };
        let request = CommentRequest {
            process_instance_id: instance.parse().unwrap(),
            text: "家里只有她一个人".to_owned(),
            comment_user_id: userid.parse().unwrap(),
            file: Some(Files { photos: Vec::new(), attachments: vec![file] }),
        };
        self.app.dingtalk.workflow().comment(&request).await.unwrap();
    }

    async fn audits(&self, action: &str) -> i64 {
        self.count(&format!("SELECT count(*) FROM audit_row WHERE action = '{action}'")).await
    }
}

#[actix_web::test]
async fn what_was_done_and_said_in_dingtalk_stands_beside_our_log() {
    House::each(async |house| {
        house.another_approver("gaoyuan").await;
        let (case, instance) = house.in_approval().await;
        house.tenant.approvals().comment(&instance, "hemiao", "请看看发票").unwrap();
        house.tenant.approvals().ask_before(&instance, "shenlan", &["gaoyuan"]).unwrap();
        house.tenant.approvals().agree(&instance, "gaoyuan", Some("属实")).unwrap();
        house.settled().await;
        house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
        house.comes_to(&case, Status::Approved).await;

        let page = house.reads("linfang", &desk(&case), 200).await;
        for words in
            ["钉钉审批记录", "前加签", "评论", "审批已建立", "审批同意，经费已预占", "钉钉上加签（沈岚）"]
        {
            page.says(words);
        }
        page.says("钉钉上这一步同意（某gaoyuan）").never_says("请看看发票").never_says("属实");
        // Whoever pays or audits sees that, and not what was said.
        house.reads("wumin", &desk(&case), 200).await.says("前加签");
        house.reads("wumin", &format!("{}/history", desk(&case)), 404).await;
        for who in ["linfang", "shenlan"] {
            let said = house.reads(who, &format!("{}/history", desk(&case)), 200).await;
            said.says("请看看发票").says("属实");
        }
        assert_eq!(house.audits("aid.history_read").await, 2);
        let clear =
            "SELECT count(*) FROM aid_approval_entry WHERE said LIKE '%发票%' OR said NOT LIKE 'v1|%'";
        assert_eq!(house.count(clear).await, 0);

        // Who agreed there is no publisher here; who commented may be.
        house.hires("gaoyuan", Role::Publisher).await;
        house.presses("gaoyuan", "publish", &case, 422).await.says("审批");
        house.presses("hemiao", "publish", &case, 303).await;
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn the_same_record_is_kept_once_however_often_it_is_read() {
    let house = House::open().await;
    let (case, instance) = house.in_approval().await;
    house.tenant.approvals().comment(&instance, "shenlan", "一").unwrap();
    house.tenant.approvals().comment(&instance, "shenlan", "二").unwrap();
    for _ in 0..3 {
        house.later(9);
        house.reconciled().await;
        house.silent_asked().await;
        house.settled().await;
    }
    let lines = "SELECT count(*) FROM aid_approval_entry";
    assert_eq!(house.count(lines).await, 3, "it was begun, and two comments of one minute are two");
    house.tenant.approvals().withdraw(&instance, "linfang").unwrap();
    house.comes_to(&case, Status::Visited).await;
    house.reads("linfang", &desk(&case), 200).await.says("撤销").says("审批撤回，回到经办人");
    // At its beginning if the news of that was in time, with the comments, at its end.
    assert!((2..=3).contains(&house.audits("aid.history_kept").await));
}

#[actix_web::test]
async fn a_file_stays_in_dingtalk_until_somebody_who_may_asks_for_it() {
    House::each(async |house| {
        let (case, instance) = house.in_approval().await;
        house.comments_with_a_file(&instance, "shenlan").await;
        house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
        house.comes_to(&case, Status::Approved).await;
        let page = house.reads("chenjing", &format!("{}/history", desk(&case)), 200).await;
        page.says("王秀英的证明.pdf").says("PDF，20KB").says("家里只有她一个人");
        let at = page.between(&format!("href=\"{}/history/", desk(&case)), "\"");
        let at = format!("{}/history/{at}", desk(&case));
        for who in ["hemiao", "wumin", "zhengzhe"] {
            house.reads(who, &at, 404).await;
        }
        assert_eq!(house.audits("aid.history_file_fetched").await, 0);
        let there = house.reads("shenlan", &at, 303).await;
        assert!(there.header("location").starts_with("https://lippi-space.example/file-7"));
        assert_eq!(house.audits("aid.history_file_fetched").await, 1);
        let name = "SELECT count(*) FROM aid_approval_file WHERE name LIKE '%证明%'";
        assert_eq!(house.count(name).await, 0);
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn who_passes_a_task_on_has_played_a_part() {
    let house = House::open().await;
    house.another_approver("gaoyuan").await;
    let (case, instance) = house.in_approval().await;
    house.tenant.approvals().forward(&instance, "shenlan", "gaoyuan", None).unwrap();
    house.settled().await;
    house.reads("linfang", &desk(&case), 200).await.says("转交").says("钉钉上转交（沈岚）");
    house.tenant.approvals().agree(&instance, "gaoyuan", None).unwrap();
    house.comes_to(&case, Status::Approved).await;
    let parts = "SELECT count(*) FROM aid_event WHERE what LIKE '%platform_act%'";
    assert_eq!(house.count(parts).await, 1, "he passed it on; the other's agreement is the decision");
}

#[actix_web::test]
async fn the_instance_leads_to_the_papers_and_has_none() {
    let house = House::open().await;
    let (case, instance) = house.in_approval().await;
    let found = house.tenant.approvals().all().into_iter().find(|one| one.id == instance).unwrap();
    let link = found.form.iter().find(|field| field.name == "个案页面").unwrap().value.clone();
    assert!(link.ends_with(&desk(&case)), "{link}");
    house.reads("shenlan", &desk(&case), 200).await.says("看材料");
    house.reads("shenlan", &format!("{}/papers", desk(&case)), 200).await;
    assert!(found.form.iter().all(|field| !field.value.contains("fileId")));
    let spaces = house
        .tenant
        .wire()
        .into_iter()
        .filter(|one| one.path.contains("spaces") || one.path.contains("media"));
    assert_eq!(spaces.count(), 0, "nothing was put anywhere");
}
