use domain::{aid::Status, authority::Role};

use super::office::desk;
use crate::{
    harness::House,
    papers::{fills, photograph},
};

/// Reached by telephone.
const YES: [(&str, &str); 2] = [("act", "yes"), ("reached", "phone")];

impl House {
    /// 陈静 asks for 2,000 yuan ahead; the page on which two others say yes or no.
    pub(crate) async fn asks_ahead(&self, case: &str) -> String {
        let page = format!("{}/emergency", desk(case));
        let once = self.reads("chenjing", &page, 200).await.value("once");
        let fields = [("once", once.as_str()), ("yuan", "2000"), ("why", "药已经断了，等不到下周")];
        let mut at = String::new();
        for _ in 0..2 {
            let answer = self.sends("chenjing", &page, &fields, 303).await;
            answer.header("location").clone_into(&mut at);
        }
        at
    }

    /// 方圆, who is an approver besides, and 沈岚 say yes.
    async fn granted(&self, case: &str) -> String {
        self.hires("fangyuan", Role::Approver).await;
        let page = self.asks_ahead(case).await;
        self.sends("fangyuan", &page, &YES, 303).await;
        self.sends("shenlan", &page, &YES, 303).await;
        page
    }
}

#[actix_web::test]
async fn money_goes_first_and_the_papers_come_after() {
    House::each(async |house| {
        let case = house.submitted().await;
        let form = format!("{}/emergency", desk(&case));
        let page = house.reads("chenjing", &form, 200).await;
        page.says("最多¥2,000.00").says("示例");
        let once = page.value("once");
        let much = [("once", once.as_str()), ("yuan", "2000.01"), ("why", "急")];
        house
            .sends("chenjing", &form, &much, 422)
            .await
            .says("<a href=\"#yuan\">先发的钱要有数，最多¥2,000.00。");
        let silent = [("once", once.as_str()), ("yuan", "2000"), ("why", " ")];
        house.sends("chenjing", &form, &silent, 422).await.says("<a href=\"#why\">请写几句话");

        let word = house.asks_ahead(&case).await;
        house.reads("shenlan", "/console", 200).await.says("先救后补待表态：<strong>1</strong>");
        house.reads("shenlan", &word, 200).await.says("药已经断了").says("同意先救").says("陈静");
        // A worker reads it and has no word; whoever speaks says how he was reached.
        house.reads("chenjing", &word, 200).await.never_says("同意先救</button>");
        house.sends("chenjing", &word, &YES, 404).await;
        house.hires("fangyuan", Role::Approver).await;
        let silent = house.sends("fangyuan", &word, &[("act", "yes")], 422).await;
        silent.says("<a href=\"#reached\">请选怎么找到您的");
        house.sends("fangyuan", &word, &YES, 303).await;
        house.sends("fangyuan", &word, &YES, 422).await.says("两次表态要两个人。");
        let in_person = [("act", "yes"), ("reached", "in_person")];
        house.sends("shenlan", &word, &in_person, 303).await;
        house.reads("shenlan", &word, 200).await.says("打电话找到的").says("当面找到的").says("收回同意");
        assert_eq!(
            (house.case(&case).await.status, house.pot().await),
            (Status::Urgent, [148_000, 2000, 0, 0])
        );
        let told = house.hears("wangxiuying", "帮扶款先给您发", 1).await;
        assert!(!told.text().contains("药") && !told.text().contains("2000"));
        let hers = format!("/aid/cases/{case}");
        house.reads("wangxiuying", &hers, 200).await.says("先给您发放").never_says("撤回申请");
        for other in ["wumin", "hemiao", "zhengzhe", "wangxiuying", "zhaodefu"] {
            house.reads(other, &word, 404).await;
        }

        let (_, line) = house.with_the_bank().await;
        house.sends("xuke", &line, &[("result", "paid")], 303).await;
        assert_eq!(
            (house.case(&case).await.status, house.pot().await),
            (Status::PapersDue, [148_000, 0, 0, 2000])
        );
        house.hears("wangxiuying", "帮扶款先汇出了", 1).await;
        let owed = house.reads("wangxiuying", &hers, 200).await;
        owed.says("钱先发了，要补手续").says("最晚12月8日").says("补交材料");
        house.reads("chenjing", "/console", 200).await.says("先救后补待补手续：<strong>1</strong>");
        let list = house.reads("zhengzhe", "/console/emergencies", 200).await;
        list.says("¥2,000.00，上限¥2,000.00")
            .says("陈静、方圆（打电话）、沈岚（当面）")
            .says("还没到，最晚12月8日")
            .never_says("药");
        house.presses("chenjing", "papers", &case, 422).await.says("还没有收到材料。");
        let papers = format!("{}/papers", desk(&case));
        let browser = house.signed_in("chenjing").await;
        let fields = [("item", "diagnosis"), ("source", "copy")];
        fills(&browser, &papers, (&fields, "a.jpg", &photograph()), 303).await;
        house.presses("chenjing", "papers", &case, 303).await;

        house.visits(&case, "2000", 303).await;
        house.explains_elsewhere(&case).await;
        let instance = house.asked(&case).await;
        house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
        house.comes_to(&case, Status::Approved).await;
        house.presses("hemiao", "publish", &case, 303).await;
        house.turn_to("2026-12-02 09:00");
        house.comes_to(&case, Status::Paid).await;
        house.hears("wangxiuying", "帮扶手续办好了", 1).await;
        assert_eq!(house.pot().await, [148_000, 0, 0, 2000]);
        house.reads("zhengzhe", &desk(&case), 200).await.says("先救后补，手续办好").never_says("药已经断了");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn papers_that_do_not_come_are_late_on_the_auditors_list() {
    let house = House::open().await;
    let case = house.submitted().await;
    house.granted(&case).await;
    house.turn_to("2026-12-09 09:00");
    let list = house.reads("zhengzhe", "/console/emergencies", 200).await;
    list.says("1件超期没有补手续").says("<strong>还没到，超期，最晚应是12月8日");
    for reader in ["chenjing", "shenlan", "zhengzhe"] {
        house.reads(reader, "/console", 200).await.says("先救后补手续超期：<strong>1</strong>");
    }
    house.reads("chenjing", "/console/clocks", 200).await.says("先救后补的手续");
    house.reads("wumin", "/console/emergencies", 404).await;
}
