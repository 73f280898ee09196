use domain::aid::{
    Status,
    bundle::{self, Why},
};
use server::keys;

use super::office::desk;
use crate::harness::{House, Page, title};

#[actix_web::test]
async fn from_a_home_visit_to_money_in_an_account() {
    House::each(async |house| {
        let case = house.submitted().await;
        house.hears("wangxiuying", "申请已收到", 1).await;
        house
            .reads("chenjing", "/console", 200)
            .await
            .says("待受理：<strong>1</strong>")
            .says("西湖帮扶2026-0001");

        // 陈静 takes it; 周明 has visited with her and writes it down.
        house.presses_twice("chenjing", "accept", &case).await;
        house.hears("wangxiuying", "有人在办您的申请了", 1).await;
        house.visits(&case, "3000", 303).await;
        // She has said that the union helped, too. That is looked into first.
        house.presses("linfang", "ask", &case, 422).await.says("申请里说别处也帮扶过");
        house
            .reads("linfang", &format!("{}/elsewhere", desk(&case)), 200)
            .await
            .says("工会")
            .never_says("原单位");
        house.sends("linfang", &format!("{}/elsewhere", desk(&case)), &[("why", "不同的事")], 422).await;
        house.explains_elsewhere(&case).await;
        let file = house.reads("linfang", &format!("{}/file", desk(&case)), 200).await;
        file.says("工会的发放通知");
        house
            .reads("linfang", "/console/near-misses", 200)
            .await
            .says("别处也有帮扶，已说明")
            .says("2026-0001");
        file.says("最近看病花得多").says("家中整洁，看病花了不少").says("周明、陈静").says("¥3,000.00");
        assert_eq!(house.pot().await, [150_000, 0, 0, 0], "nothing is bound by a proposal");

        // 林芳 sends it to the approver: one instance, with the case's number on its form.
        house.presses_twice("linfang", "ask", &case).await;
        house.until("an instance", async || !house.tenant.approvals().all().is_empty()).await;
        house.settled().await;
        let [instance] = &house.tenant.approvals().all()[..] else { panic!("one instance") };
        assert_eq!(instance.originator, "linfang");
        let form: Vec<&str> = instance.form.iter().map(|field| field.value.as_str()).collect();
        let said = ["西湖帮扶2026-0001", "1", "王秀英", "医疗类困难", "3000.00", "县级"];
        assert_eq!(form[..6], said);
        let link = form[6].strip_prefix(house.app.config.web.public_url.as_str()).unwrap();
        house.reads("shenlan", &format!("/{link}"), 200).await.says("王*英").never_says("王秀英");

        // 沈岚 agrees in DingTalk. The event comes back, and the money is reserved with the decision.
        house.tenant.approvals().agree(&instance.id, "shenlan", None).unwrap();
        house.comes_to(&case, Status::Approved).await;
        assert_eq!(house.pot().await, [147_000, 3000, 0, 0]);
        house.hears("wangxiuying", "帮扶申请通过了", 1).await;

        // 何苗 hangs the notice. It says who and why in the fewest words, from the 24th of November to the 1st of December.
        house.presses_twice("hemiao", "publish", &case).await;
        let board = house.reads("zhaodefu", "/notices", 200).await;
        let notice = board.between("<a class=\"row\" href=\"", "\"").to_owned();
        let notice = house.reads("zhaodefu", &notice, 200).await;
        notice.says("王*英").says("医疗类困难").says("12月1日");
        // The paper for the wall has the very same words; openings are counted, and nobody is named.
        let card = |page: &Page| page.between("class=\"card\" data-said>", "</div>").to_owned();
        let wall = house.reads("hemiao", &format!("{}/notice", desk(&case)), 200).await;
        assert_eq!(card(&wall), card(&notice));
        wall.says("已经有1次打开");
        house.reads("shenlan", &format!("{}/notice", desk(&case)), 404).await;
        for private in ["王秀英", "3000", "3,000", "看病", "2026-0001", "6222", "138"] {
            notice.never_says(private);
        }
        house.turn_to("2026-12-01 23:50");
        house.settled().await;
        assert_eq!(house.case(&case).await.status, Status::OnNotice, "all of its last day belongs to it");
        house.turn_to("2026-12-02 09:00");
        house.comes_to(&case, Status::ReadyToPay).await;
        house.reads("zhaodefu", "/notices", 200).await.says("现在没有公示。");

        // 吴敏 makes the batch, 许可 confirms it, takes the file to the bank, and writes down what the bank says.
        let batch = house.batch().await;
        house.sends("wumin", "/console/batches", &[], 422).await.says("现在没有待发放的个案。");
        assert_eq!(house.pot().await, [147_000, 0, 3000, 0]);
        house
            .reads("xuke", &batch, 200)
            .await
            .says("待复核，共1笔，合计¥3,000.00")
            .says("王秀英")
            .says("4821");
        house.batch_acts_twice("xuke", "confirm", &batch).await;
        let file = house.sends("xuke", &format!("{batch}/file"), &[], 200).await;
        file.says("1\t王秀英\t6222000000004821\t").says("\t3000.00\t西湖帮扶2026-0001\r\n");
        house.batch_acts_twice("xuke", "send", &batch).await;
        let page = house.reads("xuke", &batch, 200).await;
        let line = format!("/console/payments/{}", page.between("action=\"/console/payments/", "\""));
        for _ in 0..2 {
            house.sends("xuke", &line, &[("result", "paid")], 303).await;
        }
        assert_eq!(house.pot().await, [147_000, 0, 0, 3000]);
        house.reads("xuke", &batch, 200).await.says("已结清");
        house.hears("wangxiuying", "帮扶款已发放", 1).await;

        // What she was told: each thing once, and never how much or what for.
        house.settled().await;
        let told = house.told_of("wangxiuying", "西湖帮扶2026-0001");
        let titles: Vec<&str> =
            told.iter().map(|message| title(message).split('（').next().unwrap()).collect();
        let all = ["帮扶申请已收到", "有人在办您的申请了", "帮扶申请通过了", "帮扶款已发放"];
        assert_eq!(titles, all);
        for message in &told {
            let says = format!("{}{}", title(message), message.text());
            for private in ["3000", "3,000", "元", "病", "医疗", "周明", "沈岚"] {
                assert!(!says.contains(private), "{private}: {says}");
            }
            assert!(message.buttons()[0].url.ends_with(&format!("/aid/cases/{case}")));
        }
        house.reads("wangxiuying", &format!("/aid/cases/{case}"), 200).await.says("已经发放").says("3,000元");

        // 郑哲 takes the proof away and verifies it without us.
        let bytes =
            house.sends("zhengzhe", &format!("{}/bundle", desk(&case)), &[], 200).await.text.into_bytes();
        let key = keys::signer(&house.app.config.keys).unwrap().public_key();
        let report = bundle::verify(&bytes, &key).unwrap();
        assert_eq!((report.number.as_str(), report.status), ("西湖帮扶2026-0001", Status::Paid));
        assert_eq!((report.paid, report.made_by.as_str()), (ledger::Fen::yuan(3000), "zhengzhe"));
        let forged = String::from_utf8(bytes).unwrap().replace("300000", "310000");
        let broken = bundle::verify(forged.as_bytes(), &key).unwrap_err();
        assert_eq!(broken.why, Why::Changed, "{broken}");
        let other =
            keys::generate(&std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("another")).unwrap();
        let other = keys::signer(&other).unwrap().public_key();
        assert_eq!(bundle::verify(forged.as_bytes(), &other).unwrap_err().why, Why::OtherKey);
        house.audited().await;
    })
    .await;
}
