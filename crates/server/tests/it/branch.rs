//! A member signs in; the secretary sees who is missing and writes it down.

use chrono::TimeDelta;
use domain::{branch::attendance, ids::MeetingId, seed::cast};

use crate::harness::{Browser, House, Page};

/// The page to which an answer leads.
async fn follow(browser: &Browser, answer: &Page) -> Page {
    browser.get(answer.header("location"), 200).await
}

/// The address of the meeting that a member's list has first.
async fn first_meeting(browser: &Browser) -> String {
    let list = browser.get("/branch/meetings", 200).await;
    list.between("primary\" href=\"", "\"").to_owned()
}

fn id(address: &str) -> MeetingId {
    address.rsplit('/').next().unwrap().parse().unwrap()
}

#[actix_web::test]
async fn a_member_signs_in_with_one_tap_and_may_take_it_back() {
    House::each(async |house| {
        let wang = house.signed_in("wangxiuying").await;
        let meeting = first_meeting(&wang).await;
        let page = wang.get(&meeting, 200).await;
        page.says("今天（11月24日，星期二）上午9点，到上午10点半").says("翠苑社区活动室").says("可以签到");
        assert_eq!(page.text.matches("class=\"button primary\"").count(), 1);
        page.never_says("/roster");

        // Two taps, and a third from a page that lay open: one sign-in, one answer.
        let token = page.value("csrf");
        for _ in 0..3 {
            let done = wang.post(&format!("{meeting}/sign-in"), &[("csrf", &token)], 303).await;
            assert_eq!(done.header("location"), format!("{meeting}/signed"));
        }
        let signed = wang.get(&format!("{meeting}/signed"), 200).await;
        signed.says("签到好了").says("上午9点").says("翠苑社区活动室").says("签错了？撤销签到");
        wang.get(&meeting, 200).await.says("已签到").never_says(">签到</button>");

        let undone = wang.post(&format!("{meeting}/undo"), &[("csrf", &token)], 303).await;
        follow(&wang, &undone).await.says("已经撤回了").says(">签到</button>");
        let turned = wang.get(&format!("{meeting}/signed"), 303).await;
        assert_eq!(turned.header("location"), meeting);
        wang.post(&format!("{meeting}/sign-in"), &[("csrf", &token)], 303).await;
        wang.get(&format!("{meeting}/signed"), 200).await.says("签到好了");
    })
    .await;
}

#[actix_web::test]
async fn what_may_not_be_done_is_said_plainly() {
    let house = House::open().await;
    let wang = house.signed_in("wangxiuying").await;
    let list = wang.get("/branch/meetings", 200).await;
    let later = list.between("<a class=\"row\" href=\"", "\"").to_owned();
    let page = wang.get(&later, 200).await;
    page.says("明天（11月25日，星期三）上午8点起可以签到。").never_says(">签到</button>");
    let token = wang.get("/text-size", 200).await.value("csrf");
    let early = wang.post(&format!("{later}/sign-in"), &[("csrf", &token)], 422).await;
    early.says("还没到签到的时间。").says("tel:");

    // After the meeting the sign-in stays open for a while; taking it back does not.
    let meeting = first_meeting(&wang).await;
    house.tenant.clock().advance(TimeDelta::minutes(100));
    wang.post(&format!("{meeting}/sign-in"), &[("csrf", &token)], 303).await;
    wang.get(&format!("{meeting}/signed"), 200).await.never_says("撤销签到");
    wang.post(&format!("{meeting}/undo"), &[("csrf", &token)], 422).await.says("请告诉支部书记");
}

#[actix_web::test]
async fn a_meeting_of_others_does_not_exist() {
    let house = House::open().await;
    let (wang, staff) = (house.signed_in("wangxiuying").await, house.signed_in("chenjing").await);
    let meeting = first_meeting(&wang).await;
    let token = staff.get("/text-size", 200).await.value("csrf");
    staff.get("/branch/meetings", 404).await;
    staff.get(&meeting, 404).await;
    staff.post(&format!("{meeting}/sign-in"), &[("csrf", &token)], 404).await;
    for nothing in ["/branch/meetings/x", "/branch/meetings/018f0000-0000-7000-8000-000000000001"] {
        wang.get(nothing, 404).await;
    }
}

#[actix_web::test]
async fn the_secretary_sees_what_is_owed_and_who_is_missing() {
    House::each(async |house| {
        let (li, wang) = (house.signed_in("liguoqiang").await, house.signed_in("wangxiuying").await);
        let duties = format!("/branch/{}/duties", cast().branch);
        li.get("/branch/meetings", 200).await.says("支部还差什么").says(&duties);
        li.get(&duties, 200)
            .await
            .says("主题党日")
            .says("本月要1次，已有0次。")
            .says("11月30日（星期一）前完成。");

        let meeting = first_meeting(&wang).await;
        let token = wang.get(&meeting, 200).await.value("csrf");
        wang.post(&format!("{meeting}/sign-in"), &[("csrf", &token)], 303).await;
        // Somebody has come: the party day counts.
        li.get(&duties, 200).await.never_says("<h2>主题党日</h2>");

        let roster = li.get(&format!("{meeting}/roster"), 200).await;
        roster.says("已到1人").says("赵德福").says("没有签到").says("本人签到");
        for path in [duties, format!("{meeting}/roster"), format!("{meeting}/roster/{}", cast().zhao)] {
            wang.get(&path, 404).await;
        }
    })
    .await;
}

#[actix_web::test]
async fn the_secretary_calls_the_roll_one_person_a_page() {
    House::each(async |house| {
        let (li, zhao) = (house.signed_in("liguoqiang").await, house.signed_in("zhaodefu").await);
        let meeting = first_meeting(&zhao).await;
        let page = format!("{meeting}/roster/{}", cast().zhao);
        let form = li.get(&page, 200).await;
        form.says("<title>赵德福怎么参加？</title>").says("value=\"present\"");
        let token = form.value("csrf");
        li.post(&page, &[("csrf", &token)], 422).await.says("<a href=\"#state\">请选一个</a>");
        let kept = li.post(&page, &[("csrf", &token), ("state", "on_leave")], 303).await;
        follow(&li, &kept).await.says("已经保存好了").says("请假").says("书记点名");
        zhao.get(&meeting, 200).await.says("书记登记的是：请假。");

        let id = id(&meeting);
        let rows = attendance::store::of_meeting(&house.app.db, id).await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].recorded_by.to_string(), "liguoqiang");

        let theirs = zhao.get("/text-size", 200).await.value("csrf");
        zhao.post(&page, &[("csrf", &theirs), ("state", "present")], 404).await;
        let stranger = format!("{meeting}/roster/018f0000-0000-7000-8000-000000000001");
        li.post(&stranger, &[("csrf", &token), ("state", "present")], 404).await;
    })
    .await;
}

#[actix_web::test]
async fn before_a_meeting_only_what_is_known_can_be_written_down() {
    let house = House::open().await;
    let li = house.signed_in("liguoqiang").await;
    let list = li.get("/branch/meetings", 200).await;
    let later = list.between("<a class=\"row\" href=\"", "\"").to_owned();
    let page = format!("{later}/roster/{}", cast().zhao);
    let form = li.get(&page, 200).await;
    form.says("value=\"on_leave\"").never_says("value=\"present\"");
    let token = form.value("csrf");
    li.post(&page, &[("csrf", &token), ("state", "present")], 422).await.says("还没到签到的时间");
}
