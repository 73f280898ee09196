use domain::aid::{Status, store};

use super::office::desk;
use crate::harness::House;

#[actix_web::test]
async fn a_visit_is_written_down_by_two_who_were_there() {
    House::each(async |house| {
        let case = house.accepted().await;
        let page = format!("{}/visit", desk(&case));
        let form = house.reads("zhouming", &page, 200).await;
        form.says("陈静").says("林芳").never_says(">周明</option>").never_says("沈岚");
        let once = form.value("once");
        let right = [
            ("once", once.as_str()),
            ("on", "2026-11-24"),
            ("second", "chenjing"),
            ("findings", "家中整洁"),
            ("yuan", "3,000"),
        ];
        let wrong = async |field: &str, value: &str, words: &str| {
            let fields = right.map(|(name, kept)| if name == field { (name, value) } else { (name, kept) });
            let again = house.sends("zhouming", &page, &fields, 422).await;
            again.says(words).says("错误：记录家访");
            if field != "findings" {
                again.says(">家中整洁</textarea>");
            }
            assert_eq!(again.value("once"), once);
        };
        wrong("second", "zhouming", "家访要两个人一起去。").await;
        wrong("second", "", "请选一同家访的人。").await;
        wrong("second", "shenlan", "选的同志不是这里的工作人员。").await;
        wrong("on", "2026-11-25", "家访的日期不对。").await;
        wrong("on", "2026-11-23", "家访的日期不对。").await;
        wrong("on", "昨天", "请写家访的日期。").await;
        wrong("findings", " ", "请写下家访看到的情况。").await;
        wrong("yuan", "5001", "金额要在¥1,000.00和¥5,000.00之间。").await;
        wrong("yuan", "三千", "建议金额请写数字").await;
        assert_eq!(house.case(&case).await.status, Status::Accepted, "nothing was written");

        // Sent twice, it is one visit; a second visit is another, and counts.
        for _ in 0..2 {
            house.sends("zhouming", &page, &right, 303).await;
        }
        let visits = async || store::case::visits(&house.app.db, case.parse().unwrap()).await.unwrap().len();
        assert_eq!(visits().await, 1);
        house.visits(&case, "2000", 303).await;
        assert_eq!(visits().await, 2);
        house.reads("linfang", &desk(&case), 200).await.says("¥2,000.00");
        // Who took the case may come along, but not lead.
        let lead = [("once", house.reads("chenjing", &page, 200).await.value("once"))];
        let lead =
            [("once", lead[0].1.as_str()), ("on", "2026-11-24"), ("second", "zhouming"), right[3], right[4]];
        house.sends("chenjing", &page, &lead, 422).await.says("您办过受理，不能再办家访（主）。");
        house.audited().await;
    })
    .await;
}
