//! The signature of a page, as pure functions.

use ring::digest;

/// How the text is digested. The current pages compute SHA-256; older ones and most libraries SHA-1 over the same text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Digest {
    /// As the pages of 2026 do.
    #[default]
    Sha256,
    /// As older pages did.
    Sha1,
}

/// The signature of a page: the digest of its four parts in lower-case hex. `url` is taken as it is: see [`signed_url`].
pub fn signature(digest: Digest, ticket: &str, nonce: &str, timestamp: &str, url: &str) -> String {
    let text = format!("jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url}");
    let algorithm = match digest {
        Digest::Sha256 => &digest::SHA256,
        Digest::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
    };
    hex::encode(digest::digest(algorithm, text.as_bytes()))
}

/// The page's address as it is signed: without the fragment, the query decoded (one system reports it encoded, another raw),
/// everything before it to the letter, an explicit port included. `href` is the browser's `location.href`, not encoded again.
pub fn signed_url(href: &str) -> String {
    let page = href.split_once('#').map_or(href, |(page, _)| page);
    match page.split_once('?') {
        Some((before, query)) => format!("{before}?{}", decoded(query)),
        None => page.to_owned(),
    }
}

/// As the page's sample decodes: `+` is a space. What is no escape stays, and bytes that are no UTF-8 become replacement
/// characters.
fn decoded(query: &str) -> String {
    let mut bytes = Vec::with_capacity(query.len());
    let mut rest = query.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (first, after) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, tail @ ..]) => match (nibble(*high), nibble(*low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high << 4 | low);
                    rest = tail;
                }
                _ => bytes.push(b'%'),
            },
            (byte, _) => bytes.push(*byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::{Digest, signature, signed_url};

    const PAGE: &str = "https://h5.example.gov.cn/app/index?corpid=dingabc&x=老干部";

    #[test]
    fn both_digests_of_the_known_page() {
        let table = [
            (Digest::Sha256, "d432c534b31f04136dd5e12d7e854030acdb7822c6a93948c2c83854595e79a2"),
            (Digest::Sha1, "b66d14792eae2e54c55c417abba29cfbe2dfb2de"),
        ];
        for (digest, expected) in table {
            assert_eq!(signature(digest, "TICKET123", "abc123", "1700000000", PAGE), expected);
        }
    }

    #[test]
    fn an_encoded_query_and_a_raw_one_are_the_same_page() {
        let encoded =
            "https://h5.example.gov.cn/app/index?corpid=dingabc&x=%E8%80%81%e5%b9%b2%E9%83%A8#/list?y=1";
        assert_eq!(signed_url(encoded), PAGE);
        assert_eq!(signed_url(PAGE), PAGE);
    }

    #[test]
    fn everything_before_the_query_stays_to_the_letter() {
        let table = [
            (
                "https://h5.example.gov.cn:443/a%20b/?q=a+b%2Bc",
                "https://h5.example.gov.cn:443/a%20b/?q=a b+c",
            ),
            ("https://h5.example.gov.cn", "https://h5.example.gov.cn"),
            ("https://h5.example.gov.cn/#a?b=%20", "https://h5.example.gov.cn/"),
            ("https://h5.example.gov.cn/?q=100%&r=%zz%4", "https://h5.example.gov.cn/?q=100%&r=%zz%4"),
        ];
        for (href, expected) in table {
            assert_eq!(signed_url(href), expected);
        }
    }
}
