use chrono::{DateTime, Utc};
use dingtalk_callback::{Key, Reply, robot, sign};

const KEY_A: &str = "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij";
const KEY_B: &str = "1234567890123456789012345678901234567890123";
const OWNER: &str = "dingtestappkey0001";
/// Message, random bytes, (timestamp, nonce, signature), sealed text.
type Known =
    (&'static str, &'static [u8; 16], Option<(&'static str, &'static str, &'static str)>, &'static str);
const TOKEN: &str = "tokenForTest01";

/// The address check of the platform's page for third-party apps.
#[test]
fn the_published_address_check_opens() {
    let encrypt = "1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ==";
    assert_eq!(
        sign("123456", "1445827045067", "nEXhMP4r", encrypt),
        "5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0"
    );
    let plain = Key::parse(KEY_A).unwrap().open(encrypt).unwrap();
    assert_eq!(plain.owner(), b"suite4xxxxxxxxxxxxxxx");
    let message = r#"{"EventType":"check_create_suite_url","Random":"LPIdSnlF","TestSuiteKey":"suite4xxxxxxxxxxxxxxx"}"#;
    assert_eq!(std::str::from_utf8(plain.message()).unwrap(), message);
}

/// The reply of the platform's page; its padding of 17 does not fit a block of 16.
#[test]
fn the_published_reply_opens() {
    let encrypt = "YvkvaGe4hQxd3VxRmEty0dVlnCOAqwf56xwTRHDHoOURqhalbmBJQk5FNcRk42Gl5T0YQXZNwpwWSm1xAFJ5ZA==";
    let reply = Reply {
        msg_signature: "9a95a004dd16f5c307e849b994173f76aa26e5eb".to_owned(),
        timestamp: "1614767836".to_owned(),
        nonce: "A7Co0cJLMzIDtMMI".to_owned(),
        encrypt: encrypt.to_owned(),
    };
    let key = Key::parse(KEY_B).unwrap();
    assert!(reply.says_success(&key, "123456", "dingsnotzck6pm5veliw").unwrap());
    assert!(!reply.says_success(&key, "123457", "dingsnotzck6pm5veliw").unwrap());
    assert!(!reply.says_success(&key, "123456", "somebody else").unwrap());
}

#[test]
fn sealing_gives_the_known_answers() {
    let event = r#"{"EventType":"bpms_instance_change","processInstanceId":"p-1","type":"finish","result":"agree","title":"困难帮扶申请","corpId":"dingcorp1"}"#;
    let table: [Known; 4] = [
        (
            r#"{"EventType":"check_url"}"#,
            b"abcdefghijklmnop",
            Some(("1700000000000", "nonceAAAA", "dcd52143c22b365c614d7887f310ab8ed666d196")),
            "O8sUznedQCridGXrXTG0wO5hKFZWANw6n4zB0eBeaQ3nGRNjeyDj0nQVVoOQb/eg8i2Qtn0O+1RklP6SRk4CBQ==",
        ),
        (
            "success",
            b"0123456789ABCDEF",
            Some(("1700000000001", "nonceBBBB", "d2326744bc09e4cc22d018343208039819ca4d44")),
            "Mochvw9F1ZDI41nEMjkn7Q3Vsjv67INHss3+OUTxtSQHOEDmGRm0ClfNZ2bCEbTZa+g+jHanAYCoDQrP86GO8Q==",
        ),
        (
            event,
            b"QRSTUVWXYZ012345",
            Some(("1700000000002", "nonceCCCC", "c2e919b2953aa2c78ceb1e656f9175a839879cc1")),
            "p/KGbrgnYQqtDuS6105ey3i0BfcRg9NtHKdxKHHAZnkav9m54m/IczEiNuAG9bj/JEdM7Y1UoRzW9w/Ycd57gurTr3IgZ7AByYetAl+abizt6nkZfWwPilr2aSp/Akj+UVDbq3Jozn5eMfh4uJ628ZGwxob2GkvmTKS7cuy+knQ0BQMigdFlV/1hojB7LOYWnj7pQkd8wp2WhWmLjvGJxvwa3BoZQ9gcddKVFBhxjvMpUb9uvoK897mfZjuCxB9J",
        ),
        (
            "xxxxxxxxxxxxxxxxxxxxxxxxxx",
            b"abcdefghijklmnop",
            None,
            "O8sUznedQCridGXrXTG0wDD6B9lDbjdgdOtXV5LqvOlxHcLlijXDqDyZEOYiRq0uqi2oZaPqSBMQMEWLhxVGY1r0USzLZduuFRtXCHZ/r/+uqLZi3xBCbW1NVdSU1bmA",
        ),
    ];
    let key = Key::parse(KEY_A).unwrap();
    for (message, random, signed, encrypt) in table {
        assert_eq!(key.seal(message.as_bytes(), OWNER, *random).unwrap(), encrypt, "{message}");
        assert_eq!(key.open(encrypt).unwrap().message(), message.as_bytes());
        if let Some((timestamp, nonce, signature)) = signed {
            assert_eq!(sign(TOKEN, timestamp, nonce, encrypt), signature);
        }
    }
}

#[test]
fn robot_messages_are_signed_as_on_the_page() {
    let (secret, timestamp, right) =
        ("this is a secret", "1577262236757", "DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA=");
    assert_eq!(robot::sign(secret, timestamp), right);
    let at = |millis| DateTime::<Utc>::from_timestamp_millis(millis).unwrap();
    let now = 1_577_262_236_757;
    assert!(robot::verify(secret, timestamp, right, at(now + 59 * 60_000)).is_ok());
    assert!(robot::verify(secret, timestamp, right, at(now + 61 * 60_000)).is_err());
    assert!(robot::verify("another", timestamp, right, at(now)).is_err());
    assert!(robot::verify(secret, "not a time", right, at(now)).is_err());
}

/// The robot of a group signs its address in the same way.
#[test]
fn the_signature_of_a_custom_robot_is_the_same() {
    let secret = format!("SEC{}test", "0".repeat(60));
    assert_eq!(robot::sign(&secret, "1700000000000"), "bCcJiIKqyObgdvB5UiIbViJlixojz9bQW5dnZbgLAd8=");
}
