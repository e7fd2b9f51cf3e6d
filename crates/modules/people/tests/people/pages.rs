//! The pages of this module as a browser gets them, without the server's outer layers.

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use parvis_kernel::{Error, mail, permission::Role, words::Lang};
use parvis_people::{
    consents, create_owner,
    passes::{self, NewPass, Purpose},
    persons,
};
use uuid::Uuid;

use crate::browser::{Browser, instance};

#[tokio::test]
async fn signing_in_by_code_and_by_link() {
    let t = instance().await;
    let mut b = Browser::new(&t);
    assert!(b.get("/connexion?retour=/idees/3").await.has("value=\"/idees/3\""));
    assert_eq!(b.get("/connexion/code").await.to(), "/connexion", "nothing was asked");
    for bad in ["", "odette", "a@b", "<script>@x.fr"] {
        let answer = b.post("/connexion", &[("courriel", bad)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        assert!(answer.has("aria-invalid") && !answer.has("<script>@"));
    }
    let program = b.post("/connexion", &[("courriel", "a@exemple.fr"), ("site_web", "x")]).await;
    assert_eq!(program.to(), "/connexion/code", "a program sees no difference");
    assert!(mail::latest(&t.app.db, 1).await.unwrap().is_empty(), "and gets no mail");

    let asked = b.post("/connexion", &[("courriel", "Lea@exemple.fr"), ("retour", "/idees/3")]).await;
    assert_eq!(asked.to(), "/connexion/code");
    let (mail, code, path) = b.mail().await;
    assert!(mail.subject.chars().all(|c| !c.is_ascii_digit()), "no code in a subject: {}", mail.subject);
    assert_eq!(code.len(), 6);
    let page = b.get("/connexion/code").await;
    assert!(page.has("one-time-code") && page.has("Lea@exemple.fr"));
    let wrong = if code == "111111" { "222222" } else { "111111" };
    let answer = b.post("/connexion/code", &[("code", wrong)]).await;
    assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.has("4 essais") && answer.has(wrong));
    // Read at once: the title says it, and the focus is on what is to be typed again.
    assert!(answer.has("<title>Erreur") && answer.has("autofocus aria-invalid=\"true\""), "{}", answer.body);
    assert_eq!(b.post("/connexion/code", &[("code", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let before = b.visitor;
    let entered = b.post("/connexion/code", &[("code", &code), ("garder", "1")]).await;
    assert_eq!((entered.to(), b.session.is_some()), ("/idees/3", true));
    assert!(
        b.visitor != before
            && entered
                .headers
                .get_all(header::SET_COOKIE)
                .iter()
                .any(|c| c.to_str().unwrap().contains("Max-Age=5184000"))
    );

    // The link of the same mail is used up, and its page offers another.
    let mut other = Browser::new(&t);
    let stale = other.get(&path).await;
    assert!(stale.status == StatusCode::GONE && stale.has("L…a@exemple.fr") && !stale.has("Lea@exemple.fr"));
    assert_eq!(b.get(&path).await.to(), "/idees/3", "whoever is signed in already goes on");
    t.clock.advance(chrono::TimeDelta::minutes(1));
    other.settings.smtp.host = "smtp.exemple.fr".into();
    assert_eq!(other.post(&path, &[("renvoyer", "1")]).await.to(), "/connexion/code?fait=code-envoye#fait");
    let (_, _, path) = other.mail().await;
    for _ in 0..3 {
        assert!(other.get(&path).await.has("Lea@exemple.fr"), "a scanner that looks uses nothing");
    }
    let entered = other.post(&path, &[]).await;
    assert_eq!(entered.to(), "/idees/3");
    assert!(
        !entered.headers.get_all(header::SET_COOKIE).iter().any(|c| c.to_str().unwrap().contains("5184000")),
        "not kept"
    );
    assert_eq!(other.get("/connexion?retour=//evil.example").await.to(), "/mon-espace");
    assert_eq!(other.post("/deconnexion", &[]).await.to(), "/?fait=deconnexion#fait");
    assert!(other.session.is_none());
    assert!(matches!(other.get("/connexion/unknown").await.error, Some(Error::Refused(_))));
}

#[tokio::test]
async fn invitations_and_confirmations_say_what_they_are() {
    let t = instance().await;
    for (purpose, about, expected) in [
        (Purpose::Invite, "", "Rejoindre l’équipe"),
        (Purpose::Confirm, "idea", "avec une idée"),
        (Purpose::Confirm, "comment", "avec un commentaire"),
        (Purpose::Confirm, "supports", "Vos soutiens"),
        (Purpose::Confirm, "follow", "nouvelles"),
        (Purpose::Demo, "", "Bonjour"),
    ] {
        let mut b = Browser::new(&t);
        let new = NewPass {
            about: about.into(),
            quote: "Un <b>banc</b>".into(),
            visitor: Some(b.visitor),
            ..NewPass::new(purpose, "lea@exemple.fr", "/")
        };
        let moment = t.app.moment();
        let secret = t
            .app
            .db
            .write(move |tx| {
                let (new, moment) = (new.clone(), moment.clone());
                Box::pin(async move { passes::create(tx, &moment, &new).await })
            })
            .await
            .unwrap();
        let path = format!("/connexion/{}", secret.token);
        let page = b.get(&path).await;
        assert!(page.has(expected) && !page.has("<b>banc"), "{expected}");
        b.lang = Lang::En;
        assert!(b.get(&path).await.has("lang=\"en\""));
        if purpose == Purpose::Confirm {
            assert!(b.get("/connexion/code").await.has("to be confirmed"));
        }
        assert!(b.post(&path, &[]).await.to().starts_with("/mon-espace"));
        if purpose != Purpose::Demo {
            let stranger = Browser::new(&t).get(&path).await;
            let again = Browser::new(&t).post(&path, &[]).await;
            for page in [stranger, again] {
                if purpose == Purpose::Confirm {
                    assert!(
                        page.status == StatusCode::OK && page.has("déjà confirmé") && page.has("/connexion?retour=")
                    );
                    let tells = ["lea@", "l…a@", "banc", "renvoyer"].into_iter().find(|w| page.has(w));
                    assert_eq!(tells, None, "{}", page.body);
                } else {
                    assert_eq!(page.status, StatusCode::GONE);
                }
            }
        }
    }
}

#[tokio::test]
async fn ones_own_space() {
    let t = instance().await;
    let mut b = Browser::new(&t);
    assert_eq!(b.get("/mon-espace").await.status, StatusCode::UNAUTHORIZED);
    let person = b.sign_in("lea@exemple.fr", None).await;
    let mut elsewhere = Browser::new(&t);
    elsewhere.sign_in("lea@exemple.fr", None).await;
    let moment = t.app.moment();
    t.app
        .db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                consents::record(tx, &moment, person, "answers", "email", "given", "J’accepte <i>.", "idea_form").await
            })
        })
        .await
        .unwrap();
    t.clock.advance(chrono::TimeDelta::minutes(5));
    for lang in Lang::ALL {
        b.lang = lang;
        let page = b.get("/mon-espace").await;
        assert!(page.has("id=\"accords\"") && page.has("id=\"appareils\"") && !page.has("<i>"), "{lang}");
    }
    b.lang = Lang::Fr;
    let long = "é".repeat(100_000);
    let bad = b.post("/mon-espace/moi", &[("nom", &long), ("quartier", "x"), ("age", "12")]).await;
    assert!(bad.status == StatusCode::UNPROCESSABLE_ENTITY && bad.has(&long));
    let good = b.post("/mon-espace/moi", &[("nom", " Léa \u{0} M. "), ("age", "25-39"), ("langue", "en")]).await;
    assert_eq!(good.to(), "/mon-espace?fait=profil#fait");
    let known = persons::find(t.app.db.read(), person).await.unwrap().unwrap();
    assert_eq!((known.name.as_str(), known.age.as_deref(), known.lang.as_str()), ("Léa M.", Some("25-39"), "en"));

    let fields = [("finalite", "answers"), ("canal", "email")];
    let withdrawn = b.post("/mon-espace/accords", &[fields[0], fields[1], ("accord", "retirer")]).await;
    assert_eq!(withdrawn.to(), "/mon-espace?retire=answers.email#accords");
    assert!(consents::permits(t.app.db.read(), t.app.clock.now(), person, "answers", "email").await.unwrap().is_none());
    assert!(b.get("/mon-espace?retire=answers.email").await.has("Annuler ce retrait"));
    t.clock.advance(chrono::TimeDelta::minutes(1));
    b.post("/mon-espace/accords", &[fields[0], fields[1], ("accord", "donner")]).await;
    assert!(consents::permits(t.app.db.read(), t.app.clock.now(), person, "answers", "email").await.unwrap().is_some());
    b.post("/mon-espace/accords", &[("finalite", "calls"), ("canal", "telephone"), ("accord", "donner")]).await;
    assert_eq!(
        consents::of_person(t.app.db.read(), person).await.unwrap().len(),
        3,
        "what was never asked can't be given"
    );

    b.post("/mon-espace/appareils", &[("autres", "1")]).await;
    assert_eq!(elsewhere.get("/mon-espace").await.status, StatusCode::UNAUTHORIZED);
    let zip = b.post("/mon-espace/donnees", &[]).await;
    assert_eq!((zip.status, zip.headers[header::CACHE_CONTROL].to_str().unwrap()), (StatusCode::OK, "no-store"));
    // Nothing goes before the box is ticked, and what was chosen stays chosen.
    let page = b.get("/mon-espace/effacer").await;
    assert!(page.has("name=\"compris\"") && !page.has("⟦"), "{}", page.body);
    let order = ["space-erase-goes", "space-erase-stays", "space-erase-texts"];
    let at = order.map(|key| page.body.find(&t.app.words.get(Lang::Fr, key)).unwrap());
    assert!(at.is_sorted(), "what goes and what stays are read before the choice");
    let none = b.post("/mon-espace/effacer", &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.has(r#"<fieldset id="f-textes" aria-invalid="true" aria-describedby="e-textes""#), "{}", none.body);
    let asked = b.post("/mon-espace/effacer", &[("textes", "effacer")]).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.has("value=\"effacer\" checked") && asked.has("e-compris"), "{}", asked.body);
    assert_eq!(b.get("/mon-espace").await.status, StatusCode::OK);
    let form = [("textes", "garder"), ("compris", "1")];
    assert_eq!(b.post("/mon-espace/effacer", &form).await.to(), "/?fait=compte-efface#fait");
    assert_eq!(b.get("/mon-espace").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_team_and_its_roles() {
    let t = instance().await;
    let (mut owner, mut admin) = (Browser::new(&t), Browser::new(&t));
    let me = owner.sign_in("owner@exemple.fr", Some(Role::Owner)).await;
    let admins = admin.sign_in("admin@exemple.fr", Some(Role::Administrator)).await;
    let list = "/equipe/reglages/equipe";
    assert!(owner.get(list).await.has("<small>2 personnes</small>"), "the menu says how things stand");
    assert!(owner.get(list).await.has("value=\"owner\"") && !admin.get(list).await.has("value=\"owner\""));
    let empty = owner.post(&format!("{list}/inviter"), &[]).await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.has("Choisissez un rôle"));
    let no_project = [("courriel", "m@exemple.fr"), ("role", "moderator")];
    assert!(owner.post(&format!("{list}/inviter"), &no_project).await.has("au moins un projet"));
    let there = owner.post(&format!("{list}/inviter"), &[("courriel", "ADMIN@exemple.fr"), ("role", "analyst")]).await;
    assert!(there.has("déjà dans l’équipe"));
    let owners = [("courriel", "x@exemple.fr"), ("role", "owner")];
    assert_eq!(admin.post(&format!("{list}/inviter"), &owners).await.status, StatusCode::FORBIDDEN);

    let invited = admin
        .post(&format!("{list}/inviter"), &[("courriel", "yann@exemple.fr"), ("nom", "Yann"), ("role", "analyst")])
        .await;
    assert_eq!(invited.to(), format!("{list}?fait=invitation-attend"));
    assert!(admin.get(invited.to()).await.has("attend dans la boîte d’envoi"), "one truth without a mail server");
    let (mail, _, path) = admin.mail().await;
    assert_eq!((mail.recipient.as_str(), mail.kind.as_str()), ("yann@exemple.fr", "invitation"));
    assert!(owner.get(list).await.has("Pas encore venue"));
    let mut yann = Browser::new(&t);
    assert_eq!(yann.post(&path, &[]).await.to(), "/equipe");
    assert_eq!(yann.get(list).await.status, StatusCode::FORBIDDEN, "an analyst reads only");

    let member = |id: Uuid| format!("{list}/{id}");
    let id = persons::by_email(t.app.db.read(), "yann@exemple.fr").await.unwrap().unwrap().id;
    let up = admin.post(&member(id), &[("role", "administrator"), ("fonction", "Adjoint")]).await;
    assert_eq!(up.to(), format!("{list}?fait=equipe-change"));
    let wrong = admin.post(&member(id), &[("role", "moderator"), ("fonction", "Élu")]).await;
    assert!(
        wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.has("value=\"Élu\"") && wrong.has("id=\"f-role\"")
    );
    assert_eq!(admin.post(&member(id), &[("role", "owner")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(admin.post(&member(me), &[("retirer", "1")]).await.status, StatusCode::FORBIDDEN);
    // Said on the page of the team, beside the form, with what was typed.
    let last = owner.post(&member(me), &[("role", "analyst"), ("fonction", "Maire")]).await;
    assert_eq!(last.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", last.body);
    assert!(last.has("Il faut au moins une personne propriétaire.") && last.has("id=\"t-membres\""), "{}", last.body);
    assert!(last.has("id=\"e-role\"") && last.has("value=\"analyst\" selected") && last.has("value=\"Maire\""));
    let gone = owner.post(&member(me), &[("retirer", "1")]).await;
    assert!(gone.status == StatusCode::UNPROCESSABLE_ENTITY && gone.has("id=\"e-role\""), "{}", gone.body);
    assert!(gone.has("value=\"owner\" selected"), "a button alone typed nothing: {}", gone.body);
    let kept = persons::find(t.app.db.read(), me).await.unwrap().unwrap();
    assert_eq!(kept.role.as_deref(), Some("owner"));
    owner.post(&member(id), &[("retirer", "1")]).await;
    assert_eq!(yann.get(list).await.status, StatusCode::FORBIDDEN);
    admin.post(&member(admins), &[("retirer", "1")]).await;
    let page = owner.get(list).await.body.replace(['\u{202f}', '\u{a0}'], " ");
    let (_, told) = page.split_once("Derniers changements ici").unwrap();
    let told: Vec<&str> = told.split("<li>").skip(1).take(5).collect();
    let said = ["a quitté l’équipe", "de l’équipe (Administration)", "le rôle « Administration »"];
    // All of them in the same moment: their order says nothing.
    assert!(said.iter().all(|words| told.iter().any(|line| line.contains(words))), "{told:?}");
    assert_eq!(
        owner.post(&member(id), &[("role", "analyst")]).await.status,
        StatusCode::NOT_FOUND,
        "no longer a member"
    );
    owner.lang = Lang::En;
    assert!(owner.get(list).await.has("Team and roles"));
}

#[tokio::test]
async fn links_for_the_command_line() {
    let t = instance().await;
    let moment = t.app.moment();
    let path = t
        .app
        .db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                create_owner(tx, &moment, "owner@exemple.fr", "Camille", Lang::Fr).await?;
                passes::link_for(tx, &moment, "owner@exemple.fr", Purpose::SignIn, "/").await
            })
        })
        .await
        .unwrap();
    let mut b = Browser::new(&t);
    assert!(b.get(&path).await.has("Bonjour Camille"));
    assert_eq!(b.post(&path, &[("garder", "1")]).await.to(), "/equipe");
}

#[tokio::test]
async fn the_census_is_taken_whole_or_not_at_all() {
    let t = instance().await;
    let mut b = Browser::new(&t);
    b.settings.commune.code = "72181".into();
    b.settings.commune.name = "Le Mans".into();
    b.settings.commune.population = 1100;
    b.sign_in("admin@exemple.fr", Some(Role::Administrator)).await;
    let send = |file: &str| {
        let head = "--x\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"pop.csv\"\r\n\r\n";
        Body::from(format!("{head}{file}\r\n--x--\r\n"))
    };
    let (uri, kind) = ("/equipe/reglages/recensement", "multipart/form-data; boundary=x");
    let head = "CODGEO;LIBGEO;SEXE;AGEPYR10;NB\n";
    for (file, words) in [
        (String::new(), "vide"),
        ("\u{89}PNG\0\0".to_owned(), "ni un texte ni un classeur"),
        ("nom;population\nGare;12".to_owned(), "AGEPYR10"),
        (format!("{head}01004;x;1;00;5"), "72181"),
    ] {
        let answer = b.ask(Method::POST, uri, send(&file), kind).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.has(words), "{words}: {}", answer.body);
    }
    // A line that can't be read is told with its number, and keeps all of the file out.
    let file = format!("{head}72181;x;1;00;5\n72181;x;2;00;tant\n72181;x;1;00;6\n");
    let trial = b.ask(Method::POST, uri, send(&file), kind).await.to().to_owned();
    let page = b.get(&trial).await;
    assert!(page.has("tant") && page.has(">3<") && page.has(">4<") && !page.has("value=\"importer\""), "{}", page.body);
    let lines = b.get(&format!("{trial}/refusees.csv")).await.body;
    assert!(lines.contains("72181;x;2;00;tant;3;") && lines.lines().count() == 3, "{lines}");
    assert_eq!(b.post(&trial, &[("faire", "importer")]).await.to(), trial, "nor is it taken by another way");
    assert!(parvis_people::margins::places(t.app.db.read()).await.unwrap().is_empty(), "nothing half done");
    assert_eq!(b.post(&trial, &[("faire", "oublier")]).await.to(), uri);
    assert!(b.get(&trial).await.has("n’est plus gardé"));
    assert!(b.get(uri).await.has("<small>Pas encore de chiffres</small>"));
    for (women, total, becomes) in
        [("1 234,5", "1 240", "nouveau"), ("100", "105", "remplace"), ("100", "105", "sans changement")]
    {
        let file = format!("{head}72181;Le Mans;1;00;5\n72181;Le Mans;2;00;{women}\n01004;x;1;00;9\n");
        let trial = b.ask(Method::POST, uri, send(&file), kind).await.to().to_owned();
        let page = b.get(&trial).await;
        let plain = page.body.replace(['\u{202f}', '\u{a0}'], " ");
        assert!(page.has(becomes) && plain.contains(&format!("{total} personnes")), "{plain}");
        let close = women == "1 234,5";
        assert_eq!(plain.contains("13 % de plus que la population"), close, "{plain}");
        assert_eq!(plain.contains("10 fois moins que la population"), !close, "{plain}");
        // What is the same already is nothing to take, and asks nothing.
        assert_eq!(page.has("name=\"ecart\""), becomes == "remplace", "{plain}");
        if becomes == "remplace" {
            let asked = b.post(&trial, &[("faire", "importer")]).await;
            assert!(asked.status == StatusCode::UNPROCESSABLE_ENTITY && asked.has("aria-invalid"), "{}", asked.body);
            let places = parvis_people::margins::places(t.app.db.read()).await.unwrap();
            assert!(places.iter().all(|p| p.people > 1000.0), "nothing is taken before: {places:?}");
        }
        let done = b.post(&trial, &[("faire", "importer"), ("ecart", "1")]).await;
        assert_eq!(done.to(), "/equipe/reglages/recensement?fait=recensement");
        let plain = b.get(uri).await.body.replace(['\u{202f}', '\u{a0}'], " ");
        assert!(plain.contains("Le Mans") && plain.contains("0 à 2 ans") && plain.contains(total), "{plain}");
    }
    assert!(b.get(uri).await.has("<small>Chiffres d’un lieu</small>"), "each place once, whatever its ages");
    b.lang = Lang::En;
    assert!(b.get(uri).await.has("Women"));
    b.session = None;
    assert!(matches!(b.get(uri).await.error, Some(Error::Refused(_))));
}
