//! A project that the public sees becomes a draft again only once the team has read what the public loses by it.

use super::*;
use crate::projects::admin;

#[tokio::test]
async fn what_the_public_loses_is_said_before_a_project_is_a_draft_again() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Une piste cyclable sur le pont").await.id;
        town.idea(2, "Un banc").await;
        let (lea, noe) = (town.person("lea@exemple.fr").await.id, town.person("noe@exemple.fr").await.id);
        let project = town.project;
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    let comment = New {
                        idea: Some(idea),
                        ..New::idea(project, Uuid::from_u128(3), "Oui, pour le pont", Status::Proposed)
                    };
                    store::insert(tx, &moment, &comment).await?;
                    let follow =
                        "INSERT INTO follow (contribution_id, person_id, rhythm, created_at) VALUES ($1, $2, $3, $4)";
                    db::run(tx, follow, args![idea, lea, "now", moment.now]).await?;
                    db::run(tx, follow, args![idea, noe, "never", moment.now]).await?;
                    let sql = "INSERT INTO project_follow (project_id, person_id, rhythm, created_at, told_at) \
                               VALUES ($1, $2, 'daily', $3, $3)";
                    db::run(tx, sql, args![project, lea, moment.now]).await
                })
            })
            .await;
        admin::make_link(town.owner("/"), Path("bouger".into())).await.unwrap();
        let send = async |changes: &[(&str, &str)]| {
            let mut f = town.filled_in(&[]);
            f.set("titre", "Se déplacer mieux");
            changes.iter().for_each(|(name, value)| f.set(name, *value));
            admin::save(town.owner("/"), Path("bouger".into()), f).await.unwrap()
        };
        let now = async || projects::store::find(town.t.app.db.read(), project).await.unwrap();

        let asked = send(&[("etat", "draft")]).await;
        assert_eq!(asked.status(), StatusCode::OK, "{engine:?}");
        let html = body(asked).await.replace(['\u{a0}', '\u{202f}'], " ");
        for words in [
            "2 idées ne se lisent plus.",
            "1 commentaire ne se lit plus.",
            "1 personne qui suit ce projet",
            "1 lien court",
            "n’y trouve plus de page",
            "value=\"Se déplacer mieux\"",
            "value=\"draft\" checked",
        ] {
            assert!(html.contains(words), "{engine:?}, {words}: {html}");
        }
        assert_eq!((now().await.state.as_str(), now().await.title.as_str()), ("published", "Se déplacer"));

        // Left where it is, the rest is saved; taken away, it is away.
        assert_eq!(send(&[("etat", "draft"), ("laisser", "1")]).await.status(), StatusCode::SEE_OTHER);
        assert_eq!((now().await.state.as_str(), now().await.title.as_str()), ("published", "Se déplacer mieux"));
        let agreed = send(&[("etat", "draft"), ("retrait", "1"), ("version", "2")]).await;
        assert_eq!(agreed.status(), StatusCode::SEE_OTHER, "{engine:?}");
        assert_eq!(now().await.state, "draft");
        // What nobody but the team sees is saved at once.
        assert_eq!(send(&[("etat", "draft"), ("version", "3")]).await.status(), StatusCode::SEE_OTHER, "{engine:?}");
    }
}
