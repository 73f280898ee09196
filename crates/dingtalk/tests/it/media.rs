use dingtalk::{
    Error,
    media::{MediaKind, Upload},
};
use serde_json::json;

use crate::host::Host;

const UPLOAD: &str = "/media/upload";

fn answer() -> serde_json::Value {
    json!({"errcode": 0, "errmsg": "ok", "type": "image", "media_id": "@lADx", "created_at": "1793600000000"})
}

#[tokio::test]
async fn a_file_is_sent_in_parts_with_its_length() {
    let host = Host::start().await;
    host.answers(UPLOAD, 200, answer()).await;
    let bytes: Vec<u8> = (0..200_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    let upload = Upload::bytes(MediaKind::Image, "墙.png", bytes.clone()).unwrap();
    let uploaded = host.client().media().upload(upload).await.unwrap();
    assert_eq!((uploaded.media_id.as_str(), uploaded.created_at), ("@lADx", 1_793_600_000_000));

    let [asked] = &host.asked(UPLOAD).await[..] else { panic!("one call") };
    let query: Vec<_> = asked.url.query_pairs().into_owned().collect();
    assert!(query.contains(&("type".to_owned(), "image".to_owned())), "{query:?}");
    assert_eq!(asked.headers["content-length"].to_str().unwrap(), asked.body.len().to_string());
    let kind = asked.headers["content-type"].to_str().unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    let start = asked.body.windows(bytes.len()).position(|window| window == bytes).unwrap();
    let head = std::str::from_utf8(&asked.body[..start]).unwrap();
    assert!(head.starts_with(&format!("--{boundary}\r\n")), "{head}");
    assert!(
        head.contains("name=\"media\"; filename=\"墙.png\"\r\n") && head.contains("\r\n\r\nimage\r\n"),
        "{head}"
    );
    let tail = std::str::from_utf8(&asked.body[start + bytes.len()..]).unwrap();
    assert_eq!(tail, format!("\r\n--{boundary}--\r\n"));
}

#[tokio::test]
async fn bytes_are_sent_again_with_a_new_token_and_a_reader_asks_for_another_try() {
    let refused = json!({"errcode": 40014, "errmsg": "不合法的access_token"});
    let bytes = || Upload::bytes(MediaKind::File, "表.xlsx", *b"abc").unwrap();
    let reader = || Upload::reader(MediaKind::File, "表.xlsx", 3, &b"abc"[..]).unwrap();

    let host = Host::start().await;
    host.gives_token("t-2", 7200).await;
    host.answers(UPLOAD, 200, refused.clone()).await;
    let client = host.client();
    assert!(matches!(client.media().upload(bytes()).await, Err(Error::Refused { .. })));
    assert_eq!(host.asked(UPLOAD).await.len(), 2);

    let host = Host::start().await;
    host.answers(UPLOAD, 200, refused).await;
    let tried = host.client().media().upload(reader()).await;
    assert!(matches!(tried, Err(Error::Unavailable(None))), "{tried:?}");
    assert_eq!(host.asked(UPLOAD).await.len(), 1);
}

#[tokio::test]
async fn a_reader_of_another_length_than_was_said_sends_no_whole_file() {
    let host = Host::start().await;
    host.answers(UPLOAD, 200, answer()).await;
    for said in [2, 4] {
        let upload = Upload::reader(MediaKind::File, "表.xlsx", said, &b"abc"[..]).unwrap();
        let tried = host.client_with_fresh_token().await.media().upload(upload).await;
        assert!(tried.is_err(), "{said}: {tried:?}");
    }
    assert!(host.asked(UPLOAD).await.is_empty());
}

#[test]
fn what_the_platform_does_not_take_is_no_upload() {
    let large = |kind, name, most| Upload::reader(kind, name, most, std::io::Cursor::new([]));
    for (kind, name, length) in [
        (MediaKind::Image, "a.png", (20 << 20) + 1),
        (MediaKind::Voice, "a.amr", (2 << 20) + 1),
        (MediaKind::Image, "a.png", 0),
        (MediaKind::Image, "a.webp", 1),
        (MediaKind::Voice, "a.ogg", 1),
        (MediaKind::File, "png", 1),
        (MediaKind::File, ".pdf", 1),
        (MediaKind::File, "a\".pdf", 1),
        (MediaKind::File, "../a.pdf", 1),
        (MediaKind::File, "a\r\nx: y.pdf", 1),
    ] {
        assert!(matches!(large(kind, name, length), Err(Error::NotSent(_))), "{name} {length}");
    }
    assert!(large(MediaKind::Image, "A.PNG", 20 << 20).is_ok());
}
