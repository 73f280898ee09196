//! The pages about sending: the month, a plan's forecast, the ledger, and whom to telephone.

use domain::{
    notice::{self, calls},
    seed::cast,
};

use crate::harness::{House, by_stream};

#[actix_web::test]
async fn a_worker_sees_the_month_switches_a_plan_after_its_forecast_and_looks_up_what_somebody_was_told() {
    House::each(async |house| {
        house.turn_to("2026-11-24 18:30");
        house.hears("zhaodefu", "支部活动提醒", 1).await;
        house.settled().await;
        let desk = house.signed_in("fangyuan").await;
        let page = desk.get("/console/sending", 200).await;
        page.says("2026-11的用量").says("/ 5000").says("够用").says("活动前一晚提醒党员");
        let plan = page.between("href=\"/console/plans/", "\"").to_owned();
        let path = format!("/console/plans/{plan}");
        let shown = desk.get(&path, 200).await;
        shown.says("今后三十天预计").says("接口调用").says("已开启");
        let (token, version) = (shown.value("csrf"), shown.value("version"));
        let form = [("csrf", token.as_str()), ("version", version.as_str()), ("on", "false")];
        desk.post(&path, &form, 303).await;
        desk.get(&path, 200).await.says("已关闭");
        // A second tap from the same page changes nothing.
        desk.post(&path, &form, 303).await;

        let person = format!("/console/told/people/{}", cast().zhao);
        let ledger = desk.get(&person, 200).await;
        ledger
            .says("赵德福收到的通知")
            .says("支部活动提醒")
            .says("平台收下：")
            .says("已送达平台")
            .never_says("党课");
        let matter = ledger.between("href=\"/console/told/matters/", "\"").to_owned();
        let matter = format!("/console/told/matters/{matter}");
        desk.get(&matter, 200).await.says("王秀英").says("李国强");
        for other in ["wangxiuying", "liguoqiang", "wumin"] {
            let browser = house.signed_in(other).await;
            for hidden in ["/console/sending", &path, &person, &matter] {
                browser.get(hidden, 404).await;
            }
        }
    })
    .await;
}

#[actix_web::test]
async fn who_has_no_login_is_telephoned_and_never_counted_as_told() {
    House::each(async |house| {
        // 赵德福 has given his phone away.
        let (db, now) = (&house.app.db, house.app.clock.now());
        house.unlinked("zhaodefu").await;
        house.turn_to("2026-11-24 18:30");
        house.hears("wangxiuying", "支部活动提醒", 1).await;
        let row = notice::store::of_person(db, cast().zhao, 1).await.unwrap().swap_remove(0);
        assert_eq!((row.status, row.reason), (notice::Status::Suppressed, Some(notice::Reason::NoAccount)));
        let desk = house.signed_in("fangyuan").await;
        let today = desk.get("/console", 200).await;
        today.says("打电话给赵德福");
        let scopes = [domain::authority::Scope::Region("330106".parse().unwrap())];
        let tasks = calls::waiting(db, &scopes, 100).await.unwrap();
        let task = tasks.iter().find(|task| task.person_id == cast().zhao).unwrap();
        assert!(task.opened_at >= now);
        let path = format!("/console/calls/{}", task.id);
        let page = desk.get(&path, 200).await;
        page.says("支部活动提醒").says("href=\"tel:").says("没有打通");
        let token = page.value("csrf");
        desk.post(&path, &[("csrf", &token), ("outcome", "told")], 303).await;
        desk.get(&path, 200).await.says("已告知").never_says("没有打通");
        desk.get("/console", 200).await.never_says("打电话给赵德福");
        house.signed_in("wumin").await.get(&path, 404).await;
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn a_result_that_is_not_read_comes_to_a_worker_and_one_that_is_read_does_not() {
    House::each(async |house| {
        let result = async |house: &House| {
            let rows = notice::store::of_person(&house.app.db, cast().wang, 9).await.unwrap();
            rows.into_iter().find(|row| row.occasion.label() == "帮扶申请通过").unwrap()
        };
        house.approved().await;
        house.hears("wangxiuying", "通过了", 1).await;
        house.settled().await;
        assert_eq!(result(&house).await.status, notice::Status::Accepted);
        // A server that starts asks at once, as it does every ten seconds.
        house.later(8 * 60);
        let house = house.off().await.on().await;
        house
            .until("asked", async || {
                result(&house).await.proof_at.is_some_and(|at| at > house.app.clock.now())
            })
            .await;
        house.later(16 * 60);
        let house = house.off().await.on().await;
        house.until("climbed", async || result(&house).await.channel == notice::Channel::Call).await;
        house.signed_in("fangyuan").await.get("/console", 200).await.says("打电话给王秀英");
    })
    .await;
}

#[actix_web::test]
async fn the_event_that_a_message_was_read_says_it_at_once() {
    for stream in [false, true] {
        let house = House::with(|world| {
            world.events.robot_messages = true;
            if stream {
                by_stream(world);
            }
        })
        .await;
        house.approved().await;
        house.hears("wangxiuying", "通过了", 1).await;
        house.settled().await;
        house.tenant.person("wangxiuying").reads().unwrap();
        let read = async || {
            let rows = notice::store::of_person(&house.app.db, cast().wang, 9).await.unwrap();
            rows.iter().any(|row| row.status == notice::Status::Read && row.climb_at.is_none())
        };
        house.until("read", read).await;
        let person = format!("/console/told/people/{}", cast().wang);
        house.signed_in("fangyuan").await.get(&person, 200).await.says("已读");
    }
}
