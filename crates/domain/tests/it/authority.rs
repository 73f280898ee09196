use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    By,
    authority::{
        Approver, AuditAdmin, GrantRefusal, Grants, Place, Role, Scope, SecurityAdmin, Worker,
        commands::{GrantError, NewGrant, confirm, grant, grant_in, revoke},
        store,
    },
    ids::{AccountId, UnitId},
};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use crate::cast::{audited, context, granted, holder, joined, now, region, write};

fn new(account: &AccountId, role: Role, code: &str) -> NewGrant {
    NewGrant {
        account: account.clone(),
        role,
        scope: Scope::Region(region(code)),
        from: now(),
        to: None,
        reason: Some("分工".to_owned()),
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, GrantError>) -> GrantRefusal {
    match result {
        Err(GrantError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal: {other:?}"),
    }
}

const ADMINS: [Role; 3] = [Role::AuditAdmin, Role::SystemAdmin, Role::SecurityAdmin];

schema::both! {
    async fn a_granted_role_is_proven_where_it_reaches(db) {
        let cx = context();
        let admin: SecurityAdmin = holder(db, "sec", "33").await;
        let cadre = joined(db, "cadre").await;
        assert!(Worker::prove(db, &cadre, region("330106"), now()).await.unwrap().is_none());
        let made = grant(db, &cx, &admin, new(&cadre, Role::Worker, "330106"), now()).await.unwrap();
        let proof = Worker::prove(db, &cadre, region("330106003"), now()).await.unwrap().unwrap();
        assert_eq!((proof.account(), proof.grant()), (&cadre, made.id));
        assert!(proof.covers(region("330106")) && !proof.covers(region("330105")));
        assert!(Worker::prove(db, &cadre, region("3301"), now()).await.unwrap().is_none(), "not upwards");
        assert!(Approver::prove(db, &cadre, region("330106"), now()).await.unwrap().is_none());
        let place = Place::from(region("330106"));
        assert_eq!(store::holders(db, Role::Worker, &place, now()).await.unwrap(), std::slice::from_ref(&cadre));

        let later = now() + TimeDelta::minutes(1);
        revoke(db, &cx, &admin, (made.id, "调离"), later).await.unwrap();
        assert!(Worker::prove(db, &cadre, region("330106"), later).await.unwrap().is_none());
        assert!(store::holders(db, Role::Worker, &place, later).await.unwrap().is_empty());
        assert!(matches!(revoke(db, &cx, &admin, (made.id, "调离"), later).await, Err(GrantError::NotFound)));
    }

    async fn the_three_administrators_exclude_each_other(db) {
        let cx = context();
        for held in ADMINS {
            for wanted in ADMINS {
                let account = joined(db, &format!("{}-{}", held.code(), wanted.code())).await;
                granted(db, &account, held, Scope::Region(region("33"))).await;
                let tx = write(db).await;
                let refused =
                    grant_in(&tx, &cx, By::INSTALLER, None, new(&account, wanted, "3301"), now()).await;
                let expected =
                    if held == wanted { GrantRefusal::Exists } else { GrantRefusal::Excludes(held) };
                assert_eq!(refusal(refused), expected);
                drop(tx);
                let tx = write(db).await;
                let business = new(&account, Role::Worker, "330106");
                let refused = grant_in(&tx, &cx, By::INSTALLER, None, business, now()).await;
                assert_eq!(refusal(refused), GrantRefusal::Excludes(held));
            }
        }
    }

    async fn an_administrators_role_needs_a_second_person(db) {
        let cx = context();
        let first: SecurityAdmin = holder(db, "sec1", "33").await;
        let second: SecurityAdmin = holder(db, "sec2", "33").await;
        let auditor = joined(db, "auditor").await;
        let made = grant(db, &cx, &first, new(&auditor, Role::AuditAdmin, "33"), now()).await.unwrap();
        assert!(AuditAdmin::prove(db, &auditor, region("33"), now()).await.unwrap().is_none(), "not yet");
        assert_eq!(store::waiting(db, now()).await.unwrap().len(), 1);
        assert_eq!(refusal(confirm(db, &cx, &first, made.id, now()).await), GrantRefusal::SamePerson);
        let before = audited(db).await;
        confirm(db, &cx, &second, made.id, now()).await.unwrap();
        assert_eq!(audited(db).await, before + 1);
        assert!(AuditAdmin::prove(db, &auditor, region("33"), now()).await.unwrap().is_some());
        assert_eq!(refusal(confirm(db, &cx, &second, made.id, now()).await), GrantRefusal::NotWaiting);
    }

    async fn nobody_grants_himself_or_beyond_his_reach(db) {
        let cx = context();
        let admin: SecurityAdmin = holder(db, "sec", "330106").await;
        let own = grant(db, &cx, &admin, new(admin.account(), Role::Worker, "330106"), now()).await;
        assert_eq!(refusal(own), GrantRefusal::OwnAccount);
        let cadre = joined(db, "cadre").await;
        let far = grant(db, &cx, &admin, new(&cadre, Role::Worker, "3301"), now()).await;
        assert_eq!(refusal(far), GrantRefusal::OutOfReach);
        assert!(grant(db, &cx, &admin, new(&cadre, Role::Worker, "330106003"), now()).await.is_ok());
        let again = grant(db, &cx, &admin, new(&cadre, Role::Worker, "330106003"), now()).await;
        assert_eq!(refusal(again), GrantRefusal::Exists);
    }

    async fn a_grant_has_a_period(db) {
        let cx = context();
        let admin: SecurityAdmin = holder(db, "sec", "33").await;
        let cadre = joined(db, "cadre").await;
        let period = |from, to| NewGrant { from, to: Some(to), ..new(&cadre, Role::Approver, "330106") };
        let (monday, friday) = (now() + TimeDelta::days(1), now() + TimeDelta::days(5));
        assert_eq!(refusal(grant(db, &cx, &admin, period(friday, monday), now()).await), GrantRefusal::Period);
        grant(db, &cx, &admin, period(monday, friday), now()).await.unwrap();
        for (at, there) in [(now(), false), (monday, true), (friday - TimeDelta::seconds(1), true), (friday, false)] {
            let proof = Approver::prove(db, &cadre, region("330106"), at).await.unwrap();
            assert_eq!(proof.is_some(), there, "{at}");
        }
        let ending = NewGrant { to: Some(friday), ..new(&cadre, Role::AuditAdmin, "33") };
        assert_eq!(refusal(grant(db, &cx, &admin, ending, now()).await), GrantRefusal::AdminWithEnd);
    }

    async fn two_administrators_granting_at_once_make_one_administrator(db) {
        let cx = context();
        let account = joined(db, "new").await;
        let try_one = async |role| {
            let tx = write(db).await;
            let made = grant_in(&tx, &cx, By::INSTALLER, None, new(&account, role, "33"), now()).await;
            if made.is_ok() {
                tx.commit().await.unwrap();
            }
            made.is_ok()
        };
        let (one, other) = tokio::join!(try_one(Role::AuditAdmin), try_one(Role::SystemAdmin));
        assert!(one ^ other);
    }

    // Invariant: no access path reaches beyond a live grant, and every live grant opens what it covers.
    async fn a_proof_exists_exactly_when_a_live_grant_covers_the_place(db) {
        let mut random = ChaCha8Rng::seed_from_u64(20_261_102);
        let codes =
            ["33", "3301", "330105", "330106", "330106003", "330106003001", "3302", "330205", "34", "3401"];
        let units: Vec<UnitId> = (1..=3).map(|n| UnitId::from_uuid(Uuid::from_u128(n))).collect();
        let at = |hours: i64| now() + TimeDelta::hours(hours);
        for person in 0..6 {
            let account = joined(db, &format!("cadre{person}")).await;
            let mut held: Vec<NewGrant> = Vec::new();
            for _ in 0..random.random_range(0..6) {
                let scope = if random.random_bool(0.7) {
                    Scope::Region(region(codes.choose(&mut random).unwrap()))
                } else {
                    Scope::Unit(*units.choose(&mut random).unwrap())
                };
                let role = *[Role::Worker, Role::Approver].choose(&mut random).unwrap();
                let from = random.random_range(0..4);
                let to = random.random_bool(0.5).then(|| at(from + random.random_range(1..4)));
                let new = NewGrant { account: account.clone(), role, scope, from: at(from), to, reason: None };
                let tx = write(db).await;
                if grant_in(&tx, &context(), By::INSTALLER, None, new.clone(), now()).await.is_ok() {
                    tx.commit().await.unwrap();
                    held.push(new);
                }
            }
            for hour in 0..8 {
                let grants = Grants::of(db, &account, at(hour)).await.unwrap();
                for (code, unit) in codes.iter().flat_map(|code| [(code, None), (code, units.first()), (code, units.last())]) {
                    let place = Place { region: region(code), unit: unit.copied(), branch: None, person: None };
                    let worker = Worker::among(&grants, place.clone()).is_some();
                    assert_eq!(worker, expected(&held, Role::Worker, &place, at(hour)), "{held:?} {place:?}");
                    let approver = Approver::among(&grants, place.clone()).is_some();
                    assert_eq!(approver, expected(&held, Role::Approver, &place, at(hour)), "{held:?} {place:?}");
                }
            }
        }
    }
}

/// The rule once more, in other words.
fn expected(held: &[NewGrant], role: Role, place: &Place, at: DateTime<Utc>) -> bool {
    held.iter().any(|grant| {
        let live = grant.from <= at && grant.to.is_none_or(|to| at < to);
        let reaches = match &grant.scope {
            Scope::Region(code) => place.region.to_string().starts_with(&code.to_string()),
            Scope::Unit(id) => place.unit == Some(*id),
            _ => false,
        };
        live && reaches && grant.role == role
    })
}
