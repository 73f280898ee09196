use domain::seed::cast;

use super::evening::button;
use crate::harness::{House, title};

pub(crate) const DIGEST: &str = "支部工作提醒";

#[actix_web::test]
async fn on_a_working_morning_the_secretary_reads_what_is_owed_and_who_is_missing() {
    House::each(async |house| {
        house.turn_to("2026-11-25 08:30");
        let message = house.hears("liguoqiang", DIGEST, 1).await;
        assert_eq!(title(&message), "支部工作提醒：11月25日（星期三）");
        let text = message.text();
        assert!(text.contains("本月还差：") && text.contains("主题党日1次"), "{text}");
        assert!(text.contains("今天上午9点的活动，还有3位没有签到。"), "the dead are not missing: {text}");
        let labels: Vec<&str> = message.buttons().iter().map(|button| button.title.as_str()).collect();
        assert_eq!(labels, ["看还差什么", "看谁没签到"]);

        let duties = button(&house, &message);
        assert_eq!(duties, format!("/branch/{}/duties", cast().branch));
        let li = house.signed_in("liguoqiang").await;
        li.get(&duties, 200).await.says("主题党日").says("本月要1次，已有0次。");
        let address = &message.buttons()[1].url;
        let roster = address.strip_prefix(house.app.config.web.public_url.as_str()).unwrap();
        li.get(&format!("/{roster}"), 200).await.says("赵德福").says("没有签到").never_says("孙桂兰");
        let zhao = house.signed_in("zhaodefu").await;
        for page in [&duties, &format!("/{roster}")] {
            zhao.get(page, 404).await;
        }
        house.settled().await;
        for other in ["wangxiuying", "zhaodefu", "chenjing"] {
            assert!(house.told_of(other, DIGEST).is_empty(), "{other} is no secretary");
        }

        // On Saturday nothing; on Monday again.
        house.turn_to("2026-11-28 08:35");
        house.settled().await;
        assert_eq!(house.told_of("liguoqiang", DIGEST).len(), 1);
        house.turn_to("2026-11-30 08:30");
        let monday = house.hears("liguoqiang", DIGEST, 2).await;
        assert_eq!(title(&monday), "支部工作提醒：11月30日（星期一）");
        assert_eq!(monday.buttons().len(), 1, "no meeting today");
    })
    .await;
}

#[actix_web::test]
async fn what_was_done_in_the_meantime_is_not_asked_for() {
    let house = House::open().await;
    house.tenant.person("zhaodefu").says("签到").await.unwrap();
    house.hears("zhaodefu", "签到好了", 1).await;
    house.turn_to("2026-11-25 08:30");
    let message = house.hears("liguoqiang", DIGEST, 1).await;
    assert!(
        !message.text().contains("主题党日"),
        "somebody came to yesterday's party day: {}",
        message.text()
    );
}
