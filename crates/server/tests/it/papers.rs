//! Papers: 王秀英 photographs a diagnosis, a worker blacks out what is nobody's business, the approver sees that copy.

use std::io::Cursor;

use domain::{
    authority::Role,
    evidence::{MOST, sweep::sweep},
    seed::cast,
};
use image::{DynamicImage, ImageFormat, ImageReader, Rgb, RgbImage};
use reqwest::{Method, RequestBuilder};

use crate::{
    aid::{answered, applied},
    harness::{Browser, House, Page},
};

/// A photograph with a camera and a place in it.
pub(crate) fn photograph() -> Vec<u8> {
    let picture = RgbImage::from_pixel(200, 100, Rgb([200, 180, 160]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    let plain = bytes.into_inner();
    let remark = b"\xff\xfe\x00\x0fSecret Place\x00";
    [&plain[..2], remark, &plain[2..]].concat()
}

/// Sends a form with a file, as a browser does.
pub(crate) async fn sends(
    browser: &Browser,
    path: &str,
    file: (&[(&str, &str)], &str, &[u8]),
    status: u16,
) -> Page {
    browser.send(multipart(browser, path, file), status).await
}

fn multipart(
    browser: &Browser,
    path: &str,
    (fields, name, bytes): (&[(&str, &str)], &str, &[u8]),
) -> RequestBuilder {
    let mut body = Vec::new();
    for (field, value) in fields {
        body.extend(
            format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    // The field for the camera stays empty when a file was chosen.
    for (field, name, bytes) in [("photo", "", &b""[..]), ("file", name, bytes)] {
        body.extend(
            format!(
                "--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            )
            .bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    let request = browser.request(Method::POST, path);
    request.header("content-type", "multipart/form-data; boundary=edge").body(body)
}

/// The same, by whoever may get no answer: the status, if one came.
pub(crate) async fn try_sends(
    browser: &Browser,
    path: &str,
    file: (&[(&str, &str)], &str, &[u8]),
) -> Option<u16> {
    browser.try_send(multipart(browser, path, file)).await.map(|page| page.status)
}

/// Fills in the form of a page and sends it to the same address.
pub(crate) async fn fills(
    browser: &Browser,
    path: &str,
    (more, name, bytes): (&[(&str, &str)], &str, &[u8]),
    status: u16,
) -> Page {
    let page = browser.get(path, 200).await;
    let (token, once) = (page.value("csrf"), page.value("once"));
    let fields = [&[("csrf", token.as_str()), ("once", &once)][..], more].concat();
    sends(browser, path, (&fields, name, bytes), status).await
}

async fn bytes(browser: &Browser, path: &str) -> (String, Vec<u8>) {
    let answer = browser.request(Method::GET, path).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "no-store");
    assert!(header("content-security-policy").contains("sandbox"));
    (
        format!("{} {}", header("content-type"), header("content-disposition")),
        answer.bytes().await.unwrap().to_vec(),
    )
}

fn objects(house: &House) -> usize {
    let folder = &house.app.config.evidence.folder;
    let folders = std::fs::read_dir(folder).unwrap().map(|folder| folder.unwrap().path());
    folders.map(|folder| std::fs::read_dir(folder).unwrap().count()).sum()
}

#[actix_web::test]
async fn a_photograph_is_sent_with_a_request_and_only_those_of_the_case_see_it() {
    House::each(async |house| {
        let wang = house.signed_in("wangxiuying").await;
        let check = answered(&wang, "").await;
        check.says("没有，可以以后再交").says("href=\"/aid/apply/papers\"");
        wang.get("/aid/apply/papers", 200).await.says("诊断证明、病历").says("还没有传");
        let form = "/aid/apply/papers/diagnosis";
        let sent = fills(&wang, form, (&[("whose", "")], "IMG.jpg", &photograph()), 303).await;
        assert_eq!(sent.header("location"), "/aid/apply/papers?said=kept");
        wang.get("/aid/apply/papers?said=kept", 200).await.says("已经保存好了").says("已经传了").says("1张");
        let page = wang.get(form, 200).await;
        page.says("已经传了1张");
        let small = page.between("<img src=\"", "\"").to_owned();
        let (kind, picture) = bytes(&wang, &small).await;
        assert_eq!(kind, "image/jpeg inline; filename=\"paper.jpg\"");
        assert!(!picture.windows(6).any(|here| here == b"Secret"));
        house.signed_in("liguoqiang").await.get(&small, 404).await;
        wang.get("/aid/apply/check", 200).await.says("1张");

        let case = applied(&wang).await;
        let desk = format!("/console/aid/{case}/papers");
        let chen = house.signed_in("chenjing").await;
        let list = chen.get(&desk, 200).await;
        list.says("诊断证明、病历").says("王秀英").says("data:image/jpeg;base64,").says("复印件");
        let paper = list.between(&format!("href=\"{desk}/"), "\"").to_owned();
        let original = format!("{desk}/{paper}/original");
        let (kind, kept) = bytes(&chen, &original).await;
        assert_eq!(kind, "image/jpeg inline; filename=\"paper.jpg\"");
        assert!(!kept.windows(6).any(|here| here == b"Secret"), "no place, no camera");
        house.welcomes("outsider").await;
        house.hires_in("outsider", Role::Worker, "330205").await;
        for nobody in ["outsider", "wumin", "hemiao", "zhengzhe", "wangxiuying"] {
            let browser = house.signed_in(nobody).await;
            browser.get(&desk, 404).await;
            browser.get(&original, 404).await;
        }

        // What is black for the approver.
        let page = chen.get(&format!("{desk}/{paper}"), 200).await;
        let token = page.value("csrf");
        let redact = async |edges: [&str; 4], status: u16| {
            let [left, top, right, bottom] = edges;
            let fields = [
                ("csrf", token.as_str()),
                ("act", "redact"),
                ("left", left),
                ("top", top),
                ("right", right),
                ("bottom", bottom),
            ];
            chen.post(&format!("{desk}/{paper}"), &fields, status).await
        };
        redact(["50", "0", "10", "100"], 422).await.says("左边要比右边小").says("value=\"50\"");
        redact(["0", "0", "50", "100"], 303).await;
        let shen = house.signed_in("shenlan").await;
        shen.get(&desk, 200).await.says(&format!("{desk}/{paper}/redacted")).never_says("加一份材料");
        shen.get(&format!("{desk}/{paper}"), 404).await;
        for part in ["redacted", "original"] {
            let (_, seen) = bytes(&shen, &format!("{desk}/{paper}/{part}")).await;
            let seen = ImageReader::new(Cursor::new(seen))
                .with_guessed_format()
                .unwrap()
                .decode()
                .unwrap()
                .into_rgb8();
            assert!(seen.get_pixel(50, 50).0.iter().all(|part| *part < 24), "{part}");
            assert!(seen.get_pixel(150, 50).0.iter().all(|part| *part > 100), "{part}");
        }
        assert_eq!(bytes(&chen, &original).await.1, kept);

        // The worker's own, and what does not count.
        let new = [("item", "bills"), ("source", "original_seen")];
        fills(&chen, &desk, (&new, "票据.jpg", &photograph()), 303).await;
        fills(&chen, &desk, (&[("item", "bills")], "票据.jpg", &photograph()), 422)
            .await
            .says("请选看过原件没有");
        chen.get(&desk, 200).await.says("原件已核").says("医疗费票据");
        chen.post(&format!("{desk}/{paper}"), &[("csrf", &token), ("act", "void")], 303).await;
        shen.get(&desk, 200).await.never_says("诊断证明");
        let log = chen.get(&format!("/console/aid/{case}"), 200).await;
        log.says("收到材料").says("材料做了涂黑件").says("材料作废");
        assert_eq!(objects(&house), 6);
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn what_is_not_taken_is_said_by_name_with_what_to_do_and_the_rest_stays() {
    let house = House::open().await;
    let wang = house.signed_in("wangxiuying").await;
    answered(&wang, "").await;
    let form = "/aid/apply/papers/diagnosis";
    fills(&wang, form, (&[("whose", "")], "IMG.jpg", &photograph()), 303).await;
    for (name, file, words) in [
        ("报告.jpg", &b"<svg/>"[..], "“报告.jpg”不是照片，也不是PDF。"),
        ("很长的一个文件名字有很多字.jpg", b"MZ", "“很长的一个文件名字有很多…”"),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC格式"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "打不开"),
        ("a.pdf", b"%PDF-1.4\n/JavaScript", "自动运行"),
        ("a.pdf", b"%PDF-1.4\n/Encrypt", "密码"),
        ("", b"", "请先拍一张"),
        ("某文件（机密）.jpg", &photograph(), "密级"),
    ] {
        let page = fills(&wang, form, (&[("whose", "")], name, file), 422).await;
        page.says(words).says("已经传了1张");
    }
    let large = vec![0_u8; (10 << 20) + 1];
    fills(&wang, form, (&[("whose", "")], "大.jpg", &large), 422).await.says("最大10兆");
    // The mark is written down; of the file there is nothing.
    let marks = "SELECT COUNT(*) FROM audit_row WHERE action = 'evidence.refused' AND actor = 'wangxiuying'";
    assert_eq!(house.count(marks).await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_row WHERE detail LIKE '%某文件%'").await, 0);
    assert_eq!(objects(&house), 2);

    let page = wang.get(form, 200).await;
    let (token, paper) = (page.value("csrf"), page.value("paper"));
    let back = [("csrf", token.as_str()), ("paper", &paper), ("whose", "")];
    for _ in 0..2 {
        wang.post(&format!("{form}/back"), &back, 303).await;
    }
    wang.get(form, 200).await.never_says("已经传了");
    let now = house.app.clock.now();
    // The house's own job may have been here first.
    sweep(&house.app.db, &house.app.files, now).await.unwrap();
    assert_eq!(objects(&house), 0);
}

#[actix_web::test]
async fn a_form_that_is_sent_twice_is_one_paper_and_there_is_an_end_of_papers() {
    let house = House::open().await;
    let wang = house.signed_in("wangxiuying").await;
    answered(&wang, "").await;
    let form = "/aid/apply/papers/bills";
    let page = wang.get(form, 200).await;
    let (token, once) = (page.value("csrf"), page.value("once"));
    let fields = [("csrf", token.as_str()), ("once", &once), ("whose", "")];
    for _ in 0..3 {
        sends(&wang, form, (&fields, "a.jpg", &photograph()), 303).await;
    }
    let rows = "SELECT COUNT(*) FROM evidence";
    assert_eq!(house.count(rows).await, 1);
    for _ in 1..MOST {
        fills(&wang, form, (&[("whose", "")], "a.jpg", &photograph()), 303).await;
    }
    fills(&wang, form, (&[("whose", "")], "a.jpg", &photograph()), 422).await.says("已经有20份了");
    assert_eq!(house.count(rows).await, 20);
}

#[actix_web::test]
async fn family_sends_papers_for_whom_it_asks_and_for_nobody_else() {
    let house = House::open().await;
    house.may_act("zhaodefu", &["aid"]).await;
    let zhao = house.signed_in("zhaodefu").await;
    let wang = cast().wang.to_string();
    answered(&zhao, &wang).await;
    let list = format!("/aid/apply/papers?whose={wang}");
    zhao.get(&list, 200).await.says("为").says("王秀英");
    let page = zhao.get(&format!("/aid/apply/papers/diagnosis?whose={wang}"), 200).await;
    let (token, once) = (page.value("csrf"), page.value("once"));
    let fields = [("csrf", token.as_str()), ("once", &once), ("whose", &wang)];
    let sent = sends(&zhao, "/aid/apply/papers/diagnosis", (&fields, "a.jpg", &photograph()), 303).await;
    assert_eq!(sent.header("location"), format!("{list}&said=kept"));
    let stranger = house.signed_in("liguoqiang").await;
    stranger.get(&list, 404).await;
    let token = stranger.get("/text-size", 200).await.value("csrf");
    let fields = [("csrf", token.as_str()), ("once", &once), ("whose", &wang)];
    sends(&stranger, "/aid/apply/papers/diagnosis", (&fields, "a.jpg", &photograph()), 404).await;
}

#[actix_web::test]
async fn papers_come_after_the_request_too() {
    let house = House::open().await;
    let wang = house.signed_in("wangxiuying").await;
    let case = applied(&wang).await;
    let at = format!("/aid/cases/{case}");
    wang.get(&at, 200).await.says("补交材料").says(&format!("href=\"{at}/papers\""));
    wang.get(&format!("{at}/papers"), 200).await.says("好了，回申请进度");
    let form = format!("{at}/papers/bills");
    fills(&wang, &form, (&[("whose", "")], "a.jpg", &photograph()), 303).await;
    wang.get(&form, 200).await.says("已经传了1张").never_says("不要这张");
    let stranger = house.signed_in("liguoqiang").await;
    stranger.get(&form, 404).await;
    let log = house.signed_in("chenjing").await.get(&format!("/console/aid/{case}"), 200).await;
    log.says("收到材料");
    let token = wang.get(&format!("{at}/withdraw"), 200).await.value("csrf");
    wang.post(&format!("{at}/withdraw"), &[("csrf", &token)], 303).await;
    wang.get(&at, 200).await.never_says("补交材料");
    let page = wang.get(&form, 200).await;
    let (token, once) = (page.value("csrf"), page.value("once"));
    let fields = [("csrf", token.as_str()), ("once", &once), ("whose", "")];
    sends(&wang, &form, (&fields, "a.jpg", &photograph()), 422).await.says("已经办完了");
}
