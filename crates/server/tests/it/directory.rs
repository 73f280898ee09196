//! Who is in the tenant: walks that write, walks that stop and ask, and leavers of whom nobody told.

use chrono::TimeDelta;
use dingtalk_sim::{EventFaults, Fault};
use domain::{
    account,
    authority::Role,
    directory::{Kind, State, store},
    ids::AccountId,
    session,
};
use schema::testing;
use server::{
    config,
    jobs::directory::{Directory, walk},
};

use crate::harness::{House, Site};

fn login(id: &str) -> AccountId {
    AccountId::parse(id).unwrap()
}

impl House {
    /// The job as a server has it, with the watch on.
    pub(crate) fn directory(&self) -> Directory {
        let settings = config::Directory {
            nightly_at: Some("02:30:00".parse().unwrap()),
            watch_seconds: 20,
            removal_percent: 2,
            removals_unasked: 3,
        };
        let (db, cx, client) = (self.app.db.clone(), self.app.cx.clone(), self.app.dingtalk.clone());
        Directory { db, cx, client, settings }
    }

    /// The county's logins that nobody of the tenant has leave: what is left is the tenant's.
    pub(crate) async fn only_the_tenant(&self) {
        let now = self.app.clock.now();
        let there = walk(&self.app.dingtalk).await.unwrap();
        let tx = mailbox::transaction::write(&self.app.db).await.unwrap();
        for account in store::active(&self.app.db).await.unwrap() {
            if !there.people.contains_key(&account) {
                let key = format!("test/{account}");
                let news = account::news::News { key, account, happened_at: now };
                account::news::left_in(&tx, &self.app.cx, &news, now).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
    }

    async fn is_active(&self, id: &str) -> bool {
        account::store::find(&self.app.db, &login(id)).await.unwrap().unwrap().active
    }
}

#[actix_web::test]
async fn a_leaver_of_whom_no_event_tells_is_out_within_a_minute() {
    House::each(async |house| {
        house.only_the_tenant().await;
        let browser = house.signed_in("zhaodefu").await;
        house.directory().leavers(house.app.clock.now()).await.unwrap();
        let counted = format!("{:?}", house.tenant.quota());
        house.tenant.faults().events(EventFaults { lose: 1.0, ..EventFaults::default() });
        house.tenant.remove_person("zhaodefu").unwrap();
        house.settled().await;
        browser.get("/home", 200).await;

        house.tenant.clock().advance(TimeDelta::seconds(10));
        house.directory().leavers(house.app.clock.now()).await.unwrap();
        browser.get("/home", 200).await;
        house.tenant.clock().advance(TimeDelta::seconds(20));
        house.directory().leavers(house.app.clock.now()).await.unwrap();
        let turned = browser.get("/home", 303).await;
        assert!(turned.header("location").starts_with("/enter"), "{}", turned.header("location"));
        assert!(!house.is_active("zhaodefu").await);
        assert_eq!(format!("{:?}", house.tenant.quota()), counted, "looking costs nothing");
    })
    .await;
}

#[actix_web::test]
async fn somebody_who_left_while_another_joined_is_found_by_their_ids() {
    let house = House::open().await;
    house.only_the_tenant().await;
    house.directory().leavers(house.app.clock.now()).await.unwrap();
    house.tenant.faults().events(EventFaults { lose: 1.0, ..EventFaults::default() });
    house.tenant.remove_person("zhaodefu").unwrap();
    let joined = "userid = \"wuguifang\"\nname = \"吴桂芳\"\ndepartments = [910001]";
    house.tenant.add_person(toml::from_str(joined).unwrap()).unwrap();
    house.later(1);
    house.directory().leavers(house.app.clock.now()).await.unwrap();
    assert!(house.is_active("zhaodefu").await, "the numbers are the same");
    house.later(10);
    house.directory().leavers(house.app.clock.now()).await.unwrap();
    assert!(!house.is_active("zhaodefu").await);
}

#[actix_web::test]
async fn a_night_is_walked_once_and_leaves_its_differences() {
    House::each(async |house| {
        house.only_the_tenant().await;
        house.turn_to("2026-11-25 02:29");
        house.directory().nightly(house.app.clock.now()).await.unwrap();
        assert!(store::runs(&house.app.db, 9).await.unwrap().is_empty(), "not yet");
        house.turn_to("2026-11-25 02:31");
        let (one, other) = (house.directory(), house.directory());
        let now = house.app.clock.now();
        let (one, other) = tokio::join!(Box::pin(one.nightly(now)), Box::pin(other.nightly(now)));
        assert!(one.is_ok() && other.is_ok());
        let runs = store::runs(&house.app.db, 9).await.unwrap();
        assert_eq!((runs.len(), runs[0].state, runs[0].removals), (1, State::Applied, 0));
        assert_eq!(store::count(&house.app.db, runs[0].id, Kind::DepartmentMade).await.unwrap(), 3);
        assert!(store::count(&house.app.db, runs[0].id, Kind::LeaverLinked).await.unwrap() > 0);
    })
    .await;
}

#[actix_web::test]
async fn a_directory_that_is_not_read_to_its_end_changes_nothing() {
    let house = House::open().await;
    house.only_the_tenant().await;
    house.turn_to("2026-11-25 02:31");
    house.tenant.remove_person("zhaodefu").unwrap();
    house.tenant.faults().next(9, "POST /topapi/v2/user/list", Fault::SystemError);
    assert!(house.directory().nightly(house.app.clock.now()).await.is_err());
    let runs = store::runs(&house.app.db, 9).await.unwrap();
    assert_eq!((runs.len(), runs[0].state), (1, State::Failed));
    // Five minutes later it is tried again.
    house.tenant.faults().clear();
    house.later(6);
    house.directory().nightly(house.app.clock.now()).await.unwrap();
    let runs = store::runs(&house.app.db, 9).await.unwrap();
    assert_eq!((runs.len(), runs[0].state), (1, State::Applied));
}

#[actix_web::test]
async fn many_leavers_are_a_question_on_the_desk() {
    House::each(async |house| {
        // The county's logins that are not in this tenant: far more than two of a hundred.
        house.hires("zhaodefu", Role::SystemAdmin).await;
        let admin = house.signed_in("zhaodefu").await;
        admin.get("/console", 200).await.says("看通讯录核对的结果");
        admin.get("/console/directory", 200).await.says("还没有核对过");
        let now = house.app.clock.now();
        let run = house.directory().sync(now).await.unwrap().unwrap();
        assert_eq!(run.state, State::Asked);
        let somebody = login("r000001");
        let opened = session::open(&house.app.db, &house.app.cx, &somebody, None, now).await.unwrap();
        let desk = admin.get("/console", 200).await;
        desk.says(&format!("{}个账号要不要停用，等您答复", run.removals));
        let question = admin.get("/console/directory", 200).await;
        question.says("还什么都没有写入").says("全部保留").says("r000001");
        let (token, path) = (question.value("csrf"), format!("/console/directory/{}", run.id));
        // Nobody else may answer.
        let chen = house.signed_in("chenjing").await;
        let stolen = chen.get("/text-size", 200).await.value("csrf");
        chen.post(&path, &[("csrf", &stolen), ("answer", "approve")], 404).await;
        admin.post(&path, &[("csrf", &token), ("answer", "refuse")], 303).await;
        assert!(house.is_active("r000001").await);
        admin.post(&path, &[("csrf", &token), ("answer", "approve")], 303).await;
        assert!(house.is_active("r000001").await, "answered already");
        admin.get(&path, 200).await.says("已拒绝，全部保留");

        house.later(5);
        let run = house.directory().sync(house.app.clock.now()).await.unwrap().unwrap();
        let path = format!("/console/directory/{}", run.id);
        admin.post(&path, &[("csrf", &token), ("answer", "approve")], 303).await;
        assert!(!house.is_active("r000001").await);
        let now = house.app.clock.now();
        let found = session::store::find_by_token(&house.app.db, &opened.token, now).await.unwrap();
        assert!(found.is_none(), "no session outlives the login");
        admin.get(&path, 200).await.says("已写入").says("人在册，账号已离开");
    })
    .await;
}

#[actix_web::test]
async fn at_the_machine_it_says_what_differs_and_a_dry_run_writes_nothing() {
    let site = Site::new("directory", testing::sqlite().await).await;
    site.run(&["migrate"]).await;
    let (status, said) = site.run(&["directory", "sync", "--dry-run"]).await;
    assert!(
        status == 0 && said.contains("新加入：14") && said.contains("没有写入任何东西"),
        "{status} {said}"
    );
    let (status, said) = site.run(&["directory", "sync"]).await;
    assert!(status == 0 && said.contains("新加入：14"), "{status} {said}");
    let (status, said) = site.run(&["directory", "sync", "--dry-run"]).await;
    assert!(status == 0 && !said.contains("新加入"), "{status} {said}");
    for leaver in ["wangxiuying", "zhaodefu", "liguoqiang", "chenjing"] {
        site.tenant.remove_person(leaver).unwrap();
    }
    let (status, said) = site.run(&["directory", "sync", "--dry-run"]).await;
    assert!(status == 0 && said.contains("已离开：4") && said.contains("会停下来问"), "{status} {said}");
    let (status, said) = site.run(&["directory", "sync"]).await;
    assert!(status == 2 && said.contains("什么都没有写入"), "{status} {said}");
    for name in ["王秀英", "赵德福"] {
        assert!(!said.contains(name), "{said}");
    }
    site.tenant.stop().await;
}
