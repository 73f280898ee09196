use super::office::desk;
use crate::{aid::applied_for, harness::House};

const NEW: &str = "/console/standards/new";

fn fields<'a>(from: &'a str, least: &'a str, most: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("category", "illness"),
        ("from", from),
        ("least", least),
        ("most", most),
        ("days", "7"),
        ("often", "per_year"),
        ("months", "12"),
        ("round", "100"),
        ("source", "示例〔2026〕3号"),
    ]
}

#[actix_web::test]
async fn a_standard_is_narrowed_by_two_people_and_every_value_says_why() {
    House::each(async |house| {
        let list = house.reads("chenjing", "/console/standards", 200).await;
        list.says("重大疾病").says("¥1,000.00").says("¥5,000.00").says("5天");
        let none = house.sends("chenjing", NEW, &[("from", "x")], 422).await;
        none.says("请选类别").says("请写从哪一天起").says("请写最低金额").says("请写公示").says("请写文件号");
        let wide = house.sends("chenjing", NEW, &fields("2026-11-24", "1000", "5000.01"), 422).await;
        wide.says("上级定的最高金额是¥5,000.00。下级不能更宽。").says("依据：示例").says("href=\"#most\"");
        house
            .sends("chenjing", NEW, &fields("2026-11-23", "1000", "5000"), 422)
            .await
            .says("标准从今天或者以后起。");
        let row = house.sends("chenjing", NEW, &fields("2026-11-24", "1500", "2500"), 303).await;
        let row = row.header("location").to_owned();
        house.reads("chenjing", &row, 200).await.says("等另一位同志审核").never_says("value=\"agree\"");
        house.sends("chenjing", &row, &[("act", "agree")], 422).await.says("自己写的，不能自己审核。");
        house.sends("zhouming", &row, &[("act", "agree")], 303).await;
        house.sends("zhouming", &row, &[("act", "refuse")], 422).await.says("这条标准已经有人办过了。");
        house.reads("linfang", &row, 200).await.says("已生效").says("¥1,500.00到¥2,500.00");

        let why = house.reads("linfang", "/console/standards/illness?on=2026-11-24", 200).await;
        why.says("西湖区，2026年11月24日起，示例〔2026〕3号").says("¥2,500.00").says("7个工作日");
        why.says("浙江省，2020年1月1日起，示例：").says("下级可以定得更严");
        house.reads("linfang", "/console/standards/illness?on=2026-11-23", 200).await.never_says("¥2,500.00");
        house.reads("linfang", "/console/standards?on=2026-11-24", 200).await.says("¥2,500.00").says("7天");

        let case = house.accepted().await;
        house.visits(&case, "3000", 422).await.says("¥1,500.00").says("¥2,500.00");
        house.visits(&case, "2500", 303).await;
        let page = house.reads("linfang", &desk(&case), 200).await;
        page.says("¥1,500.00到¥2,500.00").says("/console/standards/illness?region=330106");
        for nothing in ["gold", "illness?region=3302", "rows/x"] {
            house.reads("linfang", &format!("/console/standards/{nothing}"), 404).await;
        }
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn a_share_of_what_was_paid_and_who_agrees_to_it_are_written_down_and_shown() {
    House::each(async |house| {
        let with = |more: &[(&'static str, &'static str)]| {
            let mut all = fields("2026-11-24", "1000", "5000");
            all.retain(|(name, _)| more.iter().all(|(other, _)| name != other));
            all.extend(more);
            all
        };
        let medical = ("category", "medical_cost");
        let half = with(&[medical, ("round", "1000"), ("percent", "40")]);
        house.sends("chenjing", NEW, &half, 422).await.says("请写自付超过多少才算").says("href=\"#above\"");
        let turned = with(&[medical, ("round", "1000"), ("county", "4000"), ("city", "2000")]);
        house.sends("chenjing", NEW, &turned, 422).await.says("不比市级高").says("href=\"#county\"");
        let share = [medical, ("round", "1000"), ("percent", "51"), ("above", "12000")];
        house
            .sends("chenjing", NEW, &with(&share), 422)
            .await
            .says("上级定的按自付的百分之几是50%")
            .says("#percent");
        let whole = [
            medical,
            ("round", "1000"),
            ("percent", "40"),
            ("above", "12000"),
            ("county", "2000"),
            ("city", "4000"),
        ];
        let row = house.sends("chenjing", NEW, &with(&whole), 303).await.header("location").to_owned();
        let page = house.reads("zhouming", &row, 200).await;
        page.says("自付超过¥12,000.00的部分，算40%，舍到¥10.00");
        page.says("¥2,000.00以内县级批，¥4,000.00以内市级批，再多省级批");
        house.sends("zhouming", &row, &[("act", "agree")], 303).await;
        let why = house.reads("linfang", "/console/standards/medical_cost?on=2026-11-24", 200).await;
        why.says("40%（西湖区，2026年11月24日起，示例〔2026〕3号）")
            .says("市级批到多少")
            .says("浙江省，2020年1月1日起");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn an_amount_that_follows_from_what_was_paid_is_shown_with_every_number() {
    House::each(async |house| {
        let case = applied_for(&house.signed_in("wangxiuying").await, "medical_cost").await;
        house.presses("chenjing", "accept", &case, 303).await;
        let page = format!("{}/visit", desk(&case));
        let form = house.reads("zhouming", &page, 200).await;
        form.says("自付的费用（元）");
        let (once, on) =
            (form.value("once"), form.between("type=\"date\" name=\"on\" value=\"", "\"").to_owned());
        let sends = async |paid: &str, yuan: &str, status| {
            let fields = [
                ("once", once.as_str()),
                ("on", on.as_str()),
                ("second", "chenjing"),
                ("findings", "票据都看过了"),
                ("paid", paid),
                ("yuan", yuan),
            ];
            house.sends("zhouming", &page, &fields, status).await
        };
        sends("", "3880", 422).await.says("请写票据上自付了多少。").says("票据都看过了");
        sends("许多", "3880", 422).await.says("自付的费用请写数字");
        sends("17777.77", "3000", 422).await.says("按自付算，是¥3,880.00。").says("value=\"17777.77\"");
        sends("17777.77", "3880", 303).await;
        let why = "自付¥17,777.77，减去¥10,000.00，算50%，是¥3,888.88，舍到¥10.00，是¥3,880.00";
        house.reads("linfang", &desk(&case), 200).await.says(why);
        house.audited().await;
    })
    .await;
}
