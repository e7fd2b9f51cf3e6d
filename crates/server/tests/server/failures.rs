//! What the house does when something under it gives way: a full disk, a database away, a mail server that is silent.
//! Whoever typed something gets it back, nothing is lost, nothing is doubled, and all goes on by itself afterwards.

use std::{sync::Arc, time::Duration};

use axum::http::{StatusCode, header};
use chrono::TimeDelta;
use parvis::worker;
use parvis_kernel::{
    args,
    db::{self, Db},
    mail::{self, NotSent, Transport},
    permission::Role,
};
use parvis_testing::{Engine, Mailbox, engines};
use sea_orm::ConnectionTrait;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::{Notify, watch},
};

use crate::support::{Answer, Browser, Site, first_project, process::letter};

/// What somebody took time to write.
const TEXT: &str =
    "Un banc à l’ombre devant l’école Jean-Moulin, pour les grands-parents qui attendent à seize heures.";

async fn with_project(site: &Site) {
    site.test.write(|tx, app, moment| Box::pin(async move { first_project(tx, &app, &moment).await })).await;
}

async fn drafts(site: &Site) -> i64 {
    db::count(site.app().db.read(), "SELECT count(*) FROM draft", vec![]).await.unwrap()
}

/// The page says that it comes back, nothing of the database, and holds what was typed in a form to send again.
fn offers_again(answer: &Answer, typed: &str) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text);
    assert!(answer.headers.contains_key(header::RETRY_AFTER));
    assert!(answer.text.contains("Le site revient dans un instant"), "{}", answer.text);
    assert!(answer.text.contains("<textarea") && answer.text.contains("Envoyer de nouveau"), "{}", answer.text);
    let shown = answer.text.replace(['\u{202f}', '\u{a0}'], " ");
    assert!(shown.contains(&typed.chars().take(60).collect::<String>()), "the text is lost: {}", answer.text);
    let lower = answer.text.to_lowercase();
    for word in ["no such", "sqlite", "select ", "sqlx", "relation", "connection", "pool"] {
        assert!(!lower.contains(word), "the page says {word}: {}", answer.text);
    }
}

/// Presses the button of the page: what it holds goes out under the token that stands on it.
async fn send_again(browser: &mut Browser, answer: &Answer) -> Answer {
    assert!(answer.text.contains("action=\"/deposer\""), "{}", answer.text);
    let token = answer.text.split("name=\"_csrf\" value=\"").nth(1).and_then(|t| t.split('"').next()).unwrap();
    browser.post_raw("/deposer", &[("_csrf", token), ("idee", TEXT)], &[]).await
}

#[tokio::test]
async fn a_full_disk_keeps_what_was_typed_and_goes_on_once_there_is_room() {
    let site = Site::open(Engine::Sqlite).await;
    with_project(&site).await;
    let (_, ines) = site.citizen("ines").await;
    for mut browser in [site.visitor(), ines] {
        browser.get("/deposer").await;
        let before = drafts(&site).await;
        // As many pages as there are, and not one more.
        site.app()
            .db
            .write(|tx| Box::pin(async move { Ok(tx.execute_unprepared("PRAGMA max_page_count = 1").await?) }))
            .await
            .unwrap();
        let long = format!("{TEXT} {}", "Et un autre, plus loin. ".repeat(180));
        let mut refused = None;
        for _ in 0..200 {
            let answer = browser.post("/deposer", &[("idee", &long)]).await;
            if answer.status != StatusCode::SEE_OTHER {
                refused = Some(answer);
                break;
            }
        }
        let refused = refused.expect("the disk is full at some time");
        offers_again(&refused, TEXT);
        let kept = drafts(&site).await;
        let again = send_again(&mut browser, &refused).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text);
        assert_eq!(drafts(&site).await, kept + 1);
        assert!(kept >= before);
    }
}

/// The session can't be looked up: a person signed in loses nothing either.
#[tokio::test]
async fn a_person_whose_session_cant_be_read_keeps_what_they_typed() {
    for engine in engines() {
        let site = Site::open(engine).await;
        with_project(&site).await;
        let (_, mut ines) = site.citizen("ines").await;
        ines.get("/deposer").await;
        rename(&site, "ALTER TABLE session RENAME TO gone").await;
        let refused = ines.post("/deposer", &[("idee", TEXT)]).await;
        offers_again(&refused, TEXT);
        let page = ines.get("/mon-espace").await;
        assert_eq!((page.status, page.location.as_str()), (StatusCode::SERVICE_UNAVAILABLE, ""), "not sent to sign in");
        // Another site's form is not offered on ours.
        let foreign = [("origin", "https://ailleurs.example")];
        let answer = ines.post_raw("/deposer", &[("idee", TEXT)], &foreign).await;
        assert!(!answer.text.contains("Jean-Moulin"), "{}", answer.text);
        rename(&site, "ALTER TABLE gone RENAME TO session").await;
        let again = send_again(&mut ines, &refused).await;
        assert_eq!((again.status, drafts(&site).await), (StatusCode::SEE_OTHER, 1), "{}", again.text);
    }
}

async fn rename(site: &Site, sql: &'static str) {
    site.app().db.write(move |tx| Box::pin(async move { db::run(tx, sql, vec![]).await })).await.unwrap();
}

/// A way to PostgreSQL that can be cut.
struct Wire {
    port: u16,
    cut: watch::Sender<bool>,
}

impl Wire {
    async fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (cut, cuts) = watch::channel(false);
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let (server, mut cuts) = (server.clone(), cuts.clone());
                if *cuts.borrow() {
                    continue;
                }
                tokio::spawn(async move {
                    let mut there = TcpStream::connect(server).await.unwrap();
                    tokio::select! {
                        _ = copy_bidirectional(&mut client, &mut there) => {}
                        _ = cuts.wait_for(|cut| *cut) => {}
                    }
                });
            }
        });
        Self { port, cut }
    }
}

#[tokio::test]
async fn a_database_away_for_a_while_costs_nobody_their_text() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let mut wire = None;
    let site = Site::open_after(Engine::Postgres, async |app, url| {
        let (head, rest) = url.split_once('@').unwrap();
        let (server, path) = rest.split_once('/').unwrap();
        let through = Wire::to(server.to_owned()).await;
        app.db = Db::open(&format!("{head}@127.0.0.1:{}/{path}", through.port)).await.unwrap();
        wire = Some(through);
    })
    .await;
    let wire = wire.unwrap();
    with_project(&site).await;
    let (_, ines) = site.citizen("ines").await;
    for mut browser in [site.visitor(), ines] {
        browser.get("/deposer").await;
        let before = drafts(&site).await;
        wire.cut.send(true).unwrap();
        let refused = browser.post("/deposer", &[("idee", TEXT)]).await;
        offers_again(&refused, TEXT);
        assert!(worker::turn(site.app()).await.is_err(), "the worker says so and comes again");
        wire.cut.send(false).unwrap();
        let again = send_again(&mut browser, &refused).await;
        assert_eq!((again.status, drafts(&site).await), (StatusCode::SEE_OTHER, before + 1), "{}", again.text);
        worker::turn(site.app()).await.unwrap();
    }
}

async fn queue(site: &Site, n: usize) {
    queue_from(site, 0, n).await;
}

async fn queue_from(site: &Site, first: usize, end: usize) {
    site.test
        .write(move |tx, _, moment| {
            Box::pin(async move {
                for i in first..end {
                    mail::queue(tx, &moment, &letter(i, &moment)).await?;
                }
                Ok(())
            })
        })
        .await;
}

async fn mails(site: &Site, state: &str) -> i64 {
    let sql = "SELECT count(*) FROM mail WHERE state = $1";
    db::count(site.app().db.read(), sql, args![state]).await.unwrap()
}

async fn with_mailbox(engine: Engine) -> (Site, Arc<Mailbox>) {
    let mailbox = Arc::new(Mailbox::default());
    let carrier = mailbox.clone();
    let site = Site::open_after(engine, async move |app, _| app.transport = Some(carrier)).await;
    (site, mailbox)
}

#[tokio::test]
async fn an_hour_without_a_mail_server_loses_no_mail() {
    for engine in engines() {
        let (site, mailbox) = with_mailbox(engine).await;
        let app = site.app();
        queue(&site, 5).await;
        *mailbox.refusal.lock().unwrap() = Some(NotSent::Away("Connection error: Connection refused".into()));
        let mut tries = 0;
        for _ in 0..120 {
            assert_eq!(mail::send_due(app).await.unwrap(), 0);
            let outage = mail::outage(app.db.read()).await.unwrap().unwrap();
            tries = outage.tries;
            assert_eq!((mails(&site, "waiting").await, mails(&site, "failed").await), (5, 0));
            site.test.clock.advance(TimeDelta::seconds(30));
        }
        assert!((8..14).contains(&tries), "the waits grow: {tries}");
        let (_, mut owner) = site.team(Role::Owner).await;
        let page = owner.get("/equipe/reglages/envois").await.text.replace(['\u{202f}', '\u{a0}'], " ");
        assert!(page.contains("ne répond plus depuis") && page.contains("5 courriels attendent"), "{page}");
        assert!(!page.contains("Connection"), "the network's own words stay out");
        *mailbox.refusal.lock().unwrap() = None;
        site.test.clock.advance(TimeDelta::minutes(10));
        assert_eq!(mail::send_due(app).await.unwrap(), 5, "all leave by themselves");
        assert_eq!(mailbox.sent.lock().unwrap().len(), 5);
        assert_eq!(mail::outage(app.db.read()).await.unwrap(), None);
        assert!(!owner.get("/equipe/reglages/envois").await.text.contains("ne répond plus"));
    }
}

#[tokio::test]
async fn a_link_that_ended_while_it_waited_does_not_leave() {
    for engine in engines() {
        let (site, mailbox) = with_mailbox(engine).await;
        let app = site.app();
        *mailbox.refusal.lock().unwrap() = Some(NotSent::Away("Connection error: Connection refused".into()));
        let mut visitor = site.visitor();
        visitor.get("/connexion").await;
        visitor.post("/connexion", &[("courriel", "ines@rivemont.example")]).await;
        queue(&site, 1).await;
        assert_eq!(mail::send_due(app).await.unwrap(), 0);
        site.test.clock.advance(TimeDelta::minutes(40));
        // One asked for just now leaves, the one before is dead.
        visitor.get("/connexion").await;
        visitor.post("/connexion", &[("courriel", "yann@rivemont.example")]).await;
        *mailbox.refusal.lock().unwrap() = None;
        assert_eq!(mail::send_due(app).await.unwrap(), 2, "on {engine:?}");
        let sent = mailbox.sent.lock().unwrap().join("\n");
        assert!(sent.contains("yann@") && !sent.contains("ines@"), "on {engine:?}");
        assert_eq!((mails(&site, "waiting").await, mails(&site, "failed").await), (0, 1));
        let (_, mut owner) = site.team(Role::Owner).await;
        let sql = "SELECT id FROM mail WHERE state = 'failed'";
        let id: uuid::Uuid = db::scalar(app.db.read(), sql, vec![]).await.unwrap().unwrap();
        let page = owner.get(&format!("/equipe/reglages/envois/{id}")).await.text;
        assert!(page.contains("son lien ne servait plus") && !page.contains("/renvoyer"), "on {engine:?}: {page}");
        // Put back by hand it is stopped again.
        owner.post(&format!("/equipe/reglages/envois/{id}/renvoyer"), &[]).await;
        assert_eq!((mail::send_due(app).await.unwrap(), mails(&site, "failed").await), (0, 1), "on {engine:?}");
    }
}

#[tokio::test]
async fn an_hour_holds_so_many_mails_and_codes_go_first() {
    for engine in engines() {
        let (site, mailbox) = with_mailbox(engine).await;
        let app = site.app();
        let (_, mut owner) = site.team(Role::Owner).await;
        let pace = "/equipe/reglages/courriel/rythme";
        let wrong = owner.post(pace, &[("rythme", "beaucoup")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text.contains("value=\"beaucoup\"") && wrong.text.contains("e-rythme"), "{}", wrong.text);
        owner.post(pace, &[("rythme", "10")]).await;
        queue(&site, 15).await;
        // Two processes at once hold one limit.
        let (one, two) = tokio::join!(mail::send_due(app), mail::send_due(app));
        assert_eq!(one.unwrap() + two.unwrap(), 8, "a fifth is kept");
        let mut visitor = site.visitor();
        visitor.get("/connexion").await;
        visitor.post("/connexion", &[("courriel", "ines@rivemont.example")]).await;
        assert_eq!(mail::send_due(app).await.unwrap(), 1, "the code leaves at once");
        assert!(mailbox.sent.lock().unwrap().last().unwrap().contains("ines@rivemont.example"));
        let plain = |text: String| text.replace(['\u{202f}', '\u{a0}'], " ");
        let page = plain(owner.get("/equipe/reglages/envois").await.text);
        assert!(page.contains("L’envoi reprend à 10 h 12") && page.contains("7 courriels attendent"), "{page}");
        site.test.clock.advance(TimeDelta::minutes(59));
        assert_eq!(mail::send_due(app).await.unwrap(), 0);
        site.test.clock.advance(TimeDelta::minutes(1));
        assert_eq!(mail::send_due(app).await.unwrap(), 7, "the hour is over");
        assert_eq!(mails(&site, "waiting").await, 0);
        assert!(!owner.get("/equipe/reglages/envois").await.text.contains("reprend à"));
        // Without a limit all leave.
        queue_from(&site, 15, 40).await;
        owner.post(pace, &[("rythme", "")]).await;
        assert_eq!(mail::send_due(app).await.unwrap(), 25);
    }
}

#[tokio::test]
async fn at_night_letters_wait_and_codes_leave() {
    for engine in engines() {
        let (site, mailbox) = with_mailbox(engine).await;
        let app = site.app();
        // From 9 h 12 to 21 h 12 in Paris.
        site.test.clock.advance(TimeDelta::hours(12));
        queue(&site, 3).await;
        let mut visitor = site.visitor();
        visitor.get("/connexion").await;
        visitor.post("/connexion", &[("courriel", "ines@rivemont.example")]).await;
        assert_eq!(mail::send_due(app).await.unwrap(), 1, "the code leaves at once");
        assert!(mailbox.sent.lock().unwrap()[0].contains("ines@rivemont.example"));
        let settings = app.settings().await.unwrap();
        assert_eq!(mail::held(app.db.read(), &settings, app.clock.now()).await.unwrap(), 3);
        let (_, mut owner) = site.team(Role::Owner).await;
        let plain = |text: String| text.replace(['\u{202f}', '\u{a0}'], " ");
        assert_eq!(plain(owner.get("/equipe/reglages/envois").await.text).matches("Part à 8 h").count(), 3);
        let page = plain(owner.get("/equipe/reglages/courriel").await.text);
        assert!(page.contains("3 courriels attendent : ils partent à 8 h"), "{page}");
        // Other hours hold at once, both ways.
        let hours = "/equipe/reglages/courriel/heures";
        owner.post(hours, &[("calme", "1"), ("debut", "22:00"), ("fin", "06:30")]).await;
        assert_eq!(mail::send_due(app).await.unwrap(), 3);
        site.test.clock.advance(TimeDelta::hours(1));
        queue_from(&site, 3, 5).await;
        assert_eq!(mail::send_due(app).await.unwrap(), 0);
        assert_eq!(plain(owner.get("/equipe/reglages/envois").await.text).matches("Part à 6 h 30").count(), 2);
        // What is wrong is said, kept on the page, and changes nothing.
        let wrong = owner.post(hours, &[("calme", "1"), ("debut", "7:xx"), ("fin", "06:30")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text.contains("7:xx") && plain(wrong.text).contains("Écrivez une heure"));
        assert_eq!(
            owner.post(hours, &[("calme", "1"), ("debut", "06:30"), ("fin", "06:30")]).await.status.as_u16(),
            422
        );
        let (_, mut analyst) = site.team(Role::Analyst).await;
        assert_eq!(analyst.post(hours, &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(mail::send_due(app).await.unwrap(), 0);
        // In the morning by themselves.
        site.test.clock.advance(TimeDelta::hours(8) + TimeDelta::minutes(17));
        assert_eq!(mail::send_due(app).await.unwrap(), 0, "6 h 29");
        site.test.clock.advance(TimeDelta::minutes(1));
        assert_eq!(mail::send_due(app).await.unwrap(), 2, "6 h 30");
    }
}

/// An instance whose letters come from `rivemont.example` by `smtp.host.example`, and its administrator.
async fn with_sender(engine: Engine, dns: std::net::SocketAddr) -> (Site, crate::support::Browser) {
    let site = Site::open_after(engine, async move |app, _| app.dns = Some(dns)).await;
    let (_, mut owner) = site.team(Role::Owner).await;
    let fields = [("host", "smtp.host.example"), ("security", "tls"), ("from", "idees@rivemont.example")];
    let kept = owner.post("/equipe/reglages/courriel", &fields).await;
    assert!(kept.location.contains("settings-saved"), "{}", kept.text);
    let (_, administrator) = site.team(Role::Administrator).await;
    (site, administrator)
}

#[tokio::test]
async fn the_senders_domain_is_judged_and_says_what_to_publish() {
    use parvis_testing::dns::{Has, name_server};
    for engine in engines() {
        let server = name_server(&[
            ("smtp.host.example", Has::A([192, 0, 2, 1].into())),
            ("rivemont.example", Has::Txt("v=spf1 ip4:192.0.2.0/24 +all".into())),
            ("s1._domainkey.rivemont.example", Has::Txt("v=DKIM1; p=".into())),
        ]);
        let (site, mut page) = with_sender(engine, server).await;
        let path = "/equipe/reglages/courriel";
        let plain = |text: String| text.replace(['\u{202f}', '\u{a0}'], " ");
        assert!(page.get(path).await.text.contains("Domaine rivemont.example"));
        let asked = page.post("/equipe/reglages/courriel/domaine", &[("selecteur", "")]).await;
        assert_eq!(asked.location, "/equipe/reglages/courriel#domaine", "{}", asked.text);
        let shown = plain(page.get(path).await.text);
        for words in [
            "n’importe qui peut envoyer en votre nom",
            "La clé du sélecteur s1 a été retirée",
            "_dmarc.rivemont.example",
            "v=DMARC1; p=none; rua=mailto:bonjour@rivemont.example",
            "Vérifier de nouveau",
        ] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        let lines = parvis::commands::doctor::lines(site.app(), parvis_kernel::words::Lang::Fr).await.unwrap();
        for of in ["SPF", "DKIM", "DMARC"] {
            assert!(lines.iter().any(|l| !l.ok && l.words.starts_with(of)), "{of}: {lines:?}");
        }
        let bad = page.post("/equipe/reglages/courriel/domaine", &[("selecteur", "../x")]).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bad.text.contains("Un sélecteur") && bad.text.contains("value=\"../x\""), "said, and kept");
        let (_, mut analyst) = site.team(Role::Analyst).await;
        assert_eq!(analyst.post("/equipe/reglages/courriel/domaine", &[]).await.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn name_servers_that_keep_silent_are_said_to() {
    let (_open, server) = parvis_testing::dns::silent_name_server();
    let (_site, mut page) = with_sender(Engine::Sqlite, server).await;
    page.post("/equipe/reglages/courriel/domaine", &[]).await;
    let shown = page.get("/equipe/reglages/courriel").await.text;
    assert_eq!(shown.matches("n’ont pas répondu").count(), 3, "{shown}");
}

#[tokio::test]
async fn a_refused_recipient_is_told_from_a_server_away() {
    let (site, mailbox) = with_mailbox(Engine::Sqlite).await;
    queue(&site, 1).await;
    *mailbox.refusal.lock().unwrap() = Some(NotSent::Later("transient error (450): greylisted".into()));
    mail::send_due(site.app()).await.unwrap();
    assert_eq!((mails(&site, "waiting").await, mail::outage(site.app().db.read()).await.unwrap()), (1, None));
    assert_eq!(mail::send_due(site.app()).await.unwrap(), 0, "not before its time");
    *mailbox.refusal.lock().unwrap() = Some(NotSent::Refused("permanent error (550): no such user".into()));
    site.test.clock.advance(TimeDelta::minutes(5));
    mail::send_due(site.app()).await.unwrap();
    assert_eq!((mails(&site, "failed").await, mail::outage(site.app().db.read()).await.unwrap()), (1, None));
}

/// A mail server that takes the call and says nothing.
#[derive(Default)]
struct Silent {
    called: Notify,
    answers: Notify,
}

#[async_trait::async_trait]
impl Transport for Silent {
    async fn send(&self, _: lettre::Message) -> Result<(), NotSent> {
        self.called.notify_one();
        self.answers.notified().await;
        Ok(())
    }
}

#[tokio::test]
async fn a_silent_mail_server_holds_up_no_job() {
    let silent = Arc::new(Silent::default());
    let carrier = silent.clone();
    let site = Site::open_after(Engine::Sqlite, async move |app, _| app.transport = Some(carrier)).await;
    queue(&site, 1).await;
    let (stop, stopped) = watch::channel(false);
    let work = tokio::spawn(worker::run(site.app().clone(), stopped));
    silent.called.notified().await;
    // Enqueued while the mail server keeps silent.
    site.test
        .write(|tx, _, moment| {
            Box::pin(
                async move { parvis_kernel::jobs::enqueue(tx, &moment, "nobody.runs", &(), None, moment.now).await },
            )
        })
        .await;
    let ran = async {
        let sql = "SELECT count(*) FROM job WHERE kind = 'nobody.runs' AND state = 'failed'";
        while db::count(site.app().db.read(), sql, vec![]).await.unwrap() == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), ran).await.expect("the job runs meanwhile");
    assert_eq!(mails(&site, "sending").await, 1);
    stop.send(true).unwrap();
    silent.answers.notify_one();
    work.await.unwrap();
    assert_eq!(mails(&site, "sent").await, 1, "what was under way is finished first");
}
