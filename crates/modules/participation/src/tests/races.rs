//! The same voice for and against at once, and reports that come together: on threads, on both databases.

use axum::http::HeaderMap;

use super::*;

const HIDDEN: &str = "SELECT count(*) FROM contribution WHERE hidden AND NOT visible";
const TOLD: &str = "SELECT count(*) FROM mail WHERE dedupe LIKE 'hidden/%/reported/%'";
const NOTED: &str = "SELECT count(*) FROM activity WHERE kind = 'contribution.reported_away'";
const LOGGED: &str = "SELECT count(*) FROM moderation_event WHERE action = 'reported_away'";

impl Town {
    /// The same timeline, in which ideas may be opposed too.
    async fn opposing(&self) {
        let mut phases = projects::store::phases(self.t.app.db.read(), self.project).await.unwrap();
        phases[0].opposing = true;
        let project = self.project;
        self.t
            .write(move |tx, _, moment| {
                let phases = phases.clone();
                Box::pin(async move { projects::store::set_phases(tx, &moment, project, &phases).await })
            })
            .await;
    }

    /// Presses a button as a person does: for or against, pressed before or not.
    async fn press(&self, who: Uuid, number: i64, reaction: Reaction, pressed: bool) -> Result<Response> {
        let actor = Actor::Person { id: who, name: "Léa".into(), session: Uuid::nil(), role: None };
        let (ctx, path) = (self.as_actor(actor, 7, "/idees/1"), Path(number));
        let form = Form::of(&[("etat", if pressed { "1" } else { "0" })]);
        match reaction {
            Reaction::Support => reactions::pages::support(ctx, HeaderMap::new(), path, form).await,
            Reaction::Oppose => reactions::pages::oppose(ctx, HeaderMap::new(), path, form).await,
        }
    }

    /// Supports and oppositions of the idea as shown, and as rows.
    async fn said(&self) -> [(i64, i64); 2] {
        let row = |kind: &str| format!("SELECT count(*) FROM reaction WHERE confirmed AND kind = '{kind}'");
        let shown = "FROM contribution WHERE kind = 'idea'";
        [
            (
                self.count(&format!("SELECT supports {shown}")).await,
                self.count(&format!("SELECT opposes {shown}")).await,
            ),
            (self.count(&row("support")).await, self.count(&row("oppose")).await),
        ]
    }
}

/// All at the same moment, each in a task of its own.
async fn at_once<F>(work: impl IntoIterator<Item = F>) -> Vec<F::Output>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    let work: Vec<F> = work.into_iter().collect();
    let gate = Arc::new(tokio::sync::Barrier::new(work.len()));
    let tasks = work.into_iter().map(|one| {
        let gate = gate.clone();
        tokio::spawn(async move {
            gate.wait().await;
            one.await
        })
    });
    futures::future::join_all(tasks.collect::<Vec<_>>()).await.into_iter().map(|t| t.unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_voice_for_and_against_at_once_says_one_thing() {
    for engine in engines() {
        let town = Arc::new(town(engine).await);
        town.opposing().await;
        let (idea, lea) = (town.idea(1, "Un bus le dimanche").await, town.person("lea@e.fr").await.id);
        for _ in 0..6 {
            let presses = (0..6).map(|i| {
                let (town, number) = (town.clone(), idea.number);
                let what = if i % 2 == 0 { Reaction::Support } else { Reaction::Oppose };
                async move { town.press(lea, number, what, false).await }
            });
            for answer in at_once(presses).await {
                assert_eq!(answer.unwrap().status(), StatusCode::SEE_OTHER);
            }
            let [shown, held] = town.said().await;
            assert_eq!(shown, held, "totals are those of the rows");
            assert_eq!(shown.0 + shown.1, 1, "one voice: {shown:?}");
        }
        // Whatever the race left, what is said last stands.
        town.press(lea, idea.number, Reaction::Oppose, false).await.unwrap();
        assert_eq!(town.said().await, [(0, 1), (0, 1)]);
        // A page of before the change takes back what it showed, and nothing else.
        town.press(lea, idea.number, Reaction::Support, true).await.unwrap();
        assert_eq!(town.said().await, [(0, 1), (0, 1)]);
        let back = (0..4).map(|_| {
            let (town, number) = (town.clone(), idea.number);
            async move { town.press(lea, number, Reaction::Oppose, true).await }
        });
        for answer in at_once(back).await {
            answer.unwrap();
        }
        assert_eq!(town.said().await, [(0, 0), (0, 0)], "taken back once");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn reports_that_come_together_hide_once() {
    for engine in engines() {
        let town = Arc::new(town(engine).await);
        let (idea, lea) = (town.idea(1, "Un texte blessant").await, town.person("lea@e.fr").await.id);
        let (id, sql) = (idea.id, "UPDATE contribution SET author_id = $2, holder = $2 WHERE id = $1");
        town.t.write(move |tx, _, _| Box::pin(async move { db::run(tx, sql, args![id, lea]).await })).await;
        let send = |holder: u128| {
            let (town, number) = (town.clone(), idea.number);
            async move {
                let ctx = town.request(Actor::Visitor, holder, "/", &format!("house {holder}"));
                reports::send(ctx, Path(number), Form::of(&[("raison", "hurtful")])).await
            }
        };
        for answer in at_once((0..8).map(|_| send(10))).await {
            assert_eq!(answer.unwrap().status(), StatusCode::SEE_OTHER);
        }
        assert_eq!(town.count("SELECT reports FROM contribution").await, 1, "one hand, one report");
        assert_eq!(town.count(HIDDEN).await, 0);
        send(11).await.unwrap();
        assert_eq!(town.count(HIDDEN).await, 0, "two do not hide");
        // The third comes eight times over: whoever is late finds a text that is gone.
        for answer in at_once((20..28).map(send)).await {
            assert!(matches!(answer, Ok(_) | Err(Error::NotFound)), "{answer:?}");
        }
        let rows = town.count("SELECT count(*) FROM report").await;
        assert!((3..=10).contains(&rows), "{rows}");
        assert_eq!(town.count("SELECT reports FROM contribution").await, rows, "each is counted once");
        for (once, sql) in [("hidden", HIDDEN), ("told", TOLD), ("noted", NOTED), ("logged", LOGGED)] {
            assert_eq!(town.count(sql).await, 1, "{once} once");
        }
    }
}
