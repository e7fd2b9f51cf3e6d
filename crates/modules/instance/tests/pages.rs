//! The pages of this module, asked as a browser asks them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails should say where")]

mod house;

use std::sync::atomic::Ordering;

use axum::http::{StatusCode, header};
use house::{House, body, goes_to};
use parvis_kernel::{
    activity, mail,
    permission::{Actor, Role},
    words::Lang,
};
use parvis_people::persons;
use parvis_testing::{Engine, engines};

#[tokio::test]
async fn the_whole_set_up_ends_with_a_session_and_a_consultation() {
    for engine in engines() {
        let mut house = House::open(engine).await;
        assert_eq!(house.get("/installation").await.0, StatusCode::NOT_FOUND, "without the link");
        house.set_up = true;
        for lang in Lang::ALL {
            house.lang = lang;
            for step in [
                "",
                "/qui",
                "/commune",
                "/commune?q=saint-denis",
                "/commune?q=zzzz",
                "/couleur",
                "/compte",
                "/plus-tard",
            ] {
                let (status, page) = house.get(&format!("/installation{step}")).await;
                assert_eq!((status, page.matches("<h1").count()), (StatusCode::OK, 1), "{step}");
            }
        }
        house.lang = Lang::Fr;
        assert_eq!(goes_to(&house.post("/installation", &[("lang", "fr")]).await), "/installation/qui");
        assert_eq!(goes_to(&house.post("/installation/qui", &[("kind", "town_hall")]).await), "/installation/commune");
        let (_, page) = house.get("/installation/commune?q=le+mans").await;
        assert!(page.contains("<b>Le Mans</b>") && page.contains("72000"));
        let nothing = house.post("/installation/commune", &[("insee", "autre"), ("nom", " \u{200b}")]).await;
        assert_eq!(nothing.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(goes_to(&house.post("/installation/commune", &[("insee", "72181")]).await), "/installation/couleur");
        let (_, page) = house.get("/installation/couleur").await;
        assert!(page.contains("Que changeriez-vous au Mans"), "the question is proposed");
        let tried = [("name", "Le Mans"), ("question", "Quoi ?"), ("couleur", "#2E8B3D"), ("essayer", "1")];
        let (status, page) = body(house.post("/installation/couleur", &tried).await).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        assert!(page.contains("/installation/apercu.css?c=2E8B3D") && page.contains("Nous avons foncé"), "{page}");
        assert!(house.get("/installation/apercu.css?c=2E8B3D").await.1.contains(".try-dark{"));
        assert_eq!(house.settings().await.colour, "#0B6670", "only shown");
        let wrong = [("name", "<script>alert(1)</script>"), ("question", "x"), ("couleur", "vert")];
        let (status, page) = body(house.post("/installation/couleur", &wrong).await).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("&#60;script&#62;") && !page.contains("<script>alert"), "kept and escaped");
        let wrong = [("name", "Camille"), ("email", "camille.rivemont.example")];
        let (status, page) = body(house.post("/installation/compte", &wrong).await).await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("camille.rivemont.example"));
        assert!(!house.settings().await.is_set_up());
        let right = [("name", "Camille Dumas"), ("email", "camille@rivemont.example")];
        let response = house.post("/installation/compte", &right).await;
        assert_eq!(goes_to(&response), "/equipe?fait=setup");
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
        let token = cookie.strip_prefix("parvis_session=").unwrap().split(';').next().unwrap();
        let app = &house.t.app;
        let actor = app.identity.actor(&app.db, token, app.clock.now()).await.unwrap();
        assert_eq!(actor.role(), Some(&Role::Owner));
        assert_eq!(house.watcher.0.times.load(Ordering::SeqCst), 1);
        assert_eq!(*house.watcher.0.question.lock().unwrap(), "Que changeriez-vous au Mans ?");
        assert_eq!(house.settings().await.commune.name, "Le Mans");
        let mails = mail::latest(&app.db, 10).await.unwrap();
        assert_eq!((mails.len(), mails[0].recipient.as_str()), (1, "camille@rivemont.example"));
        assert!(mails[0].body_text.contains("http://localhost:8080/connexion/"));
        // The same form once more: nothing is made twice.
        assert_eq!(house.post("/installation/compte", &right).await.status(), StatusCode::GONE);
        assert_eq!(house.watcher.0.times.load(Ordering::SeqCst), 1);
        assert_eq!(persons::team(app.db.read()).await.unwrap().len(), 1);
    }
}

const SETTINGS: [&str; 11] = [
    "/equipe/reglages",
    "/equipe/reglages/couleur",
    "/equipe/reglages/langues",
    "/equipe/reglages/courriel",
    "/equipe/reglages/courriel?essai=password&reponse=535",
    "/equipe/reglages/etats",
    "/equipe/reglages/pages",
    "/equipe/reglages/pages/charte?langue=en",
    "/equipe/reglages/envois?etat=failed",
    "/equipe/journal?quoi=page.changed",
    "/equipe/reglages/licence",
];

#[tokio::test]
async fn settings_open_for_administrators_only_and_keep_what_is_typed() {
    for engine in engines() {
        let mut house = House::open(engine).await;
        assert_eq!(house.get(SETTINGS[0]).await.0, StatusCode::UNAUTHORIZED);
        house.sign_in(Role::Analyst).await;
        assert_eq!(house.get(SETTINGS[0]).await.0, StatusCode::FORBIDDEN);
        assert_eq!(house.post(SETTINGS[1], &[("couleur", "#2E8B3D")]).await.status(), StatusCode::FORBIDDEN);
        house.sign_in(Role::Administrator).await;
        for lang in Lang::ALL {
            house.lang = lang;
            for path in SETTINGS {
                let (status, page) = house.get(path).await;
                assert_eq!((status, page.matches("<h1").count()), (StatusCode::OK, 1), "{path}");
            }
        }
        house.lang = Lang::Fr;
        let long = "é".repeat(100_000);
        let (status, page) = body(house.post(SETTINGS[0], &[("name", &long), ("contact", "x@y")]).await).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains(&long), "what was typed is kept");
        let identity = [
            ("name", "Rivemont\0 en commun 🚲"),
            ("question", "Que changeriez-vous ?"),
            ("kind", "campaign"),
            ("commune", "Rivemont-sur-Exemple"),
            ("population", "18 545"),
            ("contact", "bonjour@rivemont.example"),
            ("answer_days", "21"),
            ("review_hours", "8"),
            ("time_zone", "Indian/Reunion"),
            ("base_url", "https://rivemont.example/"),
        ];
        assert_eq!(goes_to(&house.post(SETTINGS[0], &identity).await), "/equipe/reglages?fait=settings-saved");
        house.post(SETTINGS[5], &[("fr-rejected", "Pas cette fois"), ("en-rejected", "")]).await;
        house.post(SETTINGS[2], &[("main", "en"), ("offered", "fr")]).await;
        let s = house.settings().await;
        assert_eq!((s.name.as_str(), s.commune.population), ("Rivemont en commun 🚲", 18_545));
        assert_eq!((s.base_url.as_str(), s.answer_days), ("", 21), "an administrator does not move the site");
        house.sign_in(Role::Owner).await;
        house.post(SETTINGS[0], &identity).await;
        assert_eq!(house.settings().await.base_url, "https://rivemont.example");
        house.sign_in(Role::Administrator).await;
        house
            .post(
                SETTINGS[0],
                &identity.map(|(k, v)| if k == "base_url" { (k, "https://evil.example") } else { (k, v) }),
            )
            .await;
        assert_eq!(house.settings().await.base_url, "https://rivemont.example");
        let (_, page) = house.get(SETTINGS[0]).await;
        assert!(page.contains("https://rivemont.example") && !page.contains("name=\"base_url\""));
        let form = [("host", "mail.evil.example"), ("security", "tls"), ("from", "a@evil.example")];
        assert_eq!(house.post(SETTINGS[3], &form).await.status(), StatusCode::FORBIDDEN);
        let (_, page) = house.get(SETTINGS[3]).await;
        assert!(!page.contains("name=\"host\"") && house.settings().await.smtp.host.is_empty());
        assert_eq!(s.status_words["rejected"][&Lang::Fr], "Pas cette fois");
        assert_eq!((s.lang, s.languages.len()), (Lang::En, 2));
        let (_, page) = house.get("/equipe/journal").await;
        assert!(page.contains("Camille a changé un réglage"), "{page}");
    }
}

#[tokio::test]
async fn the_mail_password_is_never_shown_and_a_dead_server_is_told_in_words() {
    let mut house = House::open(Engine::Sqlite).await;
    house.sign_in(Role::Owner).await;
    // Port 9 of this machine: nobody listens.
    let form = [
        ("host", "localhost"),
        ("security", "none"),
        ("port", "9"),
        ("user", "bonjour"),
        ("password", "s3cr3t-w0rd"),
        ("from", "bonjour@rivemont.example"),
        ("essayer", "1"),
    ];
    let response = house.post("/equipe/reglages/courriel", &form).await;
    assert_eq!(goes_to(&response), "/equipe/reglages/courriel?essai=unreachable#essai");
    assert_eq!(house.settings().await.smtp.password, "s3cr3t-w0rd");
    let (_, page) = house.get("/equipe/reglages/courriel?essai=unreachable").await;
    assert!(page.contains("Personne ne répond") && !page.contains("s3cr3t-w0rd"));
    let wrong = [("host", "b c"), ("password", "an0ther-0ne"), ("user", "bonjour")];
    let (status, page) = body(house.post("/equipe/reglages/courriel", &wrong).await).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && !page.contains("an0ther-0ne"));
}

#[tokio::test]
async fn pages_are_read_written_and_put_back() {
    for engine in engines() {
        let mut house = House::open(engine).await;
        for slug in parvis_instance::pages::SLUGS {
            let (status, page) = house.get(&format!("/pages/{slug}")).await;
            assert_eq!((status, page.matches("<h1").count()), (StatusCode::OK, 1), "{slug}");
        }
        assert_eq!(house.get("/pages/autre").await.0, StatusCode::NOT_FOUND);
        house.sign_in(Role::Owner).await;
        let edit = "/equipe/reglages/pages/charte";
        let text = [("langue", "fr"), ("seen", "0"), ("body", "# Nos règles\n\n{name} <script>alert(1)</script>")];
        assert!(goes_to(&house.post(edit, &text).await).starts_with(edit));
        let stale = [("langue", "fr"), ("seen", "0"), ("body", "# Autre")];
        let (status, page) = body(house.post(edit, &stale).await).await;
        assert!(status == StatusCode::CONFLICT && page.contains("# Autre"), "typed text is kept");
        house.actor = Actor::Visitor;
        let (_, page) = house.get("/pages/charte").await;
        assert!(page.contains("<h2>Nos règles</h2>") && page.contains("Parvis &lt;script&gt;"), "{page}");
        house.lang = Lang::En;
        let (_, page) = house.get("/pages/charte").await;
        assert!(page.contains("lang=\"fr\"") && page.contains("Nos règles"), "the team's own text, marked");
        house.sign_in(Role::Owner).await;
        house.post("/equipe/reglages/pages/charte/origine", &[("langue", "fr")]).await;
        let (_, page) = house.get("/pages/charte").await;
        assert!(page.contains("What we look for"));
        let lines = activity::latest(&house.t.app.db, &[], 9).await.unwrap();
        let mut kinds: Vec<_> = lines.iter().map(|l| l.kind.as_str()).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["page.changed", "page.restored"]);
    }
}

#[tokio::test]
async fn the_outbox_hides_an_owners_link_from_others_and_sends_again() {
    for engine in engines() {
        let mut house = House::open(engine).await;
        house.sign_in(Role::Owner).await;
        let app = house.t.app.clone();
        let moment = app.moment();
        app.db
            .write(move |tx| {
                let moment = moment.clone();
                Box::pin(async move {
                    for (i, to) in ["owner@rivemont.example", "ines@rivemont.example"].into_iter().enumerate() {
                        let new = mail::NewMail {
                            dedupe: format!("test/{i}"),
                            person: None,
                            kind: "code",
                            to: to.into(),
                            subject: "Votre code".into(),
                            text: format!("SECRET-{i} <b>"),
                            html: "<script>alert(1)</script>".into(),
                            unsubscribe: String::new(),
                            after: moment.now,
                        };
                        mail::queue(tx, &moment, &new).await?;
                    }
                    parvis_kernel::db::run(tx, "UPDATE mail SET state = 'failed', last_error = 'permanent error (535): secret-host.internal refuses'", vec![]).await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        house.sign_in(Role::Administrator).await;
        for mail in mail::latest(&app.db, 9).await.unwrap() {
            let path = format!("/equipe/reglages/envois/{}", mail.id);
            let (status, page) = house.get(&path).await;
            assert_eq!(status, StatusCode::OK);
            let owners = mail.recipient.starts_with("owner");
            assert!(!page.contains("SECRET-"), "a sign-in mail is not read by looking");
            let (status, read) = body(house.post(&format!("{path}/lire"), &[]).await).await;
            assert_eq!(status, StatusCode::OK);
            assert_eq!(read.contains("SECRET-"), !owners, "{}", mail.recipient);
            assert!(!page.contains("secret-host") && !page.contains("<script>alert") && page.contains("535"));
            let again = house.post(&format!("{path}/renvoyer"), &[]).await;
            assert!(goes_to(&again).ends_with("fait=outbox-again"));
            let (_, held) = house.get(&path).await;
            assert!(held.contains("Attend un serveur") && !held.contains("Part le"), "nobody knows when: {held}");
            let twice = house.post(&format!("{path}/renvoyer"), &[]).await;
            assert_eq!(goes_to(&twice), path, "it waits already");
        }
        let (_, page) = house.get("/equipe/reglages/envois?etat=waiting").await;
        assert_eq!(page.matches("Votre code").count(), 2);
        let read = |lines: Vec<activity::Line>| lines.iter().filter(|l| l.kind == "mail.read").count();
        assert_eq!(read(activity::latest(&app.db, &[], 99).await.unwrap()), 1, "noted, where it was shown");
        // With a server, the mail has another way: an owner alone reads it here.
        house.sign_in(Role::Owner).await;
        house
            .post(
                "/equipe/reglages/courriel",
                &[("host", "localhost"), ("security", "none"), ("port", "9"), ("from", "a@rivemont.example")],
            )
            .await;
        for (role, reads) in [(Role::Administrator, 0), (Role::Owner, 2)] {
            house.sign_in(role).await;
            let mut seen = 0;
            for mail in mail::latest(&app.db, 9).await.unwrap().iter().filter(|m| m.kind == "code") {
                let (_, page) = body(house.post(&format!("/equipe/reglages/envois/{}/lire", mail.id), &[]).await).await;
                seen += usize::from(page.contains("SECRET-"));
            }
            assert_eq!(seen, reads);
        }
    }
}

#[tokio::test]
async fn language_shortcuts_and_robots() {
    let mut house = House::open(Engine::Sqlite).await;
    let response = house.post("/langue", &[("langue", "en"), ("retour", "/idees?page=2")]).await;
    assert_eq!(goes_to(&response), "/idees?page=2");
    assert!(response.headers()[header::SET_COOKIE].to_str().unwrap().starts_with("parvis_lang=en;"));
    assert_eq!(goes_to(&house.post("/langue", &[("langue", "fr"), ("retour", "//evil.example")]).await), "/");
    assert_eq!(house.post("/langue", &[("langue", "xx")]).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(house.post("/equipe/raccourcis", &[]).await.status(), StatusCode::UNAUTHORIZED);
    house.sign_in(Role::Analyst).await;
    let off = house.post("/equipe/raccourcis", &[("retour", "/equipe/contributions")]).await;
    assert_eq!(goes_to(&off), "/equipe/contributions");
    assert!(off.headers()[header::SET_COOKIE].to_str().unwrap().starts_with("parvis_keys=off;"));
    let (_, robots) = house.get("/robots.txt").await;
    for path in ["/equipe", "/mon-espace", "/connexion", "/deposer"] {
        assert!(robots.contains(&format!("Disallow: {path}\n")));
    }
}

/// Where the undo of what was changed in a section is sent, if it is offered.
async fn undo(house: &House, path: &str) -> Option<String> {
    let (_, page) = house.get(path).await;
    let actions = page.split("action=\"").filter_map(|s| s.split('"').next());
    actions.filter(|s| s.contains("/annuler/")).map(str::to_owned).next()
}

#[tokio::test]
async fn what_was_changed_is_told_and_put_back_on_its_page() {
    for engine in engines() {
        let mut house = House::open(engine).await;
        house.sign_in(Role::Administrator).await;
        let before = house.settings().await;
        house.post(SETTINGS[1], &[("couleur", "#7A3E9D")]).await;
        house.post(SETTINGS[5], &[("fr-rejected", "Pas cette fois"), ("en-rejected", "")]).await;
        let (colour, words) = (undo(&house, SETTINGS[1]).await.unwrap(), undo(&house, SETTINGS[5]).await.unwrap());
        assert_eq!(undo(&house, SETTINGS[2]).await, None, "nothing was changed there");
        let (_, page) = house.get(SETTINGS[1]).await;
        let told = format!("{} devient #7A3E9D", before.colour);
        assert!(page.contains(&told) && page.contains(&format!("Remettre {}", before.colour)), "{page}");
        // The key means the newest that can be put back, and each line once one is on it.
        house.post(SETTINGS[1], &[("couleur", "#1F5FA8")]).await;
        house.post(SETTINGS[1], &[("couleur", "#7A3E9D")]).await;
        let (_, page) = house.get(SETTINGS[1]).await;
        let keys = |key: &str| page.matches(key).count();
        assert!(keys("data-key=\"j k\"") == 1 && keys("aria-keyshortcuts=\"u\"") == 1, "{page}");
        assert_eq!(keys("data-key=\"u\""), page.matches("name=\"valeur\"").count());
        assert_eq!(parvis_testing::keys::faults(&page), Vec::<String>::new());
        let to = house.post(&colour, &[("valeur", "colour")]).await;
        assert!(goes_to(&to).contains("/equipe/reglages"));
        // What is as it was already is not put back twice.
        assert_eq!(house.post(&colour, &[("valeur", "colour")]).await.status(), StatusCode::CONFLICT);
        assert_eq!(house.post(&colour, &[("valeur", "name")]).await.status(), StatusCode::BAD_REQUEST);
        let now = house.settings().await;
        assert_eq!(now.colour, before.colour);
        assert!(now.status_words.contains_key("rejected"), "the other section stays");
        house.sign_in(Role::Analyst).await;
        assert_eq!(house.post(&words, &[]).await.status(), StatusCode::FORBIDDEN);
        // A colleague puts it back as well.
        house.sign_in(Role::Owner).await;
        goes_to(&house.post(&words, &[]).await);
        assert!(!house.settings().await.status_words.contains_key("rejected"), "on {engine:?}");
        // The mail server is told without its password, and an owner alone puts its port back.
        let server = [
            ("host", "mail.rivemont.example"),
            ("port", "465"),
            ("security", "tls"),
            ("from", "a@rivemont.example"),
            ("password", "grenadine"),
        ];
        goes_to(&house.post(SETTINGS[3], &server).await);
        assert_eq!(house.settings().await.smtp.host, "mail.rivemont.example");
        let (_, page) = house.get(SETTINGS[3]).await;
        assert!(page.contains("devient 465") && !page.contains("grenadine"), "{page}");
        let port = undo(&house, SETTINGS[3]).await.unwrap();
        house.sign_in(Role::Administrator).await;
        assert_eq!(house.post(&port, &[("valeur", "smtp.port")]).await.status(), StatusCode::FORBIDDEN);
        let (_, page) = house.get("/equipe/journal").await;
        assert!(page.contains("Camille a remis un réglage d’avant"), "{page}");
    }
}
