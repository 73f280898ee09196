use chrono::TimeDelta;
use domain::{
    authority::{Role, Scope, SecurityAdmin},
    session::{self, Ended, Token, commands::OpenError, store},
};

use crate::cast::{audited, context, granted, holder, joined, login, now, region};

schema::both! {
    async fn a_session_is_found_by_its_token_only(db) {
        let cx = context();
        let wang = joined(db, "wang").await;
        let opened = session::open(db, &cx, &wang, None, now()).await.unwrap();
        let found = store::find_by_token(db, &opened.token, now()).await.unwrap().unwrap();
        assert_eq!((found.session.id, found.account.id), (opened.session.id, wang));
        let stranger = Token::fresh().unwrap();
        assert!(store::find_by_token(db, &stranger, now()).await.unwrap().is_none());
        assert!(!format!("{opened:?}").contains(&opened.token.reveal()));
        assert_ne!(opened.session.token_hash, opened.token.reveal());
    }

    async fn a_new_sign_in_replaces_the_token_of_the_browser(db) {
        let cx = context();
        let wang = joined(db, "wang").await;
        let first = session::open(db, &cx, &wang, None, now()).await.unwrap();
        let phone = session::open(db, &cx, &wang, None, now()).await.unwrap();
        let second = session::open(db, &cx, &wang, Some(&first.token), now()).await.unwrap();
        assert!(store::find_by_token(db, &first.token, now()).await.unwrap().is_none());
        assert!(store::find_by_token(db, &phone.token, now()).await.unwrap().is_some(), "another browser stays");
        assert!(store::find_by_token(db, &second.token, now()).await.unwrap().is_some());
    }

    async fn a_retiree_stays_for_half_a_day_and_staff_for_half_an_hour(db) {
        let cx = context();
        let wang = joined(db, "wang").await;
        let cadre = joined(db, "cadre").await;
        granted(db, &cadre, Role::Worker, Scope::Region(region("330106"))).await;
        let hers = session::open(db, &cx, &wang, None, now()).await.unwrap();
        let staff = session::open(db, &cx, &cadre, None, now()).await.unwrap();
        assert!(staff.session.staff && !hers.session.staff);
        let there = async |token: &Token, minutes| {
            store::find_by_token(db, token, now() + TimeDelta::minutes(minutes)).await.unwrap().is_some()
        };
        assert!(there(&staff.token, 29).await);
        assert!(!there(&staff.token, 30).await);
        assert!(there(&hers.token, 11 * 60 + 59).await);
        assert!(!there(&hers.token, 12 * 60).await);
    }

    async fn using_a_session_keeps_it_but_not_beyond_the_day(db) {
        let cx = context();
        let cadre = joined(db, "cadre").await;
        granted(db, &cadre, Role::Worker, Scope::Region(region("330106"))).await;
        let opened = session::open(db, &cx, &cadre, None, now()).await.unwrap();
        let mut session = opened.session;
        assert!(!store::touch(db, &session, now() + TimeDelta::seconds(59)).await.unwrap(), "not every page writes");
        for step in 1..=40 {
            let at = now() + TimeDelta::minutes(20 * step);
            let Some(found) = store::find_by_token(db, &opened.token, at).await.unwrap() else {
                assert_eq!(step, 24, "eight hours and no more");
                return;
            };
            session = found.session;
            assert!(store::touch(db, &session, at).await.unwrap());
        }
        panic!("the session never ended: {session:?}");
    }

    async fn only_members_of_the_tenant_sign_in(db) {
        let refused = session::open(db, &context(), &login("stranger"), None, now()).await;
        assert!(matches!(refused, Err(OpenError::NotInTenant)));
        assert_eq!(audited(db).await, 0);
    }

    async fn signing_out_is_for_good(db) {
        let cx = context();
        let wang = joined(db, "wang").await;
        let opened = session::open(db, &cx, &wang, None, now()).await.unwrap();
        session::commands::close(db, &cx, &opened.session, now()).await.unwrap();
        let rows = audited(db).await;
        assert!(store::find_by_token(db, &opened.token, now()).await.unwrap().is_none());
        session::commands::close(db, &cx, &opened.session, now()).await.unwrap();
        assert_eq!(audited(db).await, rows);
    }

    async fn an_administrator_ends_sessions(db) {
        let cx = context();
        let wang = joined(db, "wang").await;
        let admin: SecurityAdmin = holder(db, "sec", "33").await;
        for _ in 0..3 {
            session::open(db, &cx, &wang, None, now()).await.unwrap();
        }
        assert_eq!(store::of_account(db, &wang, now()).await.unwrap().len(), 3);
        assert_eq!(session::commands::kill_all(db, &cx, &admin, &wang, now()).await.unwrap(), 3);
        assert!(store::of_account(db, &wang, now()).await.unwrap().is_empty());
    }

    async fn a_new_role_ends_sessions_with_the_long_limits(db) {
        let cx = context();
        let cadre = joined(db, "cadre").await;
        let opened = session::open(db, &cx, &cadre, None, now()).await.unwrap();
        granted(db, &cadre, Role::Worker, Scope::Region(region("330106"))).await;
        assert!(store::find_by_token(db, &opened.token, now()).await.unwrap().is_none());
    }

    async fn old_sessions_are_swept_away(db) {
        let cx = context();
        let wang = joined(db, "wang").await;
        let opened = session::open(db, &cx, &wang, None, now()).await.unwrap();
        assert!(store::revoke(db, opened.session.id, Ended::Killed, now()).await.unwrap());
        assert_eq!(store::purge(db, now()).await.unwrap(), 0);
        assert_eq!(store::purge(db, now() + TimeDelta::days(31)).await.unwrap(), 1);
    }
}
