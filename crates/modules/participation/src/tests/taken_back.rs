//! A project is taken back from the public: who wrote in it still reads their own text and how it stands, and nobody else
//! learns that there is one.

use parvis_kernel::permission::Role;

use super::*;

impl Town {
    async fn reads(&self, ctx: Ctx, number: i64) -> Result<Response> {
        ideas::view::show(ctx, Arc::new(Caches::default()), Path(number)).await
    }

    async fn project_is(&self, visibility: &'static str, state: &'static str) {
        self.t
            .write(move |tx, _, _| {
                let sql = "UPDATE project SET visibility = $1, state = $2, secret = 'clef'";
                Box::pin(async move { db::run(tx, sql, args![visibility, state]).await.map(|_| ()) })
            })
            .await;
    }

    fn as_author(&self, person: Uuid) -> Ctx {
        let actor = Actor::Person { id: person, name: "Léa".into(), session: Uuid::nil(), role: None };
        self.as_actor(actor, 70, "/")
    }
}

#[tokio::test]
async fn an_author_still_reads_a_text_whose_project_is_public_no_more() {
    for engine in engines() {
        let town = town(engine).await;
        let draft = town.draft(7, "Un banc place du Marché").await;
        town.publish(7, draft, &[("q", "personne")]).await.unwrap();
        let number = town.count("SELECT number FROM contribution").await;
        let lea = town.person("lea@e.fr").await.id;
        for (visibility, state) in [("team", "published"), ("public", "draft")] {
            town.project_is(visibility, state).await;
            let own = town.reads(town.ctx(7, "/"), number).await.unwrap();
            assert_eq!(own.status(), StatusCode::OK);
            let page = body(own).await;
            for words in ["n’est plus publique", "Un banc place du Marché", "Plus en ligne", "noindex"] {
                assert!(page.contains(words), "{words}: {page}");
            }
            assert!(!page.contains("Se déplacer"), "the project is named no more");
            let thanks = ideas::thanks::show(town.ctx(7, "/"), Path(draft)).await.unwrap();
            assert!(body(thanks).await.contains("n’est plus publique"), "the receipt of posting says it too");
            for stranger in [town.ctx(8, "/"), town.as_author(lea)] {
                assert!(matches!(town.reads(stranger, number).await, Err(Error::NotFound)));
            }
            assert!(matches!(town.reads(town.ctx(7, "/"), number + 1).await, Err(Error::NotFound)));
            assert!(body(town.reads(town.team(Role::Owner, "/"), number).await.unwrap()).await.contains("Se déplacer"));
        }
        // Signed in since, from anywhere.
        town.t
            .write(move |tx, _, _| {
                let sql = "UPDATE contribution SET author_id = $1, holder = $1, hidden = TRUE, visible = FALSE";
                Box::pin(async move { db::run(tx, sql, args![lea]).await.map(|_| ()) })
            })
            .await;
        let page = body(town.reads(town.as_author(lea), number).await.unwrap()).await;
        let space = crate::own_space::html(&town.as_author(lea), lea).await.unwrap();
        assert!(space.contains("Masquée") && !space.contains("En ligne"), "{space}");
        assert!(page.contains("Masquée") && page.contains("Un banc") && page.contains("/mon-espace"), "{page}");
        assert!(
            matches!(town.reads(town.ctx(7, "/"), number).await, Err(Error::NotFound)),
            "the browser holds it no more"
        );
    }
}

#[tokio::test]
async fn a_project_of_a_secret_link_opens_from_ones_own_space() {
    let town = town(Engine::Sqlite).await;
    let number = town.idea(7, "Un banc").await.number;
    town.project_is("link", "published").await;
    let to = town.reads(town.ctx(7, "/"), number).await.unwrap();
    assert_eq!(to.headers()["location"], format!("/idees/{number}?cle=clef"));
    assert!(matches!(town.reads(town.ctx(8, "/"), number).await, Err(Error::NotFound)));
}
