//! A photograph is sent; whenever the server stops over it, it is there once when it was sent again, and nothing is left of what was not.

use std::collections::BTreeSet;

use domain::evidence::sweep::sweep;

use super::{
    list::{self, Window},
    walk::{Story, walks},
};
use crate::{
    aid::answered,
    harness::{Browser, House},
    papers::{photograph, try_sends},
};

/// Each time the same form, until it has come.
struct Keeping {
    once: String,
    papers: i64,
}

const FORM: &str = "/aid/apply/papers/bills";

async fn wang(house: &House) -> Browser {
    house.signed_in("wangxiuying").await
}

async fn send(house: &House, once: &str) -> bool {
    let browser = wang(house).await;
    let token = browser.get("/text-size", 200).await.value("csrf");
    let fields = [("csrf", token.as_str()), ("once", once), ("whose", "")];
    try_sends(&browser, FORM, (&fields, "a.jpg", &photograph())).await == Some(303)
}

impl Story for Keeping {
    fn points(&self) -> BTreeSet<&'static str> {
        list::keeping()
    }

    async fn before(&mut self, house: &House, n: usize) {
        if n == 0 {
            answered(&wang(house).await, "").await;
        }
        self.once = wang(house).await.get(FORM, 200).await.value("once");
        self.papers = house.count("SELECT COUNT(*) FROM evidence").await;
    }

    /// Whoever sends waits for no answer: there may come none.
    async fn begins(&mut self, house: House, _n: usize) -> House {
        let sending = send(&house, &self.once);
        let _ = tokio::time::timeout(std::time::Duration::from_secs(2), sending).await;
        house
    }

    async fn is_through(&self, house: &House, _n: usize) -> bool {
        send(house, &self.once).await
    }

    async fn ends(&mut self, house: &House, _n: usize, _window: Window) {
        let rows = house.count("SELECT COUNT(*) FROM evidence").await;
        assert_eq!(rows, self.papers + 1, "once");
        // A day later nobody is writing any more; what is left then is what rows name, and each of those is there.
        let later = house.app.clock.now() + chrono::TimeDelta::hours(25);
        sweep(&house.app.db, &house.app.files, later).await.unwrap();
        let folder = &house.app.config.evidence.folder;
        let mut there = BTreeSet::new();
        for sub in std::fs::read_dir(folder).unwrap() {
            let sub = sub.unwrap().path();
            for file in std::fs::read_dir(&sub).unwrap() {
                let file = file.unwrap().file_name().into_string().unwrap();
                there.insert(format!("{}/{file}", sub.file_name().unwrap().to_str().unwrap()));
            }
        }
        assert_eq!(i64::try_from(there.len()).unwrap(), rows * 2);
        let names = domain::evidence::store::of_draft(&house.app.db, draft(house).await).await.unwrap();
        for paper in names {
            assert!(there.contains(&paper.object) && there.contains(paper.small.as_ref().unwrap()));
        }
    }
}

async fn draft(house: &House) -> domain::ids::DraftId {
    wang(house).await.get("/aid/apply/check", 200).await.value("draft").parse().unwrap()
}

walks!(
    Keeping { once: String::new(), papers: 0 },
    a_photograph_is_kept_once_wherever_the_server_stops_on_sqlite,
    a_photograph_is_kept_once_wherever_the_server_stops_on_postgresql
);
