//! What the desk writes down about a person besides roles and requests: telephones, family, logins, names, birthdays; and its lists.

use domain::{person, seed::cast};

use crate::harness::House;

fn her() -> String {
    format!("/console/people/{}", cast().wang)
}

#[actix_web::test]
async fn a_telephone_is_called_found_right_and_crossed_out() {
    let house = House::open().await;
    let at = format!("{}/contact", her());
    let new = [("owner", "child"), ("label", "大女儿"), ("phone", "138 0000 1234"), ("visit", "yes")];
    house.sends("chenjing", &at, &new, 303).await;
    let list = house.reads("chenjing", &at, 200).await;
    list.says("子女（大女儿）").says("尾号1234").says("走访联系").says("没有核实").never_says("1380000");
    let number = format!("/console/contacts/{}", list.between("/console/contacts/", "\""));
    let seen = house.sends("chenjing", &format!("{}/numbers", her()), &[("what", "phones")], 200).await;
    seen.says("138 0000 1234").says("href=\"tel:13800001234\"").says("看过号码会留下记录");
    house.sends("chenjing", &number, &[("act", "verify")], 303).await;
    house.reads("chenjing", &at, 200).await.says("核实").never_says("没有核实");
    house.sends("chenjing", &number, &[("act", "end")], 303).await;
    house.reads("chenjing", &at, 200).await.never_says("尾号1234");
    house.sends("wumin", &number, &[("act", "end")], 404).await;
    house.sends("wumin", &format!("{}/numbers", her()), &[("what", "phones")], 404).await;
    let card = house.sends("chenjing", &format!("{}/numbers", her()), &[("what", "identity")], 200).await;
    card.says("339900");
    house.audited().await;
}

#[actix_web::test]
async fn a_relative_is_written_down_and_the_relation_ends() {
    let house = House::open().await;
    let at = format!("{}/family", her());
    house.sends("chenjing", &at, &[("relation", "spouse")], 422).await.says("请写家人的姓名");
    let new = [("relation", "spouse"), ("name", "周建国"), ("from", "1966-05-01")];
    house.sends("chenjing", &at, &new, 303).await;
    house.reads("chenjing", &her(), 200).await.says("配偶周建国，1966年5月1日起");
    let list = house.reads("chenjing", &at, 200).await;
    let kin = format!("/console/kin/{}", list.between("/console/kin/", "\""));
    house.sends("chenjing", &kin, &[("why", "died"), ("on", "2020-02-02")], 303).await;
    let list = house.reads("chenjing", &at, 200).await;
    list.says("以前的关系").says("2020年2月2日已去世");
    house.sends("wumin", &at, &new, 404).await;
    house.audited().await;
}

#[actix_web::test]
async fn a_login_acts_for_her_until_a_day_or_until_it_is_ended() {
    let house = House::open().await;
    let at = format!("{}/logins", her());
    house.reads("chenjing", &at, 200).await.says("本人账号王秀英");
    house
        .sends("chenjing", &at, &[("kind", "proxy")], 422)
        .await
        .says("请写钉钉的员工账号")
        .says("请选怎么核对的");
    let proxy = |account, until| {
        [("kind", "proxy"), ("account", account), ("proof", "mandate_signed"), ("until", until)]
    };
    house.sends("chenjing", &at, &proxy("nobody", "2027-06-30"), 422).await.says("没有这个钉钉账号");
    house.sends("chenjing", &at, &proxy("liguoqiang", "2031-06-30"), 422).await.says("一年以内");
    house.sends("chenjing", &at, &proxy("wangxiuying", "2027-06-30"), 422).await.says("本人的账号");
    house.sends("chenjing", &at, &proxy("liguoqiang", "2027-06-30"), 303).await;
    let list = house.reads("chenjing", &at, 200).await;
    list.says("李国强代办（申请帮扶、参加活动、看和改个人信息），2027年7月1日止");
    let links: Vec<&str> = list.text.split("/console/links/").skip(1).collect();
    let mandate = links.iter().find(|part| part.contains("代办（")).unwrap().split('"').next().unwrap();
    house.sends("chenjing", &format!("/console/links/{mandate}"), &[], 303).await;
    house.reads("chenjing", &at, 200).await.never_says("李国强代办");
    let own = [("kind", "own"), ("account", "liguoqiang"), ("proof", "identity_seen")];
    house.sends("chenjing", &at, &own, 422).await.says("这个账号已经是别人的");
    house.audited().await;
}

#[actix_web::test]
async fn names_and_birthdays_are_kept_as_they_are_told() {
    let house = House::open().await;
    let (name, birth) = (format!("{}/name", her()), format!("{}/birth", her()));
    house.sends("chenjing", &name, &[("kind", "former")], 422).await.says("请写姓名");
    house.sends("chenjing", &name, &[("kind", "former"), ("name", "王小妹")], 303).await;
    house.reads("chenjing", &her(), 200).await.says("王小妹");
    let found =
        house.sends("chenjing", "/console/people", &[("who", "wangxiaomei"), ("unit", "")], 200).await;
    found.says("曾用名王小妹").says(&her());

    let told = [
        ("source", "family"),
        ("calendar", "lunar"),
        ("year", "1944"),
        ("month", "3"),
        ("day", "15"),
        ("greeting", "yes"),
    ];
    let mut wrong = told;
    wrong[3].1 = "13";
    house.sends("chenjing", &birth, &wrong, 422).await.says("value=\"1944\"").says("月份是1到12");
    let bad = [("source", "family"), ("calendar", "lunar"), ("year", "44")];
    house.sends("chenjing", &birth, &bad, 422).await.says("请写四位数的年份");
    house.sends("chenjing", &birth, &told, 303).await;
    house
        .reads("chenjing", &her(), 200)
        .await
        .says("农历1944年3月15日（家人，祝寿按它）")
        .says("（档案，人事按它）");
    let row = person::store::find(&house.app.db, cast().wang).await.unwrap().unwrap();
    assert_eq!((row.birthday_month, row.birthday_day), (Some(3), Some(15)));
    house.audited().await;
}

#[actix_web::test]
async fn the_lists_show_whom_the_reader_works_for() {
    let house = House::open().await;
    let first = house.reads("chenjing", "/console/people/all", 200).await;
    first.says("按姓名的拼音排列").says("下一页");
    let after = first.between("name=\"after\" value=\"", "\"").to_owned();
    let second = house.reads("chenjing", &format!("/console/people/all?after={after}"), 200).await;
    assert!(
        !second.text.contains(&format!("/console/people/{after}")),
        "the last of a page is not the first of the next"
    );
    house.reads("chenjing", "/console/people/all?unit=没有这个单位", 200).await.says("没有这样的人");
    house.reads("wumin", "/console/people/all", 404).await;

    let faults = house.reads("chenjing", "/console/people/quality", 200).await;
    faults.says("党员，没有组织关系").says("已去世，还有组织关系或账号");
    let missing = house.reads("chenjing", "/console/people/quality/party-without-branch", 200).await;
    missing.says("年生");
    house.reads("chenjing", "/console/people/quality/nothing", 404).await;
    house.reads("wumin", "/console/people/quality", 404).await;

    let day = house.reads("chenjing", &format!("{}/day?on=1900-01-01", her()), 200).await;
    day.says("那一天的情况").never_says("生活待遇");
    house
        .reads("chenjing", &format!("{}/day?on=2018-12-31", her()), 200)
        .await
        .says("生活待遇")
        .says("组织关系");
}

#[actix_web::test]
async fn the_first_page_says_what_is_due() {
    let house = House::open().await;
    let ask = [
        ("field", "medical"),
        ("level", "county"),
        ("effective", "2026-11-01"),
        ("evidence", "示例〔2026〕1号"),
    ];
    house.sends("chenjing", &format!("{}/change", her()), &ask, 303).await;
    house.sends("chenjing", &format!("{}/death", her()), &[("on", "2026-11-20")], 303).await;
    let desk = house.reads("zhouming", "/console", 200).await;
    desk.says("变更申请待审核").says("王秀英：治丧").says("以前办").says(&her());
    house.reads("wumin", "/console", 200).await.never_says("王秀英：治丧");
}
