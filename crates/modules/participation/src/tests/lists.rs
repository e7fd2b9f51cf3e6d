//! What citizens read beside an idea and a list: the promise, the order of comments, filters that nothing forgets.

use axum::http::{HeaderMap, header};

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
    let origin = async |origin: &'static str| {
        town.t
            .write(move |tx, _, _| {
                let set = "UPDATE contribution SET origin = $1";
                Box::pin(async move { db::run(tx, set, args![origin]).await.map(|_| ()) })
            })
            .await;
    };
    origin("import").await;
    assert!(!town.page_of(idea.number, "").await.contains("dépassée"), "nothing was promised to what a file brought");
    origin("web").await;
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

#[tokio::test(flavor = "multi_thread")]
async fn the_random_order_shows_each_idea_once_over_its_pages() {
    for engine in engines() {
        let town = town(engine).await;
        for i in 0..47 {
            town.idea(i, &format!("Idée numéro {i}")).await;
        }
        let filter = Filter { projects: vec![town.project], lang: "fr", ..Filter::default() };
        let mut orders = Vec::new();
        for seed in [0, 1 << 29, u64::MAX] {
            let mut seen = Vec::new();
            for page in 0..5 {
                let found =
                    ideas::list::page(town.t.app.db.read(), &filter, Sort::Random, seed, 10, page * 10).await.unwrap();
                assert_eq!(found.total, 47);
                seen.extend(found.ideas.iter().map(|i| i.number));
            }
            orders.push(seen.clone());
            seen.sort_unstable();
            assert_eq!(seen, (1..=47).collect::<Vec<_>>());
        }
        assert_ne!(orders[0], orders[1], "two visitors, two orders");
        // One of no or of several projects, and with filters, whatever index leads.
        let of = async |filter: &Filter| {
            let page = ideas::list::page(town.t.app.db.read(), filter, Sort::Random, 7, 3, 0).await.unwrap();
            (page.total, page.ideas.len())
        };
        let no = Filter { projects: vec![], ..filter.clone() };
        let two = Filter { projects: vec![town.project, Uuid::from_u128(77)], ..filter.clone() };
        let tagged = Filter { tags: vec!["rien".into()], ..two.clone() };
        let found = Filter { search: "idées".into(), ..two.clone() };
        assert_eq!((of(&no).await, of(&two).await), ((0, 0), (47, 3)));
        assert_eq!((of(&tagged).await, of(&found).await), ((0, 0), (47, 3)));
    }
}

/// The document of a full page with as many themes, areas and words as a list offers stays under its budget.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_with_forty_themes_stays_light() {
    let town = town(Engine::Sqlite).await;
    for i in 0..60 {
        let id = town.idea(i, &format!("Une idée {i}. Elle a un texte qui suit.")).await.id;
        let (tag, comments) = (format!("Thème {}", i % 45), i64::try_from(i).unwrap());
        let sql =
            "UPDATE contribution SET tag = $2, comments = $3, author_name = 'Zoé', status = 'accepted' WHERE id = $1";
        town.t
            .write(move |tx, _, _| {
                let tag = tag.clone();
                Box::pin(async move { db::run(tx, sql, args![id, tag, comments]).await.map(|_| ()) })
            })
            .await;
    }
    let page = ideas::pages::everywhere(town.ctx(50, "/idees?page=2"), Arc::new(Caches::default())).await.unwrap();
    let page = body(page).await;
    assert_eq!(page.matches("<article class=\"idea\"").count(), 18);
    assert_eq!(page.matches("name=\"t\"").count(), 13, "twelve themes in sight, a list of the others");
    assert_eq!(page.matches("<option value=\"Thème").count(), 28);
    let elements = page.split('<').filter(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic())).count();
    assert!(elements < 740, "{elements} elements, and areas and their map come on top");
    // One of the others is asked for as any theme is, and nothing chosen there is nothing asked.
    let asked = page.split("<option value=\"Thème").nth(1).and_then(|t| t.split('"').next()).unwrap().to_owned();
    let uri = format!("/idees?t=&t=Th%C3%A8me{}", asked.replace(' ', "%20"));
    let found = ideas::pages::everywhere(town.ctx(50, &uri), Arc::new(Caches::default())).await.unwrap();
    let found = body(found).await;
    assert!(found.contains(&format!("value=\"Thème{asked}\" checked")), "{found}");
    let none = ideas::pages::everywhere(town.ctx(50, "/idees?t="), Arc::new(Caches::default())).await.unwrap();
    assert!(body(none).await.replace('\u{a0}', " ").contains("60 idées"), "no filter");
}

#[tokio::test]
async fn past_the_end_of_a_list_a_page_says_so() {
    let town = town(Engine::Sqlite).await;
    let list = async |query: &str| {
        let ctx = town.ctx(9, &format!("/idees{query}"));
        body(ideas::pages::everywhere(ctx, Arc::new(Caches::default())).await.unwrap()).await.replace('\u{a0}', " ")
    };
    assert!(list("?page=99").await.contains("Aucune idée encore"), "there is none");
    town.idea(1, "Un banc").await;
    let page = list("?page=99999&tri=recentes").await;
    assert!(page.contains("la liste tient sur une page") && !page.contains("Aucune idée encore"), "{page}");
    assert!(page.contains(r#"href="/idees?tri=recentes""#));
    assert!(!list("?page=99&q=banc").await.contains("Aucune idée ne correspond"));
    assert!(list("?q=piscine").await.contains("Aucune idée ne correspond"));
}

#[tokio::test]
async fn a_support_is_said_once_and_stands_before_the_comments() {
    let town = town(Engine::Sqlite).await;
    let idea = town.idea(1, "Un banc").await;
    let ctx = town.ctx(9, "/idees/1/soutenir");
    let pressed = reactions::pages::support(ctx, HeaderMap::new(), Path(idea.number), Form::new()).await.unwrap();
    let to = pressed.headers()[header::LOCATION].to_str().unwrap().to_owned();
    let query = to.split_once('?').map(|(_, q)| format!("?{}", q.trim_end_matches("#fait"))).unwrap();
    let page = town.page_of(idea.number, &query).await;
    assert!(page.contains("C’est noté"), "{to}");
    assert_eq!(page.matches("Votre soutien est gardé").count(), 1, "{page}");
    let at = |what: &str| page.find(what).unwrap();
    assert!(at("class=\"card support\"") < at("id=\"commentaires\""));
    // What leads away from the idea comes after what people say of it, in the page itself.
    assert!(at("id=\"commentaires\"") < at("class=\"after"));
    assert!(at("class=\"after") < at("Signaler cette idée"), "{page}");
}

#[tokio::test]
async fn what_was_done_and_what_is_wrong_are_reached_at_once() {
    let town = town(Engine::Sqlite).await;
    let idea = town.idea(1, "Un banc").await;
    let comment = async |text: &str, to: &str| {
        let form = Form::of(&[("commentaire", text), ("reponse_a", to)]);
        comments::write(town.ctx(9, "/idees/1/commenter"), Arc::default(), Path(idea.number), form).await.unwrap()
    };
    let done = comment("D’accord", "").await;
    let to = done.headers()[header::LOCATION].to_str().unwrap().to_owned();
    assert!(to.contains("fait=commentaire-") && to.ends_with("#fait"), "{to}");
    let query = to.split_once('?').map(|(_, q)| q.trim_end_matches("#fait")).unwrap();
    let page = town.page_of(idea.number, &format!("?{query}")).await;
    assert!(page.contains(r#"id="fait" tabindex="-1""#) && !page.contains("<title>Erreur"), "{page}");
    assert!(page.contains(r#"/commenter#erreurs" method="post""#) && !page.contains(r#"id="erreurs""#), "{page}");
    let wrong = comment("", "").await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = body(wrong).await;
    assert!(page.contains(r#"id="erreurs" tabindex="-1""#) && page.contains("<title>Erreur"), "{page}");
    assert!(page.contains(r##"<a href="#f-commentaire">"##) && page.contains(r#"id="f-commentaire""#), "{page}");
    // A reply has a field of its own: the summary leads there.
    let first = store::comments(town.t.app.db.read(), idea.id, Default::default(), 9, 0).await.unwrap();
    let number = first.first().map(|c| c.number.to_string()).unwrap();
    let page = body(comment("", &number).await).await;
    assert!(page.contains(&format!(r##"<a href="#f-commentaire-{number}">"##)), "{page}");
    assert!(page.contains(&format!(r#"id="f-commentaire-{number}""#)), "{page}");
}

#[tokio::test]
async fn english_readers_are_told_which_words_are_french() {
    let town = town(Engine::Sqlite).await;
    let mut ctx = town.ctx(9, "/");
    let request = Arc::get_mut(&mut ctx.0).unwrap();
    request.lang = Lang::En;
    let mut settings = (*request.settings).clone();
    settings.question = "Que changeriez-vous ?".into();
    request.settings = Arc::new(settings);
    let p = parvis_ui::Page::new(&ctx, "");
    assert_eq!(
        (p.text_in("fr", "Oui : non"), p.text_in("en", "Oui : non")),
        ("Oui\u{a0}: non".into(), "Oui : non".into())
    );
    assert_eq!(Status::read_again(&ctx, "Retenue"), "Accepted", "what the badge says is said in one language");
    assert_eq!(Status::read_again(&ctx, "Retenue, avec un changement"), "Retenue, avec un changement");
    let page = body(crate::home::show(ctx.clone(), Arc::new(Caches::default())).await.unwrap()).await;
    assert!(page.contains(r#"<h1 id="t1" lang="fr">"#) && page.contains(r#"<span lang="fr">"#), "{page}");
    let answer = "INSERT INTO answer (id, contribution_id, status, decision, body, signer, office, actor_id, status_before, published_at) \
                  SELECT id, id, 'accepted', '', 'Oui : bientôt.', 'Nadia', '', id, 'proposed', created_at FROM contribution";
    town.idea(1, "Un banc").await;
    for sql in [answer, "UPDATE contribution SET answered_at = created_at, status = 'accepted'"] {
        town.t.write(move |tx, _, _| Box::pin(async move { db::run(tx, sql, vec![]).await.map(|_| ()) })).await;
    }
    let said = "<span lang=\"fr\">Oui\u{a0}: bientôt.</span>";
    let home = crate::home::show(ctx.clone(), Arc::new(Caches::default())).await.unwrap();
    for page in [ideas::answers::show(ctx.clone()).await.unwrap(), home] {
        let page = body(page).await;
        assert!(page.contains(said), "{page}");
    }
    let write = body(ideas::post::write(ctx).await.unwrap()).await;
    assert!(write.contains(r#"<h1 class="h2" lang="fr">"#), "{write}");
}
