//! An official answer is kept while it is written, by whoever writes it, until it is published.

use parvis_kernel::permission::Role;

use super::*;
use crate::answers::{drafts, pages};

const TEXT: &str = "Oui, nous le ferons avant la rentrée.";

fn written(text: &str, version: i64) -> Form {
    let version = version.to_string();
    Form::of(&[
        ("version", version.as_str()),
        ("statut", "accepted"),
        ("texte", text),
        ("signataire", "Nadia Benali"),
        ("fonction", "Maire"),
    ])
}

impl Town {
    async fn previewed(&self, number: i64, form: Form) -> String {
        body(pages::preview(self.owner("/"), Path(number), axum::http::HeaderMap::new(), form).await.unwrap()).await
    }

    async fn form(&self, role: Role, number: i64) -> String {
        body(pages::form(self.team(role, "/"), Path(number)).await.unwrap()).await
    }
}

#[tokio::test]
async fn a_draft_is_kept_until_it_is_published_and_a_late_one_does_not_come_back() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Une piste cyclable sur le pont").await;
        let c = town.t.app.db.read();
        assert!(!town.form(Role::Owner, idea.number).await.contains(TEXT));
        let page = town.previewed(idea.number, written(TEXT, 1)).await;
        assert!(page.contains(TEXT) && page.contains("Brouillon gardé à"), "it says that it is kept");
        // A colleague goes on with it, and sees whose it is.
        let page = town.form(Role::Administrator, idea.number).await;
        assert!(page.contains(TEXT) && page.contains("Repartir de rien"), "{page}");
        // Written for another version of the idea: not kept over the draft.
        town.previewed(idea.number, written("Autre chose", 7)).await;
        assert!(town.form(Role::Owner, idea.number).await.contains(TEXT));
        // Nothing is decided for whoever writes.
        let mut undecided = written(TEXT, 1);
        undecided.set("statut", "");
        let refused = pages::publish(town.owner("/"), Path(idea.number), undecided).await.unwrap();
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        pages::publish(town.owner("/"), Path(idea.number), written(TEXT, 1)).await.unwrap();
        assert!(drafts::find(c, idea.id).await.unwrap().is_none(), "it has served");
        town.previewed(idea.number, written(TEXT, 1)).await;
        assert!(drafts::find(c, idea.id).await.unwrap().is_none(), "what the script sent last comes too late");
    }
}

#[tokio::test]
async fn an_empty_form_leaves_no_draft_and_a_draft_can_be_thrown_away() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Une piste cyclable sur le pont").await;
        let c = town.t.app.db.read();
        town.previewed(idea.number, written(" \u{200b} ", 1)).await;
        assert!(drafts::find(c, idea.id).await.unwrap().is_none());
        town.previewed(idea.number, written(TEXT, 1)).await;
        pages::start_again(town.owner("/"), Path(idea.number)).await.unwrap();
        assert!(drafts::find(c, idea.id).await.unwrap().is_none());
        town.previewed(idea.number, written(TEXT, 1)).await;
        town.previewed(idea.number, written("", 1)).await;
        assert!(drafts::find(c, idea.id).await.unwrap().is_none(), "emptied by hand");
    }
}
