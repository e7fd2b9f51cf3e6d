//! What a citizen leaves before signing in: nothing typed is lost in silence, and what was asked for begins with the click.

use axum::http::HeaderMap;
use parvis_people::consents;

use super::*;

impl Town {
    pub(super) async fn ask_to_follow(&self, visitor: u128, number: i64, fields: &[(&str, &str)]) -> Response {
        let ctx = self.ctx(visitor, &format!("/idees/{number}/suivre"));
        follows::pages::follow(ctx, HeaderMap::new(), Path(number), Form::of(fields)).await.unwrap()
    }

    async fn ask_to_confirm(&self, visitor: u128, fields: &[(&str, &str)]) -> Response {
        reactions::confirm::ask(self.ctx(visitor, "/confirmer-mes-soutiens"), Form::of(fields)).await.unwrap()
    }

    async fn follows(&self, person: Uuid) -> i64 {
        let sql = "SELECT count(*) FROM follow WHERE person_id = $1 AND rhythm = 'now'";
        db::count(self.t.app.db.read(), sql, args![person]).await.unwrap()
    }
}

#[tokio::test]
async fn the_text_of_the_home_page_goes_to_the_signature() {
    for engine in engines() {
        let town = town(engine).await;
        let long =
            "écriteau ".repeat(ideas::MAX_TEXT / 9 + 1).chars().take(ideas::MAX_TEXT - 1).collect::<String>() + "é";
        let fields = [("idee", long.as_str()), ("projet", "bouger"), ("site", "")];
        let on = ideas::post::keep(town.ctx(7, "/deposer"), Form::of(&fields)).await.unwrap();
        assert_eq!(on.status(), StatusCode::SEE_OTHER);
        let sql = "SELECT CAST(length(body) AS BIGINT) FROM draft";
        assert_eq!(town.count(sql).await, i64::try_from(ideas::MAX_TEXT).unwrap(), "nothing is cut");
        let word = format!("Un banc {} ici", "a".repeat(20_000 - 20));
        let wide = ideas::post::keep(town.ctx(7, "/deposer"), Form::of(&[("idee", word.as_str())])).await.unwrap();
        assert_eq!(wide.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let wide = body(wide).await;
        assert!(wide.contains("signes sans espace") && wide.contains("id=\"e-idee\"") && wide.contains(&word));
        // A second open project: it is asked which one, with the text in its field.
        town.t
            .write(|tx, _, moment| {
                Box::pin(async move {
                    let other = Project {
                        slug: "eau".into(),
                        title: "L’eau".into(),
                        ..projects::store::all(tx).await?.remove(0)
                    };
                    let id = projects::store::insert(tx, &moment, &other).await?;
                    let of = projects::store::by_slug(tx, "bouger").await?.id;
                    let phases = projects::store::phases(tx, of).await?;
                    let phases: Vec<Phase> = phases.into_iter().map(|p| Phase { id: Uuid::nil(), ..p }).collect();
                    projects::store::set_phases(tx, &moment, id, &phases).await
                })
            })
            .await;
        let home = crate::home::show(town.ctx(8, "/"), Arc::new(Caches::default())).await.unwrap();
        let home = body(home).await;
        assert!(home.contains(r#"action="/deposer" method="post""#) && home.contains(r#"name="_csrf""#), "{home}");
        assert!(
            home.contains(r#"<select class="input" id="projet" name="projet">"#) && !home.contains("maxlength"),
            "{home}"
        );
        let asked = ideas::post::keep(town.ctx(8, "/deposer"), Form::of(&[("idee", "Un banc")])).await.unwrap();
        assert_eq!(asked.status(), StatusCode::OK);
        let asked = body(asked).await;
        assert!(asked.contains("Un banc</textarea>") && asked.contains(r#"value="eau""#), "{asked}");
        let fields = [("idee", "Une fontaine"), ("projet", "eau")];
        let on = ideas::post::keep(town.ctx(8, "/deposer"), Form::of(&fields)).await.unwrap();
        assert_eq!(on.status(), StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn what_would_be_lost_in_a_signature_is_said_beside_its_field() {
    for engine in engines() {
        let town = town(engine).await;
        let draft = town.draft(7, "Un banc").await;
        let (name, place) = ("n".repeat(61), "p".repeat(201));
        let wrong = [
            ("prenom", "prenom", "lea@exemple.fr"),
            ("prenom", "prenom", &name),
            ("personne", "courriel", "lea@exemple.fr"),
            ("prenom", "ou", &place),
        ];
        for (signed, field, kept) in wrong {
            let answer = town.publish(7, draft, &[("q", signed), (field, kept)]).await.unwrap();
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            let page = body(answer).await;
            assert!(page.contains(&format!(r#"id="e-{field}""#)), "{field} in {page}");
            assert!(page.contains(&format!(r#"value="{kept}""#)), "what was typed is kept: {page}");
        }
        assert_eq!(town.count("SELECT count(*) FROM contribution").await, 0);
        // Their longest are accepted, spaces not counted.
        let (name, place) = (format!("  {} ", "n".repeat(60)), "p".repeat(200));
        let fields = [("q", "prenom"), ("prenom", &*name), ("ou", &*place)];
        assert_eq!(town.publish(7, draft, &fields).await.unwrap().status(), StatusCode::SEE_OTHER);
        assert_eq!(
            town.count("SELECT CAST(length(author_name) + length(place) AS BIGINT) FROM contribution").await,
            260
        );
    }
}

#[tokio::test]
async fn following_without_a_session_begins_with_the_click() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Un banc").await;
        let number = idea.number;
        let page = follows::pages::show(town.ctx(7, "/"), Path(number)).await.unwrap();
        assert!(body(page).await.contains("name=\"courriel\""));
        // Pressed after the session ended: the question, without an error.
        let pressed = town.ask_to_follow(7, number, &[("etat", "0")]).await;
        assert_eq!(pressed.status(), StatusCode::OK);
        for wrong in ["", "lea", "lea@"] {
            let answer = town.ask_to_follow(7, number, &[("courriel", wrong)]).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
        assert_eq!(town.count("SELECT count(*) FROM mail").await, 0);
        for _ in 0..2 {
            let sent = town.ask_to_follow(7, number, &[("courriel", "Lea@Exemple.fr")]).await;
            assert_eq!(sent.headers()["location"], "/connexion/code");
        }
        assert_eq!(town.count("SELECT count(*) FROM pass WHERE about = 'follow'").await, 1, "pressed twice, one mail");
        town.t.clock.advance(TimeDelta::minutes(11));
        town.ask_to_follow(7, number, &[("courriel", "lea@exemple.fr")]).await;
        assert_eq!(town.count("SELECT count(*) FROM pass WHERE about = 'follow'").await, 2, "it may have been lost");

        let (lea, paul) = (town.person("lea@exemple.fr").await, town.person("paul@exemple.fr").await);
        town.unite(7, paul.id, "paul@exemple.fr").await;
        town.unite(8, lea.id, "lea@exemple.fr").await;
        assert_eq!(
            (town.follows(paul.id).await, town.follows(lea.id).await),
            (0, 0),
            "another address, another browser"
        );
        town.unite(7, lea.id, "lea@exemple.fr").await;
        assert_eq!((town.follows(lea.id).await, town.count("SELECT count(*) FROM asked_follow").await), (1, 0));
        let given = consents::permits(town.t.app.db.read(), town.t.app.clock.now(), lea.id, follows::PURPOSE, "email")
            .await
            .unwrap();
        assert!(given.is_some(), "the words read are in the ledger");
        let sql = "SELECT count(*) FROM consent WHERE source = 'follow_form' AND wording LIKE '%une idée que je suis%'";
        assert_eq!(town.count(sql).await, 1);
        // Stopped, then asked for again: followed again.
        let stop = "UPDATE follow SET rhythm = 'never'";
        town.t.write(move |tx, _, _| Box::pin(async move { db::run(tx, stop, args![]).await.map(|_| ()) })).await;
        town.ask_to_follow(7, number, &[("courriel", "lea@exemple.fr")]).await;
        town.unite(7, lea.id, "lea@exemple.fr").await;
        assert_eq!(town.follows(lea.id).await, 1);
    }
}

/// What the newest pass agrees to, and the words its link and its mail show.
async fn newest(town: &Town) -> (Option<Uuid>, String, bool) {
    let c = town.t.app.db.read();
    let of = async |column: &str| format!("SELECT {column} FROM pass ORDER BY created_at DESC, id DESC LIMIT 1");
    let agreed: Option<Option<Uuid>> = db::scalar(c, &of("agreed_id").await, args![]).await.unwrap();
    let words: String = db::scalar(c, &of("consent").await, args![]).await.unwrap().unwrap();
    let sql = "SELECT body_text FROM mail WHERE kind = 'confirmation' ORDER BY created_at DESC, id DESC LIMIT 1";
    let text: String = db::scalar(c, sql, args![]).await.unwrap().unwrap();
    (agreed.flatten(), words, text.contains("Ce que votre clic accepte"))
}

#[tokio::test]
async fn a_consent_begins_by_the_mail_whose_words_were_read() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Un banc").await;
        let lea = town.person("lea@exemple.fr").await;
        let consent = town.t.app.words.get(Lang::Fr, "consent-supporter");
        town.support(idea.id, Uuid::from_u128(7), false, Some(Reaction::Support)).await;
        let field = ("courriel", "lea@exemple.fr");
        town.ask_to_confirm(7, &[field, ("prevenir", "1")]).await;
        let (told, words, mailed) = newest(&town).await;
        assert!(told.is_some() && words == consent && mailed, "the words are in the mail and behind its link");
        town.t.clock.advance(TimeDelta::minutes(1));
        town.ask_to_confirm(7, &[field]).await;
        assert_eq!(newest(&town).await, (None, String::new(), false));

        // Stopped and withdrawn before: a mail that speaks of nothing changes nothing.
        let begun = "SELECT count(*) FROM follow WHERE rhythm = 'now'";
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    follows::begin(tx, &moment, idea.id, lea.id, "J’accepte", "idea_form").await?;
                    follows::set(tx, idea.id, lea.id, follows::Rhythm::Never).await?;
                    consents::record(tx, &moment, lea.id, follows::PURPOSE, "email", "withdrawn", "Stop", "own_space")
                        .await
                })
            })
            .await;
        let permits = async || {
            consents::permits(town.t.app.db.read(), town.t.app.clock.now(), lea.id, follows::PURPOSE, "email")
                .await
                .unwrap()
                .is_some()
        };
        town.t.clock.advance(TimeDelta::minutes(1));
        town.unite_by(7, lea.id, "lea@exemple.fr", None).await;
        assert_eq!((town.count(begun).await, permits().await), (0, false));
        town.unite_by(7, lea.id, "lea@exemple.fr", Some(Uuid::from_u128(99))).await;
        assert_eq!((town.count(begun).await, permits().await), (0, false), "nor another mail");
        town.unite_by(7, lea.id, "lea@exemple.fr", told).await;
        assert_eq!((town.count(begun).await, permits().await), (1, true));
        assert_eq!(town.count("SELECT count(*) FROM asked_follow").await, 0);
    }
}

#[tokio::test]
async fn what_no_mail_speaks_of_is_not_kept() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Un banc").await;
        town.support(idea.id, Uuid::from_u128(7), false, Some(Reaction::Support)).await;
        for _ in 0..14 {
            town.ask_to_confirm(7, &[("courriel", "lea@exemple.fr"), ("prevenir", "1")]).await;
        }
        let mails = town.count("SELECT count(*) FROM mail WHERE kind = 'confirmation'").await;
        assert!(mails < 14, "a stranger's mailbox is not filled");
        assert_eq!(town.count("SELECT count(*) FROM asked_follow").await, mails);
    }
}

#[tokio::test]
async fn each_text_is_followed_by_its_own_mail() {
    for engine in engines() {
        let town = town(engine).await;
        let lea = town.person("lea@exemple.fr").await;
        let mut keys = Vec::new();
        for text in ["Un banc", "Une fontaine"] {
            let draft = town.draft(7, text).await;
            town.publish(7, draft, &[("q", "prenom"), ("prenom", "L"), ("courriel", "lea@exemple.fr")]).await.unwrap();
            town.t.clock.advance(TimeDelta::minutes(1));
            let (agreed, _, mailed) = newest(&town).await;
            assert!(mailed);
            keys.push(agreed);
        }
        town.unite_by(7, lea.id, "lea@exemple.fr", keys[1]).await;
        let theirs = "SELECT count(*) FROM contribution WHERE author_id IS NOT NULL";
        assert_eq!((town.count(theirs).await, town.follows(lea.id).await), (2, 1), "both are theirs, one is followed");
        town.unite_by(7, lea.id, "lea@exemple.fr", keys[0]).await;
        assert_eq!(town.follows(lea.id).await, 2);
    }
}

#[tokio::test]
async fn supporters_are_told_of_the_answer_when_they_asked_for_it() {
    for engine in engines() {
        let town = town(engine).await;
        let idea = town.idea(1, "Un banc").await;
        for visitor in [7, 8] {
            town.support(idea.id, Uuid::from_u128(visitor), false, Some(Reaction::Support)).await;
        }
        let page = reactions::confirm::show(town.ctx(7, "/confirmer-mes-soutiens")).await.unwrap();
        assert!(body(page).await.contains(r#"name="prevenir" value="1">"#), "offered, not ticked");
        town.ask_to_confirm(7, &[("courriel", "lea@exemple.fr")]).await;
        town.ask_to_confirm(8, &[("courriel", "ali@exemple.fr"), ("prevenir", "1")]).await;
        let (lea, ali) = (town.person("lea@exemple.fr").await, town.person("ali@exemple.fr").await);
        assert_eq!(town.follows(ali.id).await, 0, "not before the click");
        town.unite(7, lea.id, "lea@exemple.fr").await;
        town.unite(8, ali.id, "ali@exemple.fr").await;
        assert_eq!((town.follows(lea.id).await, town.follows(ali.id).await), (0, 1));
        town.announce(idea.id, Some(Status::Accepted)).await;
        let told = "SELECT count(*) FROM mail WHERE dedupe LIKE 'change/%' AND recipient =";
        assert_eq!(town.count(&format!("{told} 'ali@exemple.fr'")).await, 1);
        assert_eq!(town.count(&format!("{told} 'lea@exemple.fr'")).await, 0, "nobody is written to who did not ask");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_was_left_goes_from_all_that_was_left_with_it() {
    for engine in engines() {
        let town = town(engine).await;
        let draft = town.draft(7, "Un banc place du Marché").await;
        town.publish(7, draft, &[("q", "prenom"), ("prenom", "Léa"), ("courriel", "Lea@Exemple.fr")]).await.unwrap();
        let other = town.draft(7, "Une fontaine").await;
        town.publish(7, other, &[("q", "prenom"), ("prenom", "Paul"), ("courriel", "paul@exemple.fr")]).await.unwrap();
        let idea = town.idea(1, "Un bus").await;
        town.ask_to_follow(7, idea.number, &[("courriel", "lea@exemple.fr")]).await;
        town.ask_to_follow(8, idea.number, &[("courriel", "lea@exemple.fr")]).await;
        let left = parvis_kernel::module::LeftAddress { visitor: Uuid::from_u128(7), email: "LEA@exemple.fr".into() };
        town.t
            .write(move |tx, _, _| {
                let left = left.clone();
                Box::pin(async move { crate::personal::let_go(tx, &left).await })
            })
            .await;
        assert_eq!(
            town.count("SELECT count(*) FROM contribution WHERE author_name = 'Léa'").await,
            1,
            "the idea stays"
        );
        assert_eq!(town.count("SELECT count(*) FROM contribution WHERE pending_email IS NOT NULL").await, 1);
        assert_eq!(town.count("SELECT count(*) FROM contribution WHERE pending_consent IS NOT NULL").await, 1);
        assert_eq!(town.count("SELECT count(*) FROM asked_follow").await, 1, "another browser's is its own");
        let lea = town.person("lea@exemple.fr").await;
        town.unite(7, lea.id, "lea@exemple.fr").await;
        assert_eq!(town.count("SELECT count(*) FROM contribution WHERE author_id IS NOT NULL").await, 0);
    }
}
