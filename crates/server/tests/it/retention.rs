//! 保管期限 at the desk, and on the command line.

use std::path::Path;

use chrono::TimeDelta;
use domain::{
    authority::{Myself, Role, Worker},
    ids::{AccountId, RegionCode},
    retention::{self, Step, Tally, store},
    seed::cast,
    wish::{
        Answer, Kind,
        commands::{answer, ask},
    },
};

use crate::harness::{House, Site};

fn account(id: &str) -> AccountId {
    AccountId::parse(id).unwrap()
}

/// Workers and a system administrator of the whole province; and what somebody asked four years ago.
async fn prepared(house: &House) {
    for (userid, role) in [("chief", Role::Worker), ("deputy", Role::Worker), ("sysadmin", Role::SystemAdmin)]
    {
        house.welcomes(userid).await;
        house.hires_in(userid, role, "33").await;
    }
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let me = Myself::of(db, &account("wangxiuying"), now).await.unwrap().unwrap();
    let county: RegionCode = "330106".parse().unwrap();
    let worker = Worker::prove(db, &account("chenjing"), county, now).await.unwrap().unwrap();
    let then = now - TimeDelta::days(4 * 366);
    let wish = ask(db, cx, &me, (Kind::Correct, "名字写错了"), then).await.unwrap();
    answer(db, cx, &worker, (wish.id, Answer::Right), then).await.unwrap();
}

/// A list that is open and complete. That of the month may have been made before there was anything to list.
async fn made(house: &House) -> String {
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    loop {
        while let Tally::Went(_) = retention::make(db, cx, now).await.unwrap() {}
        if let Some(list) = store::open(db).await.unwrap().filter(|list| list.made_at.is_some()) {
            return format!("/console/retention/lists/{}", list.id);
        }
        house.sends("chief", "/console/retention/lists", &[], 303).await;
    }
}

#[actix_web::test]
async fn every_rule_names_its_document_and_a_shorter_one_is_refused_with_a_sentence() {
    let house = House::open().await;
    prepared(&house).await;
    let rules = house.reads("chenjing", "/console/retention", 200).await;
    rules.says("发放记录").says("30年，从第二年1月1日起算").says("会计档案管理办法").says("党支部组织生活");
    let one = house.reads("zhengzhe", "/console/retention/rules/aid_payment", 200).await;
    one.says("为什么").says("财政部、国家档案局令第79号").never_says("定新的期限");
    house.reads("chenjing", "/console/retention/rules/horoscope", 404).await;
    let at = "/console/retention/rules/aid_payment";
    house.reads("sysadmin", at, 200).await.says("定新的期限");
    let typed = [
        ("long", "29"),
        ("unit", "year"),
        ("counted", "year_end"),
        ("document", "某办〔2026〕3号"),
        ("from", "2026-12-01"),
    ];
    let again = house.sends("sysadmin", at, &typed, 422).await;
    again
        .says("太短了，至少要保存30年")
        .says("会计档案管理办法")
        .says("某办〔2026〕3号")
        .says("value=\"29\"");
    let many = [("long", "三十"), ("unit", "year"), ("document", ""), ("from", "x")];
    let again = house.sends("sysadmin", at, &many, 422).await;
    again
        .says("请写数字")
        .says("请选从哪一天起算")
        .says("请写依据的文件")
        .says("请写从哪一天起")
        .says("value=\"三十\"");
    let longer: Vec<_> = [("long", "40")].into_iter().chain(typed.into_iter().skip(1)).collect();
    house.sends("sysadmin", at, &longer, 303).await;
    house.reads("chenjing", at, 200).await.says("40年").says("某办〔2026〕3号");
    house.audited().await;
}

#[actix_web::test]
async fn a_list_goes_from_desk_to_desk_and_what_was_on_it_is_gone() {
    House::each(async |house| {
        prepared(&house).await;
        let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
        let at = made(&house).await;
        house.reads("chenjing", &at, 404).await;
        house.reads("chief", "/console/retention/lists", 200).await.says(&at).says("等提请");
        let page = house.reads("chief", &at, 200).await;
        page.says("改正和删除的要求").says("个人信息保护法").says("提请销毁");
        let subjects = house.reads("chief", &format!("{at}/person_wish"), 200).await;
        subjects.says("王*英").never_says("王秀英");
        house.reads("qianwei", &format!("{at}/person_wish"), 404).await;
        house.reads("qianwei", &at, 200).await.never_says("同意销毁").never_says("王*英");
        house.sends("chief", &at, &[("act", "propose")], 303).await;
        house.sends("chief", &at, &[("act", "propose")], 303).await;
        house.reads("chief", &at, 200).await.says("等另一位同志");
        let decides = house.reads("qianwei", &at, 200).await;
        let seen = decides.value("seen");
        decides.says("不能恢复");
        house.sends("qianwei", &at, &[("act", "refuse"), ("reason", "")], 422).await.says("请写原因");
        let stale = house.sends("qianwei", &at, &[("act", "approve"), ("seen", "7777")], 422).await;
        stale.says("清单和刚才看的不一样了");
        house.sends("qianwei", &at, &[("act", "approve"), ("seen", &seen)], 303).await;
        while let Step::Went { .. } = retention::step(db, cx, now).await.unwrap() {}
        house.until("the end", async || store::open(db).await.unwrap().is_none()).await;
        house.reads("zhengzhe", &at, 200).await.says("已办结").says("已销毁");
        let stones = house.reads("zhengzhe", "/console/retention/tombstones", 200).await;
        stones.says("改正和删除的要求").says("提请").never_says("王秀英");
        house.reads("chenjing", "/console/retention/tombstones", 404).await;
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn what_is_held_is_said_to_those_who_may_know_and_a_granted_wish_waits() {
    let house = House::open().await;
    prepared(&house).await;
    let at = "/console/retention/holds";
    let form =
        [("over", "person"), ("which", "王秀英"), ("reason", "正在核查"), ("document", "某纪〔2026〕1号")];
    for (field, bad, says) in [
        ("over", "x", "请选冻结什么"),
        ("which", "查无此人", "没有找到这位同志"),
        ("which", "", "请写冻结谁的"),
        ("reason", " ", "请写原因"),
        ("document", "", "请写依据的文件"),
    ] {
        let typed: Vec<_> =
            form.iter().map(|(name, text)| (*name, if *name == field { bad } else { *text })).collect();
        let again = house.sends("chenjing", at, &typed, 422).await;
        again.says(says);
        if field != "reason" {
            again.says("正在核查");
        }
    }
    for (over, which) in [("case", "杭0000"), ("unit", "没有的单位")] {
        let typed = [("over", over), ("which", which), ("reason", "核查"), ("document", "示例")];
        house.sends("chenjing", at, &typed, 422).await.says("没有这个").says(which);
    }
    let wang = cast().wang.to_string();
    let typed = [
        ("over", "person"),
        ("which", wang.as_str()),
        ("reason", "正在核查"),
        ("document", "某纪〔2026〕1号"),
    ];
    house.sends("chenjing", at, &typed, 303).await;
    house
        .reads("chenjing", &format!("/console/people/{wang}"), 200)
        .await
        .says("资料已冻结")
        .says("某纪〔2026〕1号");
    let held = house.reads("chenjing", at, 200).await;
    held.says("王秀英的全部资料").says("冻结中");
    let hold = format!("{at}/{}", held.between("href=\"/console/retention/holds/", "\""));
    house.reads("wumin", &hold, 404).await;

    // The retiree is told in plain words until when, and not that anybody looks into it.
    let me = house.reads("wangxiuying", "/me/wishes", 200).await;
    me.says("须长期保存").says("还要保存").never_says("核查").never_says("冻结");
    house.sends("wangxiuying", "/me/wishes", &[("kind", "delete"), ("text", "把以前的地址删掉")], 303).await;
    let wish = house.reads("chenjing", "/console/wishes", 200).await;
    let wish = format!("/console/wishes/{}", wish.between("href=\"/console/wishes/", "\""));
    let again = house.sends("chenjing", &wish, &[("answer", "done")], 422).await;
    again.says("已冻结");
    house.sends("chenjing", &wish, &[("answer", "archive")], 303).await;

    house.sends("chenjing", &hold, &[("act", "ask"), ("why", "")], 422).await.says("请写原因");
    house.sends("chenjing", &hold, &[("act", "ask"), ("why", "核查结束")], 303).await;
    house.sends("chenjing", &hold, &[("act", "lift")], 422).await.says("双人解除规则");
    house.sends("deputy", &hold, &[("act", "lift")], 303).await;
    house.reads("chenjing", &hold, 200).await.says("已解除");
    house.reads("chenjing", &format!("/console/people/{wang}"), 200).await.never_says("资料已冻结");
    house.audited().await;
}

#[actix_web::test]
async fn the_command_line_lists_shows_and_checks() {
    for db in schema::testing::databases().await {
        let site = Site::new("retention", db).await;
        let app = site.moved_in().await;
        let (status, said) = site.run(&["retention", "show"]).await;
        assert!(status == 0 && said.contains("no list is open"), "{said}");
        let (status, said) = site.run(&["retention", "propose", "--dry-run"]).await;
        assert!(status == 0 && said.contains("nothing was written"), "{said}");
        let (status, said) = site.run(&["retention", "propose"]).await;
        assert_eq!(status, 0, "{said}");
        let (status, said) = site.run(&["retention", "run", "--dry-run"]).await;
        assert!(status == 0 && said.contains("nothing was written"), "{said}");
        let (status, said) = site.run(&["retention", "run"]).await;
        assert!(status == 0 && said.contains("0 have gone"), "{said}");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("register");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let check = ["retention", "check", "--register", folder.to_str().unwrap()];
        let (status, said) = site.run(&check).await;
        assert!(status == 0 && said.contains("0 of what had gone are there again"), "{said}");
        std::fs::write(folder.join("tombstones.jsonl"), "{}\n").unwrap();
        let (status, said) = site.run(&check).await;
        assert!(status != 0 && said.contains("is not to be trusted"), "{said}");
        drop(app);
    }
}
