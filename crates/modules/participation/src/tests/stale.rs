//! A letter that waited for the morning is not sent once what it tells is no more.

use parvis_kernel::mail::{self, Mail};
use parvis_testing::Mailbox;

use super::*;
use crate::follows::{
    Rhythm,
    consultation::{self, letter},
    digest,
};

impl Town {
    /// The letters whose reason begins so, in their order, each with whether it still holds.
    async fn letters_that_hold(&self, what: &str) -> Vec<bool> {
        let mut letters: Vec<Mail> = mail::latest(&self.t.app.db, 100).await.unwrap();
        letters.retain(|m| m.dedupe.starts_with(what));
        letters.sort_by_key(|m| m.id);
        let mut hold = Vec::new();
        for one in letters {
            hold.push(crate::letters::still_holds(&self.t.app, &one).await.unwrap());
        }
        hold
    }

    async fn sql(&self, sql: &'static str, person: Uuid) {
        self.t.clock.advance(TimeDelta::seconds(1));
        self.t.write(move |tx, _, _| Box::pin(async move { db::run(tx, sql, args![person]).await.map(|_| ()) })).await;
    }

    async fn begins(&self, idea: Uuid, person: Uuid) {
        self.t
            .write(move |tx, _, moment| {
                Box::pin(async move { follows::begin(tx, &moment, idea, person, "J’accepte", "idea_page").await })
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn news_of_an_idea_hold_until_there_is_newer_one_or_nobody_to_tell() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Un bus le dimanche").await.id;
        let (lea, paul) = (town.person("lea@e.fr").await.id, town.person("paul@e.fr").await.id);
        town.sql("UPDATE contribution SET author_id = $1", paul).await;
        town.begins(idea, lea).await;
        town.begins(idea, paul).await;
        town.announce(idea, Some(Status::UnderConsideration)).await;
        assert_eq!(town.letters_that_hold("change/").await, [true, true]);
        // Offline, it is told to whoever wrote it alone.
        town.sql("UPDATE contribution SET visible = FALSE WHERE author_id = $1", paul).await;
        let mut hold = town.letters_that_hold("change/").await;
        hold.sort_unstable();
        assert_eq!(hold, [false, true]);
        town.sql("UPDATE contribution SET visible = TRUE WHERE author_id = $1", paul).await;
        town.t.clock.advance(TimeDelta::hours(1));
        town.announce(idea, Some(Status::Accepted)).await;
        assert_eq!(town.letters_that_hold("change/").await, [false, false, true, true], "the newest alone");
        town.withdraw(lea, follows::PURPOSE).await;
        let mut hold = town.letters_that_hold("change/").await;
        hold.sort_unstable();
        assert_eq!(hold, [false, false, false, true], "she took her accord back");
        town.sql("UPDATE follow SET rhythm = 'never' WHERE person_id = $1", paul).await;
        assert!(!town.letters_that_hold("change/").await.contains(&true), "he follows it no more");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_taken_back_in_any_way_is_not_sent() {
    for engine in engines() {
        let mut town = town(engine).await;
        let mailbox = Arc::new(Mailbox::default());
        Arc::get_mut(&mut town.t.app).unwrap().transport = Some(mailbox.clone());
        let idea = town.idea(1, "Un bus le dimanche").await.id;
        let lea = town.person("lea@e.fr").await.id;
        town.begins(idea, lea).await;
        town.t
            .write(move |tx, app, moment| {
                Box::pin(async move {
                    let sql = "INSERT INTO answer (id, contribution_id, status, decision, body, signer, office, actor_id, \
                               status_before, published_at) \
                               VALUES ($1, $2, 'accepted', '', 'Oui', 'Nadia', '', $1, 'proposed', $3)";
                    db::run(tx, sql, args![moment.id(), idea, moment.now]).await?;
                    let settings = Settings::default();
                    follows::announce(tx, &app, &settings, &moment, idea, News::Answer, moment.now).await
                })
            })
            .await;
        assert_eq!(town.letters_that_hold("change/").await, [true]);
        town.sql("DELETE FROM answer WHERE signer <> '' OR id = $1", idea).await;
        town.t.clock.advance(TimeDelta::days(1));
        mail::send_due(&town.t.app).await.unwrap();
        let kept = "SELECT count(*) FROM mail WHERE state = 'cancelled' AND last_error = 'over' AND body_text = ''";
        assert_eq!((town.count(kept).await, mailbox.sent.lock().unwrap().len()), (1, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn news_of_a_consultation_and_summaries_hold_as_long_as_their_accords() {
    for engine in engines() {
        let town = town(engine).await;
        let (lea, idea, project) = (town.person("lea@e.fr").await.id, town.idea(1, "Un banc").await.id, town.project);
        town.begins(idea, lea).await;
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    follows::set(tx, idea, lea, Rhythm::Daily).await?;
                    consultation::begin(tx, &moment, project, lea, "J’accepte", "project_form").await?;
                    let sql = "UPDATE phase SET starts_on = $1";
                    let next = (moment.now.date_naive() + TimeDelta::days(1)).to_string();
                    db::run(tx, sql, args![next]).await.map(|_| ())
                })
            })
            .await;
        town.announce(idea, Some(Status::Accepted)).await;
        town.t.clock.advance(TimeDelta::days(1));
        letter::send(&town.t.app).await.unwrap();
        digest::send(&town.t.app, Rhythm::Daily).await.unwrap();
        let both = async || (town.letters_that_hold("consultation/").await, town.letters_that_hold("digest/").await);
        assert_eq!(both().await, (vec![true], vec![true]));
        town.sql("UPDATE project SET visibility = 'team' WHERE id <> $1", lea).await;
        assert_eq!(both().await, (vec![false], vec![true]));
        town.sql("UPDATE project SET visibility = 'public' WHERE id <> $1", lea).await;
        town.withdraw(lea, follows::PURPOSE).await;
        assert_eq!(both().await, (vec![true], vec![false]), "a summary of ideas needs the accord to news of ideas");
        town.withdraw(lea, consultation::PURPOSE).await;
        assert_eq!(both().await, (vec![false], vec![false]));
    }
}
