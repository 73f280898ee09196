use domain::aid::{Status, store};

use super::office::desk;
use crate::harness::House;

impl House {
    /// 陈静 does not receive it.
    async fn declined(&self) -> String {
        let case = self.submitted().await;
        let page = format!("{}/decision", desk(&case));
        let fields = [("choice", "not_this_kind"), ("why", "这是房屋维修，请找社区")];
        self.sends("chenjing", &page, &fields, 303).await;
        case
    }

    /// The page on which the last appeal is judged.
    async fn appealed_at(&self, case: &str) -> String {
        let appeals = store::paper::appeals(&self.app.db, case.parse().unwrap()).await.unwrap();
        format!("{}/appeals/{}", desk(case), appeals.last().unwrap().id)
    }
}

#[actix_web::test]
async fn whoever_is_not_received_is_told_the_rule_and_appeals_and_is_heard() {
    House::each(async |house| {
        let case = house.declined().await;
        assert_eq!(house.case(&case).await.status, Status::Declined);
        house.hears("wangxiuying", "您的申请没有受理", 1).await;
        let hers = format!("/aid/cases/{case}");
        house.reads("wangxiuying", &hers, 200).await.says("这次没有受理").says("看看原因");
        let reason = house.reads("wangxiuying", &format!("{hers}/reason"), 200).await;
        reason.says("不属于这类帮扶").says("这是房屋维修，请找社区").says("示例：离退休干部特殊困难帮扶办法");
        reason.says("最晚12月15日（星期二）").says("我要申诉").says("tel:");
        house.reads("zhaodefu", &format!("{hers}/reason"), 404).await;

        let page = format!("{hers}/appeal");
        let once = house.reads("wangxiuying", &page, 200).await.value("once");
        let empty = house.sends("wangxiuying", &page, &[("once", &once), ("said", " ")], 422).await;
        empty.says("<a href=\"#said\">请写几个字，最多500个字</a>");
        for _ in 0..2 {
            house.sends("wangxiuying", &page, &[("once", &once), ("said", "是看病的钱")], 303).await;
        }
        house.hears("wangxiuying", "申诉已收到", 1).await;
        house.reads("wangxiuying", &hers, 200).await.says("申诉正在处理");
        assert_eq!(house.reads("wangxiuying", &page, 303).await.header("location"), hers);

        house.reads("fangyuan", "/console", 200).await.says("申诉待处理：<strong>1</strong>");
        let judged = house.appealed_at(&case).await;
        house.reads("fangyuan", &judged, 200).await.says("是看病的钱").says("这是房屋维修，请找社区");
        house.sends("fangyuan", &judged, &[], 422).await.says("<a href=\"#outcome\">请选一个</a>");
        let right = [("outcome", "upheld"), ("why", "是医疗支出，应当受理")];
        house.sends("chenjing", &judged, &right, 422).await.says("不能再办申诉处理。");
        house.sends("fangyuan", &judged, &right, 303).await;
        house.sends("fangyuan", &judged, &right, 409).await;
        assert_eq!(house.case(&case).await.status, Status::Submitted);
        house.hears("wangxiuying", "申诉有结果了", 1).await;
        house.presses("chenjing", "accept", &case, 303).await;
        house.reads("chenjing", &desk(&case), 200).await.says("申诉成立，接着办").never_says("是看病的钱");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn what_was_said_on_the_telephone_is_judged_once() {
    let house = House::open().await;
    let case = house.declined().await;
    let page = format!("{}/appeal", desk(&case));
    let once = house.reads("linfang", &page, 200).await.value("once");
    house.sends("linfang", &page, &[("once", &once), ("said", "")], 422).await.says("请写几句话");
    house.sends("linfang", &page, &[("once", &once), ("said", "电话里说不同意")], 303).await;
    let judged = house.appealed_at(&case).await;
    let no = [("outcome", "dismissed"), ("why", "社区已经安排维修")];
    house.sends("linfang", &judged, &no, 422).await.says("自己记下的申诉，不能自己处理。");
    house.sends("fangyuan", &judged, &no, 303).await;
    assert_eq!(house.case(&case).await.status, Status::Final);
    house.hears("wangxiuying", "申诉看过了", 1).await;
    let reason = house.reads("wangxiuying", &format!("/aid/cases/{case}/reason"), 200).await;
    reason.says("社区已经安排维修").never_says("我要申诉");
    house.reads("fangyuan", &judged, 200).await.says("已经处理过了。");
    for other in ["shenlan", "hemiao", "wumin", "zhengzhe", "wangxiuying"] {
        house.reads(other, &judged, 404).await;
    }
}

#[actix_web::test]
async fn a_reviewer_sends_it_back_or_says_no_with_a_reason() {
    let house = House::open().await;
    let case = house.visited().await;
    let page = format!("{}/decision", desk(&case));
    house.reads("linfang", &page, 200).await.says("退回，再家访一次").says("没有达到帮扶标准");
    house.sends("linfang", &page, &[("why", "不清楚")], 422).await.says("<a href=\"#choice\">请选一个</a>");
    house.sends("linfang", &page, &[("choice", "back")], 422).await.says("<a href=\"#why\">请写几句话");
    house.sends("linfang", &page, &[("choice", "back"), ("why", "收入没有问清楚")], 303).await;
    assert_eq!(house.case(&case).await.status, Status::Accepted);
    house.visits(&case, "2000", 303).await;
    let no = [("choice", "below_standard"), ("why", "自己负担的部分没有到标准")];
    house.sends("linfang", &page, &no, 303).await;
    assert_eq!(house.case(&case).await.status, Status::Refused);
    house.hears("wangxiuying", "帮扶申请有结果了", 1).await;
    let reason = house.reads("wangxiuying", &format!("/aid/cases/{case}/reason"), 200).await;
    reason.says("自己负担的部分没有到标准").never_says("收入没有问清楚");
    house.audited().await;
}
