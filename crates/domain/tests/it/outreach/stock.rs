//! Items: bought by two, handed out, given, brought back, counted.

use domain::{
    authority::{Payer, Role},
    outreach::{
        Outcome, OutreachError, Refusal,
        commands::{
            counting::counted,
            purchase::{NewPurchase, decide, propose},
            stock::{add_item, hand, take_back},
            visit::{NewVisit, record_visit},
        },
        store,
    },
};
use ledger::Fen;
use sea_orm::ConnectionTrait;

use super::scene::{COUNTY, Scene, later, refused, there};
use crate::cast::{audited, login, now, region, worker};

schema::both! {
    async fn items_in_are_items_out_and_what_is_there(db) {
        let scene = Scene::open(db).await;
        scene.appropriate(2026, 1000).await;
        let (cx, li, xu) = (&scene.cx, &scene.li, &scene.xu);
        assert_eq!(refused(add_item(db, cx, li, (region(COUNTY), " ", Fen::yuan(98)), now()).await), Refusal::Item);
        let rice = add_item(db, cx, li, (region(COUNTY), "大米", Fen::yuan(98)), now()).await.unwrap();
        let dear = add_item(db, cx, li, (region(COUNTY), "被子", Fen::yuan(201)), now()).await.unwrap();
        let new = |quantity, yuan| NewPurchase { item: rice.id, quantity, amount: Fen::yuan(yuan), source: "发票1号".to_owned() };
        assert_eq!(refused(propose(db, cx, li, new(0, 1), now()).await), Refusal::Purchase);
        let bought = propose(db, cx, li, new(10, 980), now()).await.unwrap();
        let own: Payer = scene.also("li", Role::Payer).await;
        assert_eq!(refused(decide(db, cx, &own, (bought.id, true), now()).await), Refusal::SamePerson);
        decide(db, cx, &scene.payer, (bought.id, true), now()).await.unwrap();
        assert_eq!(refused(decide(db, cx, &scene.payer, (bought.id, true), now()).await), Refusal::NotNow);
        assert_eq!(scene.held(2026).await, [20, 0, 0, 980]);
        let more = propose(db, cx, li, new(1, 98), now()).await.unwrap();
        assert!(matches!(refused(decide(db, cx, &scene.payer, (more.id, true), now()).await), Refusal::Short { .. }));
        assert_eq!(store::stock::stock(db, rice.id).await.unwrap().store(), 10, "what is not paid is not there");

        let plan = scene.approved().await;
        let wang = scene.entry(&plan, scene.wang.id).await.id;
        let with = |item| NewVisit { item: Some(item), ..there(Outcome::Given, 500) };
        assert_eq!(refused(record_visit(db, cx, li, (wang, with(rice.id)), now()).await), Refusal::NoPieces { there: 0 });
        assert_eq!(refused(record_visit(db, cx, li, (wang, with(dear.id)), now()).await), Refusal::TooMuch);
        assert_eq!(refused(hand(db, cx, xu, (rice.id, &login("li"), 11), now()).await), Refusal::NoPieces { there: 10 });
        assert_eq!(refused(hand(db, cx, xu, (rice.id, &login("payer"), 1), now()).await), Refusal::NoWorkers);
        hand(db, cx, xu, (rice.id, &login("li"), 4), now()).await.unwrap();
        record_visit(db, cx, li, (wang, with(rice.id)), now()).await.unwrap();
        take_back(db, cx, xu, (rice.id, &login("li"), 3), now()).await.unwrap();
        assert_eq!(refused(take_back(db, cx, xu, (rice.id, &login("li"), 1), now()).await), Refusal::NoPieces { there: 0 });
        assert_eq!(refused(counted(db, cx, li, (rice.id, 8, &login("li")), now()).await), Refusal::SamePerson);
        assert_eq!(counted(db, cx, li, (rice.id, 8, &login("xu")), now()).await.unwrap(), -1);
        assert_eq!(counted(db, cx, li, (rice.id, 8, &login("xu")), now()).await.unwrap(), 0);
        let stock = store::stock::stock(db, rice.id).await.unwrap();
        assert_eq!((stock.came(), stock.store(), stock.given(), stock.lost()), (10, 8, 1, 1));
        assert!(stock.is_level());
        // What happened is never changed.
        assert!(db.execute_unprepared("UPDATE outreach_movement SET quantity = 1").await.is_err());
        let neighbour = worker(db, "neighbour", "330108").await;
        let theirs = hand(db, cx, &neighbour, (rice.id, &login("neighbour"), 1), now()).await;
        assert!(matches!(theirs, Err(OutreachError::NotFound)));
        assert_eq!(ledger::check(db).await.unwrap(), []);
        audited(db).await;
    }

    async fn two_who_take_the_last_piece_at_once_do_not_both_have_it(db) {
        let scene = Scene::open(db).await;
        scene.appropriate(2026, 1000).await;
        let (cx, li, xu) = (&scene.cx, &scene.li, &scene.xu);
        let rice = add_item(db, cx, li, (region(COUNTY), "大米", Fen::yuan(98)), now()).await.unwrap();
        let new = NewPurchase { item: rice.id, quantity: 1, amount: Fen::yuan(98), source: "发票1号".to_owned() };
        let bought = propose(db, cx, li, new, now()).await.unwrap();
        decide(db, cx, &scene.payer, (bought.id, true), now()).await.unwrap();
        let (to_li, to_xu) = (login("li"), login("xu"));
        let both = tokio::join!(
            hand(db, cx, li, (rice.id, &to_li, 1), later(0)),
            hand(db, cx, xu, (rice.id, &to_xu, 1), later(0)),
        );
        assert_eq!([both.0.is_ok(), both.1.is_ok()].iter().filter(|done| **done).count(), 1);
        let stock = store::stock::stock(db, rice.id).await.unwrap();
        assert!(stock.is_level() && stock.store() == 0);
        audited(db).await;
    }
}
