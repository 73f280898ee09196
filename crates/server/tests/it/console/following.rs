use domain::aid::{Status, commands::sample::draw_due};

use super::office::desk;
use crate::{
    harness::{House, Page},
    papers::{fills, photograph},
};

impl House {
    /// The bank has paid 王秀英.
    pub(crate) async fn paid(&self) -> String {
        let case = self.ready().await;
        let (_, line) = self.with_the_bank().await;
        self.sends("xuke", &line, &[("result", "paid")], 303).await;
        case
    }

    /// The calendar draws what is due; the page says by what.
    async fn draws(&self, now: &str) -> Page {
        self.turn_to(now);
        draw_due(&self.app.db, &self.app.cx, self.app.clock.now()).await.unwrap();
        self.reads("linfang", "/console/follow-ups", 200).await
    }
}

#[actix_web::test]
async fn one_tap_says_that_the_money_came() {
    House::each(async |house| {
        let case = house.paid().await;
        let hers = format!("/aid/cases/{case}");
        let page = house.reads("wangxiuying", &hers, 200).await;
        page.says("钱收到了吗？").says("没有收到</button>");
        house.sends("wangxiuying", &format!("{hers}/receipt"), &[("received", "no")], 303).await;
        house.reads("wangxiuying", &hers, 200).await.says("没有收到，正在查").never_says("没有收到</button>");
        house.reads("chenjing", "/console", 200).await.says("没有收到待查：<strong>1</strong>");
        let form = format!("{}/receipt", desk(&case));
        house.sends("chenjing", &form, &[], 422).await.says("<a href=\"#received\">请选一个</a>");
        house.sends("chenjing", &form, &[("received", "yes")], 303).await;
        assert_eq!(house.case(&case).await.status, Status::Received);
        house.reads("chenjing", &desk(&case), 200).await.says("本人说没有收到").says("记录本人收到");
        let shows = format!("{hers}/papers/receipt");
        let page = house.reads("wangxiuying", &hers, 200).await;
        page.says("您已经收到").says(&shows).never_says("钱收到了吗");
        // Whoever wants photographs what shows it, or a worker does.
        let wang = house.signed_in("wangxiuying").await;
        let sent = fills(&wang, &shows, (&[("whose", "")], "a.jpg", &photograph()), 303).await;
        assert_eq!(sent.header("location"), format!("{hers}?said=kept"));
        wang.get(&shows, 200).await.says("已经传了1张");
        wang.get("/aid/apply/papers/receipt", 404).await;
        let papers = format!("{}/papers", desk(&case));
        let chen = house.signed_in("chenjing").await;
        let theirs = [("item", "receipt"), ("source", "original_seen")];
        fills(&chen, &papers, (&theirs, "a.jpg", &photograph()), 303).await;
        house.reads("chenjing", &papers, 200).await.says("到账或领取的单据").says("原件已核");
        house.reads("chenjing", &desk(&case), 200).await.says("单据证明收到");
        house.sends("zhaodefu", &format!("{hers}/receipt"), &[("received", "yes")], 404).await;
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn a_draw_is_published_with_its_seed_and_what_is_found_is_reviewed() {
    House::each(async |house| {
        let case = house.paid().await;
        house
            .reads("linfang", "/console/follow-ups", 200)
            .await
            .says("还没有公布")
            .never_says("公布，明天抽");
        let shown = house.draws("2027-01-03 09:00").await;
        shown.says("2026年12月，2027年1月3日公布，明天抽").never_says("笔里抽了");
        let seed = shown.between("<code data-said>", "</code>").to_owned();
        assert_eq!(seed.len(), 64);
        let list = house.draws("2027-01-04 09:00").await;
        list.says(&seed).says("2026年12月，1笔里抽了1笔").never_says("明天抽");
        let page = format!("/console/follow-ups/{}", list.between("href=\"/console/follow-ups/", "\""));
        let draw = house.reads("zhengzhe", &page, 200).await;
        draw.says("1笔，抽了1笔").says("抽中").says(&seed).says("系统按公布的种子抽").never_says("王秀英");
        let audited =
            house.count(&format!("SELECT count(*) FROM audit_row WHERE detail LIKE '%{seed}%'")).await;
        assert_eq!(audited, 2, "when it was shown, and when it was drawn");
        house.reads("chenjing", "/console", 200).await.says("待回访：<strong>1</strong>");
        let list = house.reads("fangyuan", "/console/follow-ups", 200).await;
        let form = format!("/console/aid/{}", list.between("href=\"/console/aid/", "\""));
        let on = ("on", "2027-01-05");
        house.turn_to("2027-01-05 09:00");
        house
            .sends("fangyuan", &form, &[on, ("findings", "有出入")], 422)
            .await
            .says("<a href=\"#differs\">请选一个</a>");
        let fields = [on, ("differs", "yes"), ("findings", "钱没有用来看病")];
        house.sends("chenjing", &form, &fields, 422).await.says("不能再办回访复核。");
        house.sends("fangyuan", &form, &fields, 303).await;
        let reviews = house.reads("zhengzhe", "/console/reviews", 200).await;
        reviews.says("帮过1次，回访有不一样的").never_says("没有用来看病");
        house.reads("fangyuan", &format!("{}/after", desk(&case)), 200).await.says("钱没有用来看病");

        let review = format!("{}/review", desk(&case));
        let once = house.reads("fangyuan", &review, 200).await.value("once");
        let silent = [("once", once.as_str()), ("outcome", "exit"), ("why", "")];
        house.sends("fangyuan", &review, &silent, 422).await.says("<a href=\"#why\">请写几句话");
        let exit = [("once", once.as_str()), ("outcome", "exit"), ("why", "核实过，不再符合")];
        house.sends("fangyuan", &review, &exit, 303).await;
        assert_eq!(house.case(&case).await.status, Status::Closed);
        let told = house.hears("wangxiuying", "这次帮扶结束了", 1).await;
        assert!(!told.text().contains("不再符合"));
        let hers = house.reads("wangxiuying", &format!("/aid/cases/{case}"), 200).await;
        hers.says("这项帮扶不再接着办").never_says("核实过");
        for other in ["shenlan", "wumin", "zhengzhe", "wangxiuying"] {
            house.reads(other, &review, 404).await;
            house.reads(other, &form, 404).await;
        }
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn a_case_is_closed_with_words_for_the_person() {
    let house = House::open().await;
    let case = house.paid().await;
    let form = format!("{}/close", desk(&case));
    house.reads("chenjing", &form, 200).await.says("您家里的情况好起来了");
    house
        .sends("chenjing", &form, &[("reason", "not_any_more")], 422)
        .await
        .says("<a href=\"#reason\">请选一个</a>");
    house.sends("chenjing", &form, &[("reason", "better")], 303).await;
    house.reads("chenjing", &desk(&case), 200).await.says("情况好转").says("结案");
    house.hears("wangxiuying", "这次帮扶结束了", 1).await;
    house.reads("wangxiuying", &format!("/aid/cases/{case}"), 200).await.says("您家里的情况好起来了");
}
