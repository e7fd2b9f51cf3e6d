//! Another rhythm from a letter, by its button alone; and what the weekly letter says of one's own ideas.

use super::*;
use crate::follows::{Rhythm, digest, rhythm};

impl Town {
    /// The links of the newest letter to an address that ask for another rhythm, in their order.
    async fn rhythm_links(&self, email: &str) -> Vec<String> {
        let sql = "SELECT body_text FROM mail WHERE recipient = $1 ORDER BY created_at DESC, id DESC LIMIT 1";
        let text: String = db::scalar(self.t.app.db.read(), sql, args![email]).await.unwrap().unwrap();
        text.split_whitespace().filter_map(|w| w.split_once("/rythme/")).map(|(_, sealed)| sealed.to_owned()).collect()
    }

    async fn rhythm_page(&self, sealed: &str) -> String {
        body(rhythm::show(self.ctx(99, "/rythme/x"), Path(sealed.into())).await.unwrap()).await
    }

    async fn press_rhythm(&self, sealed: &str) -> String {
        body(rhythm::change(self.ctx(99, "/rythme/x"), Path(sealed.into())).await.unwrap()).await
    }

    /// An idea of this person, which they follow at this rhythm.
    async fn own(&self, author: Uuid, at: Rhythm) -> Uuid {
        let new =
            New { author: Some(author), ..New::idea(self.project, author, "Un bus le dimanche", Status::Proposed) };
        self.t
            .write(move |tx, _, moment| {
                let new = new.clone();
                Box::pin(async move {
                    let id = store::insert(tx, &moment, &new).await?.id;
                    follows::begin(tx, &moment, id, author, "J’accepte", "idea_form").await?;
                    follows::set(tx, id, author, at).await?;
                    Ok(id)
                })
            })
            .await
    }

    async fn comment(&self, idea: Uuid, author: Option<Uuid>) {
        let holder = author.unwrap_or(Uuid::from_u128(3));
        let new = New { author, ..New::comment(self.project, idea, holder, "Oui, vraiment.", Status::Proposed) };
        self.t
            .write(move |tx, _, moment| {
                let new = new.clone();
                Box::pin(async move { store::insert(tx, &moment, &new).await.map(|_| ()) })
            })
            .await;
    }

    async fn friday(&self) {
        self.t.clock.advance(TimeDelta::days(7));
        digest::send(&self.t.app, Rhythm::Weekly).await.unwrap();
    }
}

const DIGESTS: &str = "SELECT count(*) FROM mail WHERE kind = 'digest'";

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_changes_its_rhythm_by_the_button_of_its_link_alone() {
    for engine in engines() {
        let town = town(engine).await;
        let lea = town.person("lea@e.fr").await.id;
        let idea = town.own(lea, Rhythm::Now).await;
        town.announce(idea, Some(Status::Accepted)).await;
        let links = town.rhythm_links("lea@e.fr").await;
        assert_eq!(links.len(), 2, "each day, each week");
        let count = "SELECT count(*) FROM follow WHERE rhythm = 'weekly'";
        for _ in 0..3 {
            let page = town.rhythm_page(&links[1]).await;
            assert!(page.contains("Recevoir un résumé chaque semaine") && page.contains("bus le dimanche"), "{page}");
        }
        assert_eq!(town.count(count).await, 0, "whoever looks changes nothing");
        assert!(town.press_rhythm(&links[1]).await.contains("le vendredi"));
        assert_eq!(town.count(count).await, 1);
        assert!(town.rhythm_page(&links[1]).await.contains("C’est fait"), "opened again, it is done");
        assert!(town.press_rhythm(&links[0]).await.contains("chaque jour"), "the other one still works");
        // What was stopped is not begun again by an old letter.
        town.t.write(move |tx, _, _| Box::pin(follows::set(tx, idea, lea, Rhythm::Never))).await;
        for page in [town.rhythm_page(&links[1]).await, town.press_rhythm(&links[1]).await] {
            assert!(page.contains("ne vous sont plus envoyés"), "{page}");
        }
        assert_eq!(town.count("SELECT count(*) FROM follow WHERE rhythm = 'never'").await, 1);
        for forged in [format!("{}x", links[0]), links[0].replacen("daily", "weekly", 1), String::new()] {
            let refused = rhythm::change(town.ctx(99, "/rythme/x"), Path(forged)).await;
            assert!(matches!(refused, Err(Error::Refused(_))));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_summary_becomes_another_with_what_waits_for_it() {
    for engine in engines() {
        let town = town(engine).await;
        let lea = town.person("lea@e.fr").await.id;
        let idea = town.own(lea, Rhythm::Weekly).await;
        let other = town.own(lea, Rhythm::Now).await;
        town.announce(idea, Some(Status::Accepted)).await;
        town.friday().await;
        assert_eq!(town.count(DIGESTS).await, 1);
        let links = town.rhythm_links("lea@e.fr").await;
        town.announce(idea, Some(Status::Implemented)).await;
        assert!(town.press_rhythm(&links[0]).await.contains("résumé chaque jour"));
        assert_eq!(town.count("SELECT count(*) FROM notice WHERE rhythm = 'daily' AND sent_at IS NULL").await, 1);
        assert_eq!(town.count("SELECT count(*) FROM follow WHERE rhythm = 'now'").await, 1, "the other one stays");
        assert!(town.rhythm_page(&links[1]).await.contains("ne vous sont plus envoyés"), "no weekly one any more");
        assert!(town.press_rhythm(&links[1]).await.contains("ne vous sont plus envoyés"));
        town.t.clock.advance(TimeDelta::days(1));
        digest::send(&town.t.app, Rhythm::Daily).await.unwrap();
        assert_eq!(town.count(DIGESTS).await, 2);
        let links = town.rhythm_links("lea@e.fr").await;
        assert!(town.press_rhythm(&links[1]).await.contains("à chaque nouvelle"), "then at once");
        town.announce(other, Some(Status::Accepted)).await;
        assert_eq!(town.count("SELECT count(*) FROM mail WHERE kind = 'change'").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_weekly_letter_says_what_grew_around_ones_own_ideas_once() {
    for engine in engines() {
        let town = town(engine).await;
        let (lea, paul) = (town.person("lea@e.fr").await.id, town.person("paul@e.fr").await.id);
        let idea = town.own(lea, Rhythm::Weekly).await;
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    follows::begin(tx, &moment, idea, paul, "J’accepte", "follow_form").await?;
                    follows::set(tx, idea, paul, Rhythm::Weekly).await.map(|_| ())
                })
            })
            .await;
        town.support(idea, Uuid::from_u128(50), true, Some(Reaction::Support)).await;
        town.friday().await;
        assert_eq!(town.count(DIGESTS).await, 0, "what was there when the count began is no news");
        for n in 51..53 {
            town.support(idea, Uuid::from_u128(n), true, Some(Reaction::Support)).await;
        }
        town.support(idea, Uuid::from_u128(60), false, Some(Reaction::Support)).await;
        town.comment(idea, None).await;
        town.comment(idea, Some(lea)).await;
        digest::send(&town.t.app, Rhythm::Weekly).await.unwrap();
        assert_eq!(town.count(DIGESTS).await, 0, "its day is Friday");
        town.friday().await;
        digest::send(&town.t.app, Rhythm::Weekly).await.unwrap();
        assert_eq!(town.count("SELECT count(*) FROM mail WHERE recipient = 'lea@e.fr'").await, 1);
        assert_eq!(town.count(DIGESTS).await, 1, "nobody else's idea");
        let said = "SELECT count(*) FROM mail WHERE body_text LIKE '%2 soutiens de plus, 3 en tout.%' \
                    AND body_text LIKE '%1 nouveau commentaire.%'";
        assert_eq!(town.count(said).await, 1);
        town.friday().await;
        assert_eq!(town.count(DIGESTS).await, 1, "nothing new, no mail");
        // Told with the change of the same idea, in one line.
        town.support(idea, Uuid::from_u128(53), true, Some(Reaction::Support)).await;
        town.announce(idea, Some(Status::Accepted)).await;
        town.friday().await;
        let both = "SELECT count(*) FROM mail WHERE body_text LIKE '%1 soutien de plus, 4 en tout.%' \
                    AND body_text LIKE '%1 nouvelle%' AND recipient = 'lea@e.fr'";
        assert_eq!(town.count(both).await, 1);
        // An idea that went offline grows for nobody.
        town.support(idea, Uuid::from_u128(54), true, Some(Reaction::Support)).await;
        town.t
            .write(move |tx, _, moment| {
                let hide = Change { hidden: Some(true), ..Change::default() };
                Box::pin(async move { store::change(tx, &moment, idea, None, None, &hide).await.map(|_| ()) })
            })
            .await;
        let before = town.count(DIGESTS).await;
        town.friday().await;
        assert_eq!(town.count(DIGESTS).await, before);
    }
}
