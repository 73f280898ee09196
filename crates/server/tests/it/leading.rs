//! No link of the desk leads to nothing: whoever sees it in the navigation or on the first screen comes in by it.

use std::collections::BTreeSet;

use domain::{
    authority::{Role, Scope},
    branch,
    seed::cast,
    tree::{Target, commands::join_in},
};
use reqwest::Method;

use crate::{
    harness::{House, Page},
    matrix::{DESK, READERS, rows},
    trees::id_of,
};

/// The addresses of the product to which a page leads.
fn links(text: &str) -> BTreeSet<String> {
    let parts = text.split(" href=\"").skip(1).filter_map(|part| part.split_once('"'));
    parts
        .map(|(href, _)| href.to_owned())
        .filter(|href| href.starts_with('/') && !href.starts_with("/static"))
        .collect()
}

fn around(page: &Page) -> BTreeSet<String> {
    links(page.between("<nav aria-label=\"工作台\">", "</nav>"))
}

impl House {
    /// Workers over a body of the party, over a corps and over a body of the organisation.
    async fn hires_in_the_trees(&self) {
        let (db, now) = (&self.app.db, self.app.clock.now());
        let wang = domain::person::store::find(db, cast().wang).await.unwrap().unwrap();
        let today = domain::calendar::local_date(now);
        let mine = branch::store::live_memberships_of(db, wang.id, today).await.unwrap();
        let committee = self.adds("/console/trees/party/top", "committee", "某党委").await;
        let general = self.adds(&committee, "general_branch", "某总支").await;
        let team = self.adds("/console/trees/corps/top", "team", "某队").await;
        let system = self.adds("/console/trees/organ/top", "system", "某系统").await;
        let body = self.adds(&system, "body", "某局").await;
        let tx = mailbox::transaction::write(db).await.unwrap();
        let since = chrono::NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
        for (node, target) in [
            (&general, Target::Branch(mine[0].branch_id)),
            (&team, Target::Region(wang.residence.clone().unwrap())),
            (&body, Target::Unit(wang.unit_id)),
        ] {
            let join = (id_of(node), target, since);
            join_in(&tx, &self.app.cx, domain::By::INSTALLER, join, now).await.unwrap();
        }
        tx.commit().await.unwrap();
        for (userid, scope) in [
            ("secretary", Scope::Party(id_of(&committee))),
            ("captain", Scope::Corps(id_of(&team))),
            ("clerk", Scope::Organ(id_of(&system))),
        ] {
            self.welcomes(userid).await;
            self.grants_over(userid, Role::Worker, scope).await;
        }
    }
}

#[actix_web::test]
async fn every_link_of_the_first_screen_opens_for_whoever_sees_it() {
    let house = House::open().await;
    rows(&house).await;
    house.hires_in_the_trees().await;
    let desk = READERS.into_iter().filter(|(sign, _)| DESK.contains(*sign)).map(|(_, userid)| userid);
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for userid in desk.chain(["chief", "secretary", "captain", "clerk"]) {
        let browser = house.signed_in(userid).await;
        let first = browser.get("/console", 200).await;
        let way = around(&first);
        for link in links(&first.text) {
            let page = browser.try_send(browser.request(Method::GET, &link)).await.unwrap();
            // Who has no phone page of his own is led on from there.
            if page.status != 200 && !(link == "/home" && page.status == 303) {
                wrong.push(format!("{link} by {userid}: {}", page.status));
            } else if page.text.contains("<nav aria-label=\"工作台\">") && around(&page) != way {
                wrong.push(format!("{link} by {userid} leads elsewhere than the first screen does"));
            }
        }
        seen.extend(way);
        // What is not there keeps the frame of the place where somebody works.
        let lost = browser.get("/console/nothing-is-here", 404).await;
        lost.says("银龄工作台").says("没有找到这一页").says("回到今天的工作");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for entry in server::routes::all().iter().filter(|route| route.entry.is_some()) {
        assert!(seen.contains(entry.path), "{} is seen by nobody", entry.path);
    }
    let parts =
        [("secretary", "/console/people"), ("captain", "/console/people"), ("clerk", "/console/intakes")];
    for (userid, has) in parts {
        let way = around(&house.reads(userid, "/console", 200).await);
        assert!(way.contains(has), "{userid}: {way:?}");
        assert_eq!(way.contains("/console/intakes"), userid == "clerk", "{way:?}");
        for not in ["/console/floors", "/console/statistics", "/console/standards", "/console/budget"] {
            assert!(!way.contains(not), "{userid}: {way:?}");
        }
    }
    house.reads("wangxiuying", "/console/nothing-is-here", 404).await.never_says("银龄工作台");
}
