//! Codes and confirmations as a browser meets them: what is tried, what is said, what opens.

use axum::http::StatusCode;
use parvis_kernel::{Error, mail, permission::Role, words::Lang};
use parvis_people::{
    confirm,
    passes::{self, NewPass, Purpose},
    sessions,
};
use parvis_testing::{TestApp, engines};

use crate::browser::{Browser, instance, instance_on};

/// A confirmation left in this browser with an address: its code and path.
async fn left(b: &Browser<'_>, email: &str) -> (String, String) {
    let (app, moment, settings) = (b.t.app.clone(), b.t.app.moment(), b.settings.clone());
    let (visitor, email) = (b.visitor, email.to_owned());
    app.clone()
        .db
        .write(move |tx| {
            let (app, moment, settings, email) = (app.clone(), moment.clone(), settings.clone(), email.clone());
            Box::pin(async move {
                let asked = parvis_people::Confirmation {
                    lang: Lang::Fr,
                    visitor,
                    email: &email,
                    name: "",
                    what: parvis_people::Confirms::Idea { waits: false },
                    subject: None,
                    quote: "Un banc",
                    facts: &[],
                    agrees: Some(parvis_people::confirm::Agrees {
                        key: visitor, words: "J’accepte d’être prévenue."
                    }),
                    return_to: "/idees/3",
                };
                parvis_people::request_confirmation(tx, &app, &settings, &moment, &asked).await
            })
        })
        .await
        .unwrap();
    let (_, code, path) = b.mail().await;
    (code, path)
}

#[tokio::test]
async fn five_wrong_codes_then_another_mail() {
    let t = instance().await;
    let mut b = Browser::new(&t);
    b.post("/connexion", &[("courriel", "lea@exemple.fr")]).await;
    let (_, code, _) = b.mail().await;
    let wrong = if code == "111111" { "222222" } else { "111111" };
    for left in [4, 3, 2, 1, 0] {
        let answer = b.post("/connexion/code", &[("code", wrong)]).await;
        assert_eq!(answer.has("code-dead") || answer.has("Il faut un autre code"), left == 0, "{left}");
    }
    assert!(b.post("/connexion/code", &[("code", &code)]).await.has("Il faut un autre code"));
    t.clock.advance(chrono::TimeDelta::minutes(1));
    assert_eq!(b.post("/connexion/code", &[("renvoyer", "1")]).await.to(), "/connexion/code?fait=code-attend#fait");
    let (_, code, _) = b.mail().await;
    assert_eq!(b.post("/connexion/code", &[("code", &code)]).await.to(), "/mon-espace");
    // A mailbox is not filled: six an hour.
    let mut other = Browser::new(&t);
    let mut refused = 0;
    for _ in 0..8 {
        let answer = other.post("/connexion", &[("courriel", "LEA@exemple.fr")]).await;
        refused += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!((3..=8).contains(&refused), "{refused}");
}

#[tokio::test]
async fn the_link_shows_the_words_its_click_agrees_to() {
    let t = instance().await;
    let mut b = Browser::new(&t);
    let (_, path) = left(&b, "lea@exemple.fr").await;
    // In the letter they take the whole width, in plain weight: they are read.
    let (mail, ..) = b.mail().await;
    let html = mail.body_html.replace('\u{a0}', " ");
    assert!(html.contains(">Ce que votre clic accepte : J’accepte d’être prévenue.</p>"), "{html}");
    let page = b.get(&path).await;
    assert!(page.has("Ce que votre clic accepte") && page.has("J’accepte d’être prévenue."), "{}", page.body);
}

#[tokio::test]
async fn twenty_codes_a_day_are_tried_for_an_address() {
    let t = instance().await;
    let mut last = Browser::new(&t);
    for n in 0..6 {
        let mut b = Browser::new(&t);
        b.address = format!("place {n}");
        let (code, _) = left(&b, "lea@exemple.fr").await;
        for _ in 0..5 {
            let wrong = if code == "111111" { "222222" } else { "111111" };
            b.post("/connexion/code", &[("code", wrong)]).await;
        }
        t.clock.advance(chrono::TimeDelta::minutes(10));
        last = b;
    }
    assert_eq!(db_attempts(&t).await, 20, "codes compared, of thirty typed");
    // The right code of a new mail waits for tomorrow; its link does not.
    let (code, path) = left(&last, "lea@exemple.fr").await;
    assert!(last.post("/connexion/code", &[("code", &code)]).await.has("Il faut un autre code"));
    assert_eq!(last.post(&path, &[]).await.to(), "/idees/3?fait=confirme-idee#fait");
}

async fn db_attempts(t: &TestApp) -> i64 {
    parvis_kernel::db::count(t.app.db.read(), "SELECT CAST(sum(attempts) AS BIGINT) FROM pass", vec![]).await.unwrap()
}

#[tokio::test]
async fn a_confirmation_is_no_way_into_the_desk() {
    let t = instance().await;
    let mut owner = Browser::new(&t);
    let me = owner.sign_in("owner@exemple.fr", Some(Role::Owner)).await;
    let mut b = Browser::new(&t);
    let (code, path) = left(&b, "Owner@exemple.fr").await;
    assert_eq!(code, "", "their mail holds no code to guess");
    for guess in ["111111", "000000"] {
        assert_eq!(b.post("/connexion/code", &[("code", guess)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let answer = b.post(&path, &[]).await;
    assert_eq!(answer.to(), "/connexion?retour=%2Fidees%2F3&fait=adresse-confirmee#fait");
    assert!(b.session.is_none());
    assert!(b.get(answer.to().trim_end_matches("#fait")).await.has("Votre adresse est confirmée"));
    // Signed in already: back to what they wrote, in the session they have.
    let (_, path) = left(&owner, "owner@exemple.fr").await;
    assert_eq!(owner.post(&path, &[]).await.to(), "/idees/3?fait=confirme-idee#fait");
    assert!(owner.session.is_some() && owner.get("/mon-espace").await.status == StatusCode::OK);
    assert_eq!(sessions::of_person(&t.app.db, me, t.app.clock.now()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn nobody_shuts_an_owner_out_by_asking_for_codes() {
    let t = instance().await;
    let mut owner = Browser::new(&t);
    owner.sign_in("owner@exemple.fr", Some(Role::Owner)).await;
    owner.session = None;
    let mut refused = Vec::new();
    for n in 0..70 {
        let mut b = Browser::new(&t);
        b.address = format!("place {}", n / 5);
        let answer = b.post("/connexion", &[("courriel", "owner@exemple.fr")]).await;
        if answer.status != StatusCode::SEE_OTHER {
            refused.push(answer.error.clone().unwrap());
        }
    }
    // Sixty in a day, and one more in these ten minutes.
    assert_eq!(refused.len(), 9, "{refused:?}");
    assert!(refused.iter().all(|e| matches!(e, Error::Refused(r) if r.code() == "code_later")));
    owner.address = "home".into();
    // The button of the last mail works wherever it is pressed, and the next mail is ten minutes away.
    let (_, _, path) = owner.mail().await;
    assert_eq!(owner.post(&path, &[]).await.to(), "/equipe");
    owner.session = None;
    t.clock.advance(chrono::TimeDelta::minutes(10));
    assert_eq!(owner.post("/connexion", &[("courriel", "owner@exemple.fr")]).await.to(), "/connexion/code");
    let (_, code, _) = owner.mail().await;
    assert_eq!(owner.post("/connexion/code", &[("code", &code)]).await.to(), "/equipe");
}

#[tokio::test]
async fn what_cannot_be_a_code_costs_no_try() {
    let t = instance().await;
    let mut b = Browser::new(&t);
    b.post("/connexion", &[("courriel", "lea@exemple.fr")]).await;
    let (_, code, _) = b.mail().await;
    for (typed, said) in [
        ("", "Il manque le code"),
        ("azerty", "Il manque le code"),
        ("12", "Il manque des chiffres"),
        ("12 34 5", "Il manque des chiffres"),
        ("1234567", "trop de chiffres"),
    ] {
        for _ in 0..2 {
            let answer = b.post("/connexion/code", &[("code", typed)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.has("id=\"e-code\"") && answer.has(said) && answer.has(typed), "{typed}: {}", answer.body);
        }
    }
    assert_eq!(db_attempts(&t).await, 0);
    let (first, last) = code.split_at(3);
    let spaced = format!("{first} {last}");
    assert_eq!(b.post("/connexion/code", &[("code", &spaced)]).await.to(), "/mon-espace");
}

#[tokio::test]
async fn pages_do_not_say_that_a_mail_left_when_none_can() {
    let t = instance().await;
    let mut b = Browser::new(&t);
    let waits = "Ce site ne peut pas envoyer de courriels";
    assert!(b.get("/connexion").await.has(waits));
    b.post("/connexion", &[("courriel", "lea@exemple.fr")]).await;
    let page = b.get("/connexion/code").await;
    assert!(page.has(waits) && page.has("Votre courriel attend") && !page.has("venons d’écrire"), "{}", page.body);
    b.settings.smtp.host = "smtp.exemple.fr".into();
    let page = b.get("/connexion/code").await;
    assert!(!page.has(waits) && page.has("venons d’écrire"), "{}", page.body);
    assert!(!b.get("/connexion").await.has(waits));
}

#[tokio::test]
async fn a_confirmation_is_said_where_it_leads() {
    let t = instance().await;
    for (about, done) in [
        ("idea", "/idees/3?fait=confirme-idee#c4"),
        ("comment", "/idees/3?fait=confirme-commentaire#c4"),
        ("supports", "/idees/3?fait=confirme-soutien#c4"),
        ("follow", "/idees/3#c4"),
    ] {
        let mut b = Browser::new(&t);
        let new = NewPass {
            about: about.into(),
            visitor: Some(b.visitor),
            ..NewPass::new(Purpose::Confirm, "lea@exemple.fr", "/idees/3#c4")
        };
        let moment = t.app.moment();
        let made = t.app.db.write(move |tx| {
            let (new, moment) = (new.clone(), moment.clone());
            Box::pin(async move { passes::create(tx, &moment, &new).await })
        });
        let secret = made.await.unwrap();
        assert_eq!(b.post("/connexion/code", &[("code", &secret.code)]).await.to(), done);
        assert_eq!(b.get(&format!("/connexion/{}", secret.token)).await.to(), done, "opened again");
    }
}

#[tokio::test]
async fn a_code_that_somebody_else_asked_for_is_cancelled_by_the_button_of_its_mail() {
    let t = instance().await;
    let mut thief = Browser::new(&t);
    thief.post("/connexion", &[("courriel", "lea@exemple.fr")]).await;
    let (mail, code, path) = thief.mail().await;
    let not_me = format!("{path}/pas-moi");
    assert!(mail.body_text.contains(&not_me), "{}", mail.body_text);
    let mut lea = Browser::new(&t);
    for _ in 0..2 {
        let page = lea.get(&not_me).await;
        assert!(
            page.has("Annuler ce code") && page.has("l…a@exemple.fr") && !page.has("lea@exemple.fr"),
            "{}",
            page.body
        );
    }
    assert!(thief.get("/connexion/code").await.has("name=\"code\""), "whoever looks changes nothing");
    assert!(lea.post(&not_me, &[]).await.has("Ce code est annulé"));
    assert_eq!(thief.post("/connexion/code", &[("code", &code)]).await.to(), "/connexion");
    for gone in [&path, &not_me] {
        assert!(lea.get(gone).await.error.is_some(), "{gone}");
        assert!(lea.post(gone, &[]).await.error.is_some(), "{gone}");
    }
    // Too late: it says where sessions are ended.
    t.clock.advance(chrono::TimeDelta::minutes(1));
    lea.post("/connexion", &[("courriel", "lea@exemple.fr")]).await;
    let (_, _, path) = lea.mail().await;
    lea.post(&path, &[]).await;
    for page in [lea.get(&format!("{path}/pas-moi")).await, lea.post(&format!("{path}/pas-moi"), &[]).await] {
        assert!(page.has("a déjà servi") && page.has("/mon-espace"), "{}", page.body);
    }
    assert!(lea.session.is_some());
}

#[tokio::test]
async fn an_address_that_was_left_is_erased_by_the_button_of_its_mail() {
    let t = instance().await;
    let mut b = Browser::new(&t);
    let (_, path) = left(&b, "Lea@exemple.fr").await;
    t.clock.advance(chrono::TimeDelta::minutes(1));
    let (_, again) = left(&b, "lea@exemple.fr").await;
    t.clock.advance(chrono::TimeDelta::minutes(1));
    let (_, other) = left(&b, "paul@exemple.fr").await;
    let mut lea = Browser::new(&t);
    assert!(lea.get(&format!("{path}/pas-moi")).await.has("Effacer mon adresse"));
    assert!(lea.post(&format!("{path}/pas-moi"), &[]).await.has("Votre adresse est effacée"));
    for table in ["pass WHERE lower(email)", "mail WHERE lower(recipient)"] {
        let sql = format!("SELECT count(*) FROM {table} = 'lea@exemple.fr'");
        assert_eq!(parvis_kernel::db::count(t.app.db.read(), &sql, vec![]).await.unwrap(), 0, "{table}");
    }
    assert!(b.get(&again).await.error.is_some(), "the other mails to it too");
    assert!(b.get(&other).await.has("Confirmer mon adresse"), "not those of somebody else");
    // The link that promises it goes on to the words of the idea.
    assert_eq!(b.post(&format!("{other}?puis=modifier"), &[]).await.to(), "/idees/3?fait=confirme-idee#mien");
    assert!(lea.get(&format!("{other}/pas-moi")).await.has("a été confirmée"));
    // An invitation is nobody's to take back here.
    let (app, moment) = (t.app.clone(), t.app.moment());
    let invited = app
        .db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move { passes::link_for(tx, &moment, "eva@exemple.fr", Purpose::Invite, "/").await })
        })
        .await
        .unwrap();
    assert!(lea.post(&format!("{invited}/pas-moi"), &[]).await.error.is_some());
    assert!(lea.get(&invited).await.has("Rejoindre"), "it still works");
}

#[tokio::test]
async fn a_mail_that_asks_to_confirm_has_nothing_left_to_ask_once_that_is_done() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let mut b = Browser::new(&t);
        let newest = async || mail::latest(&t.app.db, 1).await.unwrap().remove(0);
        let holds = async |letter: &mail::Mail| confirm::still_holds(t.app.db.read(), letter).await.unwrap();
        // Two mails about the same, and one about something else, all still in the outbox.
        let (_, path) = left(&b, "lea@exemple.fr").await;
        let first = newest().await;
        t.clock.advance(chrono::TimeDelta::minutes(1));
        let (moment, visitor) = (t.app.moment(), b.visitor);
        let other = uuid::Uuid::from_u128(5);
        t.app
            .db
            .write(move |tx| {
                let moment = moment.clone();
                Box::pin(async move {
                    for (agreed, minutes) in [(None, 1), (Some(visitor), 2), (Some(other), 3)] {
                        let at = moment.at(moment.now + chrono::TimeDelta::minutes(minutes));
                        let new = NewPass {
                            about: "supports".into(),
                            visitor: Some(visitor),
                            agreed,
                            ..NewPass::new(Purpose::Confirm, "lea@exemple.fr", "/")
                        };
                        passes::create(tx, &at, &new).await?;
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
        let later = |minutes| mail::Mail {
            created_at: t.app.clock.now() + chrono::TimeDelta::minutes(minutes),
            ..first.clone()
        };
        let (supports, again, something_else) = (later(1), later(2), later(3));
        for letter in [&first, &supports, &again, &something_else] {
            assert!(holds(letter).await);
        }
        t.clock.advance(chrono::TimeDelta::minutes(5));
        assert!(b.post(&path, &[]).await.to().contains("confirme-idee"));
        assert!(!holds(&first).await, "its own link was used");
        assert!(!holds(&supports).await, "the address is confirmed, and it agrees to nothing");
        assert!(!holds(&again).await, "what it agrees to was agreed to");
        assert!(holds(&something_else).await, "what it agrees to was not");
        assert!(holds(&mail::Mail { kind: "code".into(), ..first }).await);
    }
}
