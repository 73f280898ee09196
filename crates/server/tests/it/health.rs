//! The private listener.

use crate::harness::{Browser, House};

#[actix_web::test]
async fn it_says_how_it_does_and_names_nobody() {
    House::each(async |house| {
        let private = Browser::new(format!("http://{}", house.server.private_address));
        private.get("/livez", 200).await;
        private.get("/readyz", 200).await.says("\"database\":true").says("\"migrated\":true");
        let browser = house.signed_in("wangxiuying").await;
        browser.get("/home", 200).await;
        browser.get("/aid/cases/018f0000-0000-7000-8000-000000000001", 404).await;
        let figures = private.get("/metrics", 200).await;
        figures
            .says("requests{route=\"/home\",status=\"200\"}")
            .says("request_seconds_bucket{route=\"/aid/cases/{case}\"")
            .says("mailbox_waiting{box=\"inbox\"}")
            .says("mailbox_oldest_seconds{box=\"outbox\"}")
            .never_says("018f0000");
        let public = house.browser();
        public.get("/metrics", 404).await;
        public.get("/readyz", 404).await;
    })
    .await;
}

#[actix_web::test]
async fn a_server_that_stops_is_not_ready_first_and_ends_in_time() {
    let house = House::open().await;
    let begun = std::time::Instant::now();
    house.server.stop().await;
    assert!(begun.elapsed() < std::time::Duration::from_secs(10));
}
