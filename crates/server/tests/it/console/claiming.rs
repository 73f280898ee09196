use super::office::desk;
use crate::{
    harness::House,
    papers::{fills, photograph},
};

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

        let lost = format!("{page}/write-off");
        let form = house.reads("fangyuan", &page, 200).await;
        form.says("承担¥600.00").says("重大疾病的已付经费").says("先把“收不回的证明”传上来");
        form.never_says("提出核销</button>");
        let papers = format!("{}/papers", desk(&case));
        let fang = house.signed_in("fangyuan").await;
        let bills = [("item", "bills"), ("source", "copy")];
        fills(&fang, &papers, (&bills, "a.jpg", &photograph()), 422).await.says("已经办完了");
        let shows = [("item", "loss"), ("source", "original_seen")];
        fills(&fang, &papers, (&shows, "a.jpg", &photograph()), 303).await;
        let form = house.reads("fangyuan", &page, 200).await;
        form.says("找不到人").says("原件已核").never_says("没有遗产");
        let (key, paper) = (form.value("once"), form.value("paper"));
        let propose = [("act", "propose"), ("once", key.as_str()), ("paper", paper.as_str())];
        let silent = [&propose[..], &[("why", "电话停机"), ("document", "")]].concat();
        let again = house.sends("fangyuan", &lost, &silent, 422).await;
        again.says("<a href=\"#loss\">请选一个").says("电话停机");
        let dead = [&silent[..], &[("loss", "no_estate")]].concat();
        house.sends("fangyuan", &lost, &dead, 422).await.says("<a href=\"#document\">请写依据的文件号");
        let why = [("loss", "missing"), ("why", "电话停机"), ("document", "示例〔2026〕9号")];
        let propose = [&propose[..], &why].concat();
        house.sends("shenlan", &lost, &propose, 404).await;
        for _ in 0..2 {
            house.sends("fangyuan", &lost, &propose, 303).await;
        }
        house.reads("shenlan", "/console", 200).await.says("追回待决定：<strong>1</strong>");
        let theirs = house.reads("xuke", &page, 200).await;
        theirs.says("示例〔2026〕9号").says("找不到人").never_says("电话停机").never_says(&paper);
        let judge = house.reads("shenlan", &page, 200).await;
        judge.says("电话停机").says("同意核销").says("承担¥600.00");
        judge.says(&format!("href=\"{papers}/{paper}/original\""));
        house.reads("shenlan", &format!("{papers}/{paper}/original"), 200).await;
        house.sends("shenlan", &lost, &[("act", "agree")], 303).await;
        let page_of = house.reads("shenlan", &page, 200).await;
        page_of.says("已核销").says("¥600.00").never_says("同意核销</button>");
        house.reads("zhengzhe", "/console/clawbacks", 200).await.says("已核销，¥1,000.00，已退回¥400.00");
        let hers = house.reads("wangxiuying", &format!("/aid/cases/{case}"), 200).await;
        hers.never_says("要退回");
        assert_eq!(house.pot().await, [147_400, 0, 0, 2000]);
        house.reads("shenlan", "/console/budget/paid", 200).await.says("已经核销的").says("一分不差");
        let envelope = "/console/budget/330106/2026/illness";
        house.reads("wumin", envelope, 200).await.says("另记").says("核销").says("¥600.00");
        house.reads("wumin", &format!("{envelope}/written-off"), 200).await.says("核销");

        // What comes after all is taken in like any part.
        let late = house.reads("xuke", &page, 200).await;
        let once = late.says("已经核销，又收到的").value("once");
        let much = [("act", "receive"), ("once", once.as_str()), ("yuan", "600.01"), on];
        house.sends("xuke", &page, &much, 422).await.says("最多¥600.00。");
        let part = [("act", "receive"), ("once", once.as_str()), ("yuan", "100"), on];
        for _ in 0..2 {
            house.sends("xuke", &page, &part, 303).await;
        }
        assert_eq!(house.pot().await, [147_500, 0, 0, 2000]);
        house.reads("xuke", &page, 200).await.says("¥500.00");
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
