use domain::aid::Status;

use super::office::desk;
use crate::harness::House;

impl House {
    /// 陈静 says what is missing.
    async fn lacks(&self, case: &str, what: &str) -> String {
        let page = format!("{}/supplement", desk(case));
        let once = self.reads("chenjing", &page, 200).await.value("once");
        for _ in 0..2 {
            self.sends("chenjing", &page, &[("once", &once), ("said", what)], 303).await;
        }
        once
    }
}

#[actix_web::test]
async fn what_is_missing_is_said_in_plain_words_and_comes() {
    House::each(async |house| {
        let case = house.submitted().await;
        let page = format!("{}/supplement", desk(&case));
        let blank = house.reads("chenjing", &page, 200).await;
        blank.says("还差什么").says("受理的时限不走");
        let once = blank.value("once");
        let empty = house.sends("chenjing", &page, &[("once", &once), ("said", " ")], 422).await;
        empty.says("<a href=\"#said\">请写几句话，最多500个字</a>");
        let once = house.lacks(&case, "住院发票的原件").await;
        assert_eq!(house.case(&case).await.status, Status::Supplementing);
        house.hears("wangxiuying", "您的申请还差一点", 1).await;
        house.presses("chenjing", "accept", &case, 422).await.says("已经办到下一步了");
        house
            .reads("chenjing", &desk(&case), 200)
            .await
            .says("补正中")
            .says("现在暂停")
            .never_says("住院发票");
        house.reads("fangyuan", "/console", 200).await.says("等补正：<strong>1</strong>");

        let hers = format!("/aid/cases/{case}");
        let page = house.reads("wangxiuying", &hers, 200).await;
        page.says("要补一点材料").says("看看差什么").says("最晚12月15日");
        let at = format!("{hers}/supplement");
        let page = house.reads("wangxiuying", &at, 200).await;
        page.says("住院发票的原件").says("最晚12月15日（星期二）");
        house.reads("zhaodefu", &at, 404).await;
        let empty = house.sends("wangxiuying", &at, &[("once", &once), ("answer", "")], 422).await;
        empty.says("<a href=\"#answer\">请写几个字，最多500个字</a>");
        let answer = [("once", once.as_str()), ("answer", "发票交给社区小陈了")];
        for _ in 0..2 {
            let done = house.sends("wangxiuying", &at, &answer, 303).await;
            assert!(done.header("location").starts_with(&hers));
        }
        assert_eq!(house.case(&case).await.status, Status::Submitted);
        assert_eq!(house.reads("wangxiuying", &at, 303).await.header("location"), hers);
        house
            .reads("linfang", &format!("{}/rulings", desk(&case)), 200)
            .await
            .says("住院发票的原件")
            .says("发票交给社区小陈了");
        house.presses("chenjing", "accept", &case, 303).await;
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn what_is_brought_to_the_counter_is_written_down_there() {
    let house = House::open().await;
    let case = house.submitted().await;
    let once = house.lacks(&case, "户口本复印件").await;
    let page = format!("{}/supplement", desk(&case));
    let form = house.reads("fangyuan", &page, 200).await;
    form.says("户口本复印件").says("补来了什么");
    assert_eq!(form.value("once"), once);
    let came = [("once", once.as_str()), ("came", "yes"), ("said", "复印件一份")];
    for _ in 0..2 {
        house.sends("fangyuan", &page, &came, 303).await;
    }
    assert_eq!(house.case(&case).await.status, Status::Submitted);
    house.reads("chenjing", &desk(&case), 200).await.says("补正材料送到").says("不予受理");
}

#[actix_web::test]
async fn what_never_comes_need_not_be_received() {
    let house = House::open().await;
    let case = house.submitted().await;
    house.lacks(&case, "住院发票").await;
    let page = format!("{}/decision", desk(&case));
    let late = [("choice", "not_supplied"), ("why", "到期没有补来，以后可以再申请")];
    house.sends("chenjing", &page, &late, 422).await.says("最后一天是2026年12月15日");
    house.turn_to("2026-12-16 09:00");
    house.sends("chenjing", &page, &late, 303).await;
    assert_eq!(house.case(&case).await.status, Status::Declined);
    house.hears("wangxiuying", "您的申请没有受理", 1).await;
}
