//! The reason the public log counts stays beside the words the author reads.

use super::*;
use crate::desk::{handle, templates};

impl Town {
    async fn decided(&self, c: &ideas::Contribution, fields: &[(&str, &str)]) -> Response {
        let version = c.version.to_string();
        let mut form = Form::of(&[("version", &version)]);
        for (name, value) in fields {
            form.set(name, *value);
        }
        handle::decide(self.lead("/equipe/contributions/1"), Path(c.number), form).await.unwrap()
    }

    /// Refuses a text from its page on the desk.
    pub(super) async fn refuse(&self, c: &ideas::Contribution, motive: &str, message: &str) {
        let sent = self.decided(c, &[("faire", "refuser"), ("motif", motive), ("message", message)]).await;
        assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    }

    /// What happened to a text, with the reasons that the log counts, oldest first.
    async fn noted(&self, id: Uuid) -> Vec<String> {
        #[derive(sea_orm::FromQueryResult)]
        struct Row {
            action: String,
            reason: String,
        }
        let sql = "SELECT action, reason FROM moderation_event WHERE contribution_id = $1 ORDER BY at, id";
        let rows: Vec<Row> = db::all(self.t.app.db.read(), sql, args![id]).await.unwrap();
        rows.into_iter().map(|r| format!("{} {}", r.action, r.reason)).collect()
    }

    async fn waiting(&self, visitor: u128) -> ideas::Contribution {
        let c = self.says(visitor, &format!("Un texte, {visitor}"), "Jo").await;
        self.act(c.number, Action::Reconsider, "").await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_ones_own_keeps_its_motive_and_so_do_words_kept() {
    for engine in engines() {
        let town = town(engine).await;
        let own = town.waiting(7).await;
        town.refuse(&own, "advertising", "Votre magasin a sa page.").await;
        assert_eq!(town.noted(own.id).await, ["refused advertising"]);
        let kept = Form::of(&[("titre", "Insultes"), ("texte", "Restons courtois."), ("motif", "hurtful")]);
        templates::create(town.lead("/"), kept).await.unwrap();
        let template = templates::all(town.t.app.db.read()).await.unwrap().remove(0);
        let second = town.waiting(8).await;
        town.refuse(&second, &template.id.to_string(), "").await;
        assert_eq!(town.noted(second.id).await, ["refused hurtful"]);
        let unknown = Form::of(&[("titre", "Autre"), ("texte", "Non."), ("motif", "zigomar")]);
        let answer = templates::create(town.lead("/"), unknown).await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = body(answer).await;
        assert!(page.contains("Choisissez une raison") && page.contains(">Non.</textarea>"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_team_says_why_it_hides() {
    for engine in engines() {
        let town = town(engine).await;
        let c = town.says(7, "Ma voisine du 12 est sourde", "Jo").await;
        let lea = town.person("lea@e.fr").await.id;
        let id = c.id;
        let own = "UPDATE contribution SET author_id = $2 WHERE id = $1";
        town.t.write(move |tx, _, _| Box::pin(async move { db::run(tx, own, args![id, lea]).await })).await;
        let empty = town.decided(&c, &[("faire", "masquer"), ("motif", "other"), ("pourquoi", " ")]).await;
        assert_eq!(empty.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = body(empty).await;
        assert!(page.contains("id=\"e-pourquoi\"") && !page.contains('⟦'), "{page}");
        let long = "x".repeat(2_001);
        let long = town.decided(&c, &[("faire", "masquer"), ("motif", "hurtful"), ("pourquoi", &long)]).await;
        assert_eq!(long.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let words = "Votre voisine n’a rien demandé.";
        town.decided(&c, &[("faire", "masquer"), ("motif", "recognisable"), ("pourquoi", words)]).await;
        let hidden = store::find(town.t.app.db.read(), c.id).await.unwrap();
        assert_eq!((hidden.hidden, hidden.reason.as_str()), (true, words));
        assert_eq!(town.noted(c.id).await, ["hidden recognisable"]);
        let letter = "SELECT count(*) FROM mail WHERE dedupe LIKE 'hidden/%' AND body_text LIKE '%rien demandé%'";
        assert_eq!(town.count(letter).await, 1);
        // Without words: the sentence of the motive.
        town.t.clock.advance(TimeDelta::minutes(11));
        let shown = town.act(c.number, Action::Show, "").await.unwrap();
        town.t.clock.advance(TimeDelta::minutes(11));
        town.decided(&shown, &[("faire", "masquer"), ("motif", "off_topic")]).await;
        let again = store::find(town.t.app.db.read(), c.id).await.unwrap();
        assert_eq!(again.reason, "Il est hors du sujet.");
        assert_eq!(town.noted(c.id).await, ["hidden recognisable", "shown ", "hidden off_topic"]);
    }
}
