//! Whose text three reports hid reads that somebody will read it again, unless somebody shows it before that leaves.

use super::*;

const LETTER: &str = "SELECT count(*) FROM mail WHERE dedupe LIKE 'hidden/%/reported/%'";

impl Town {
    async fn reported_thrice(&self, number: i64) {
        for visitor in [20, 21, 22] {
            let ctx = self.request(Actor::Visitor, visitor, "/", &format!("house {visitor}"));
            reports::send(ctx, Path(number), Form::of(&[("raison", "hurtful")])).await.unwrap();
        }
    }

    /// An idea of somebody with a confirmed address.
    async fn idea_of(&self, email: &str, text: &str) -> (ideas::Contribution, Uuid) {
        let (stored, person) = (self.idea(1, text).await, self.person(email).await.id);
        let (id, sql) = (stored.id, "UPDATE contribution SET author_id = $2, holder = $2 WHERE id = $1");
        self.t.write(move |tx, _, _| Box::pin(async move { db::run(tx, sql, args![id, person]).await })).await;
        (store::find(self.t.app.db.read(), id).await.unwrap(), person)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_author_hears_that_it_will_be_read_again() {
    for engine in engines() {
        let town = town(engine).await;
        let (c, lea) = town.idea_of("lea@e.fr", "Un texte qui fâche").await;
        town.reported_thrice(c.number).await;
        assert_eq!(town.count(LETTER).await, 1);
        let sql = "SELECT body_text FROM mail WHERE dedupe LIKE 'hidden/%'";
        let text: String = db::scalar(town.t.app.db.read(), sql, args![]).await.unwrap().unwrap();
        for said in ["trois personnes", "pourraient blesser", "4 heures", "qui fâche"] {
            assert!(text.to_lowercase().replace('\u{a0}', " ").contains(said), "{said}: {text}");
        }
        assert!(!text.contains("repondre?cle="), "nothing is decided: {text}");
        let space = crate::own_space::html(&town.ctx(1, "/mon-espace"), lea).await.unwrap();
        assert!(space.contains("Masquée, à relire") && space.contains("sous 4"), "{space}");
        let actor = Actor::Person { id: lea, name: "Léa".into(), session: Uuid::nil(), role: None };
        let page = async |ctx: Ctx| {
            let shown = ideas::view::show(ctx, Arc::new(Caches::default()), Path(c.number)).await.unwrap();
            body(shown).await
        };
        let mine = page(town.as_actor(actor, 1, "/idees/1")).await;
        assert!(mine.contains("Trois personnes") && !mine.contains("/repondre"), "{mine}");
        assert!(!page(town.ctx(50, "/idees/1")).await.contains("Trois personnes"), "theirs alone");

        town.act(c.number, Action::Show, "").await.unwrap();
        assert_eq!(town.count(LETTER).await, 0, "shown again before it left");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_takes_the_place_of_the_news_and_nobody_without_address_is_written_to() {
    for engine in engines() {
        let town = town(engine).await;
        let (c, _) = town.idea_of("lea@e.fr", "Un texte").await;
        town.reported_thrice(c.number).await;
        town.act(c.number, Action::Hide, "").await.unwrap();
        assert_eq!((town.count(LETTER).await, town.count("SELECT count(*) FROM mail").await), (0, 1));
        let anonymous = town.idea(2, "Sans adresse").await;
        town.reported_thrice(anonymous.number).await;
        assert_eq!(town.count(LETTER).await, 0);
        assert_eq!(town.count("SELECT count(*) FROM contribution WHERE hidden").await, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_hidden_by_reports_says_so_under_its_idea() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Un banc").await;
        let form = Form::of(&[("commentaire", "Un avis tranché"), ("prenom", "Jo")]);
        let caches = || Arc::new(Caches::default());
        crate::comments::write(town.ctx(7, "/"), caches(), Path(idea.number), form).await.unwrap();
        let comment = town.newest().await;
        town.reported_thrice(comment.number).await;
        let page = async |visitor: u128| {
            let shown = ideas::view::show(town.ctx(visitor, "/idees/1"), caches(), Path(idea.number)).await.unwrap();
            body(shown).await
        };
        let mine = page(7).await;
        assert!(mine.contains("Trois personnes") && mine.contains("Un avis tranché"), "{mine}");
        assert!(!mine.contains("/repondre") && !page(8).await.contains("Trois personnes"));
    }
}
