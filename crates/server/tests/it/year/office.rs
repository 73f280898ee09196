//! Who works there: in each county two workers, one who publishes as well, and an approver; in each city three payers, so that somebody is
//! left who may write down what the bank says of a second try, and one who judges what a county should not judge itself. In a province of
//! ninety counties and eleven cities that are some four hundred.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
    rc::Rc,
};

use chrono::{DateTime, TimeDelta, Utc};
use dingtalk_sim::{Person, World};
use domain::{
    By,
    account::{Account, TextSize},
    aid::{self, Category},
    authority::{
        Role, Scope,
        commands::{NewGrant, grant_in},
    },
    ids::{AccountId, RegionCode},
    region,
    seed::Size,
};
use ledger::{Bucket, Fen};
use rand::{Rng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use sea_orm::{ActiveModelTrait, DatabaseTransaction, IntoActiveModel};
use server::app::App;

use super::scale::Scale;
use crate::harness::{Site, Stubborn};

/// The last letter of a login of a county, and what it may.
const COUNTY: [(char, &[Role]); 4] = [
    ('a', &[Role::Worker]),
    ('b', &[Role::Worker]),
    ('c', &[Role::Worker, Role::Publisher]),
    ('d', &[Role::Approver]),
];
/// The same of a city.
const CITY: [(char, &[Role]); 4] = [
    ('p', &[Role::Payer]),
    ('q', &[Role::Payer]),
    ('r', &[Role::Payer]),
    ('e', &[Role::Worker, Role::Approver]),
];

/// Where every form arrives.
pub(super) const MAILROOM: &str = "w33m";

pub(super) struct Office {
    pub(super) counties: Vec<String>,
    pub(super) cities: Vec<String>,
    browsers: RefCell<BTreeMap<String, Rc<Stubborn>>>,
}

/// The counties that the seed fills.
fn counties(scale: Scale) -> Vec<String> {
    let day = scale.begins().date_naive();
    let all = region::reference::rows().filter(|row| row.level == 3 && row.valid_on(day));
    let all = all.map(|row| row.code.as_str().to_owned());
    match scale.size {
        Size::Province => all.collect(),
        _ => ["330106", "330102", "330108"].map(str::to_owned).to_vec(),
    }
}

fn city_of(county: &str) -> String {
    county[..4].to_owned()
}

fn login(region: &str, letter: char) -> String {
    format!("w{region}{letter}")
}

/// Everybody with the place and what it may do.
fn staff(scale: Scale) -> Vec<(String, String, &'static [Role])> {
    let counties = counties(scale);
    let cities = counties.iter().map(|county| city_of(county)).collect::<BTreeSet<_>>();
    let of = |place: &String, (letter, roles): (char, &'static [Role])| {
        (login(place, letter), place.clone(), roles)
    };
    let counties = counties.iter().flat_map(|place| COUNTY.map(|one| of(place, one)));
    let cities = cities.iter().flat_map(|place| CITY.map(|one| of(place, one)));
    counties.chain(cities).chain([(MAILROOM.to_owned(), "33".to_owned(), &[][..])]).collect()
}

/// They are in the tenant from its first day on. The form goes to the mailroom, which passes it on, to whomever: whether his word counts is
/// ours to say.
pub(super) fn staffed(world: &mut World, scale: Scale) {
    world.people.extend(staff(scale).iter().map(|(id, ..)| Person::named(id, format!("干部{id}"))));
    world.templates[0].nodes[0].approvers = vec![MAILROOM.to_owned()];
}

impl Office {
    /// They are hired, and there is money: the budget, divided among counties and kinds of need.
    pub(super) async fn open(app: &App, scale: Scale) -> Self {
        let now = app.clock.now();
        let tx = mailbox::transaction::write(&app.db).await.unwrap();
        for (id, place, roles) in staff(scale) {
            hire(&tx, app, (&id, &place, roles)).await;
        }
        let counties = counties(scale);
        let cities: BTreeSet<String> = counties.iter().map(|county| city_of(county)).collect();
        for year in [scale.year(), scale.year() + 1] {
            budget(&tx, (&counties, &cities), (year, scale.budget), now).await;
        }
        tx.commit().await.unwrap();
        Self { counties, cities: cities.into_iter().collect(), browsers: RefCell::default() }
    }

    /// Somebody with a browser, the same all the year.
    pub(super) fn sits(&self, site: &Site, userid: &str) -> Rc<Stubborn> {
        let mut browsers = self.browsers.borrow_mut();
        Rc::clone(browsers.entry(userid.to_owned()).or_insert_with(|| Rc::new(Stubborn::new(site, userid))))
    }

    /// One of those who work on cases of a county, now and then the one of the city.
    pub(super) fn worker(county: &str, dice: &mut ChaCha8Rng) -> String {
        let place = if dice.random_bool(0.15) { return login(&city_of(county), 'e') } else { county };
        login(place, ['a', 'b', 'c'][dice.random_range(0..3)])
    }

    pub(super) fn publisher(county: &str) -> String {
        login(county, 'c')
    }

    pub(super) fn approver(county: &str) -> String {
        login(county, 'd')
    }

    /// Who stands higher, and judges what the county did.
    pub(super) fn higher(county: &str) -> String {
        login(&city_of(county), 'e')
    }

    /// Anybody of the province.
    pub(super) fn anybody(&self, dice: &mut ChaCha8Rng) -> String {
        let letter = ['a', 'b', 'c', 'd', 'e', 'p', 'q', 'r'][dice.random_range(0..8)];
        let of =
            |places: &[String], dice: &mut ChaCha8Rng| places[dice.random_range(0..places.len())].clone();
        let place = if matches!(letter, 'e' | 'p' | 'q' | 'r') {
            of(&self.cities, dice)
        } else {
            of(&self.counties, dice)
        };
        login(&place, letter)
    }

    /// The payers of a city, in the order in which they act.
    pub(super) fn payers(city: &str, dice: &mut ChaCha8Rng) -> [String; 3] {
        let mut all = ['p', 'q', 'r'].map(|letter| login(city, letter));
        all.shuffle(dice);
        all
    }
}

/// Of what is often asked for, half is the counties' from the beginning; the rest is the cities', for where it gets short: of the other kinds a
/// county has a case or two in a year.
async fn budget(
    tx: &DatabaseTransaction,
    (counties, cities): (&[String], &BTreeSet<String>),
    (year, total): (i32, Fen),
    now: DateTime<Utc>,
) {
    let whole = counties.iter().map(|county| (county, false, 1));
    let below = |city: &String| counties.iter().filter(|county| county.starts_with(city.as_str())).count();
    let rest = cities.iter().map(|city| (city, true, u64::try_from(below(city)).unwrap()));
    let places = whole.chain(rest);
    let pots: Vec<_> = places
        .flat_map(|(place, city, share)| {
            let kinds = Category::FIRST.into_iter().filter(move |kind| city || often(*kind) >= OFTEN);
            // What no county has, the cities have the whole of.
            let whole = |kind| if often(kind) >= OFTEN { 1 } else { 2 };
            kinds.map(move |kind| (place, kind, share * whole(kind)))
        })
        .collect();
    let weight = |kind: Category, share| share * often(kind) * costs(kind);
    let weights: Vec<u64> = pots.iter().map(|(_, kind, share)| weight(*kind, *share)).collect();
    // What the seed has given to the county of its own stories.
    for (account, sum) in ledger::trial_balance(tx, None).await.unwrap() {
        if account.bucket == Bucket::Available && account.envelope.year == year {
            let key = format!("year/{}", account.envelope);
            ledger::take_back(tx, &account.envelope, sum, "year", &key, now).await.unwrap();
        }
    }
    let shares = ledger::split(total, &weights).unwrap();
    for ((place, kind, _), share) in pots.iter().zip(shares).filter(|(_, share)| share.is_positive()) {
        let pot = aid::envelope(&place.parse().unwrap(), year, *kind);
        ledger::appropriate(tx, &pot, share, "year", &format!("year/{pot}/given"), now).await.unwrap();
    }
}

/// Of what is asked for so often, a county has some money of its own.
const OFTEN: u64 = 10;

/// How often it is asked for.
fn often(kind: Category) -> u64 {
    match kind {
        Category::ILLNESS | Category::MEDICAL_COST => 30,
        Category::DISABILITY | Category::LIVING_ALONE => 10,
        Category::OTHER => 0,
        _ => 4,
    }
}

/// In tens of yuan, within what the examples of the standards allow.
pub(super) fn proposed(kind: Category) -> RangeInclusive<i64> {
    match kind {
        Category::ILLNESS | Category::MEDICAL_COST => 100..=420,
        Category::DISABILITY | Category::ACCIDENT | Category::DISASTER | Category::BEREAVED => 100..=300,
        Category::SURVIVOR | Category::DISABLED_FAMILY | Category::LOW_INCOME => 80..=250,
        _ => 50..=200,
    }
}

/// What one costs, about.
fn costs(kind: Category) -> u64 {
    let range = proposed(kind);
    u64::try_from((range.start() + range.end()) / 2).unwrap()
}

/// What people ask for, as often as there is money for it.
pub(super) fn draw_kind(dice: &mut ChaCha8Rng) -> Category {
    let kinds: Vec<Category> = Category::FIRST.into();
    let all: u64 = kinds.iter().map(|kind| often(*kind)).sum();
    let mut at = dice.random_range(0..all);
    for kind in &kinds {
        match at.checked_sub(often(*kind)) {
            Some(rest) => at = rest,
            None => return *kind,
        }
    }
    Category::ILLNESS
}

async fn hire(tx: &DatabaseTransaction, app: &App, (id, place, roles): (&str, &str, &[Role])) {
    let now = app.clock.now();
    let (account, region): (AccountId, RegionCode) = (AccountId::parse(id).unwrap(), place.parse().unwrap());
    let since = now - TimeDelta::days(30);
    let row = Account {
        id: account.clone(),
        name: format!("干部{id}"),
        unionid: None,
        person_id: None,
        active: true,
        status_at: since,
        joined_at: since,
        left_at: None,
        text_size: TextSize::Standard,
    };
    row.into_active_model().reset_all().insert(tx).await.unwrap();
    for role in roles {
        let scope = Scope::Region(region.clone());
        let new =
            NewGrant { account: account.clone(), role: *role, scope, from: now, to: None, reason: None };
        grant_in(tx, &app.cx, By::INSTALLER, None, new, now).await.unwrap();
    }
}
