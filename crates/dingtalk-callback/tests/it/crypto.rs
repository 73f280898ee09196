//! Ciphertexts that only somebody with the key could make, and that are wrong inside nevertheless.

use aes::Aes256;
use base64::{Engine, engine::general_purpose::STANDARD};
use cbc::cipher::{BlockModeEncrypt, KeyIvInit, block_padding::NoPadding};
use dingtalk_callback::{BadKey, CannotOpen, Key};

use crate::endpoint::KEY;

/// The bytes of [`KEY`], as the platform's page prints them.
const KEY_BYTES: &str = "e20e63eb8aa5ca5df3bdeb6ac73e638a871daf9f3a7e7db3be3a5af3396cde28";

fn encrypted(mut plain: Vec<u8>) -> String {
    let key: [u8; 32] = hex::decode(KEY_BYTES).unwrap().try_into().unwrap();
    let iv: [u8; 16] = key[..16].try_into().unwrap();
    let size = plain.len();
    let cipher = cbc::Encryptor::<Aes256>::new(&key.into(), &iv.into());
    STANDARD.encode(cipher.encrypt_padded::<NoPadding>(&mut plain, size).unwrap())
}

/// Sixteen random bytes, a length, and what follows.
fn plain(length: u32, rest: &[u8]) -> Vec<u8> {
    [b"abcdefghijklmnop".as_slice(), &length.to_be_bytes(), rest].concat()
}

fn open(text: &str) -> Result<Vec<u8>, CannotOpen> {
    Key::parse(KEY).unwrap().open(text).map(|plain| plain.message().to_vec())
}

#[test]
fn the_padding_is_one_to_thirty_two() {
    // 20 bytes of head, then a message that fills up to a block; the last byte says how much is padding.
    for pad in 0..=u8::MAX {
        let mut bytes = plain(12, b"abcdefghijkl");
        bytes.resize(64, pad);
        assert_eq!(open(&encrypted(bytes)).is_ok(), (1..=32).contains(&pad), "pad {pad}");
    }
}

#[test]
fn a_padding_longer_than_the_text_is_refused() {
    let mut bytes = vec![0; 15];
    bytes.push(17);
    assert_eq!(open(&encrypted(bytes)), Err(CannotOpen));
}

#[test]
fn a_length_beyond_the_text_is_refused() {
    let with_length = |length| {
        let mut bytes = plain(length, b"messageowner");
        bytes.resize(64, 32);
        encrypted(bytes)
    };
    assert_eq!(open(&with_length(7)).unwrap(), b"message");
    assert_eq!(open(&with_length(12)).unwrap(), b"messageowner");
    for length in [13, 44, 45, 0x7FFF_FFFF, 0x8000_0000, u32::MAX - 19, u32::MAX] {
        assert_eq!(open(&with_length(length)), Err(CannotOpen), "{length:#x}");
    }
}

#[test]
fn a_text_too_short_for_its_head_is_refused() {
    for (size, pad) in [(16, 1), (16, 16), (32, 13), (32, 32)] {
        let mut bytes = vec![b'a'; size - 1];
        bytes.push(pad);
        assert_eq!(open(&encrypted(bytes)), Err(CannotOpen), "{size} {pad}");
    }
}

#[test]
fn what_is_no_whole_number_of_blocks_is_refused() {
    for size in [0, 1, 15, 17, 31, 33] {
        assert_eq!(open(&STANDARD.encode(vec![7; size])), Err(CannotOpen), "{size}");
    }
    for text in ["", "=", "not base64 …", "AAAA\nAAAA"] {
        assert_eq!(open(text), Err(CannotOpen), "{text:?}");
    }
}

#[test]
fn a_key_is_forty_three_characters_of_base64() {
    assert!(Key::parse(KEY).is_ok());
    let padded = format!("{KEY}=");
    let odd = KEY.replace('4', "-");
    for bad in ["", &KEY[1..], &padded, &odd, &"字".repeat(43), &"字".repeat(14)] {
        assert_eq!(Key::parse(bad).unwrap_err(), BadKey, "{bad}");
    }
    assert!(!format!("{:?}", Key::parse(KEY).unwrap()).contains("226"));
}
