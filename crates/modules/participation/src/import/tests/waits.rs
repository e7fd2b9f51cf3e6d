//! Since when a text of a file waits to be read.

use super::*;
use crate::desk::queue::{self, Filter, Order, Tab};

/// What a file brings to be read waits since its import, behind what people wrote before, on the page as in its order.
#[tokio::test]
async fn a_text_that_waits_came_with_its_file() {
    for engine in engines() {
        let t = instance(engine).await;
        import(&t, b"id,text\n0,rien\n", None).await.unwrap();
        let project = stored(&t, "0").await.project_id;
        t.write(move |tx, _, moment| {
            Box::pin(async move {
                let new = ideas::New::idea(project, Uuid::from_u128(5), "Un avis", Status::Prescreening);
                ideas::insert(tx, &moment, &new).await.map(drop)
            })
        })
        .await;
        let before = t.app.clock.now();
        t.clock.advance(chrono::TimeDelta::hours(1));
        let file = "id,text,status,date\n1,Un banc,en attente de modération,2015-03-02\n2,Un parc,,2015-03-01\n";
        import(&t, file.as_bytes(), None).await.unwrap();
        let waits = async || {
            let filter = Filter { lang: "fr", ..Filter::default() };
            let page = queue::page(t.app.db.read(), &filter, Tab::Publish, Order::Longest, 20, 0).await.unwrap();
            page.lines.into_iter().map(|w| (w.c.body, w.since)).collect::<Vec<_>>()
        };
        let came = t.app.clock.now();
        assert_eq!(waits().await, [("Un avis".to_owned(), before), ("Un banc".to_owned(), came)], "{engine:?}");
        // The file again brings nothing; with a number, what was online waits since that import.
        t.clock.advance(chrono::TimeDelta::hours(1));
        let other = file.replace("Un parc,", "Un parc,à modérer");
        import(&t, other.as_bytes(), None).await.unwrap();
        let now = waits().await;
        assert_eq!((now.len(), now[1].1, now[2].1), (3, came, t.app.clock.now()), "{engine:?}");
        assert_eq!(now[2].0, "Un parc");
    }
}
