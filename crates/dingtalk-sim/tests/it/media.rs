//! Files: uploaded for messages, shown in chats, sent to the robot.

use dingtalk::media::{MediaKind, Upload};
use dingtalk::{Client, MediaId};
use dingtalk_sim::{Message, SentFile};
use serde_json::Value;

use crate::{own_client, raw, tenant, tenant_with_app};

pub(crate) async fn upload(client: &Client, name: &str) -> MediaId {
    let kind = match name.rsplit('.').next().unwrap() {
        "png" => MediaKind::Image,
        "amr" => MediaKind::Voice,
        "mp4" => MediaKind::Video,
        _ => MediaKind::File,
    };
    let upload = Upload::bytes(kind, name, name.as_bytes()).unwrap();
    client.media().upload(upload).await.unwrap().media_id
}

async fn shown(address: &str) -> (String, Vec<u8>) {
    let answer = raw().get(address).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{address}");
    let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
    (kind, answer.bytes().await.unwrap().to_vec())
}

#[tokio::test]
async fn an_uploaded_picture_can_be_shown_by_the_console() {
    let tenant = tenant().await;
    let id = upload(&own_client(&tenant), "墙.png").await;
    let address = format!("{}/_sim/media/{}", tenant.base_url(), id.as_str().replace('@', "%40"));
    assert_eq!(shown(&address).await, ("image/png".to_owned(), "墙.png".as_bytes().to_vec()));
}

#[tokio::test]
async fn a_large_file_is_read_from_a_reader_and_arrives_whole() {
    let tenant = tenant().await;
    let bytes: Vec<u8> = (0..5_000_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    let reader = std::io::Cursor::new(bytes.clone());
    let upload = Upload::reader(MediaKind::File, "章程.pdf", bytes.len() as u64, reader).unwrap();
    let id = own_client(&tenant).media().upload(upload).await.unwrap().media_id;
    let address = format!("{}/_sim/media/{}", tenant.base_url(), id.as_str().replace('@', "%40"));
    assert!(shown(&address).await.1 == bytes);
    let line = tenant.wire().pop().unwrap();
    assert!(line.request.as_str().is_some_and(|said| said.ends_with(" bytes")), "{:?}", line.request);
}

#[tokio::test]
async fn the_platform_takes_only_what_it_says_it_takes() {
    let tenant = tenant().await;
    let token = crate::strictness::token(&tenant).await;
    let part = |name: &str, file: &str| {
        format!(
            "--xx\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\r\nx\r\n--xx--\r\n"
        )
    };
    for (kind, body, code) in [
        ("movie", part("media", "a.png"), 40004),
        ("image", part("media", "a.exe"), 40005),
        ("image", "--xx--\r\n".to_owned(), 41005),
        ("image", part("file", "a.png"), 400_002),
        ("image", "nothing".to_owned(), 400_002),
    ] {
        let answer = raw()
            .post(format!("{}/media/upload?access_token={token}&type={kind}", tenant.base_url()))
            .header("content-type", "multipart/form-data; boundary=xx")
            .body(body)
            .send()
            .await
            .unwrap();
        let answer: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        assert_eq!(answer["errcode"], code, "{answer}");
    }
}

#[tokio::test]
async fn what_a_person_sends_the_robot_is_fetched_with_its_code() {
    let (tenant, app) = tenant_with_app().await;
    let client = own_client(&tenant);
    let wang = tenant.person("lgb0001");
    wang.sends(SentFile::picture("病历.png", b"png")).await.unwrap();
    wang.sends(SentFile::audio("一.amr", b"amr", 4000, "我要报名")).await.unwrap();
    wang.sends(SentFile::video("一.mp4", b"mp4", 4000)).await.unwrap();
    wang.sends(SentFile::file("票据.pdf", b"pdf")).await.unwrap();
    let said = app.said();
    let kinds: Vec<_> = said.iter().map(|one| one["msgtype"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["picture", "audio", "video", "file"]);
    assert_eq!(said[1]["content"]["recognition"], "我要报名");
    assert_eq!(said[3]["content"]["fileName"], "票据.pdf");
    let code = said[3]["content"]["downloadCode"].as_str().unwrap();
    let address = client.robot().file_address(code).await.unwrap().download_url;
    assert_eq!(shown(&address).await.1, b"pdf");
    assert!(matches!(wang.messages()[0].message, Message::Image { .. }));
    tenant.clock().advance(chrono::TimeDelta::hours(24));
    let late = client.robot().file_address(code).await.unwrap_err();
    assert_eq!(late.code(), "invalidParameter.robotCode.downloadCode");
}
