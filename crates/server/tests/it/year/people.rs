//! Who asks for help, for what, and how: one in four on the own phone, the others at the counter.

use std::collections::BTreeMap;

use dingtalk_sim::{EventFaults, Person};
use domain::{aid::Category, ids::PersonId};
use rand::{Rng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use sea_orm::{ConnectionTrait, Statement};
use server::app::App;

use super::{
    office::{Office, draw_kind},
    scale::Scale,
};
use crate::harness::Site;

#[derive(Clone, Debug)]
pub(super) struct Applicant {
    pub(super) person: PersonId,
    pub(super) login: String,
    pub(super) county: String,
    pub(super) kind: Category,
    /// On which working day of the story.
    pub(super) day: usize,
    /// Taps it in, and does not come to the counter.
    pub(super) taps: bool,
    /// Somebody else has helped before.
    pub(super) elsewhere: bool,
}

/// People with a login, alive, each once; and they are in the tenant, without any news of it.
pub(super) async fn draw(
    site: &Site,
    app: &App,
    (scale, office): (Scale, &Office),
    dice: &mut ChaCha8Rng,
) -> Vec<Applicant> {
    let sql = "SELECT p.id, l.account_id, u.region, p.name FROM account_link l JOIN person p ON p.id = l.person_id \
               JOIN unit u ON u.id = p.unit_id WHERE l.kind = 'own' AND p.died_on IS NULL AND p.merged_into IS NULL \
               AND l.account_id LIKE 'r______' ORDER BY l.account_id";
    let statement = Statement::from_string(app.db.get_database_backend(), sql);
    let mut by_county: BTreeMap<String, Vec<(PersonId, String, String)>> = BTreeMap::new();
    for row in app.db.query_all_raw(statement).await.unwrap() {
        let county: String = row.try_get_by_index(2).unwrap();
        let one = (
            row.try_get_by_index(0).unwrap(),
            row.try_get_by_index(1).unwrap(),
            row.try_get_by_index(3).unwrap(),
        );
        by_county.entry(county).or_default().push(one);
    }
    for people in by_county.values_mut() {
        people.shuffle(dice);
    }
    site.tenant.faults().events(EventFaults { lose: 1.0, ..EventFaults::default() });
    let mut applicants = Vec::with_capacity(scale.applications);
    for number in 0..scale.applications {
        let county = office.counties[number % office.counties.len()].clone();
        let (person, login, name) = by_county.get_mut(&county).unwrap().pop().unwrap();
        site.tenant.add_person(Person::named(&login, name)).unwrap();
        let day = scale.asks_on(dice.random_range(0..usize::MAX));
        let (kind, taps, elsewhere) = (draw_kind(dice), dice.random_bool(0.25), dice.random_bool(0.1));
        applicants.push(Applicant { person, login, county, kind, day, taps, elsewhere });
    }
    applicants
}
