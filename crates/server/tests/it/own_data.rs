//! 我的信息: what one sees, says and asks about the own record, and the desk that answers.

use domain::seed::cast;

use crate::harness::House;

#[actix_web::test]
async fn one_sees_who_looked_and_the_whole_numbers_after_signing_in_again() {
    House::each(async |house| {
        let wang = house.signed_in("wangxiuying").await;
        wang.get("/me/looks", 200).await.says("没有人看过");
        house.reads("chenjing", &format!("/console/people/{}", cast().wang), 200).await;
        wang.get("/me/looks", 200)
            .await
            .says("西湖区")
            .says("老干部工作人员")
            .says("看了档案")
            .never_says("陈静");
        let me = wang.get("/me", 200).await;
        me.says("谁看过我的信息").says("我同意的事").says("****");
        let csrf = me.value("csrf");
        wang.post("/me/whole", &[("csrf", &csrf)], 200)
            .await
            .says("身份证号")
            .says("<dd><span data-said>339900 19")
            .never_says("****");
        house.later(11);
        let again = wang.post("/me/whole", &[("csrf", &csrf)], 303).await;
        assert_eq!(again.header("location"), "/enter?to=/me");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn a_yes_is_given_shown_and_taken_back() {
    House::each(async |house| {
        let wang = house.signed_in("wangxiuying").await;
        wang.get("/consents", 200).await.says("没有同意");
        let one = wang.get("/consents/publicity", 200).await;
        one.says("您还没有说过");
        let csrf = one.value("csrf");
        for (answer, says) in [("yes", "您在手机上说了同意"), ("no", "您在手机上说了不同意")]
        {
            wang.post("/consents/publicity", &[("csrf", &csrf), ("answer", answer)], 303).await;
            wang.get("/consents/publicity", 200).await.says(says);
        }
        wang.get("/consents/anything", 404).await;
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn what_somebody_asks_reaches_the_desk_and_is_answered() {
    House::each(async |house| {
        let wang = house.signed_in("wangxiuying").await;
        let csrf = wang.get("/me/wishes", 200).await.value("csrf");
        let send = |kind, text| vec![("csrf", csrf.as_str()), ("kind", kind), ("text", text)];
        wang.post("/me/wishes", &send("", "x"), 422).await.says("请选一个");
        wang.post("/me/wishes", &send("delete", " "), 422).await.says("请写哪里要改");
        wang.post("/me/wishes", &send("delete", "删掉我的发放记录"), 303).await;
        wang.get("/me/wishes", 200).await.says("正在办");
        let list = house.reads("chenjing", "/console/wishes", 200).await;
        let at = format!("/console/wishes/{}", list.between("href=\"/console/wishes/", "\""));
        house.reads("chenjing", &at, 200).await.says("删掉我的发放记录");
        house.reads("wumin", &at, 404).await;
        house.sends("chenjing", &at, &[("answer", "")], 422).await.says("请选怎么办的");
        house.sends("chenjing", &at, &[("answer", "accounting")], 303).await;
        wang.get("/me/wishes", 200).await.says("发放记录要保留三十年");
        house.reads("chenjing", "/console/wishes", 200).await.says("没有等待答复的");
        house.audited().await;
    })
    .await;
}
