//! A result that the robot cannot say, because the reader has left the tenant: a text message goes instead, and only one.

use std::{collections::BTreeSet, path::PathBuf};

use domain::{
    aid::Status as Stands,
    ids::AccountId,
    notice::{self, Channel, Occasion, Status, Told},
};
use sea_orm::ConnectionTrait;
use server::config::Config;

use super::{
    list::{self, Window},
    walk::{Story, walks},
};
use crate::harness::House;

const WANG: &str = "wangxiuying";

struct Climbing {
    folder: PathBuf,
    texts: usize,
    case: String,
    instance: String,
}

impl Climbing {
    fn new() -> Self {
        let name = format!("texts-{}", std::process::id());
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        Self { folder, texts: 0, case: String::new(), instance: String::new() }
    }

    /// Whole ones.
    fn texts(&self) -> usize {
        let files = std::fs::read_dir(&self.folder).unwrap();
        files.filter(|file| !file.as_ref().unwrap().file_name().to_str().unwrap().starts_with('.')).count()
    }

    async fn row(&self, house: &House) -> Option<notice::Notice> {
        let occasion = Occasion::Told(Told::Refused, self.case.parse().unwrap());
        notice::store::about(&house.app.db, &AccountId::parse(WANG).unwrap(), occasion).await.unwrap()
    }
}

impl House {
    /// 王秀英 is in the tenant, or not, without anybody having been told.
    async fn wang_is_there(&self, there: bool) {
        let sql = format!("UPDATE account SET active = {there} WHERE id = '{WANG}'");
        self.app.db.execute_unprepared(&sql).await.unwrap();
    }
}

impl Story for Climbing {
    fn points(&self) -> BTreeSet<&'static str> {
        list::climbing()
    }

    /// The rest is as with a decision.
    fn stops(&self) -> BTreeSet<&'static str> {
        list::CLIMBING.into()
    }

    fn configure(&self, config: &mut Config) {
        self.folder.to_str().unwrap().clone_into(&mut config.sending.sms_folder);
        config.sending.ladder = vec!["robot".to_owned(), "sms".to_owned(), "call".to_owned()];
    }

    async fn before(&mut self, house: &House, _n: usize) {
        house.wang_is_there(true).await;
        (self.case, self.instance) = house.in_approval().await;
        house.settled().await;
        self.texts = self.texts();
    }

    async fn begins(&mut self, house: House, _n: usize) -> House {
        house.wang_is_there(false).await;
        house.tenant.approvals().refuse(&self.instance, "shenlan", Some("材料不全")).unwrap();
        house
    }

    async fn is_through(&self, house: &House, _n: usize) -> bool {
        self.row(house).await.is_some_and(|row| row.channel == Channel::Sms && row.status == Status::Accepted)
    }

    async fn ends(&mut self, house: &House, _n: usize, _window: Window) {
        assert_eq!(house.case(&self.case).await.status, Stands::Refused);
        let row = self.row(house).await.unwrap();
        assert_eq!((row.channel, row.status), (Channel::Sms, Status::Accepted));
        assert_eq!(self.texts(), self.texts + 1, "one text message");
        house.steps_once(&self.case).await;
    }
}

walks!(
    Climbing::new(),
    whom_the_robot_does_not_reach_gets_one_text_message_on_sqlite,
    whom_the_robot_does_not_reach_gets_one_text_message_on_postgresql
);
