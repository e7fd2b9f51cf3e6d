//! What citizens read beside an idea and a list: the promise, the order of comments, filters that nothing forgets.

use super::*;

impl Town {
    async fn set(&self, sql: &'static str) {
        self.t.write(move |tx, _, _| Box::pin(async move { db::run(tx, sql, args![]).await.map(|_| ()) })).await;
    }

    async fn page_of(&self, number: i64, query: &str) -> String {
        let ctx = self.ctx(9, &format!("/idees/{number}{query}"));
        let page = ideas::view::show(ctx, Arc::new(Caches::default()), Path(number)).await.unwrap();
        body(page).await.replace(['\u{a0}', '\u{202f}'], " ")
    }

    async fn csv(&self, query: &str) -> String {
        let ctx = self.ctx(9, &format!("/projets/bouger/idees.csv{query}"));
        body(projects::csv::download(ctx, Arc::default(), Path("bouger".into())).await.unwrap()).await
    }
}

#[tokio::test]
async fn a_promise_that_is_past_stays_on_the_page() {
    let town = town(Engine::Sqlite).await;
    let idea = town.idea(1, "Un banc").await;
    assert!(town.page_of(idea.number, "").await.contains("Avant le "));
    let days = Settings::default().answer_days;
    town.t.clock.advance(TimeDelta::days(days));
    assert!(!town.page_of(idea.number, "").await.contains("dépassée"), "the last day is still in time");
    town.t.clock.advance(TimeDelta::days(1));
    assert!(town.page_of(idea.number, "").await.contains("dépassée de 1 jour<"));
    town.t.clock.advance(TimeDelta::days(3));
    let page = town.page_of(idea.number, "").await;
    assert!(page.contains("Réponse attendue") && page.contains("dépassée de 4 jours"), "{page}");
    // Its author reads the same day in their own space.
    let lea = town.person("lea@exemple.fr").await;
    town.t
        .write(move |tx, _, _| {
            let set = "UPDATE contribution SET author_id = $1";
            Box::pin(async move { db::run(tx, set, args![lea.id]).await.map(|_| ()) })
        })
        .await;
    let own = async || crate::own_space::html(&town.ctx(7, "/mon-espace"), lea.id).await.unwrap();
    let said = own().await.replace('\u{a0}', " ");
    assert!(said.contains("Réponse promise pour le ") && said.contains(", 4 jours de retard."), "{said}");
    town.announce(idea.id, Some(Status::Accepted)).await;
    let page = town.page_of(idea.number, "").await;
    assert!(!page.contains("dépassée") && !own().await.contains("promise pour"), "decided: nothing is awaited");
}

#[tokio::test]
async fn comments_are_read_the_most_useful_or_the_newest_first() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Un banc").await;
        let mut keys = Vec::new();
        for text in ["Premier avis", "Deuxième avis", "Troisième avis"] {
            let new = New::comment(town.project, idea.id, Uuid::from_u128(3), text, Status::Proposed);
            town.t.clock.advance(TimeDelta::minutes(1));
            let stored = town
                .t
                .write(move |tx, _, moment| {
                    let new = new.clone();
                    Box::pin(async move { store::insert(tx, &moment, &new).await })
                })
                .await;
            keys.push(stored.id);
        }
        let lea = town.person("lea@exemple.fr").await;
        town.support(keys[1], lea.id, true, Some(Reaction::Support)).await;
        let order = |page: &str| {
            let mut found: Vec<(usize, char)> = ["Premier", "Deuxième", "Troisième"]
                .iter()
                .map(|w| (page.find(&format!("{w} avis")).unwrap(), w.chars().next().unwrap()))
                .collect();
            found.sort_unstable();
            found.into_iter().map(|(_, c)| c).collect::<String>()
        };
        for (query, wanted) in [("", "DPT"), ("?ordre=utiles", "DPT"), ("?ordre=recents", "TDP"), ("?ordre=x", "DPT")] {
            let page = town.page_of(idea.number, query).await;
            assert_eq!(order(&page), wanted, "{query}");
            assert!(page.contains(r#"name="ordre""#), "{page}");
        }
    }
}

#[tokio::test]
async fn the_file_beside_a_list_holds_what_the_list_holds() {
    for engine in engines() {
        let town = town(engine).await;
        for text in ["Un banc place du Marché", "Un bus le dimanche", "Un autre banc"] {
            town.idea(1, text).await;
        }
        town.set("UPDATE contribution SET tag = 'Transports & bus' WHERE number = 2").await;
        town.set("UPDATE contribution SET lon = 2.1, lat = 48.7 WHERE number = 1").await;
        for (query, rows) in [
            ("", 3),
            ("?q=banc", 2),
            ("?t=Transports+%26+bus", 1),
            ("?t=Transports+%26+bus&q=banc", 0),
            ("?etat=proposed", 3),
            ("?etat=accepted", 0),
            ("?quartier=00000000-0000-0000-0000-000000000001", 0),
        ] {
            let csv = town.csv(query).await;
            assert_eq!(csv.lines().count(), rows + 1, "{query}: {csv}");
        }
        // A page of another reading: what left meanwhile is in no file.
        town.set("UPDATE contribution SET visible = FALSE, hidden = TRUE WHERE number = 3").await;
        assert_eq!(town.csv("?q=banc").await.lines().count(), 2);
        let ctx = town.ctx(9, "/projets/bouger?t=Transports+%26+bus&tri=recentes");
        let page = projects::pages::one(ctx, Arc::new(Caches::default()), Path("bouger".into())).await.unwrap();
        let page = body(page).await;
        assert!(page.contains("idees.csv?t=Transports%20%26%20bus\""), "{page}");
        assert!(page.contains("Télécharger cette idée (CSV)"), "{page}");
        let all =
            projects::pages::one(town.ctx(9, "/projets/bouger"), Arc::default(), Path("bouger".into())).await.unwrap();
        let all = body(all).await.replace('\u{a0}', " ");
        assert!(all.contains("1 idée de cette page n’a pas de lieu"), "{all}");
    }
}

#[tokio::test]
async fn the_own_space_says_what_is_new_since_the_last_visit() {
    for engine in engines() {
        let town = town(engine).await;
        let lea = town.person("lea@exemple.fr").await;
        let idea = town.idea(1, "Un banc place du Marché").await;
        let open = async || {
            let id = lea.id;
            town.t
                .write(move |tx, _, moment| {
                    Box::pin(async move { parvis_people::sessions::open(tx, &moment, id, "Firefox").await })
                })
                .await;
            let sql = "SELECT id FROM session ORDER BY created_at DESC, id DESC LIMIT 1";
            let session: Uuid = db::scalar(town.t.app.db.read(), sql, args![]).await.unwrap().unwrap();
            Actor::Person { id, name: "Léa".into(), session, role: None }
        };
        let first = open().await;
        let follow = Form::of(&[("etat", "0")]);
        let ctx = town.as_actor(first.clone(), 7, "/idees/1/suivre");
        follows::pages::follow(ctx, axum::http::HeaderMap::new(), Path(idea.number), follow).await.unwrap();
        town.t.clock.advance(TimeDelta::days(2));
        town.t
            .write(move |tx, _, moment| {
                let sql = "INSERT INTO answer (id, contribution_id, status, decision, body, signer, actor_id, status_before, \
                           published_at) VALUES ($1, $2, 'accepted', '', 'Oui.', 'Nadia', $1, 'proposed', $3)";
                Box::pin(async move { db::run(tx, sql, args![moment.id(), idea.id, moment.now]).await.map(|_| ()) })
            })
            .await;
        town.t.clock.advance(TimeDelta::days(1));
        let space = async |actor: &Actor| {
            crate::own_space::html(&town.as_actor(actor.clone(), 7, "/mon-espace"), lea.id).await.unwrap()
        };
        assert!(!space(&first).await.contains("Du nouveau"), "a first visit has none before it");
        let second = open().await;
        let page = space(&second).await;
        assert!(page.contains("Du nouveau depuis votre dernière visite") && page.contains("#reponse"), "{page}");
        assert!(!page.contains("Prochain courriel"), "each answer is mailed at once");
        town.set("UPDATE follow SET rhythm = 'weekly'").await;
        let page = space(&second).await;
        assert!(page.contains("Prochain courriel") && page.contains("vendredi"), "{page}");
        town.t.clock.advance(TimeDelta::days(1));
        let third = open().await;
        assert!(!space(&third).await.contains("Du nouveau"), "told once");
        // Signing out takes the sessions away, not the visit.
        town.set("DELETE FROM session").await;
        town.t.clock.advance(TimeDelta::days(1));
        let now = town.t.app.clock.now();
        town.t
            .write(move |tx, _, _| {
                let sql = "UPDATE answer SET published_at = $1";
                Box::pin(async move { db::run(tx, sql, args![now - TimeDelta::hours(2)]).await.map(|_| ()) })
            })
            .await;
        let back = open().await;
        assert!(space(&back).await.contains("Du nouveau"), "told after signing out, too");
    }
}
