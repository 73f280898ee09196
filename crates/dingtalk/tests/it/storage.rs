//! A storage that answers a fetched file as it likes: with a length that is missing, wrong or packed away.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    time::Duration,
};

use dingtalk::{Client, Config, Error, workflow::DownloadRequest};
use serde_json::json;

use crate::host::Host;

const WHERE: &str = "/v1.0/workflow/processInstances/spaces/files/urls/download";
const CAP: u64 = 1000;

/// 1,100 times `x` as gzip has it.
const PACKED: &str = "1f8b0800000000000203aba81805a360148c02ca0100a738ddcf4c040000";

/// A storage that says exactly this to whoever comes, and closes. Who brings a token is told nothing.
fn storage(head: &str, body: &[u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/file?Signature=hush", listener.local_addr().unwrap());
    let said = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    std::thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            let asked = asked(&socket).to_lowercase();
            if !asked.contains("token") {
                // Whoever has heard enough hangs up.
                let _ = socket.write_all(&said);
            }
        }
    });
    address
}

/// The head of a request.
fn asked(socket: &TcpStream) -> String {
    let lines = BufReader::new(socket).lines().map_while(Result::ok);
    lines.take_while(|line| !line.is_empty()).collect()
}

async fn client(address: &str) -> (Host, Client) {
    let host = Host::start().await;
    let there = json!({"spaceId": 1, "fileId": "f-1", "downloadUri": address});
    host.answers(WHERE, 200, json!({"success": true, "result": there})).await;
    let config = Config { largest_file: CAP, ..host.config() };
    let client = host.client_of(config);
    (host, client)
}

async fn fetch(head: &str, body: &[u8]) -> Result<Vec<u8>, Error> {
    let (_host, client) = client(&storage(head, body)).await;
    file(&client).await
}

async fn file(client: &Client) -> Result<Vec<u8>, Error> {
    let process_instance_id = "pi-1".parse().unwrap();
    let request =
        DownloadRequest { process_instance_id, file_id: "f-1".to_owned(), with_comment_attatchment: false };
    client.workflow().file(&request).await
}

fn too_long(tried: &Result<Vec<u8>, Error>) -> bool {
    matches!(tried, Err(Error::NotUnderstood { status: 200, at }) if at == "a file beyond Config::largest_file")
}

/// One chunk of a body whose length is not said.
fn chunked(bytes: usize) -> Vec<u8> {
    [format!("{bytes:x}\r\n").into_bytes(), vec![b'x'; bytes], b"\r\n0\r\n\r\n".to_vec()].concat()
}

#[tokio::test]
async fn a_length_that_is_said_and_too_much_is_believed() {
    // The body never comes: nobody waits for it.
    let tried =
        tokio::time::timeout(Duration::from_secs(5), fetch("200 OK\r\nContent-Length: 1001", b"")).await;
    assert!(too_long(&tried.unwrap()));
    let fine = fetch("200 OK\r\nContent-Length: 1000", &[b'x'; 1000]).await.unwrap();
    assert_eq!(fine.len(), 1000);
}

#[tokio::test]
async fn without_a_length_the_bytes_are_counted() {
    let tried = fetch("200 OK\r\nTransfer-Encoding: chunked", &chunked(1001)).await;
    assert!(too_long(&tried), "{tried:?}");
    let fine = fetch("200 OK\r\nTransfer-Encoding: chunked", &chunked(1000)).await.unwrap();
    assert_eq!(fine.len(), 1000);
    // Neither length nor chunks: the end of the connection is the end of the file.
    let tried = fetch("200 OK\r\nConnection: close", &vec![b'x'; 1_000_000]).await;
    assert!(too_long(&tried), "{tried:?}");
}

#[tokio::test]
async fn a_length_that_lies_gives_neither_more_nor_half_a_file() {
    // Less is said than comes: what is beyond belongs to no answer.
    let short = fetch("200 OK\r\nContent-Length: 10", &[b'x'; 2000]).await.unwrap();
    assert_eq!(short.len(), 10);
    // More is said than comes: half a file is none, and may be fetched again.
    let half = fetch("200 OK\r\nContent-Length: 1000", &[b'x'; 400]).await;
    assert!(matches!(half, Err(Error::Unavailable(Some(_)))), "{half:?}");
    // Both are said, and they contradict each other.
    let both = fetch("200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked", &chunked(1001)).await;
    assert!(both.is_err(), "{both:?}");
}

#[tokio::test]
async fn what_is_packed_is_counted_as_it_is_unpacked() {
    let packed = hex::decode(PACKED).unwrap();
    let head = format!("200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}", packed.len());
    let tried = fetch(&head, &packed).await;
    assert!(too_long(&tried), "{} bytes: {tried:?}", packed.len());
}

#[tokio::test]
async fn a_storage_leads_nowhere_else_and_its_refusals_name_no_address() {
    let secret = storage("200 OK\r\nContent-Length: 1", b"x");
    for (head, status) in [
        (format!("302 Found\r\nLocation: {secret}\r\nContent-Length: 0"), 302),
        ("403 Forbidden\r\nContent-Length: 0".to_owned(), 403),
        ("206 Partial Content\r\nContent-Length: 0".to_owned(), 206),
    ] {
        let tried = fetch(&head, b"").await.unwrap_err();
        assert!(matches!(tried, Error::NotUnderstood { status: said, .. } if said == status), "{tried:?}");
        assert!(!format!("{tried:?}{tried}").contains("hush"), "{tried:?}");
    }
    assert!(matches!(fetch("503 Busy\r\nContent-Length: 0", b"").await, Err(Error::Unavailable(None))));
}

#[tokio::test]
async fn an_address_of_another_kind_is_not_opened() {
    for address in ["file:///etc/hostname", "data:,x", "not an address", ""] {
        let (_host, client) = client(address).await;
        assert!(matches!(file(&client).await, Err(Error::NotUnderstood { .. })), "{address}");
    }
}
