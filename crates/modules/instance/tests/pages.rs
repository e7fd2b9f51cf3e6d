//! The pages of this module, asked as a browser asks them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails should say where")]

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use parvis_instance::Instance;
use parvis_kernel::{
    Ctx, Result, activity,
    context::{self, Moment},
    db::{Db, Migration, Tx},
    jobs::JobKind,
    mail,
    module::{Forget, Merge, Module, NavEntry, OpenData, PastEvent, PersonalData, TextPlace, TextRow, Union},
    permission::{Actor, Role},
    routes::{CsrfChecked, Routes, SetUpOpen},
    settings::{self, Settings},
    words::{Lang, WordsFile},
};
use parvis_people::{People, SessionIdentity, persons};
use parvis_testing::{Engine, TestApp, engines};
use tower::ServiceExt;
use uuid::Uuid;

/// Notes how often the set-up told it to begin, and with which question.
#[derive(Default)]
struct Watcher {
    times: AtomicUsize,
    question: Mutex<String>,
}

#[async_trait]
impl Module for Watcher {
    fn name(&self) -> &'static str {
        "watcher"
    }
    fn migrations(&self) -> Vec<Migration> {
        vec![]
    }
    fn routes(&self) -> Routes {
        Routes::new()
    }
    fn words(&self) -> Vec<WordsFile> {
        // The usual words of statuses belong to the module that holds ideas.
        vec![
            WordsFile { lang: Lang::Fr, name: "watcher.ftl", source: include_str!("data/statuses.ftl") },
            WordsFile { lang: Lang::En, name: "watcher.ftl", source: include_str!("data/statuses.ftl") },
        ]
    }
    fn jobs(&self) -> Vec<JobKind> {
        vec![]
    }
    fn navigation(&self) -> Vec<NavEntry> {
        vec![]
    }
    fn activity_kinds(&self) -> Vec<&'static str> {
        vec![]
    }
    fn open_data(&self) -> Vec<OpenData> {
        vec![]
    }
    fn desk_lists(&self) -> Vec<parvis_kernel::sheet::DeskList> {
        vec![]
    }
    fn retention(&self) -> Vec<parvis_kernel::retention::Retention> {
        vec![]
    }
    async fn texts(&self, _: &Db, _: Option<TextPlace>, _: i64) -> Result<Vec<TextRow>> {
        Ok(vec![])
    }
    async fn news(
        &self,
        _app: &parvis_kernel::app::App,
        _since: chrono::DateTime<chrono::Utc>,
        _until: chrono::DateTime<chrono::Utc>,
    ) -> Result<Vec<parvis_kernel::news::News>> {
        Ok(vec![])
    }

    async fn personal_data(&self, _: &Db, _: Uuid) -> Result<Vec<PersonalData>> {
        Ok(vec![])
    }
    async fn past_events(&self, _: &Db, _: Uuid, _: i64) -> Result<Vec<PastEvent>> {
        Ok(vec![])
    }
    async fn forget(&self, _: &Tx, _: &Moment, _: Uuid, _: Forget) -> Result<()> {
        Ok(())
    }
    async fn unite(&self, _: &Tx, _: &Moment, _: &Union) -> Result<()> {
        Ok(())
    }
    async fn absorb(&self, _: &Tx, _: &Moment, _: &Merge) -> Result<serde_json::Value> {
        Ok(serde_json::Value::Null)
    }
    async fn release(&self, _: &Tx, _: &Moment, _: &Merge, _: &serde_json::Value) -> Result<()> {
        Ok(())
    }
    async fn own_space(&self, _: &Ctx, _: Uuid) -> Result<String> {
        Ok(String::new())
    }
    async fn on_set_up(&self, _: &Tx, _: &Moment, settings: &Settings) -> Result<()> {
        self.times.fetch_add(1, Ordering::SeqCst);
        self.question.lock().unwrap().clone_from(&settings.question);
        Ok(())
    }
    async fn waiting(&self, _: &Db, _: &Actor) -> Result<Option<(&'static str, i64)>> {
        Ok(None)
    }
    async fn scopes(&self, _: &Db) -> Result<Vec<(Uuid, String)>> {
        Ok(vec![])
    }
}

/// An instance, and a browser.
struct House {
    t: TestApp,
    router: Router,
    watcher: Arc<Watcher>,
    actor: Actor,
    lang: Lang,
    set_up: bool,
}

impl House {
    async fn open(engine: Engine) -> Self {
        let watcher = Arc::new(Watcher::default());
        let modules: Vec<Arc<dyn Module>> = vec![Arc::new(People), Arc::new(Instance), watcher.clone()];
        let t = parvis_testing::app(engine, modules, Arc::new(SessionIdentity)).await;
        let router = Instance.routes().into_router();
        Self { t, router, watcher, actor: Actor::Visitor, lang: Lang::Fr, set_up: false }
    }

    /// Signs somebody in, with a mail address.
    async fn sign_in(&mut self, role: Role) -> Uuid {
        let moment = self.t.app.moment();
        let code = role.code();
        let person = self
            .t
            .app
            .db
            .write(move |tx| {
                let moment = moment.clone();
                let role = match code {
                    "owner" => Role::Owner,
                    "administrator" => Role::Administrator,
                    _ => Role::Analyst,
                };
                Box::pin(async move {
                    let address = format!("{code}@rivemont.example");
                    let person = persons::ensure(tx, &moment, &address, "Camille", Lang::Fr).await?;
                    persons::set_role(tx, person.id, Some(&role)).await?;
                    Ok(person.id)
                })
            })
            .await
            .unwrap();
        self.actor = Actor::Person { id: person, name: "Camille".into(), session: Uuid::nil(), role: Some(role) };
        person
    }

    async fn send(&self, mut request: Request<Body>) -> Response<Body> {
        let app = self.t.app.clone();
        app.store.forget().await;
        let ctx = Ctx(Arc::new(context::Request {
            settings: app.settings().await.unwrap(),
            actor: self.actor.clone(),
            visitor: Uuid::nil(),
            lang: self.lang,
            moment: app.moment(),
            id: "test".into(),
            uri: request.uri().to_string(),
            address: "here".into(),
            shortcuts: true,
            app,
        }));
        request.extensions_mut().insert(ctx);
        request.extensions_mut().insert(CsrfChecked);
        if self.set_up {
            request.extensions_mut().insert(SetUpOpen);
        }
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn get(&self, path: &str) -> (StatusCode, String) {
        body(self.send(Request::get(path).body(Body::empty()).unwrap()).await).await
    }

    async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Response<Body> {
        let form: Vec<String> = pairs.iter().map(|(k, v)| format!("{k}={}", parvis_kernel::url::encode(v))).collect();
        self.send(Request::post(path).body(Body::from(form.join("&"))).unwrap()).await
    }

    async fn settings(&self) -> Settings {
        settings::read(self.t.app.db.read()).await.unwrap()
    }
}

async fn body(response: Response<Body>) -> (StatusCode, String) {
    let status = response.status();
    let bytes = axum::body::to_bytes(response.into_body(), 10_000_000).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    // Words that are missing show themselves, and so does a title level that is skipped.
    assert!(
        !text.contains('⟦'),
        "missing words: {}",
        text.split('⟦').nth(1).unwrap_or_default().chars().take(60).collect::<String>()
    );
    assert!(!text.contains("style="), "inline style");
    (status, text)
}

fn goes_to(response: &Response<Body>) -> &str {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()[header::LOCATION].to_str().unwrap()
}

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
        assert_eq!(house.watcher.times.load(Ordering::SeqCst), 1);
        assert_eq!(*house.watcher.question.lock().unwrap(), "Que changeriez-vous au Mans ?");
        assert_eq!(house.settings().await.commune.name, "Le Mans");
        let mails = mail::latest(&app.db, 10).await.unwrap();
        assert_eq!((mails.len(), mails[0].recipient.as_str()), (1, "camille@rivemont.example"));
        assert!(mails[0].body_text.contains("http://localhost:8080/connexion/"));
        // The same form once more: nothing is made twice.
        assert_eq!(house.post("/installation/compte", &right).await.status(), StatusCode::GONE);
        assert_eq!(house.watcher.times.load(Ordering::SeqCst), 1);
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
        let lines = activity::latest(&house.t.app.db, None, 9).await.unwrap();
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
            let twice = house.post(&format!("{path}/renvoyer"), &[]).await;
            assert_eq!(goes_to(&twice), path, "it waits already");
        }
        let (_, page) = house.get("/equipe/reglages/envois?etat=waiting").await;
        assert_eq!(page.matches("Votre code").count(), 2);
        let read = |lines: Vec<activity::Line>| lines.iter().filter(|l| l.kind == "mail.read").count();
        assert_eq!(read(activity::latest(&app.db, None, 99).await.unwrap()), 1, "noted, where it was shown");
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
