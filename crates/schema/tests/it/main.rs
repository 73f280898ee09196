schema::both! {
    async fn opens(db) { db.ping().await.unwrap(); }
}
