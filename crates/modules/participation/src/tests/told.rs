//! Who is told of what becomes of an idea: nobody whose address refuses letters; of the blocked, whoever wrote it, when it is
//! answered, and nothing else.

use parvis_people::blocks::{self, Terms, Whom};

use super::*;
use crate::follows::Rhythm;

impl Town {
    /// An idea of this person, whom its news reach.
    async fn idea_by(&self, author: Uuid) -> Uuid {
        let new = New { author: Some(author), ..New::idea(self.project, author, "Un banc", Status::Proposed) };
        let id = self
            .t
            .write(move |tx, _, moment| {
                let new = new.clone();
                Box::pin(async move { store::insert(tx, &moment, &new).await })
            })
            .await
            .id;
        self.tell(id, author).await;
        id
    }

    async fn tell(&self, idea: Uuid, person: Uuid) {
        self.t
            .write(move |tx, _, moment| {
                Box::pin(async move { follows::begin(tx, &moment, idea, person, "J’accepte", "follow_form").await })
            })
            .await;
    }

    async fn told(&self, idea: Uuid, news: News) -> Vec<Uuid> {
        let now = self.t.app.moment().now;
        let all = follows::followers(self.t.app.db.read(), idea, news, now).await.unwrap();
        if news == News::Answer {
            let many = follows::followers_of(self.t.app.db.read(), &[idea], now).await.unwrap();
            assert_eq!(many.len(), all.len(), "many at once are told as one is");
        }
        // Two who follow from the same instant stand in no order.
        let mut ids: Vec<Uuid> = all.iter().map(|f| f.person_id).collect();
        ids.sort();
        ids
    }

    async fn block_for_two_days(&self, person: Uuid) {
        self.t
            .write(move |tx, app, moment| {
                Box::pin(async move {
                    let ends_at = Some(moment.now + TimeDelta::days(2));
                    let terms = Terms { reason: "Des insultes".into(), ends_at, project: None };
                    let whom = Whom { person: Some(person), ..Whom::default() };
                    blocks::store::block(tx, &app, &moment, None, &whom, &terms).await.map(|_| ())
                })
            })
            .await;
    }

    async fn does(&self, sql: &'static str) {
        self.t.write(move |tx, _, _| Box::pin(async move { db::run(tx, sql, vec![]).await.map(|_| ()) })).await;
    }
}

#[tokio::test]
async fn whoever_is_blocked_is_told_of_the_answer_to_their_own_idea_and_of_nothing_else() {
    for engine in engines() {
        let town = town(engine).await;
        let (lea, paul) = (town.person("lea@exemple.fr").await.id, town.person("paul@exemple.fr").await.id);
        let (hers, his) = (town.idea_by(lea).await, town.idea_by(paul).await);
        town.tell(his, lea).await;
        let mut both = [paul, lea];
        both.sort();
        assert_eq!(town.told(hers, News::Status).await, [lea]);
        assert_eq!(town.told(his, News::Answer).await, both);
        town.block_for_two_days(lea).await;
        assert_eq!(town.told(hers, News::Answer).await, [lea], "the answer is to her");
        assert!(town.told(hers, News::Status).await.is_empty());
        assert_eq!(town.told(his, News::Answer).await, [paul]);
        assert_eq!(town.told(his, News::Status).await, [paul]);
        town.t.clock.advance(TimeDelta::days(3));
        assert_eq!(town.told(his, News::Answer).await, both, "once it is over, all is as it was");
        town.does("DELETE FROM consent").await;
        assert!(town.told(hers, News::Answer).await.is_empty(), "an answer needs the consent as well");
    }
}

#[tokio::test]
async fn news_that_waited_for_a_summary_are_not_told_to_whoever_was_blocked_since() {
    for engine in engines() {
        let town = town(engine).await;
        let lea = town.person("lea@exemple.fr").await.id;
        let hers = town.idea_by(lea).await;
        town.does("UPDATE follow SET rhythm = 'weekly'").await;
        town.announce(hers, Some(Status::UnderConsideration)).await;
        assert_eq!(town.count("SELECT count(*) FROM notice").await, 1);
        town.t.clock.advance(TimeDelta::days(7));
        town.block_for_two_days(lea).await;
        follows::digest::send(&town.t.app, Rhythm::Weekly).await.unwrap();
        assert_eq!(town.count("SELECT count(*) FROM mail WHERE kind = 'digest'").await, 0);
        town.does("UPDATE notice SET kind = 'answer'").await;
        follows::digest::send(&town.t.app, Rhythm::Weekly).await.unwrap();
        assert_eq!(town.count("SELECT count(*) FROM mail WHERE kind = 'digest'").await, 1);
    }
}

#[tokio::test]
async fn nobody_is_counted_among_the_told_whose_address_refuses_letters() {
    for engine in engines() {
        let town = town(engine).await;
        let (lea, paul) = (town.person("Lea@exemple.fr").await.id, town.person("paul@exemple.fr").await.id);
        let idea = town.idea_by(lea).await;
        town.tell(idea, paul).await;
        town.t
            .write(|tx, _, moment| {
                Box::pin(async move {
                    let sql = "INSERT INTO refused_address (address, code, reason, at) VALUES ($1, 550, 'unknown', $2)";
                    db::run(tx, sql, args!["lea@exemple.fr", moment.now]).await.map(|_| ())
                })
            })
            .await;
        for news in [News::Status, News::Answer] {
            assert_eq!(town.told(idea, news).await, [paul]);
        }
    }
}

#[tokio::test]
async fn whoever_is_blocked_is_told_of_the_answer_to_what_their_idea_became_part_of_twice() {
    for engine in engines() {
        let town = town(engine).await;
        let (lea, paul) = (town.person("lea@exemple.fr").await.id, town.person("paul@exemple.fr").await.id);
        let (hers, middle, whole) = (town.idea_by(lea).await, town.idea_by(paul).await, town.idea_by(paul).await);
        town.tell(whole, lea).await;
        town.block_for_two_days(lea).await;
        assert_eq!(town.told(whole, News::Answer).await, [paul]);
        for (part, of) in [(hers, middle), (middle, whole)] {
            town.t
                .write(move |tx, _, _| {
                    let sql = "UPDATE contribution SET merged_into = $2 WHERE id = $1";
                    Box::pin(async move { db::run(tx, sql, args![part, of]).await.map(|_| ()) })
                })
                .await;
        }
        let mut both = [paul, lea];
        both.sort();
        assert_eq!(town.told(whole, News::Answer).await, both, "{engine:?}");
    }
}
