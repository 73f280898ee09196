use domain::aid::Status;

use super::office::desk;
use crate::{aid::answered, harness::House};

const NEW: &str = "/console/settings/new";
const ROW: [(&str, &str); 3] =
    [("category", "illness"), ("from", "2026-11-24"), ("source", "示例〔2026〕9号")];

impl House {
    /// 陈静 writes a row about illness, 周明 agrees to it.
    async fn sets(&self, kind: &str, fields: &[(&str, &str)]) -> String {
        let all: Vec<_> = ROW.iter().chain(fields).copied().collect();
        let row = self.sends("chenjing", &format!("{NEW}/{kind}"), &all, 303).await;
        let row = row.header("location").to_owned();
        self.sends("zhouming", &row, &[("act", "agree")], 303).await;
        row
    }
}

#[actix_web::test]
async fn what_a_category_asks_is_written_by_one_and_agreed_to_by_another() {
    House::each(async |house| {
        let list = house.reads("chenjing", "/console/settings", 200).await;
        list.says("重大疾病").says("2样，一定要0样").says("下级可以多要求，不能少要求。");
        for (kind, words) in
            [("papers", "请写文件号"), ("assessment", "请选类别"), ("council_above", "请写金额")]
        {
            house.sends("chenjing", &format!("{NEW}/{kind}"), &[("from", "x")], 422).await.says(words);
        }
        let row = [ROW[0], ROW[1], ROW[2], ("item-bills", "one"), ("item-income", "one")];
        let row = house.sends("chenjing", &format!("{NEW}/papers"), &row, 303).await;
        let row = row.header("location").to_owned();
        house.reads("chenjing", &row, 200).await.says("等另一位同志审核").says("医疗费票据，或者收入证明");
        house.sends("chenjing", &row, &[("act", "agree")], 422).await.says("自己写的，不能自己审核。");
        house.sends("zhouming", &row, &[("act", "agree")], 303).await;
        house.reads("linfang", &row, 200).await.says("已生效").says("几样里要有一样");
        let why = house.reads("linfang", "/console/settings/illness", 200).await;
        why.says("西湖区，2026年11月24日起，示例〔2026〕9号")
            .says("几样里要有一样：医疗费票据，或者收入证明");
        why.says("浙江省，2020年1月1日起，示例：").says("最好有：诊断证明、病历");
        house
            .reads("linfang", "/console/settings/illness?on=2026-11-23", 200)
            .await
            .never_says("示例〔2026〕9号");

        house.sets("council_above", &[("above", "4000")]).await;
        house.sets("same_need", &[("with", "medical_cost"), ("with", "disability")]).await;
        let wide = house.sends("chenjing", &format!("{NEW}/same_need"), &[("with", "gold")], 422).await;
        wide.says("请重新选一遍");
        let list = house.reads("chenjing", "/console/settings", 200).await;
        list.says("超过¥4,000.00").says("2类").says("西湖区，重大疾病，同一件事的类别");
        house.reads("chenjing", "/console/settings/medical_cost", 200).await.says("重大疾病");
        for nothing in ["gold", "illness?region=3302", "rows/x", "new/gold"] {
            house.reads("linfang", &format!("/console/settings/{nothing}"), 404).await;
        }
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn what_is_missing_is_named_before_a_request_is_sent_and_says_why() {
    let house = House::open().await;
    house.sets("papers", &[("item-income", "needed")]).await;
    let wang = house.signed_in("wangxiuying").await;
    answered(&wang, "").await.says("一定要收入证明").says("最好有诊断证明、病历");
    let papers = wang.get("/aid/apply/papers", 200).await;
    papers.says("一定要的还缺").says("交齐了才送审批").says("没有材料，也可以申请。");
    let income = wang.get("/aid/apply/papers/income", 200).await;
    income.says("为什么要这样材料").says("西湖区").says("2026年11月24日起，示例〔2026〕9号");
    wang.get("/aid/apply/papers/other", 200).await.never_says("为什么要这样材料");

    let case = house.accepted().await;
    house.visits(&case, "3000", 303).await;
    house.explains_elsewhere(&case).await;
    let page = house.reads("linfang", &desk(&case), 200).await;
    page.says("还缺的材料").says("一定要：收入证明");
    house.presses("linfang", "ask", &case, 422).await.says("送审以前还缺材料。").says("一定要有：收入证明。");
}

#[actix_web::test]
async fn who_visited_answers_and_whoever_judges_reads_it() {
    let house = House::open().await;
    let bad = house.sends("chenjing", &format!("{NEW}/assessment"), &[("questions", "能走路")], 422).await;
    bad.says("第1行看不懂，请照例子写");
    let questions =
        "能自己走路吗：能=0，要人扶=5，不能=10\n家里缺什么（可多选）：米=3，油=4\n还看到什么：写几句";
    let row = house.sets("assessment", &[("questions", questions)]).await;
    house.reads("linfang", &row, 200).await.says("能自己走路吗（选一样：能0分，要人扶5分，不能10分）");
    house.reads("linfang", "/console/settings", 200).await.says("3题，满分17");
    let case = house.visited().await;
    let page = format!("{}/assessment", desk(&case));
    house.reads("zhouming", &desk(&case), 200).await.says("填家访评估");
    house.presses("linfang", "ask", &case, 422).await.says("还没有填家访评估。");
    let form = house.reads("zhouming", &page, 200).await;
    let (once, visit) = (form.value("once"), form.value("visit"));
    let ids = [("once", once.as_str()), ("visit", visit.as_str())];
    let with = |more: &[(&'static str, &'static str)]| [&ids[..], more].concat();
    let empty = house.sends("zhouming", &page, &with(&[]), 422).await;
    empty.says("<a href=\"#q0\">请选：能自己走路吗</a>");
    let full = with(&[("q0", "1"), ("q1", "0"), ("q1", "1"), ("q2", "墙面受潮")]);
    house.sends("linfang", &page, &full, 422).await.says("家访由去过的人来记。");
    for _ in 0..2 {
        house.sends("zhouming", &page, &full, 303).await;
    }
    let seen = house.reads("shenlan", &desk(&case), 200).await;
    seen.says("12分，满分17分");
    let sheet = format!("{}/assessments/{once}", desk(&case));
    for who in ["shenlan", "linfang"] {
        house.reads(who, &sheet, 200).await.says("要人扶（5分）").says("米、油（7分）").says("墙面受潮");
    }
    house.reads("wumin", &sheet, 404).await;
    house.presses("linfang", "ask", &case, 303).await;
    assert_eq!(house.case(&case).await.status, Status::InApproval);
    house.audited().await;
}
