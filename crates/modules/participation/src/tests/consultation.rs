//! A consultation is followed: begun by a click that was agreed to, told of what is new once, and no more when it is stopped.

use super::*;
use crate::follows::{
    Rhythm,
    consultation::{self, letter},
    digest, rhythm,
};

impl Town {
    async fn follow_project(&self, ctx: Ctx, fields: &[(&str, &str)]) -> Response {
        consultation::pages::follow(ctx, Path("bouger".into()), Form::of(fields)).await.unwrap()
    }

    fn of(&self, person: Uuid) -> Ctx {
        let actor = Actor::Person { id: person, name: "Léa".into(), session: Uuid::nil(), role: None };
        self.as_actor(actor, 70, "/projets/bouger/suivre")
    }

    /// Its phase ends in some days, and another one begins on the next.
    async fn timeline(&self, days: i64) {
        let project = self.project;
        self.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    let first = projects::store::phases(tx, project).await?.remove(0);
                    let end = moment.now.date_naive() + TimeDelta::days(days);
                    let next = Phase {
                        id: Uuid::nil(),
                        title: "La lecture".into(),
                        starts_on: end + TimeDelta::days(1),
                        ..first.clone()
                    };
                    let first = Phase { ends_on: Some(end), ..first };
                    projects::store::set_phases(tx, &moment, project, &[first, next]).await
                })
            })
            .await;
    }

    async fn answered(&self, idea: Uuid) {
        self.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    let sql = "INSERT INTO answer (id, contribution_id, status, decision, body, signer, office, actor_id, \
                               status_before, published_at) \
                               VALUES ($1, $2, 'accepted', '', 'Oui', 'Nadia', '', $1, 'proposed', $3)";
                    db::run(tx, sql, args![moment.id(), idea, moment.now]).await.map(|_| ())
                })
            })
            .await;
    }

    async fn letters(&self, what: &str) -> Vec<String> {
        let sql = "SELECT body_text FROM mail WHERE dedupe LIKE $1 ORDER BY created_at, id";
        db::column(self.t.app.db.read(), sql, args![format!("{what}/%")]).await.unwrap()
    }

    async fn morning(&self) {
        self.t.clock.advance(TimeDelta::days(1));
        letter::send(&self.t.app).await.unwrap();
    }
}

const FOLLOWS: &str = "SELECT count(*) FROM project_follow WHERE rhythm <> 'never'";
const GIVEN: &str = "SELECT count(*) FROM consent WHERE state = 'given' AND wording LIKE '%consultation%'";

#[tokio::test(flavor = "multi_thread")]
async fn a_consultation_is_followed_by_the_click_that_agrees_to_it() {
    for engine in engines() {
        let town = town(engine).await;
        let asked = consultation::pages::show(town.ctx(7, "/"), Path("bouger".into())).await.unwrap();
        assert!(body(asked).await.contains("name=\"courriel\""));
        for (email, status) in [("", StatusCode::UNPROCESSABLE_ENTITY), ("lea@", StatusCode::UNPROCESSABLE_ENTITY)] {
            let answer = town.follow_project(town.ctx(7, "/"), &[("courriel", email)]).await;
            assert_eq!(answer.status(), status);
        }
        for _ in 0..2 {
            let sent = town.follow_project(town.ctx(7, "/"), &[("courriel", "Lea@exemple.fr")]).await;
            assert_eq!(sent.headers()["location"], "/connexion/code");
        }
        assert_eq!(town.count("SELECT count(*) FROM pass").await, 1, "pressed twice, one mail");
        let (lea, paul) = (town.person("lea@exemple.fr").await.id, town.person("paul@exemple.fr").await.id);
        town.unite(7, paul, "paul@exemple.fr").await;
        town.unite_by(7, lea, "lea@exemple.fr", None).await;
        assert_eq!(town.count(FOLLOWS).await, 0, "neither another address nor a plain sign-in");
        town.unite(7, lea, "lea@exemple.fr").await;
        assert_eq!((town.count(FOLLOWS).await, town.count(GIVEN).await), (1, 1));
        assert_eq!(town.count("SELECT count(*) FROM asked_project").await, 0);
        // With the session: a press each way.
        town.follow_project(town.of(lea), &[("etat", "1")]).await;
        assert_eq!(town.count(FOLLOWS).await, 0);
        for _ in 0..2 {
            town.follow_project(town.of(lea), &[("etat", "0")]).await;
        }
        assert_eq!((town.count(FOLLOWS).await, town.count(GIVEN).await), (1, 2), "agreed to again, once");
        let hidden = "UPDATE project SET visibility = 'team'";
        town.t.write(move |tx, _, _| Box::pin(async move { db::run(tx, hidden, vec![]).await.map(|_| ()) })).await;
        let foreign = consultation::pages::follow(town.of(paul), Path("bouger".into()), Form::new()).await;
        assert!(matches!(foreign, Err(Error::NotFound)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_box_beside_an_idea_asks_for_news_of_the_consultation() {
    for engine in engines() {
        let town = town(engine).await;
        let draft = town.draft(7, "Un banc place du Marché").await;
        let refused = town.publish(7, draft, &[("q", "prenom"), ("nouvelles", "1")]).await.unwrap();
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = body(refused).await;
        assert!(
            page.contains("id=\"e-courriel\"") && page.contains("name=\"nouvelles\" value=\"1\" checked"),
            "{page}"
        );
        let fields = [("q", "prenom"), ("nouvelles", "1"), ("courriel", "lea@exemple.fr")];
        town.publish(7, draft, &fields).await.unwrap();
        let other = town.draft(8, "Une fontaine").await;
        town.publish(8, other, &[("q", "prenom"), ("courriel", "paul@exemple.fr")]).await.unwrap();
        let mails = "SELECT count(*) FROM mail WHERE body_text LIKE '%une étape de cette%'";
        assert_eq!(town.count(mails).await, 1, "the words stand in the mail of whoever ticked the box");
        let (lea, paul) = (town.person("lea@exemple.fr").await.id, town.person("paul@exemple.fr").await.id);
        town.unite(8, paul, "paul@exemple.fr").await;
        assert_eq!(town.count(FOLLOWS).await, 0);
        town.unite(7, lea, "lea@exemple.fr").await;
        assert_eq!(town.count(FOLLOWS).await, 1);
        assert_eq!(town.count("SELECT count(*) FROM follow").await, 2, "their ideas too");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_new_is_told_once_in_one_letter() {
    for engine in engines() {
        let town = town(engine).await;
        let lea = town.person("lea@e.fr").await.id;
        let ideas = [town.idea(1, "Un bus").await.id, town.idea(2, "Un banc").await.id];
        town.timeline(1).await;
        town.follow_project(town.of(lea), &[("etat", "0")]).await;
        town.morning().await;
        assert!(town.letters("consultation").await.is_empty(), "nothing new, no mail");
        for idea in ideas {
            town.answered(idea).await;
        }
        town.morning().await;
        letter::send(&town.t.app).await.unwrap();
        let told = town.letters("consultation").await;
        assert_eq!(told.len(), 1, "{told:?}");
        let plain = told[0].replace(['\u{a0}', '\u{202f}'], " ").replace('\n', " ");
        for words in ["L’étape « Vos idées » est terminée.", "Une étape commence : « La lecture ».", "2 idées ont reçu"]
        {
            assert!(plain.contains(words), "{words}: {plain}");
        }
        town.morning().await;
        assert_eq!(town.letters("consultation").await.len(), 1, "told once");
        // Its links: each week instead, then nothing.
        let sealed = |word: &str| {
            let at = told[0].split_whitespace().filter_map(|w| w.split_once(word)).next_back().unwrap().1;
            at.to_owned()
        };
        let weekly = sealed("/rythme/");
        assert!(
            body(rhythm::show(town.ctx(9, "/"), Path(weekly.clone())).await.unwrap()).await.contains("Se déplacer")
        );
        rhythm::change(town.ctx(9, "/"), Path(weekly)).await.unwrap();
        assert_eq!(town.count("SELECT count(*) FROM project_follow WHERE rhythm = 'weekly'").await, 1);
        let more = town.idea(3, "Un arbre").await.id;
        town.answered(more).await;
        town.morning().await;
        assert_eq!(town.letters("consultation").await.len(), 1);
        town.t.clock.advance(TimeDelta::days(7));
        digest::send(&town.t.app, Rhythm::Weekly).await.unwrap();
        digest::send(&town.t.app, Rhythm::Weekly).await.unwrap();
        let summary = town.letters("digest").await;
        assert_eq!(summary.len(), 1);
        assert!(summary[0].contains("Consultation") && summary[0].contains("1 idée a reçu"), "{}", summary[0]);
        let stop = sealed("/desabonnement/");
        assert!(body(follows::pages::left(town.ctx(9, "/"), Path(stop)).await.unwrap()).await.contains("Se déplacer"));
        assert_eq!(town.count(FOLLOWS).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_hears_of_a_project_that_is_the_teams_or_after_a_withdrawal() {
    for engine in engines() {
        let town = town(engine).await;
        let lea = town.person("lea@e.fr").await.id;
        town.follow_project(town.of(lea), &[("etat", "0")]).await;
        for sql in ["UPDATE project SET visibility = 'team'", "UPDATE consent SET state = 'withdrawn'"] {
            town.timeline(0).await;
            town.t.write(move |tx, _, _| Box::pin(async move { db::run(tx, sql, vec![]).await.map(|_| ()) })).await;
            town.morning().await;
            assert!(town.letters("consultation").await.is_empty(), "{sql}");
            let shown = "UPDATE project SET visibility = 'public'";
            town.t.write(move |tx, _, _| Box::pin(async move { db::run(tx, shown, vec![]).await.map(|_| ()) })).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_that_became_the_teams_is_not_named_to_who_followed_it() {
    for engine in engines() {
        let town = town(engine).await;
        let lea = town.person("lea@e.fr").await.id;
        town.follow_project(town.of(lea), &[("etat", "0")]).await;
        for (visibility, shown) in [("public", true), ("link", true), ("team", false)] {
            town.t
                .write(move |tx, _, _| {
                    let sql = "UPDATE project SET visibility = $1, title = 'Projet Secret', slug = 'secret'";
                    Box::pin(async move { db::run(tx, sql, args![visibility]).await.map(|_| ()) })
                })
                .await;
            assert_eq!(town.space(lea).await.contains("Projet Secret"), shown, "{visibility}");
            // What is known of the person stays in their download.
            let data = consultation::data(town.t.app.db.read(), lea).await.unwrap();
            assert_eq!((data.len(), data[0]["project"].as_str()), (1, shown.then_some("secret")), "{visibility}");
        }
    }
}
