//! 退订 and 恢复, said to the bot.

use domain::{
    aid::letters::News,
    notice::{Status, Topic},
};
use mailbox::outbox;
use notify::bot::{self, Answer, Command, Said};

use crate::post::{Office, Post, write};

async fn says(post: &Post, words: &str, message: &str) -> Answer {
    let said = Said { account: &post.people[0], command: Command::read(words), message, session: None };
    let tx = write(&post.db).await;
    let answer = bot::handle_in(&tx, &post.cx, &said, post.now).await.unwrap();
    tx.commit().await.unwrap();
    answer
}

schema::both! {
    async fn one_word_stops_what_may_be_stopped_and_the_result_of_ones_own_request_comes_all_the_same(db) {
        let mut post = Post::open(db, Office { people: 2, ..Office::default() }).await;
        assert_eq!(says(&post, "退订", "m1").await, Answer::Stopped { topic: Topic::All });
        post.round().await;
        post.tell_all(&[News::Approved]).await;
        post.drain().await;
        assert_eq!(post.ledger(&post.people[0], News::Approved).await.status, Status::Accepted);
        let said = post.said();
        let titles: Vec<&str> = said[post.people[0].as_str()].iter().map(|(_, title)| title.as_str()).collect();
        assert!(titles[0] == "退订好了" && titles[1].contains("通过了"), "{titles:?}");
    }

    async fn the_same_word_twice_and_its_undoing_are_answered(db) {
        let post = Post::open(db, Office { people: 1, ..Office::default() }).await;
        for (words, message, answer) in [
            ("停", "m1", Answer::Stopped { topic: Topic::All }),
            ("退订活动提醒", "m2", Answer::Stopped { topic: Topic::Meeting }),
            ("恢复活动提醒", "m3", Answer::Resumed { topic: Topic::Meeting }),
            ("恢复", "m4", Answer::Resumed { topic: Topic::All }),
            ("恢复", "m5", Answer::Resumed { topic: Topic::All }),
        ] {
            assert_eq!(says(&post, words, message).await, answer);
        }
        assert_eq!(outbox::depth(db).await.unwrap().waiting, 5);
    }
}
