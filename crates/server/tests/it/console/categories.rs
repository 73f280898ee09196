use domain::authority::Role;

use crate::{
    aid::answered,
    harness::{House, Page},
};

const NEW: &str = "/console/categories/new";

fn row<'a>(label: &'a str, offered: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let row = [
        ("category", "fire"),
        ("label", label),
        ("position", "6"),
        ("offered", offered),
        ("from", "2026-11-24"),
        ("source", "示例〔2026〕11号"),
    ];
    row.iter().chain(more).copied().collect()
}

/// What somebody is asked first.
async fn form(house: &House) -> Page {
    house.reads("wangxiuying", "/aid/apply/what", 200).await
}

#[actix_web::test]
async fn the_province_adds_a_category_and_the_county_narrows_it() {
    House::each(async |house| {
        for chief in ["chief", "deputy"] {
            house.welcomes(chief).await;
            house.hires_in(chief, Role::Worker, "33").await;
        }
        let list = house.reads("chief", "/console/categories", 200).await;
        list.says("重大疾病").says("医疗类困难").says("能申请吗").says("加一个类别").says("要写");
        let below = house.reads("chenjing", "/console/categories", 200).await;
        below.says("新的类别由上级加。").never_says("加一个类别");
        let none = house.sends("chief", NEW, &[("from", "x"), ("category", "Fire")], 422).await;
        none.says("请用小写英文字母开头").says("请写名称").says("请选公示里怎么说").says("请写从哪一天起");
        none.says("请写1到99的数").says("请选能不能申请").says("请写文件号").says("value=\"Fire\"");
        let family = &[("group", "family")];
        house.sends("chenjing", NEW, &row("火灾", "yes", family), 422).await.says("新的类别由上级来加。");
        house.sends("chief", NEW, &row("困难", "yes", family), 422).await.says("这个名称公示里本来就有。");
        house.sends("chief", NEW, &row("失独", "yes", family), 422).await.says("别的类别已经叫这个名称。");
        let it = house.sends("chief", NEW, &row("火灾", "yes", family), 303).await;
        let it = it.header("location").to_owned();
        house.reads("chief", &it, 200).await.says("等另一位同志审核").says("家庭变故类困难").says("fire");
        house.sends("chief", &it, &[("act", "agree")], 422).await.says("自己写的，不能自己审核。");
        house.sends("deputy", &it, &[("act", "agree")], 303).await;

        // Nobody could say how much: it is not on the form, and the page says why.
        let list = house.reads("chief", "/console/categories", 200).await;
        list.says("还不能：没有定标准，也没有材料清单");
        house
            .reads("linfang", "/console/categories/fire", 200)
            .await
            .says("还没有定标准，申请表上先不出现。");
        form(&house).await.never_says("火灾");
        let standard = [
            ("category", "fire"),
            ("from", "2026-11-24"),
            ("least", "1000"),
            ("most", "4000"),
            ("days", "5"),
            ("often", "per_episode"),
            ("months", "6"),
            ("round", "100"),
            ("source", "示例〔2026〕12号"),
        ];
        let rule = house.sends("chief", "/console/standards/new", &standard, 303).await;
        house.sends("deputy", rule.header("location"), &[("act", "agree")], 303).await;
        form(&house).await.says("火灾").says("选了“其他困难”，请写几个字");
        house.reads("linfang", "/console/categories", 200).await.says("能，没有材料清单");

        // The county calls it otherwise, and wants to hear what has happened; it cannot tell the public something else.
        let page = house.reads("chenjing", &format!("{NEW}?category=fire"), 200).await;
        page.says("现在叫“火灾”。公示里说“家庭变故类困难”，定了就不能改。").never_says("代号");
        let changes = [("changes", "yes"), ("reason", "yes"), ("group", "other")];
        let it = house.sends("chenjing", NEW, &row("失火", "yes", &changes), 303).await;
        house.sends("zhouming", it.header("location"), &[("act", "agree")], 303).await;
        form(&house).await.says("失火").never_says("火灾").says("选了“失火”或者“其他困难”，请写几个字");
        let why = house.reads("linfang", "/console/categories/fire", 200).await;
        why.says("失火（西湖区，2026年11月24日起，示例〔2026〕11号）");
        why.says("家庭变故类困难（浙江省，2026年11月24日起，示例〔2026〕11号）").says("一级一级");
        house.reads("linfang", "/console/categories/fire?on=2026-11-23", 200).await.says("那一天还没有");
        house.reads("chief", "/console/categories/fire", 200).await.never_says("失火");

        // It is asked for, and the form at the counter and on paper has it too.
        let wang = house.signed_in("wangxiuying").await;
        answered(&wang, "").await;
        let token = wang.get("/aid/apply/what", 200).await.value("csrf");
        let said = [("csrf", token.as_str()), ("choice", "fire"), ("text", "")];
        wang.post("/aid/apply/what", &said, 422).await.says("请写几个字，说是什么困难");
        let said = [("csrf", token.as_str()), ("choice", "fire"), ("text", "灶间烧了"), ("from", "check")];
        wang.post("/aid/apply/what", &said, 303).await;
        wang.get("/aid/apply/check", 200).await.says("失火，灶间烧了");

        // The province ends it: whoever has chosen it chooses again.
        let ends = [("changes", "yes"), ("from", "2026-11-25")];
        let mut end = row("火灾", "no", &ends);
        end.retain(|field| *field != ("from", "2026-11-24"));
        let it = house.sends("chief", NEW, &end, 303).await;
        house.sends("deputy", it.header("location"), &[("act", "agree")], 303).await;
        wang.get("/aid/apply/check", 200).await.says("失火，灶间烧了");
        house.tenant.clock().advance(chrono::TimeDelta::days(1));
        let wang = house.signed_in("wangxiuying").await;
        let again = wang.get("/aid/apply/check", 303).await;
        let again = wang.get(again.header("location"), 200).await;
        again.says("上次选的现在不能申请了，请再选一次").never_says("失火");
        let up = house.sends("chenjing", NEW, &row("失火", "yes", &changes[..1]), 422).await;
        up.says("标准从今天或者以后起。");
        for nothing in ["gold", "fire?region=3302", "rows/x"] {
            house.reads("linfang", &format!("/console/categories/{nothing}"), 404).await;
        }
        house.audited().await;
    })
    .await;
}
