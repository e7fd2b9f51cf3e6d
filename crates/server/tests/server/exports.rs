//! Lists and open data as files: who may have them, what is in them, what never is.

use axum::http::{StatusCode, header};
use parvis::demo;
use parvis_kernel::{args, db, permission::Role};
use parvis_participation::ideas::{
    Status,
    store::{self, New},
};
use parvis_people::import;
use parvis_tables::{Limits, Table};
use parvis_testing::{Engine, engines};
use uuid::Uuid;

use crate::support::Site;

/// A site with the town of the demo in it.
async fn town(engine: Engine) -> Site {
    let site = Site::empty(engine).await;
    demo::fill(site.app()).await.unwrap();
    site.app().store.forget().await;
    site
}

fn rows(csv: &str) -> usize {
    Table::open(csv.as_bytes(), &Limits::default()).unwrap().map(Result::unwrap).count()
}

#[tokio::test]
async fn a_list_leaves_as_filtered_and_the_journal_says_so() {
    for engine in engines() {
        let site = town(engine).await;
        let (owner, mut browser) = site.team(Role::Owner).await;
        let page = browser.get("/equipe/exports").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("value=\"contributions\"") && page.text.contains("value=\"personnes\""));
        let all = browser.post("/equipe/exports", &[("liste", "contributions"), ("format", "csv")]).await;
        assert_eq!(all.status, StatusCode::OK);
        assert_eq!(all.headers[header::CACHE_CONTROL], "no-store");
        assert!(all.headers[header::CONTENT_DISPOSITION].to_str().unwrap().contains("contributions-"), "a name");
        let read = site.app().db.read();
        let ideas = db::count(read, "SELECT count(*) FROM contribution WHERE kind = 'idea'", vec![]).await.unwrap();
        assert_eq!(i64::try_from(rows(&all.text)).unwrap(), ideas);
        let some = browser
            .post("/equipe/exports", &[("liste", "contributions"), ("format", "csv"), ("file", "a-publier")])
            .await;
        let waiting =
            "SELECT count(*) FROM contribution WHERE kind = 'idea' AND status = 'prescreening' AND NOT withdrawn";
        assert_eq!(i64::try_from(rows(&some.text)).unwrap(), db::count(read, waiting, vec![]).await.unwrap());
        assert!(rows(&some.text) > 0 && rows(&some.text) < rows(&all.text));
        let places = browser.post("/equipe/exports", &[("liste", "quartiers"), ("format", "geojson")]).await;
        let places: serde_json::Value = serde_json::from_str(&places.text).unwrap();
        assert!(places["features"][0]["geometry"]["type"].is_string());
        let book = browser.post("/equipe/exports", &[("liste", "personnes"), ("format", "xlsx")]).await;
        assert_eq!(book.status, StatusCode::OK);
        assert!(book.text.starts_with("PK"));
        let noted = "SELECT count(*) FROM activity WHERE kind = 'list.exported' AND actor_id = $1";
        assert_eq!(db::count(read, noted, args![owner]).await.unwrap(), 4);

        // People leave as the directory finds them, and the file is taken back by an import that doubles nobody.
        let people = browser.post("/equipe/exports", &[("liste", "personnes"), ("format", "csv")]).await;
        let team =
            browser.post("/equipe/exports", &[("liste", "personnes"), ("format", "csv"), ("role", "equipe")]).await;
        let known = "SELECT count(*) FROM person WHERE erased_at IS NULL AND merged_into IS NULL";
        assert_eq!(i64::try_from(rows(&people.text)).unwrap(), db::count(read, known, vec![]).await.unwrap());
        let staff = format!("{known} AND role IS NOT NULL");
        assert_eq!(i64::try_from(rows(&team.text)).unwrap(), db::count(read, &staff, vec![]).await.unwrap());
        let mut file = tempfile::tempfile().unwrap();
        std::io::Write::write_all(&mut file, people.text.as_bytes()).unwrap();
        let source = parvis_kernel::brought::Source::text(file, false);
        let look = parvis_kernel::brought::Look::at(&source, import::columns::Mapping::recognise).unwrap();
        let back = import::Import {
            app: site.app(),
            mapping: &look.mapping,
            origin: "export",
            limits: source.limits(),
            file: None,
            actor: None,
            trial: true,
        };
        let told = import::run(&back, || source.open(), &mut |_| std::ops::ControlFlow::Continue(())).await.unwrap();
        assert_eq!(
            (told.counts.created, told.counts.completed, told.refused.len()),
            (0, 0, 0),
            "{told:?} on {engine:?}"
        );
        assert_eq!(told.counts.same, told.read);
    }
}

#[tokio::test]
async fn a_moderator_takes_their_own_projects_and_no_address() {
    let site = town(Engine::Sqlite).await;
    let read = site.app().db.read();
    let one = "SELECT project_id FROM contribution WHERE kind = 'idea' ORDER BY number LIMIT 1";
    let project: Uuid = db::scalar(read, one, vec![]).await.unwrap().unwrap();
    let (_, mut moderator) = site.team(Role::Moderator(vec![project])).await;
    let page = moderator.get("/equipe/exports").await;
    assert!(!page.text.contains("value=\"personnes\""), "addresses are not offered");
    let refused = moderator.post("/equipe/exports", &[("liste", "personnes"), ("format", "csv")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let own = moderator.post("/equipe/exports", &[("liste", "contributions"), ("format", "csv")]).await;
    let sql = "SELECT count(*) FROM contribution WHERE kind = 'idea' AND project_id = $1";
    assert_eq!(i64::try_from(rows(&own.text)).unwrap(), db::count(read, sql, args![project]).await.unwrap());
    let (_, mut stranger) = site.team(Role::Moderator(vec![Uuid::from_u128(42)])).await;
    let none = stranger.post("/equipe/exports", &[("liste", "contributions"), ("format", "csv")]).await;
    assert_eq!((none.status, rows(&none.text)), (StatusCode::OK, 0));
    for wrong in [
        [("liste", "contributions"), ("format", "exe")],
        [("liste", "secrets"), ("format", "csv")],
        [("liste", "commentaires"), ("format", "geojson")],
    ] {
        assert_eq!(moderator.post("/equipe/exports", &wrong).await.status, StatusCode::BAD_REQUEST, "{wrong:?}");
    }
}

#[tokio::test]
async fn open_data_is_for_anybody_and_names_nobody() {
    let site = town(Engine::Sqlite).await;
    site.test
        .write(|tx, _, _| {
            Box::pin(async move {
                let sql = "UPDATE contribution SET title = '=CMD()', body = 'Écrivez à lea@exemple.fr ou au 06 12 34 56 78' \
                           WHERE number = (SELECT min(number) FROM contribution WHERE kind = 'idea' AND visible)";
                db::run(tx, sql, vec![]).await
            })
        })
        .await;
    let mut visitor = site.visitor();
    let page = visitor.get("/donnees").await;
    assert_eq!(page.status, StatusCode::OK);
    for name in ["idees.csv", "idees.geojson", "commentaires.csv", "projets.csv", "quartiers.geojson"] {
        assert!(page.text.contains(&format!("/donnees/{name}")), "{name}");
    }
    let ideas = visitor.get("/donnees/idees.csv").await;
    assert_eq!(ideas.status, StatusCode::OK);
    assert!(ideas.text.contains("'=CMD()") && ideas.text.contains("[courriel] ou au [téléphone]"));
    assert!(!ideas.text.contains("lea@exemple.fr") && !ideas.text.contains("06 12 34"));
    let visible = "SELECT count(*) FROM contribution c JOIN project p ON p.id = c.project_id WHERE c.kind = 'idea' \
                   AND c.visible AND p.visibility = 'public' AND p.state <> 'draft'";
    let visible = db::count(site.app().db.read(), visible, vec![]).await.unwrap();
    assert_eq!(i64::try_from(rows(&ideas.text)).unwrap(), visible);
    // Hidden now is out of the very next file.
    site.test
        .write(|tx, _, _| Box::pin(async move { db::run(tx, "UPDATE project SET visibility = 'link'", vec![]).await }))
        .await;
    assert_eq!(rows(&visitor.get("/donnees/idees.csv").await.text), 0);
    assert!(visitor.get("/donnees/donnees-ouvertes.zip").await.text.starts_with("PK"));
    assert_eq!(visitor.get("/donnees/personnes.csv").await.status, StatusCode::NOT_FOUND);
    assert_eq!(visitor.get("/donnees/idees.xlsx").await.status, StatusCode::NOT_FOUND);
    let mut last = StatusCode::OK;
    for _ in 0..70 {
        last = visitor.get("/donnees/projets.csv").await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS, "a file reads everything: so many in an hour");
}

#[tokio::test]
async fn the_licence_of_the_open_data_is_the_teams_choice() {
    for engine in engines() {
        let site = town(engine).await;
        let (_, mut owner) = site.team(Role::Owner).await;
        let mut visitor = site.visitor();
        assert!(visitor.get("/donnees").await.text.contains("Licence Ouverte"), "the usual one");
        let (path, says) = ("/equipe/reglages/licence", "Prenez tout <b>librement</b>");
        owner.get(path).await;
        for (code, own, words, id) in [
            ("odbl", "", "Open Database License", Some("ODbL-1.0")),
            ("cc-by", says, "Creative Commons", Some("CC-BY-4.0")),
            ("own", says, "Prenez tout", None),
        ] {
            let kept = owner.post(path, &[("licence", code), ("own", own)]).await;
            assert_eq!(kept.location, "/equipe/reglages/licence?fait=settings-saved", "{code}");
            let page = visitor.get("/donnees").await.text;
            assert!(page.contains(words) && !page.contains("<b>librement"), "{code}");
            assert_eq!(page.contains("rel=\"license\""), id.is_some(), "{code}");
            let said: serde_json::Value = serde_json::from_str(&visitor.get("/api/v1/instance").await.text).unwrap();
            assert!(said["licence"].as_str().unwrap().contains(words), "{said}");
            assert_eq!((said["licence_id"].as_str(), said["licence_url"].is_string()), (id, id.is_some()));
            let zip = parvis_instance::exports::bundle::make(site.app(), parvis_kernel::words::Lang::Fr, |_, _| {})
                .await
                .unwrap();
            let files = parvis::commands::export::files(zip).unwrap();
            let (_, readme) = files.iter().find(|(name, _)| name == "README.md").unwrap();
            assert!(String::from_utf8_lossy(readme).contains(words), "{code}");
        }
        let long = "é".repeat(1001);
        for wrong in [
            [("licence", "own"), ("own", "  ")],
            [("licence", "mit"), ("own", "")],
            [("licence", "own"), ("own", &long)],
        ] {
            let page = owner.post(path, &wrong).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(page.text.contains("id=\"erreurs\"") && page.text.contains(wrong[1].1.trim()), "said, and kept");
        }
        assert!(visitor.get("/donnees").await.text.contains("Prenez tout"), "nothing of it was taken");
        let (_, mut analyst) = site.team(Role::Analyst).await;
        assert_eq!(analyst.get(path).await.status, StatusCode::FORBIDDEN);
        assert_eq!(analyst.post(path, &[("licence", "odbl")]).await.status, StatusCode::FORBIDDEN);
    }
}

/// A text published without the number in it leaves without it too, in every form and list, and is not found by it.
#[tokio::test]
async fn what_was_masked_leaves_masked() {
    for engine in engines() {
        let site = town(engine).await;
        let waiting = site
            .test
            .write(|tx, _, moment| {
                Box::pin(async move {
                    let sql = "SELECT id FROM project WHERE visibility = 'public' AND state = 'published'";
                    let project: Uuid = db::scalar(tx, sql, vec![]).await?.unwrap();
                    let body = "Une girouette. Appelez-moi au 06 12 34 56 78.";
                    let idea = New {
                        title: "Girouette, jo@exemple.fr".into(),
                        place: "Chez Jo, 06 12 34 56 78".into(),
                        tag: "jo@exemple.fr".into(),
                        point: Some((4.1, 44.1)),
                        ..New::idea(project, moment.id(), body, Status::Prescreening)
                    };
                    let under: Uuid =
                        db::scalar(tx, "SELECT id FROM contribution WHERE kind = 'idea' AND visible", vec![])
                            .await?
                            .unwrap();
                    let comment = New::comment(project, under, moment.id(), body, Status::Prescreening);
                    let mut numbers = Vec::new();
                    for new in [&idea, &comment] {
                        numbers.push(store::insert(tx, &moment, new).await?.number.to_string());
                    }
                    Ok(numbers)
                })
            })
            .await;
        let (_, mut browser) = site.team(Role::Owner).await;
        browser.get("/equipe/contributions").await;
        for number in &waiting {
            let fields = [(&*format!("v{number}"), "1"), ("sans-numero", number.as_str())];
            let done = browser.post("/equipe/contributions", &fields).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{engine:?}: {}", done.text);
        }
        for (list, format) in [("contributions", "csv"), ("contributions", "geojson"), ("commentaires", "csv")] {
            let file =
                browser.post("/equipe/exports", &[("liste", list), ("format", format), ("q", "girouette")]).await;
            assert!(file.text.contains("Appelez-moi au [téléphone]"), "{engine:?}, {list}, {format}: {}", file.text);
            for said in ["12 34 56", "jo@exemple"] {
                assert!(!file.text.contains(said), "{engine:?}, {list}, {format}: {said} in {}", file.text);
            }
        }
        let found = browser.get("/equipe/recherche?q=girouette").await.text;
        assert!(found.contains("[téléphone]") && !found.contains("12 34 56"), "{engine:?}: {found}");
        assert!(!browser.get("/equipe/recherche?q=jo%40exemple.fr").await.text.contains("id=\"found-ideas"));
    }
}

#[tokio::test]
async fn every_list_of_the_desk_leaves_as_its_page_shows_it() {
    for engine in engines() {
        let site = town(engine).await;
        let (owner, mut browser) = site.team(Role::Owner).await;
        site.test
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    let new = parvis_people::tokens::NewToken {
                        name: "Tableau de bord".into(),
                        scopes: vec![parvis_kernel::permission::Scope::ReadQueue],
                        days: 30,
                    };
                    parvis_people::tokens::make(tx, &moment, owner, &new).await?;
                    let sql = "INSERT INTO person (id, name, lang, phone, created_at) VALUES ($1, $2, 'fr', $3, $4)";
                    for name in ["S. Perrin", "Suzanne Perrin"] {
                        db::run(tx, sql, args![moment.id(), name, "+33612345678", moment.now]).await?;
                    }
                    let sql = "INSERT INTO report (id, contribution_id, holder, reason, at) \
                               SELECT $1, id, $1, 'off_topic', $2 FROM contribution WHERE kind = 'idea' ORDER BY number LIMIT 1";
                    db::run(tx, sql, args![moment.id(), moment.now]).await
                })
            })
            .await;
        (parvis_people::directory::words::fill)(site.app().clone(), String::new()).await.unwrap();
        let read = site.app().db.read();
        let mut take = async |list: &str, more: &[(&str, &str)]| {
            let fields = [&[("liste", list), ("format", "csv")], more].concat();
            let answer = browser.post("/equipe/exports", &fields).await;
            assert_eq!(answer.status, StatusCode::OK, "{list} on {engine:?}");
            answer.text
        };
        let tokens = take("jetons", &[]).await;
        let hash: String = db::scalar(read, "SELECT token_hash FROM api_token", vec![]).await.unwrap().unwrap();
        assert!(rows(&tokens) == 1 && tokens.contains("Tableau de bord") && !tokens.contains(&hash), "{tokens}");
        let pairs = take("doublons", &[]).await;
        assert!(pairs.contains("S. Perrin") && pairs.contains("Suzanne Perrin"), "{pairs}");
        let team = "SELECT count(*) FROM person WHERE role IS NOT NULL AND erased_at IS NULL";
        assert_eq!(
            i64::try_from(rows(&take("membres", &[]).await)).unwrap(),
            db::count(read, team, vec![]).await.unwrap()
        );
        let all = "SELECT count(*) FROM report";
        let open = format!("{all} WHERE settled_at IS NULL");
        let (all, open) = (db::count(read, all, vec![]).await.unwrap(), db::count(read, &open, vec![]).await.unwrap());
        assert_eq!(i64::try_from(rows(&take("signalements", &[]).await)).unwrap(), all, "{engine:?}");
        let waiting = take("signalements", &[("file", "signalees")]).await;
        assert_eq!(i64::try_from(rows(&waiting)).unwrap(), open, "{engine:?}");
        let found = take("recherche", &[("q", "Perrin")]).await;
        assert!(found.contains("Suzanne Perrin"), "{found}");
        assert_eq!(rows(&take("recherche", &[]).await), 0);
        let known = db::count(read, "SELECT count(*) FROM project", vec![]).await.unwrap();
        assert_eq!(i64::try_from(rows(&take("projets", &[]).await)).unwrap(), known);
        assert_eq!(rows(&take("projets", &[("q", "zzzz")]).await), 0, "as the list is narrowed");
        for list in ["modeles", "imports", "imports-personnes", "livraisons", "recus"] {
            take(list, &[]).await;
        }

        // Nobody takes away what they may not open.
        let (_, mut analyst) = site.team(Role::Analyst).await;
        for list in ["doublons", "membres", "recus", "livraisons", "imports", "imports-personnes", "modeles"] {
            let denied = analyst.post("/equipe/exports", &[("liste", list), ("format", "csv")]).await;
            assert_eq!(denied.status, StatusCode::FORBIDDEN, "{list} on {engine:?}");
        }
        let own = analyst.post("/equipe/exports", &[("liste", "jetons"), ("format", "csv")]).await;
        assert_eq!(rows(&own.text), 0, "somebody else's");
        let (_, mut stranger) = site.team(Role::Moderator(vec![])).await;
        let none = stranger.post("/equipe/exports", &[("liste", "signalements"), ("format", "csv")]).await;
        assert_eq!((none.status, rows(&none.text)), (StatusCode::OK, 0), "of no project of theirs");
    }
}

#[tokio::test]
async fn pages_answer_while_documents_of_every_kind_wait_for_two_others() {
    let site = town(Engine::Sqlite).await;
    let (_, mut owner) = site.team(Role::Owner).await;
    let mut taken = vec![site.app().documents.turn().await.unwrap(), site.app().documents.turn().await.unwrap()];
    owner.get("/equipe/exports").await;
    let (mut one, mut two) = (site.visitor(), site.visitor());
    let waiting = [
        tokio::spawn(
            async move { owner.post("/equipe/exports", &[("liste", "contributions"), ("format", "xlsx")]).await },
        ),
        tokio::spawn(async move { one.get("/donnees/donnees-ouvertes.zip").await }),
        tokio::spawn(async move { two.get("/carte.png").await }),
    ];
    let mut visitor = site.visitor();
    for _ in 0..30 {
        assert_eq!(visitor.get("/").await.status, StatusCode::OK);
        // As it comes, a list is no document.
        assert_eq!(visitor.get("/donnees/projets.csv").await.status, StatusCode::OK);
    }
    assert!(waiting.iter().all(|document| !document.is_finished()), "two at a time, whatever they are");
    drop(taken.pop());
    for document in waiting {
        assert_eq!(document.await.unwrap().status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_site_without_an_address_names_none_in_its_open_data() {
    let site = town(Engine::Sqlite).await;
    let readme = async || {
        let zip = parvis_instance::exports::bundle::make(site.app(), parvis_kernel::words::Lang::Fr, |_, _| {}).await;
        let files = parvis::commands::export::files(zip.unwrap()).unwrap();
        String::from_utf8(files.into_iter().find(|(name, _)| name == "README.md").unwrap().1).unwrap()
    };
    let said = readme().await;
    assert!(!said.contains("localhost") && said.contains("pas encore d’adresse"), "{said}");
    site.test
        .write(|tx, _, _| {
            Box::pin(async move {
                parvis_kernel::settings::change(tx, |s| s.base_url = "https://parvis.rivemont.example".into()).await
            })
        })
        .await;
    site.app().store.forget().await;
    assert!(readme().await.contains("https://parvis.rivemont.example"));
}
