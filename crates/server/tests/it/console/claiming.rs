use super::office::desk;
use crate::harness::House;

#[actix_web::test]
async fn what_is_asked_back_comes_part_by_part() {
    House::each(async |house| {
        let case = house.paid().await;
        let form = format!("{}/clawback", desk(&case));
        let once = house.reads("fangyuan", &form, 200).await.value("once");
        let nothing = house.sends("fangyuan", &form, &[("once", &once)], 422).await;
        nothing.says("<a href=\"#cause\">请选一个</a>").says("<a href=\"#yuan\">请写数字");
        let dead = [("once", once.as_str()), ("cause", "death"), ("yuan", "100"), ("why", "x")];
        house.sends("fangyuan", &form, &dead, 422).await.says("<a href=\"#cause\">记录里没有这个原因。");
        let fields = [("once", once.as_str()), ("cause", "audit"), ("yuan", "1000"), ("why", "重复发了一笔")];
        let page = house.sends("fangyuan", &form, &fields, 303).await.header("location").to_owned();
        house.reads("shenlan", "/console", 200).await.says("追回待决定：<strong>1</strong>");
        house.reads("shenlan", &page, 200).await.says("重复发了一笔").says("同意追回");
        house.reads("xuke", &page, 200).await.says("¥1,000.00").never_says("重复发了").never_says("同意追回");
        house.sends("fangyuan", &page, &[("act", "agree")], 404).await;
        house.sends("shenlan", &page, &[("act", "agree")], 303).await;
        let told = house.hears("wangxiuying", "有一件事和您商量", 1).await;
        assert!(!told.text().contains('元'));
        let hers = house.reads("wangxiuying", &format!("/aid/cases/{case}"), 200).await;
        hers.says("要退回").says("1,000元").says("不是您的错").never_says("重复发了");

        house.reads("xuke", "/console", 200).await.says("追回待收款：<strong>1</strong>");
        let once = house.reads("xuke", &page, 200).await.value("once");
        let on = ("on", "2026-12-02");
        let much = [("act", "receive"), ("once", once.as_str()), ("yuan", "1000.01"), on];
        house.sends("xuke", &page, &much, 422).await.says("<a href=\"#yuan\">最多¥1,000.00。");
        let part = [("act", "receive"), ("once", once.as_str()), ("yuan", "400"), on];
        for _ in 0..2 {
            house.sends("xuke", &page, &part, 303).await;
        }
        assert_eq!(house.pot().await, [147_400, 0, 0, 2600]);
        let list = house.reads("zhengzhe", "/console/clawbacks", 200).await;
        list.says("追回中，¥1,000.00，已退回¥400.00");
        house.sends("shenlan", &page, &part, 404).await;
        for other in ["hemiao", "wangxiuying"] {
            house.reads(other, &page, 404).await;
        }
        house.reads("wumin", "/console/budget/paid", 200).await;
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn what_the_bank_sent_back_is_given_up_by_the_approver() {
    House::each(async |house| {
        let case = house.ready().await;
        let (_, line) = house.with_the_bank().await;
        house.sends("xuke", &line, &[("result", "paid")], 303).await;
        let form = format!("{}/clawback", desk(&case));
        let once = house.reads("fangyuan", &form, 200).await.value("once");
        let fields = [("once", once.as_str()), ("cause", "audit"), ("yuan", "1000"), ("why", "重复发了一笔")];
        let page = house.sends("fangyuan", &form, &fields, 303).await.header("location").to_owned();
        house.sends("shenlan", &page, &[("act", "agree")], 303).await;
        house.reads("shenlan", &page, 200).await.never_says("撤销追回");
        house.sends("shenlan", &page, &[("act", "refuse")], 409).await;

        house.sends("xuke", &line, &[("result", "other")], 303).await;
        house.reads("shenlan", "/console", 200).await.says("追回待决定：<strong>1</strong>");
        house.reads("xuke", "/console", 200).await.never_says("追回待收款");
        house.reads("wangxiuying", &format!("/aid/cases/{case}"), 200).await.never_says("要退回");
        let open = house.reads("xuke", &page, 200).await;
        open.never_says("记一笔")
            .never_says("撤销追回</button>")
            .says("您不用再退")
            .says("请审批人员撤销追回");
        let part = [("act", "receive"), ("once", once.as_str()), ("yuan", "400"), ("on", "2026-12-02")];
        house.sends("xuke", &page, &part, 422).await.says("钱已经由银行退回");
        let check = [("act", "account")];
        let act = format!("{}/act", desk(&case));
        house.sends("chenjing", &act, &check, 422).await.says("这笔钱还在追回");
        house.reads("shenlan", &page, 200).await.says("没有要收的").says("撤销追回</button>");
        house.sends("shenlan", &page, &[("act", "refuse")], 303).await;
        house.reads("shenlan", &page, 200).await.never_says("撤销追回");
        house.sends("chenjing", &act, &check, 303).await;
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn who_does_not_want_it_any_more_is_told_and_the_money_is_free() {
    House::each(async |house| {
        let case = house.ready().await;
        let (_, line) = house.with_the_bank().await;
        let form = format!("{}/give-up", desk(&case));
        house.reads("chenjing", &form, 303).await;
        house.reads("chenjing", &desk(&case), 200).await.never_says("本人不要了");
        house.sends("chenjing", &form, &[], 422).await.says("已经办到下一步了");
        house.sends("xuke", &line, &[("result", "other")], 303).await;
        house.reads("chenjing", &desk(&case), 200).await.says(&form);
        house.reads("chenjing", &form, 200).await.says("预占的<strong>¥3,000.00</strong>放回经费");
        house.sends("wangxiuying", &form, &[], 404).await;
        assert_eq!(house.pot().await, [147_000, 3000, 0, 0]);
        for _ in 0..2 {
            house.sends("chenjing", &form, &[], 303).await;
        }
        assert_eq!(house.pot().await, [150_000, 0, 0, 0]);
        let told = house.hears("wangxiuying", "申请已撤回", 1).await;
        assert!(!told.text().contains('元'));
        house.reads("wangxiuying", &format!("/aid/cases/{case}"), 200).await.says("您已经撤回");
        house.reads("chenjing", &desk(&case), 200).await.says("本人不要了，预占的钱放回").never_says(&form);
        house.audited().await;
    })
    .await;
}
