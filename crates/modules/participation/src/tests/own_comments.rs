//! What somebody wrote under ideas is not lost to them: before it is read, once it is refused, and from before they signed in.

use super::*;

impl Town {
    fn commenter(&self, person: Uuid, visitor: u128) -> Ctx {
        let actor = Actor::Person { id: person, name: "Léa".into(), session: Uuid::nil(), role: None };
        self.as_actor(actor, visitor, "/idees/1")
    }

    async fn say(&self, ctx: Ctx, idea: i64, name: &str, text: &str) {
        let form = Form::of(&[("commentaire", text), ("prenom", name)]);
        crate::comments::write(ctx, Arc::new(Caches::default()), Path(idea), form).await.unwrap();
    }

    async fn with(&self, sql: &'static str) {
        self.t.write(move |tx, _, _| Box::pin(async move { db::run(tx, sql, args![]).await.map(|_| ()) })).await;
    }

    async fn thread(&self, ctx: Ctx, idea: i64) -> String {
        let page = ideas::view::show(ctx, Arc::new(Caches::default()), Path(idea)).await.unwrap();
        body(page).await.replace(['\u{a0}', '\u{202f}'], " ")
    }

    async fn take(&self, ctx: Ctx, number: i64, what: &str) -> Result<String> {
        let form = Form::of(&[("faire", what), ("retour", "/mon-espace#commentaires")]);
        let answer = ideas::own::change(ctx, Path(number), form).await?;
        Ok(answer.headers()["location"].to_str().unwrap().to_owned())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_that_waits_or_was_refused_is_shown_to_its_author_alone() {
    for engine in engines() {
        let town = town(engine).await;
        let (lea, paul) = (town.person("lea@e.fr").await.id, town.person("paul@e.fr").await.id);
        let idea = town.idea(1, "Un banc").await.number;
        town.with("UPDATE phase SET prescreening = TRUE").await;
        town.say(town.commenter(lea, 7), idea, "Léa", "Près de la fontaine.").await;
        town.say(town.ctx(9, "/"), idea, "", "Sans un mot de trop.").await;
        let number = idea + 1;
        let space = town.space(lea).await;
        for said in ["Mes commentaires", "En relecture", "Près de la fontaine", "Visible après relecture", "Un banc"]
        {
            assert!(space.contains(said), "{said}: {space}");
        }
        assert!(!town.space(paul).await.contains("fontaine") && !space.contains("Sans un mot"));
        let waits = "Votre commentaire est en relecture : « Près";
        assert!(town.thread(town.commenter(lea, 7), idea).await.contains(waits));
        assert!(!town.thread(town.commenter(paul, 8), idea).await.contains("fontaine"));
        assert!(!town.thread(town.ctx(7, "/"), idea).await.contains("fontaine"), "she signed out");
        // Without a name it is the browser's, signed in or not.
        for (ctx, shown) in [(town.ctx(9, "/"), true), (town.commenter(lea, 9), true), (town.ctx(8, "/"), false)] {
            assert_eq!(town.thread(ctx, idea).await.contains("« Sans un mot"), shown);
        }

        assert!(matches!(town.take(town.commenter(paul, 8), number, "retirer").await, Err(Error::NotFound)));
        let to = town.take(town.commenter(lea, 7), number, "retirer").await.unwrap();
        assert_eq!(to, "/mon-espace?fait=commentaire-retire#commentaires");
        let space = town.space(lea).await;
        assert!(space.contains("Retiré") && space.contains("Remettre mon commentaire"), "{space}");
        assert!(!town.thread(town.commenter(lea, 7), idea).await.contains("fontaine"));
        assert!(town.take(town.commenter(lea, 7), number, "retirer").await.is_err(), "it is");
        let to = town.take(town.commenter(lea, 7), number, "remettre").await.unwrap();
        assert_eq!(to, "/mon-espace?fait=commentaire-remis#commentaires");

        town.with(
            "UPDATE contribution SET status = 'ineligible', reason = 'Une adresse y est donnée.' WHERE number = 2",
        )
        .await;
        let space = town.space(lea).await;
        for said in ["Refusé", "Une adresse y est donnée.", "/contributions/2/repondre"] {
            assert!(space.contains(said), "{said}: {space}");
        }
        // Its project went behind a link, then to the team: the way back keeps the key, then names nothing.
        town.with("UPDATE project SET visibility = 'link', secret = 'clef'").await;
        assert!(town.space(lea).await.contains("/idees/2/retirer?cle=clef"));
        town.with("UPDATE project SET visibility = 'team'").await;
        let space = town.space(lea).await;
        assert!(space.contains("fontaine") && !space.contains("Un banc") && !space.contains("/retirer"), "{space}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_first_name_signed_in_a_browser_becomes_the_persons_of_that_name() {
    for engine in engines() {
        let town = town(engine).await;
        let lea = town.person("lea@e.fr").await.id;
        let idea = town.idea(1, "Un banc").await.number;
        town.say(town.ctx(7, "/"), idea, "léa", "Près de la fontaine.").await;
        town.say(town.ctx(7, "/"), idea, "Paul", "Plutôt au marché.").await;
        town.say(town.ctx(7, "/"), idea, "", "Sans un mot de trop.").await;
        town.say(town.ctx(8, "/"), idea, "Léa", "Une autre Léa.").await;
        let other = town.draft(7, "Une fontaine").await;
        town.publish(7, other, &[("q", "prenom"), ("prenom", "Léa"), ("courriel", "paul@e.fr")]).await.unwrap();
        for _ in 0..2 {
            town.unite_by(7, lea, "lea@e.fr", None).await;
        }
        let hers = "SELECT count(*) FROM contribution WHERE author_id IS NOT NULL AND holder = author_id";
        assert_eq!(town.count(hers).await, 1, "not Paul's, nobody's, another browser's or another address's");
        assert!(town.space(lea).await.contains("Près de la fontaine"));
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move { crate::personal::forget(tx, &moment, lea, Forget::EraseTexts).await })
            })
            .await;
        assert_eq!(town.count("SELECT count(*) FROM contribution WHERE body LIKE '%Près de la%'").await, 0);
        assert_eq!(
            town.count("SELECT count(*) FROM contribution WHERE body LIKE 'Plutôt%' AND author_name = 'Paul'").await,
            1
        );
    }
}
