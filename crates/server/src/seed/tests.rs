use parvis_testing::engines;

use super::*;
use crate::compose;

#[tokio::test]
async fn counts_are_exact_and_a_seed_repeats() {
    for engine in engines() {
        let mut texts = Vec::new();
        for _ in 0..2 {
            let t = parvis_testing::app(engine, compose::modules(), Arc::new(parvis_people::SessionIdentity)).await;
            fill(&t.app, 300, 700, 2000, 5).await.unwrap();
            let count = |sql: &'static str| {
                let db = t.app.db.clone();
                async move { db::count(db.read(), sql, vec![]).await.unwrap() }
            };
            assert_eq!(count("SELECT count(*) FROM contribution WHERE kind = 'idea'").await, 300);
            assert_eq!(count("SELECT count(*) FROM contribution WHERE kind = 'comment'").await, 700);
            assert_eq!(count("SELECT count(*) FROM reaction WHERE confirmed").await, 2000);
            assert_eq!(count("SELECT CAST(sum(supports) AS BIGINT) FROM contribution").await, 2000);
            let off = "SELECT count(*) FROM contribution i WHERE kind = 'idea' AND (\
                       comments <> (SELECT count(*) FROM contribution c WHERE c.idea_id = i.id AND c.visible) OR \
                       supports <> (SELECT count(*) FROM reaction r WHERE r.contribution_id = i.id))";
            assert_eq!(count(off).await, 0);
            let body: Option<String> =
                db::scalar(t.app.db.read(), "SELECT body FROM contribution WHERE number = 200", vec![]).await.unwrap();
            texts.push(body.unwrap());
            assert!(fill(&t.app, 1, 0, 0, 5).await.is_err(), "not twice");
        }
        assert_eq!(texts[0], texts[1]);
    }
}
