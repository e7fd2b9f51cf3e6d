use std::collections::BTreeMap;

use super::*;
use crate::comments;

fn listing(words: &str) -> Rules {
    Rules { words: BTreeMap::from([(Lang::Fr, words.to_owned())]), ..Rules::default() }
}

/// No limit at all.
fn free() -> Rules {
    Rules { links: None, new_texts: None, repeated: false, burst: None, ..Rules::default() }
}

fn codes(why: &[(String, String)]) -> Vec<&str> {
    why.iter().map(|(code, _)| code.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listed_word_waits_for_a_person_who_sees_why() {
    for engine in engines() {
        let town = town(engine).await;
        town.rules(listing("abruti\nfils de rien")).await;
        let plain = town.says(1, "Un banc à l’arrêt.", "Léa").await;
        assert!(plain.visible && town.why(plain.id).await.is_empty());
        let held = town.says(1, "Le maire est un @brut1, un fils de rien.", "Léa").await;
        assert!(!held.visible && held.status() == Status::Prescreening);
        assert_eq!(town.why(held.id).await, [("word".into(), "abruti, fils de rien".into())]);
        let name = town.says(2, "Une fontaine.", "A b r u t i").await;
        assert_eq!(codes(&town.why(name.id).await), ["word"], "the name is shown too");
        let logged = "SELECT count(*) FROM moderation_event WHERE action = 'held' AND reason = 'word'";
        assert_eq!(town.count(logged).await, 2);
        let queue = body(crate::desk::contributions::show(town.lead("/equipe/contributions")).await.unwrap()).await;
        assert!(queue.contains("mot de la liste : abruti, fils de rien"), "{queue}");
        let page =
            crate::desk::handle::show(town.lead("/"), std::sync::Arc::default(), Path(held.number)).await.unwrap();
        assert!(body(page).await.contains("mot de la liste : abruti"));

        // Its author writes other words while it waits: the reason goes, and a person still reads it.
        let form = Form::of(&[("faire", "modifier"), ("idee", "Le maire est pressé.")]);
        ideas::own::change(town.ctx(1, "/"), Path(held.number), form).await.unwrap();
        assert!(town.why(held.id).await.is_empty());
        assert!(!store::find(town.t.app.db.read(), held.id).await.unwrap().visible);
        // What the team writes does not wait for the team.
        let team = town.lead("/");
        let form = Form::of(&[("commentaire", "Aucun abruti ici."), ("prenom", "Nadia")]);
        comments::write(team, Arc::new(Caches::default()), Path(plain.number), form).await.unwrap();
        assert!(town.newest().await.visible);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_that_waits_says_so() {
    for engine in engines() {
        let town = town(engine).await;
        town.rules(listing("abruti")).await;
        let idea = town.idea(1, "Un banc").await;
        for (text, done) in [("Oui !", "commentaire-publie"), ("Abruti !", "commentaire-recu")] {
            let form = Form::of(&[("commentaire", text), ("prenom", "Léa")]);
            let sent = comments::write(town.ctx(5, "/"), Arc::new(Caches::default()), Path(idea.number), form).await;
            let to = sent.unwrap().headers()["location"].to_str().unwrap().to_owned();
            assert!(to.contains(done), "{text}: {to}");
        }
        assert_eq!(town.count("SELECT comments FROM contribution WHERE number = 1").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_limit_holds_alone() {
    for engine in engines() {
        let town = town(engine).await;
        town.rules(Rules { links: Some(1), ..free() }).await;
        assert!(town.says(1, "Voir https://a.example.", "Léa").await.visible);
        let links = town.says(1, "https://a.example www.b.example", "Léa").await;
        assert_eq!(town.why(links.id).await, [("links".into(), "2".into())]);

        town.rules(Rules { new_texts: Some(1), new_hours: 24, ..free() }).await;
        assert!(town.says(20, "Un premier texte.", "Paul").await.visible);
        let second = town.says(20, "Un deuxième.", "Paul").await;
        assert_eq!(codes(&town.why(second.id).await), ["new"]);
        // Browsers are free to have: those of one address are counted together.
        let held = async |visitor: u128| !town.says(visitor, "Bonjour à tous.", "Jo").await.visible;
        let mut waits = 0;
        for visitor in 100..123 {
            waits += i32::from(held(visitor).await);
        }
        assert_eq!(waits, 5, "twenty times as many behind one address, of which two were Paul's");
        town.t.clock.advance(TimeDelta::hours(25));
        assert!(town.says(20, "Le lendemain.", "Paul").await.visible, "Paul is new no more");

        let text = "Il faudrait un passage piéton devant l’école Jules Ferry avant la rentrée de septembre";
        town.rules(Rules { repeated: true, ..free() }).await;
        let first = town.says(50, text, "Ana").await;
        assert!(first.visible);
        let again = town.says(51, &format!("{} !!", text.to_uppercase()), "Bob").await;
        assert_eq!(town.why(again.id).await, [("repeated".into(), first.number.to_string())]);
        town.t.clock.advance(TimeDelta::hours(25));
        assert!(town.says(52, text, "Zoé").await.visible, "a day later");

        town.rules(Rules { burst: Some(3), ..free() }).await;
        for n in 0..2_u128 {
            assert!(town.says(60 + n, &format!("Texte {n}"), "Li").await.visible);
        }
        let burst = town.says(63, "Un de trop", "Li").await;
        assert_eq!(codes(&town.why(burst.id).await), ["burst"], "with Zoé's, three in ten minutes before it");
        town.t.clock.advance(TimeDelta::minutes(11));
        assert!(town.says(64, "Plus tard", "Li").await.visible);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_text_is_found_by_goes_after_two_days_and_with_its_author() {
    for engine in engines() {
        let town = town(engine).await;
        town.rules(listing("abruti")).await;
        let text = "Un abruti gare sa voiture sur le trottoir devant la pharmacie tous les matins";
        town.says(1, text, "Léa").await;
        let keys = "SELECT count(*) FROM text_key";
        assert!(town.count(keys).await > 0);
        town.t.clock.advance(TimeDelta::days(3));
        town.t.write(|tx, _, m| Box::pin(async move { screening::store::sweep(tx, m.now).await })).await;
        assert_eq!(town.count(keys).await, 0);
        let lea = town.person("lea@e.fr").await;
        town.t
            .write(move |tx, _, moment| {
                Box::pin(async move {
                    db::run(tx, "UPDATE contribution SET author_id = $1, holder = $1", args![lea.id]).await?;
                    crate::personal::forget(tx, &moment, lea.id, Forget::EraseTexts).await
                })
            })
            .await;
        assert_eq!(town.count("SELECT count(*) FROM screening").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_tried_before_they_are_kept_and_two_do_not_overwrite() {
    use screening::pages::{save, show};
    for engine in engines() {
        let town = town(engine).await;
        let page = || town.lead("/equipe/reglages/moderation");
        let first = body(show(page()).await.unwrap()).await;
        assert!(first.contains("value=\"24\"") && !first.contains('⟦'), "{first}");
        let form = |words: &str, faire: &str, sample: &str| {
            Form::of(&[
                ("mots-fr", words),
                ("liens", "3"),
                ("nouveaux", ""),
                ("heures", "48"),
                ("rafale", "90"),
                ("version", "0"),
                ("faire", faire),
                ("exemple", sample),
            ])
        };
        let tried = save(page(), form("abruti", "essayer", "Quel A.b.r.u.t.i <b>")).await.unwrap();
        assert_eq!(tried.status(), StatusCode::OK);
        let tried = body(tried).await;
        assert!(tried.contains("<mark>A.b.r.u.t.i</mark>") && tried.contains(">abruti</textarea>"), "{tried}");
        assert!(!tried.contains(" <b></p>"), "what is tried is escaped");
        assert_eq!(town.count("SELECT count(*) FROM screening_rule").await, 0, "nothing is kept");
        assert!(
            body(save(page(), form("abruti", "essayer", "Rien")).await.unwrap()).await.contains("n’attendrait pas")
        );
        for (field, value, error) in [
            ("mots-fr", "…\nabruti", "e-mots-fr"),
            ("mots-fr", &"x".repeat(101), "e-mots-fr"),
            ("mots-fr", &"un mot\n".repeat(2_001), "e-mots-fr"),
            ("liens", "-1", "e-liens"),
            ("rafale", "0", "e-rafale"),
            ("nouveaux", "1e3", "e-nouveaux"),
            ("heures", "", "e-heures"),
            ("heures", "721", "e-heures"),
        ] {
            let mut wrong = form("abruti", "enregistrer", "");
            wrong.set(field, value);
            let answer = save(page(), wrong).await.unwrap();
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            assert!(body(answer).await.contains(error), "{field}");
        }
        let empty = save(page(), form("abruti", "essayer", " ")).await.unwrap();
        assert_eq!(empty.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(save(page(), form("abruti", "enregistrer", "")).await.unwrap().status(), StatusCode::SEE_OTHER);
        let (rules, version) = screening::store::rules(town.t.app.db.read()).await.unwrap();
        assert_eq!((rules.links, rules.new_texts, rules.new_hours, rules.burst), (Some(3), None, 48, Some(90)));
        assert_eq!((rules.words[&Lang::Fr].as_str(), version, rules.repeated), ("abruti", 1, false));
        let late = save(page(), form("autre", "enregistrer", "")).await;
        assert!(matches!(late, Err(Error::Refused(r)) if r == parvis_kernel::Refusal::CHANGED_MEANWHILE));
        let analyst = town.as_actor(member(901, Some(Role::Analyst)), 901, "/");
        assert!(show(analyst).await.is_err());
    }
}
