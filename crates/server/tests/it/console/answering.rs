//! The bank answers with a file; somebody who did not make the batch sends it in, looks, and accepts.

use domain::aid::Status;
use reqwest::Method;

use crate::harness::{House, Page};

const FILE: &str = "序号\t户名\t账号\t金额\t结果\t原因\r\n";

/// The form of a batch's page, as a browser sends it.
async fn upload(house: &House, who: &str, batch: &str, (file, status): (&str, u16)) -> Page {
    let browser = house.signed_in(who).await;
    let token = browser.get("/text-size", 200).await.value("csrf");
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--edge\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"answer.txt\"\r\n\
         Content-Type: text/plain\r\n\r\n{file}\r\n--edge--\r\n"
    );
    let request = browser.request(Method::POST, &format!("{batch}/answers"));
    let request = request.header("content-type", "multipart/form-data; boundary=edge").body(body);
    browser.send(request, status).await
}

#[actix_web::test]
async fn what_the_bank_answers_is_looked_at_and_then_written_down_once() {
    House::each(async |house| {
        let case = house.ready().await;
        let (batch, _) = house.with_the_bank().await;
        let answer = format!(
            "{FILE}1\t王秀英\t************4821\t3000.00\t已付\t\r\n7\t某人\t****0000\t1.00\t已付\t\r\n"
        );
        house.reads("wumin", &batch, 200).await.says("请没有制单的同志").never_says("type=\"file\"");
        upload(&house, "wumin", &batch, (&answer, 422)).await.says("自己做的批次");
        upload(&house, "shenlan", &batch, (&answer, 404)).await;
        upload(&house, "xuke", &batch, ("", 422)).await.says("请先选一个文件");
        upload(&house, "xuke", &batch, (FILE, 422)).await.says("文件里没有一笔");

        let page = upload(&house, "xuke", &batch, (&answer, 303)).await;
        let at = page.header("location").to_owned();
        let page = house.reads("xuke", &at, 200).await;
        page.says("批次里没有这一笔").says("登记对得上的</button>");
        assert_eq!(house.case(&case).await.status, Status::InBatch, "nothing is written by looking");
        house.reads("wumin", &at, 200).await.never_says("登记对得上的</button>");
        house.sends("wumin", &at, &[], 422).await.says("自己做的批次");
        let again = upload(&house, "xuke", &batch, (&answer, 303)).await;
        assert!(again.header("location").starts_with(&at));

        for _ in 0..2 {
            house.sends("xuke", &at, &[], 303).await;
        }
        assert_eq!(house.case(&case).await.status, Status::Paid);
        assert_eq!(house.pot().await, [147_000, 0, 0, 3000]);
        house.reads("xuke", &at, 200).await.says("已登记").never_says("登记对得上的</button>");
        house.hears("wangxiuying", "帮扶款", 1).await;

        // Rows, cases, ledger and the bank say the same; a name is for those who work or pay there.
        let figures = house.reads("shenlan", "/console/budget/paid", 200).await;
        figures.says("1人、1笔").says("¥3,000.00").says("一分不差").says("重大疾病").says("2026年12月");
        let rows = "/console/budget/paid/rows?region=330106&year=2026&category=illness&month=2026-12-01";
        house.reads("shenlan", rows, 200).await.says("王*英").never_says("王秀英");
        house.reads("xuke", rows, 200).await.says("王秀英");
        house.reads("xuke", "/console/budget/paid/rows?month=2026-11-01", 200).await.says("没有。");
        house.reads("xuke", "/console/budget/paid/rows?category=gold", 404).await;
        house.reads("xuke", "/console/budget/paid/rows?region=330205", 404).await;
        let fields = [("region", "330106"), ("year", "2026"), ("category", ""), ("month", "")];
        let file = house.sends("xuke", "/console/budget/paid/file", &fields, 200).await;
        assert!(file.header("content-type").contains("spreadsheetml"));
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn where_the_banks_file_says_another_sum_the_page_leads_to_the_row() {
    House::each(async |house| {
        house.ready().await;
        let (batch, line) = house.with_the_bank().await;
        let answer = format!("{FILE}1\t王秀英\t************4821\t3000.01\t已付\t\r\n");
        upload(&house, "xuke", &batch, (&answer, 303)).await;
        house.sends("xuke", &line, &[("result", "paid")], 303).await;
        let figures = house.reads("shenlan", "/console/budget/paid", 200).await;
        figures.says("对不上").says("看和银行回单不一样的1笔").says("¥3,000.01").never_says("一分不差");
        let rows = "/console/budget/paid/rows?region=330106&year=2026&differs=1";
        let differ = house.reads("shenlan", rows, 200).await;
        differ.says("金额不一样").says("¥3,000.00").says("¥3,000.01").says("王*英").never_says("王秀英");
        // The bank sends another file, which says what we sent.
        let answer = format!("{FILE}1\t王秀英\t************4821\t3000.00\t已付\t\r\n");
        upload(&house, "xuke", &batch, (&answer, 303)).await;
        house.reads("shenlan", "/console/budget/paid", 200).await.says("一分不差");
        house.reads("shenlan", rows, 200).await.says("没有。");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn a_batch_that_was_confirmed_yesterday_asks_for_todays_check() {
    let house = House::open().await;
    house.ready().await;
    let batch = house.batch().await;
    house.batch_act("xuke", "confirm", &batch, 303).await;
    house.turn_to("2026-12-03 09:00");
    house.reads("xuke", &batch, 200).await.says("今天还没有核对");
    house.batch_act("xuke", "send", &batch, 422).await.says("今天还没有做在世核对");
    house.batch_act("xuke", "check", &batch, 303).await;
    house.reads("xuke", &batch, 200).await.says("今天核对过").says("没有人要移出");
    house.batch_act("xuke", "send", &batch, 303).await;
    house.audited().await;
}
