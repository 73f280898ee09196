//! The payers of a city: one makes a batch, the other confirms it, looks who lives, takes it to the bank, and reads what the bank answers.

use domain::aid::{
    payment::{Batch, BatchState},
    store,
};
use rand::Rng;

use super::{Year, acts::done, office::Office};
use crate::crash::until;

impl Year {
    pub(super) async fn pays(&self, city: &str) {
        let region = city.parse().unwrap();
        let batches = store::payment::batches(&self.app.db, &region, 10).await.unwrap();
        for batch in &batches {
            self.goes_on_with(batch, city).await;
        }
        let mut dice = self.dice();
        if dice.random_bool(0.25) {
            let [maker, ..] = Office::payers(city, &mut dice);
            let page = self.office.sits(&self.site, &maker).sends("/console/batches", &[]).await;
            self.counts("制单", done(page.as_ref()));
        }
    }

    async fn goes_on_with(&self, batch: &Batch, city: &str) {
        let mut dice = self.dice();
        // Half the time it is the wrong one who tries.
        let [one, other, _] = Office::payers(city, &mut dice);
        let who = if dice.random_bool(0.8) && one == batch.made_by.as_str() { other } else { one };
        match batch.state {
            BatchState::Open => self.batch_act(&who, batch, "confirm").await,
            BatchState::Confirmed => {
                self.batch_act(&who, batch, "check").await;
                self.batch_act(&who, batch, "send").await;
            }
            BatchState::Sent => self.hears_from_the_bank(&who, batch).await,
            BatchState::Settled => {}
        }
    }

    async fn batch_act(&self, who: &str, batch: &Batch, act: &'static str) {
        let who = self.office.sits(&self.site, who);
        let path = format!("/console/batches/{}", batch.id);
        let page = who.looks(&path).await;
        if page.status == 200 {
            let fields = [("act", act), ("version", &page.value("version"))];
            self.counts(act, done(who.sends(&format!("{path}/act"), &fields).await.as_ref()));
        }
    }

    /// The file goes to the bank, and its answer is read and accepted by whoever did not make the batch.
    async fn hears_from_the_bank(&self, who: &str, batch: &Batch) {
        let who = self.office.sits(&self.site, who);
        let path = format!("/console/batches/{}", batch.id);
        let Some(file) = who.sends(&format!("{path}/file"), &[]).await.filter(|page| page.status == 200)
        else {
            return;
        };
        let id = batch.id.to_string();
        self.bank.borrow_mut().takes(&id, &file.text, &mut self.dice());
        let answers = self.bank.borrow().answers(&id).unwrap();
        let sent = who.uploads(&format!("{path}/answers"), ("answer.txt", &answers)).await;
        self.counts("回单", done(sent.as_ref()));
        if let Some(page) = sent.filter(|page| page.status == 303) {
            let at = page.header("location").split('?').next().unwrap().to_owned();
            self.counts("登记回单", done(who.sends(&at, &[]).await.as_ref()));
        }
    }

    /// What is with the bank is answered, whoever of the payers may write it down, and however long a server takes that has just begun.
    pub(super) async fn hears_everything_from_the_bank(&self) {
        for city in &self.office.cities {
            until(async || {
                let batches = self.with_the_bank(city).await;
                for batch in &batches {
                    for who in Office::payers(city, &mut self.dice()) {
                        self.hears_from_the_bank(&who, batch).await;
                    }
                }
                batches.is_empty()
            })
            .await;
        }
    }

    /// The batches of a city of which the bank has something to say.
    pub(super) async fn with_the_bank(&self, city: &str) -> Vec<Batch> {
        let mut batches = store::payment::batches(&self.app.db, &city.parse().unwrap(), 1_000).await.unwrap();
        batches.retain(|batch| batch.state == BatchState::Sent);
        batches
    }
}
