//! The directory finds people by what they did under their name, and counts it, without a word of what they kept to themselves.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use chrono::TimeDelta;
use parvis_kernel::{args, db, permission::Role};
use parvis_participation::{
    ideas::{
        Status,
        store::{self, New},
    },
    reactions::{self, Reaction},
};
use parvis_testing::{Engine, engines};
use uuid::Uuid;

use crate::support::{Site, first_project};

/// Writes a text of somebody, under a name or without one.
async fn text(site: &Site, author: Uuid, name: &'static str, idea: Option<Uuid>) -> Uuid {
    site.test
        .write(move |tx, app, moment| {
            Box::pin(async move {
                let project = match db::scalar(tx, "SELECT id FROM project", vec![]).await? {
                    Some(project) => project,
                    None => first_project(tx, &app, &moment).await?,
                };
                let new = New {
                    author: Some(author),
                    author_name: name.into(),
                    idea,
                    ..New::idea(project, author, "Un banc devant la gare", Status::Proposed)
                };
                let made = store::insert(tx, &moment, &new).await?;
                if idea.is_none() {
                    reactions::set(tx, &moment, made.id, author, true, Some(Reaction::Support)).await?;
                }
                Ok(made.id)
            })
        })
        .await
}

#[tokio::test]
async fn people_are_found_by_what_they_signed() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let ((lea, _), (ines, _), (marc, _)) =
            (site.citizen("lea").await, site.citizen("ines").await, site.citizen("marc").await);
        let first = text(&site, lea, "Léa", None).await;
        text(&site, lea, "Léa", None).await;
        text(&site, ines, "Inès", Some(first)).await;
        // Nobody's business: without a name, and supported.
        text(&site, marc, "", None).await;
        site.test.clock.advance(TimeDelta::days(6));
        let (_, mut again) = site.team(Role::Owner).await;
        let plain = |text: String| text.replace(['\u{202f}', '\u{a0}'], " ");
        let list = plain(again.get("/equipe/personnes?acte=idee").await.text);
        assert!(list.contains(">lea</a>") && !list.contains(">ines</a>") && !list.contains(">marc</a>"), "{list}");
        assert!(list.contains("2 idées. Dernière visite : il y a 6 jours"), "{list}");
        assert!(list.contains("1 personne"), "the count is of the same people: {list}");
        let list = plain(again.get("/equipe/personnes?acte=commentaire&q=in").await.text);
        assert!(list.contains(">ines</a>") && list.contains("1 commentaire") && !list.contains(">lea</a>"), "{list}");
        let all = plain(again.get("/equipe/personnes").await.text);
        assert!(all.contains(">marc</a>") && all.matches(" idées.").count() == 1, "{all}");
        // What is taken offline is no deed any more, and the file holds what the list holds.
        let sql = "UPDATE contribution SET visible = FALSE, hidden = TRUE WHERE id = $1";
        site.test.write(move |tx, _, _| Box::pin(async move { db::run(tx, sql, args![first]).await })).await;
        let list = plain(again.get("/equipe/personnes?acte=idee").await.text);
        assert!(list.contains("1 idée. Dernière"), "on {engine:?}: {list}");
        let file = [("liste", "personnes"), ("format", "csv"), ("acte", "idee")];
        let file = again.post("/equipe/exports", &file).await.text;
        assert!(file.contains("lea@") && !file.contains("ines@"), "on {engine:?}: {file}");
        let unknown = again.get("/equipe/personnes?acte=soutien").await.text;
        assert!(unknown.contains(">marc</a>"), "a deed nobody declared filters nothing");
    }
}

#[tokio::test]
async fn a_page_asks_the_same_number_of_questions_for_any_number_of_people() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = asked.clone();
    let site = Site::open_after(Engine::Sqlite, async move |app, _| {
        app.db.watch(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
    })
    .await;
    let (_, mut owner) = site.team(Role::Owner).await;
    let (lea, _) = site.citizen("lea").await;
    text(&site, lea, "Léa", None).await;
    let mut questions = async || {
        // The second look of the same ten minutes writes no line of the journal.
        owner.get("/equipe/personnes?acte=idee").await;
        let before = asked.load(Ordering::Relaxed);
        owner.get("/equipe/personnes?acte=idee").await;
        asked.load(Ordering::Relaxed) - before
    };
    let one = questions().await;
    for name in ["ines", "marc", "yann", "nadia", "paul", "zoe"] {
        let (id, _) = site.citizen(name).await;
        text(&site, id, "Quelqu’un", None).await;
    }
    assert_eq!(questions().await, one);
}
