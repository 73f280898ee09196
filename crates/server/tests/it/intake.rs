//! A clerk sends a list, mends what is wrong with it, has it written by a second person, takes it back; and takes people out.

use std::io::{Cursor, Read as _};

use chrono::TimeDelta;
use domain::intake::COLUMNS;
use reqwest::Method;
use workbook::{Cell, Limits, Look, Row, Workbook, Writer};

use crate::harness::{Browser, House, Page};

const NAMES: [&str; 7] = ["姓名", "性别", "出生日期", "身份证号", "离退休类别", "管理单位", "手机"];
pub(crate) const GOOD: [&str; 7] =
    ["马兰花", "女", "1944年3月15日", "330106194403150029", "退休", "区水利局", "138 0000 7777"];
pub(crate) const BAD: [&str; 7] =
    ["牛得草", "男", "1948.2.30", "3.30102E+17", "退休", "没有的单位", "13800008888"];

pub(crate) fn list(people: &[[&str; 7]]) -> Vec<u8> {
    let mut writer = Writer::new();
    let mut sheet = writer.sheet("名册", &[12; 7], true).unwrap();
    sheet.row([("某区离退休干部名册", Look::Title)]).unwrap();
    sheet.row(NAMES.map(|name| (name, Look::Head))).unwrap();
    for person in people {
        sheet.row(person.map(|text| (text, Look::Plain))).unwrap();
    }
    writer.finish().unwrap()
}

/// The form of the upload page, as a browser sends it.
pub(crate) async fn send(browser: &Browser, token: &str, bytes: &[u8], status: u16) -> Page {
    send_to(browser, token, ("skip", bytes), status).await
}

async fn send_to(browser: &Browser, token: &str, (repeated, bytes): (&str, &[u8]), status: u16) -> Page {
    let field = |name: &str, value: &str| {
        format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let mut body = format!(
        "{}{}--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"名册.xlsx\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n",
        field("csrf", token),
        field("repeated", repeated)
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let request = browser.request(Method::POST, "/console/intakes");
    let request = request.header("content-type", "multipart/form-data; boundary=edge").body(body);
    browser.send(request, status).await
}

async fn bytes(browser: &Browser, path: &str) -> Vec<u8> {
    let answer = browser.request(Method::GET, path).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let said = answer.headers()["content-disposition"].to_str().unwrap();
    assert!(said.starts_with("attachment; "), "{said}");
    answer.bytes().await.unwrap().to_vec()
}

fn rows(bytes: Vec<u8>) -> Vec<Row> {
    let mut book = Workbook::open(bytes, Limits::default()).unwrap();
    let (sheet, _) = book.header(&COLUMNS).unwrap();
    let (mut rows, mut all) = (book.rows(sheet).unwrap(), Vec::new());
    while let Some(row) = rows.next().unwrap() {
        all.push(row);
    }
    all
}

fn last(row: &Row) -> String {
    row.cells.last().map(|(_, cell)| cell.shown()).unwrap_or_default()
}

pub(crate) async fn at_work(house: &House, page: &str, browser: &Browser, words: &str) -> Page {
    house.until(words, async || browser.get(page, 200).await.text.contains(words)).await;
    browser.get(page, 200).await
}

#[actix_web::test]
async fn a_list_that_comes_back_names_no_leader_in_columns_that_nobody_takes() {
    let house = House::open().await;
    house.makes_a_leader(domain::seed::cast().zhao).await;
    let mut writer = Writer::new();
    let mut sheet = writer.sheet("名册", &[12; 8], true).unwrap();
    sheet.row(NAMES.iter().chain(&["其他情况"]).map(|name| (*name, Look::Head))).unwrap();
    sheet.row(GOOD.iter().chain(&["赵德福同志的司机"]).map(|text| (*text, Look::Plain))).unwrap();
    let (fang, file) = (house.signed_in("fangyuan").await, writer.finish().unwrap());
    let token = fang.get("/console/intakes", 200).await.value("csrf");
    let page = send(&fang, &token, &file, 303).await.header("location").to_owned();
    at_work(&house, &page, &fang, "预检完成").await.never_says("赵德福");
    let back = rows(bytes(&fang, &format!("{page}/file")).await);
    let said: Vec<String> = back[1].cells.iter().map(|(_, cell)| cell.shown()).collect();
    assert!(said.contains(&"某同志同志的司机".to_owned()), "{said:?}");
    assert!(said.contains(&GOOD[0].to_owned()), "{said:?}");
}

#[actix_web::test]
async fn a_list_is_sent_mended_agreed_to_and_taken_back() {
    House::each(async |house| {
        let (fang, chen) = (house.signed_in("fangyuan").await, house.signed_in("chenjing").await);
        let form = fang.get("/console/intakes", 200).await;
        form.says("下载模板").says("还没有导入过");
        let token = form.value("csrf");

        let file = list(&[GOOD, BAD]);
        let sent = send(&fang, &token, &file, 303).await;
        let page = sent.header("location").to_owned();
        let checked = at_work(&house, &page, &fang, "预检完成").await;
        checked.says("<strong>1</strong>新增").says("<strong>1</strong>有错误").says("没有这一天，请检查");
        checked.says("只导入正确的行").never_says("value=\"all\"").never_says("牛得草");

        // The file comes back with what is wrong, mended it is another file.
        let back = rows(bytes(&fang, &format!("{page}/file")).await);
        assert_eq!(last(&back[1]), "错误原因");
        assert!(last(&back[3]).contains("身份证号：号码被表格软件改坏了"), "{}", last(&back[3]));
        let same = send(&fang, &token, &file, 303).await;
        assert_eq!(same.header("location"), format!("{page}?said=already"));
        let given_up = fang.post(&format!("{page}/act"), &[("csrf", &token), ("act", "cancel")], 303).await;
        assert_eq!(given_up.header("location"), page);

        let mended = bytes(&fang, &format!("{page}/file")).await;
        let sent = send(&fang, &token, &mended, 303).await;
        let page = sent.header("location").to_owned();
        at_work(&house, &page, &fang, "预检完成").await.says("<strong>1</strong>有错误");

        let act = |act: &'static str, mode: &'static str| [("act", act), ("mode", mode)];
        let post = async |browser: &Browser, fields: [(&'static str, &'static str); 2], status| {
            let token = browser.get("/console/intakes", 200).await.value("csrf");
            let fields = [("csrf", token.as_str()), fields[0], fields[1]];
            browser.post(&format!("{page}/act"), &fields, status).await
        };
        post(&fang, act("submit", ""), 422).await.says("请选导入哪些行");
        post(&fang, act("submit", "all"), 422).await.says("请改好再传");
        post(&fang, act("submit", "right"), 303).await;
        fang.get(&page, 200).await.says("请另一位同志打开这一页复核").never_says("同意导入");
        post(&fang, act("approve", ""), 422).await.says("不能自己复核");
        chen.get(&page, 200).await.says("同意导入");
        post(&chen, act("approve", ""), 303).await;
        at_work(&house, &page, &fang, "已完成").await.says("<strong>1</strong>已写入");
        post(&fang, act("undo", ""), 303).await;
        at_work(&house, &page, &fang, "已撤销").await.never_says("撤销这次导入");
    })
    .await;
}

#[actix_web::test]
async fn a_second_person_sees_who_begins_and_what_becomes_of_whom_before_agreeing() {
    House::each(async |house| {
        let (fang, chen) = (house.signed_in("fangyuan").await, house.signed_in("chenjing").await);
        let submitted = async |repeated: &str, people: &[[&str; 7]]| {
            let token = fang.get("/console/intakes", 200).await.value("csrf");
            let sent = send_to(&fang, &token, (repeated, &list(people)), 303).await;
            let page = sent.header("location").to_owned();
            at_work(&house, &page, &fang, "预检完成").await.never_says("要写入的内容");
            let fields = [("csrf", token.as_str()), ("act", "submit"), ("mode", "all")];
            fang.post(&format!("{page}/act"), &fields, 303).await;
            page
        };
        let agreed = async |page: &str| {
            let theirs = chen.get(page, 200).await.value("csrf");
            chen.post(&format!("{page}/act"), &[("csrf", &theirs), ("act", "approve")], 303).await;
            at_work(&house, page, &chen, "已完成").await.never_says("要写入的内容");
        };
        let names: Vec<String> = (10..60).map(|nth| format!("名册{nth}")).collect();
        let mut people = vec![GOOD];
        people.extend(names.iter().map(|name| [name, "女", "1944年3月15日", "", "退休", "区水利局", ""]));
        let page = submitted("skip", &people).await;
        chen.get("/console", 200).await.says("导入名册待您复核");
        fang.get("/console", 200).await.never_says("导入名册待您复核");
        let begins = chen.get(&page, 200).await;
        begins.says("要写入的内容").says("马兰花").says("新增").says("性别：女").says("138****7777");
        begins.says("330***********0029").says("名册58").never_says("名册59").never_says("13800007777");
        let next = format!("{page}?after={}", begins.between(&format!("{page}?after="), "\""));
        chen.get(&next, 200).await.says("名册59").says("回到最前面").never_says("马兰花");
        agreed(&page).await;

        let (mut moved, mut same) = (GOOD, people[1]);
        (moved[2], moved[6], same[6]) = ("1944年3月16日", "139 0000 8888", "");
        let page = submitted("overwrite", &[moved, same]).await;
        let changes = chen.get(&page, 200).await;
        changes.says("没有变化的1行不列").says("更新").says("138****7777 → 139****8888");
        changes.says("1944年3月15日 → 1944年3月16日（另要审核）").never_says("名册10");
        let looked = "SELECT count(*) FROM audit_row WHERE action = 'person.seen' AND actor = 'chenjing' \
                      AND detail LIKE '%\"what\":\"intake\"%'";
        assert_eq!(house.count(looked).await, 1, "whoever begins was nobody yet");
        agreed(&page).await;

        let token = fang.get("/console/exports", 200).await.value("csrf");
        let asked = [("csrf", token.as_str()), ("purpose", "visit"), ("complete", "1")];
        fang.post("/console/exports", &asked, 303).await;
        chen.get("/console", 200).await.says("导出名册待您复核").never_says("导入名册待您复核");
        fang.get("/console", 200).await.never_says("导出名册待您复核");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn what_is_protected_stands_on_the_page_of_the_list_that_asks_for_it() {
    let house = House::open().await;
    let (fang, chen) = (house.signed_in("fangyuan").await, house.signed_in("chenjing").await);
    let mut other = GOOD;
    other[2] = "1944年3月16日";
    for (repeated, person) in [("skip", GOOD), ("overwrite", other)] {
        let token = fang.get("/console/intakes", 200).await.value("csrf");
        let sent = send_to(&fang, &token, (repeated, &list(&[person])), 303).await;
        let page = sent.header("location").to_owned();
        at_work(&house, &page, &fang, "预检完成").await;
        let fields = [("csrf", token.as_str()), ("act", "submit"), ("mode", "all")];
        fang.post(&format!("{page}/act"), &fields, 303).await;
        let theirs = chen.get(&page, 200).await.value("csrf");
        chen.post(&format!("{page}/act"), &[("csrf", &theirs), ("act", "approve")], 303).await;
        let done = at_work(&house, &page, &chen, "已完成").await;
        if repeated == "skip" {
            done.never_says("变更申请");
            continue;
        }
        done.says("<strong>1</strong>变更申请").says("马兰花").says("出生日期").says("待审核");
        let (_, rest) = done.text.split_once("href=\"/console/changes/").unwrap();
        let change = format!("/console/changes/{}", rest.split_once('"').unwrap().0);
        chen.get(&change, 200)
            .await
            .says("导入名册“名册.xlsx”")
            .says("1944年3月16日")
            .says(&page)
            .says("看这次导入");
    }
}

#[actix_web::test]
async fn a_file_that_is_none_is_refused_in_words() {
    let house = House::open().await;
    let fang = house.signed_in("fangyuan").await;
    let token = fang.get("/console/intakes", 200).await.value("csrf");
    send(&fang, &token, b"", 422).await.says("请先选一个文件");
    send(&fang, &token, b"name,1", 422).await.says("这不是Excel文件");
    send(&fang, &token, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 422).await.says("这是旧格式，或者加了密码");
    send(&fang, &token, &list(&[]), 422).await.says("表格里没有人");
    send(&fang, &token, &vec![b'P'; (10 << 20) + 1], 422).await.says("文件超过10兆");
    let mut writer = Writer::new();
    writer
        .sheet("名册", &[], false)
        .unwrap()
        .row([("姓名", Look::Head), ("出生日期", Look::Head), ("电话", Look::Head)])
        .unwrap();
    send(&fang, &token, &writer.finish().unwrap(), 422).await.says("表头少了：离退休类别、管理单位");
    // Somebody else's page, or none of ours.
    send(&fang, "x", &list(&[GOOD]), 409).await;
    send(&house.signed_in("wangxiuying").await, &token, &list(&[GOOD]), 409).await;
    assert_eq!(send(&house.browser(), &token, &list(&[GOOD]), 401).await.status, 401);
}

#[actix_web::test]
async fn the_template_is_filled_as_it_is() {
    let house = House::open().await;
    let fang = house.signed_in("fangyuan").await;
    let template = bytes(&fang, "/console/intakes/template").await;
    let mut zip = zip_text(&template, "xl/workbook.xml");
    assert!(zip.contains("veryHidden"));
    zip = zip_text(&template, "xl/worksheets/sheet1.xml");
    assert!(zip.contains("离休,退休") && zip.contains("state=\"frozen\""));
    let all = rows(template.clone());
    assert_eq!(all.len(), 2, "the header and the sample");
    assert!(all[1].cells.iter().any(|(_, cell)| *cell == Cell::Text("示例".to_owned())));
    let token = fang.get("/console/intakes", 200).await.value("csrf");
    send(&fang, &token, &template, 422).await.says("表格里没有人");
}

fn zip_text(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(bytes))
        .unwrap()
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[actix_web::test]
async fn people_are_taken_out_masked_and_with_a_trace() {
    let house = House::open().await;
    let (fang, chen) = (house.signed_in("fangyuan").await, house.signed_in("chenjing").await);
    let token = fang.get("/console/exports", 200).await.value("csrf");
    fang.post("/console/exports", &[("csrf", &token)], 422).await.says("请选用来做什么");
    let asked = [("csrf", token.as_str()), ("purpose", "visit"), ("alone", "1")];
    let page = fang.post("/console/exports", &asked, 303).await.header("location").to_owned();
    fang.get(&page, 200).await.says("走访慰问").says("只要独居").says("下载");
    chen.get(&page, 200).await.never_says(">下载</button>");
    let answer = fang.form(&format!("{page}/file"), &[("csrf", &token)]).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let bytes = answer.bytes().await.unwrap().to_vec();
    let sheet = zip_text(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("内部资料") && sheet.contains("fangyuan"), "who took it stands on each page");
    let all = rows(bytes);
    let wang = all.iter().find(|row| row.cells.iter().any(|(_, cell)| cell.shown() == "王秀英")).unwrap();
    let texts: Vec<String> = wang.cells.iter().map(|(_, cell)| cell.shown()).collect();
    assert!(texts.iter().any(|text| text.contains("****")), "masked");
    let seen = fang.get(&page, 200).await;
    seen.says("1次");

    // In an archive that opens with what the page showed once, and with nothing else.
    let password = seen.value("password");
    assert!(!fang.get(&page, 200).await.text.contains(&password), "another page shows another one");
    chen.get(&page, 200).await.never_says("name=\"password\"");
    let short = [("csrf", token.as_str()), ("password", "1234")];
    fang.post(&format!("{page}/file"), &short, 409).await;
    let fields = [("csrf", token.as_str()), ("password", password.as_str())];
    let answer = fang.form(&format!("{page}/file"), &fields).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/zip");
    let locked = answer.bytes().await.unwrap().to_vec();
    let mut archive = zip::ZipArchive::new(Cursor::new(&locked)).unwrap();
    assert!(archive.by_index_decrypt(0, b"0000-0000-0000-0000").is_err());
    let mut inside = Vec::new();
    archive.by_index_decrypt(0, password.as_bytes()).unwrap().read_to_end(&mut inside).unwrap();
    assert!(zip_text(&inside, "xl/worksheets/sheet1.xml").contains("内部资料"));
    let kept = format!("SELECT count(*) FROM audit_row WHERE CAST(detail AS text) LIKE '%{password}%'");
    assert_eq!(house.count(&kept).await, 0);

    // Numbers in full: the second person first.
    let asked = [("csrf", token.as_str()), ("purpose", "visit"), ("complete", "1")];
    let page = fang.post("/console/exports", &asked, 303).await.header("location").to_owned();
    fang.get(&page, 200).await.says("等待复核").never_says("同意导出");
    fang.post(&format!("{page}/file"), &[("csrf", &token)], 422).await;
    let theirs = chen.get(&page, 200).await.says("同意导出").value("csrf");
    chen.post(&format!("{page}/act"), &[("csrf", &theirs), ("act", "approve")], 303).await;
    fang.get(&page, 200).await.says("可以下载");
    house.tenant.clock().advance(TimeDelta::hours(25));
    let fang = house.signed_in("fangyuan").await;
    let token = fang.get("/console/exports", 200).await.value("csrf");
    fang.post(&format!("{page}/file"), &[("csrf", &token)], 422).await.says("已经过期");
}
