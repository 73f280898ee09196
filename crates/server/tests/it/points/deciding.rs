//! A decision: a case goes to the approver, who refuses it. (A case that is refused may be followed by another, as one that is approved
//! may not; what money does under fire stands in `crash`.)

use std::collections::BTreeSet;

use domain::aid::Status;

use super::{
    list::{self, Window},
    walk::{Story, walks},
};
use crate::harness::{House, title};

#[derive(Default)]
struct Deciding {
    case: String,
    number: String,
    went_again: i64,
}

impl Story for Deciding {
    fn points(&self) -> BTreeSet<&'static str> {
        list::deciding()
    }

    fn window(&self, point: &str) -> Window {
        list::window_of_news(point)
    }

    async fn before(&mut self, house: &House, _n: usize) {
        self.case = house.visited().await;
        self.number = house.case(&self.case).await.number;
        house.settled().await;
        self.went_again = house.went_again().await;
    }

    async fn begins(&mut self, house: House, _n: usize) -> House {
        house.presses("linfang", "ask", &self.case, 303).await;
        house
    }

    /// The approver sees it and refuses.
    async fn goes_on(&self, house: &House, _n: usize) {
        for instance in house.tenant.approvals().inbox("shenlan") {
            house.tenant.approvals().refuse(&instance.id, "shenlan", Some("材料不全")).unwrap();
        }
    }

    async fn is_through(&self, house: &House, _n: usize) -> bool {
        house.case(&self.case).await.status == Status::Refused
    }

    async fn ends(&mut self, house: &House, _n: usize, window: Window) {
        assert_eq!(house.case(&self.case).await.status, Status::Refused);
        assert_eq!(house.instances_of(&self.number), 1, "one instance");
        house.steps_once(&self.case).await;
        house.told_once(&self.number, 3, (window, self.went_again)).await;
    }
}

impl House {
    /// How many approval instances carry the number of a case.
    pub(super) fn instances_of(&self, number: &str) -> usize {
        let all = self.tenant.approvals().all();
        all.iter().filter(|instance| instance.form.iter().any(|field| field.value == number)).count()
    }

    /// No step of a case stands in its log twice.
    pub(super) async fn steps_once(&self, case: &str) {
        let log = domain::aid::store::case::log(&self.app.db, case.parse().unwrap()).await.unwrap();
        let steps: Vec<String> = log.iter().map(|event| format!("{:?}", event.what)).collect();
        assert_eq!(steps.iter().collect::<BTreeSet<_>>().len(), steps.len(), "{steps:?}");
    }

    /// 王秀英 was told so many things about a case, each once; or one of them twice, where that may be.
    pub(super) async fn told_once(&self, number: &str, things: usize, (window, went_again): (Window, i64)) {
        let told = self.told_of("wangxiuying", number);
        let titles: BTreeSet<&str> = told.iter().map(title).collect();
        assert_eq!(titles.len(), things, "{titles:?}");
        if window == Window::Again {
            assert!(told.len() <= things + 1, "{}", told.len());
            assert!(self.went_again().await > went_again, "the letter says so");
        } else {
            assert_eq!(told.len(), things);
        }
    }
}

walks!(
    Deciding::default(),
    what_is_decided_is_decided_once_on_sqlite,
    what_is_decided_is_decided_once_on_postgresql
);
