//! What is too large, refused for good, or not for a cache, through the whole program.

use std::{convert::Infallible, sync::Arc};

use axum::{
    body::{Body, Bytes},
    http::{StatusCode, header},
};
use futures::stream;
use parvis::{
    commands::restore::{self, RestoreArgs},
    worker,
};
use parvis_instance::keeping::store;
use parvis_kernel::{
    args, db,
    mail::{self, NewMail, NotSent, refused},
    module::Forget,
    permission::Role,
    words::Lang,
};
use parvis_people::{persons, space::erase_person};
use parvis_testing::{Engine, Mailbox, engines};
use uuid::Uuid;

use crate::support::{Browser, Site, first_project};

const KIND: &str = "multipart/form-data; boundary=X";

/// A form with a file of so many bytes, made as it is read, and a field after it.
fn form(bytes: usize, head: &'static [u8], words: &str) -> Body {
    let begin = "--X\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"trop.csv\"\r\n\r\n";
    let end = format!("\r\n--X\r\nContent-Disposition: form-data; name=\"mots\"\r\n\r\n{words}\r\n--X--\r\n");
    let block = Bytes::from(vec![b'x'; 1 << 20]);
    let (whole, rest) = ((bytes - head.len()) >> 20, (bytes - head.len()) & ((1 << 20) - 1));
    let blocks = (0..whole).map(move |_| block.clone()).chain([Bytes::from(vec![b'x'; rest])]);
    let all = [Bytes::from(begin), Bytes::from_static(head)].into_iter().chain(blocks).chain([Bytes::from(end)]);
    Body::from_stream(stream::iter(all.map(Ok::<_, Infallible>)))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_just_over_its_limit_is_told_so_beside_its_field() {
    let site = Site::open(Engine::Sqlite).await;
    let slug: String = site
        .test
        .write(|tx, app, moment| {
            Box::pin(async move {
                let project = first_project(tx, &app, &moment).await?;
                Ok(db::scalar(tx, "SELECT slug FROM project WHERE id = $1", args![project]).await?.unwrap())
            })
        })
        .await;
    let (_, mut owner) = site.team(Role::Owner).await;
    let (project, mib) = (format!("/equipe/projets/{slug}/fichiers"), 1 << 20);
    for (path, bytes, words) in [
        (project.as_str(), 10 * mib + 1, "dépasse 10 Mo"),
        (&project, 30 * mib, "dépasse 10 Mo"),
        ("/equipe/reglages/quartiers/fichier", 8 * mib + 1, "trop détaillé"),
        ("/equipe/reglages/quartiers/fichier", 30 * mib, "trop détaillé"),
        ("/equipe/reglages/recensement", 256 * mib + 1, "trop grand"),
        ("/equipe/importer", 256 * mib + 1, "trop grand"),
        ("/equipe/personnes/importer", 256 * mib + 1, "trop grand"),
    ] {
        owner.get(path.trim_end_matches("/fichier")).await;
        let answer = owner.post_body(path, KIND, form(bytes, b"%PDF-1.7", "Le plan de la place")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {bytes}: {}", answer.text);
        let beside = answer.text.split("id=\"e-fichier\">").nth(1).unwrap_or_default();
        let beside = beside.split("</p>").next().unwrap_or_default().replace(['\u{202f}', '\u{a0}'], " ");
        assert!(beside.contains(words), "{path} {bytes}: {beside}");
        assert!(path != project || answer.text.contains("value=\"Le plan de la place\""), "what was typed is kept");
    }
    // One byte less is taken.
    let answer = owner.post_body(&project, KIND, form(10 * mib, b"%PDF-1.7", "Le plan")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
}

async fn with_mailbox(engine: Engine) -> (Site, Arc<Mailbox>) {
    let mailbox = Arc::new(Mailbox::default());
    let carrier = mailbox.clone();
    let site = Site::open_after(engine, async move |app, _| app.transport = Some(carrier)).await;
    (site, mailbox)
}

fn refuse(mailbox: &Mailbox, said: Option<&str>) {
    *mailbox.refusal.lock().unwrap() = said.map(|s| NotSent::Refused(s.to_owned()));
}

/// Queues a mail to Inès, sends what is due, and says what became of it.
async fn write(site: &Site, person: Option<Uuid>, kind: &'static str) -> String {
    let id = site
        .test
        .write(move |tx, _, moment| {
            Box::pin(async move {
                let new = NewMail {
                    dedupe: format!("test/{}", moment.id()),
                    person,
                    kind,
                    to: "Ines@rivemont.example".into(),
                    subject: "Une réponse".into(),
                    text: "Bonjour".into(),
                    html: "Bonjour".into(),
                    unsubscribe: String::new(),
                    after: moment.now,
                };
                mail::queue(tx, &moment, &new).await?;
                let sql = "SELECT id FROM mail WHERE dedupe = $1";
                Ok(db::scalar::<Uuid>(tx, sql, args![new.dedupe]).await?.unwrap())
            })
        })
        .await;
    mail::send_due(site.app()).await.unwrap();
    mail::find(&site.app().db, id).await.unwrap().unwrap().state
}

async fn is_refused(site: &Site) -> bool {
    refused::find(site.app().db.read(), "ines@rivemont.example").await.unwrap().is_some()
}

#[tokio::test]
async fn an_address_refused_for_good_gets_no_letter_until_it_is_lifted() {
    for engine in engines() {
        let (site, mailbox) = with_mailbox(engine).await;
        let (ines, _) = site.citizen("ines").await;
        let (_, mut owner) = site.team(Role::Owner).await;
        for about_us in ["permanent error (550): 5.7.1 policy", "permanent error (554): transaction failed"] {
            refuse(&mailbox, Some(about_us));
            assert_eq!(write(&site, Some(ines), "answer").await, "failed");
            assert!(!is_refused(&site).await, "{about_us}");
        }
        refuse(&mailbox, Some("permanent error (550): 5.1.1 no such user at mx.internal"));
        assert_eq!(write(&site, Some(ines), "answer").await, "failed");
        assert!(is_refused(&site).await);
        let page = owner.get("/equipe/reglages/envois?etat=failed").await.text;
        let sheet = format!("/equipe/personnes/{ines}");
        assert!(page.contains("cette adresse n’existe pas") && page.contains(&sheet), "{page}");
        assert!(!page.contains("mx.internal"), "the network's own words stay out");

        refuse(&mailbox, None);
        assert_eq!(write(&site, Some(ines), "answer").await, "cancelled");
        assert_eq!(mailbox.sent.lock().unwrap().len(), 0);
        let id: Uuid = db::scalar(site.app().db.read(), "SELECT id FROM mail WHERE state = 'cancelled'", vec![])
            .await
            .unwrap()
            .unwrap();
        let page = owner.get(&format!("/equipe/reglages/envois/{id}")).await.text;
        assert!(page.contains("ne reçoit plus de courriels depuis") && page.contains("son texte est effacé"), "{page}");
        assert!(!page.contains("/renvoyer"), "it would be stopped at once");

        let page = owner.get(&sheet).await.text;
        assert!(page.contains("Cette adresse ne reçoit plus de courriels depuis le") && page.contains("550"), "{page}");
        for _ in 0..2 {
            let lifted = owner.post(&format!("{sheet}/adresse"), &[]).await;
            assert_eq!(lifted.location, format!("{sheet}?fait=adresse-levee"));
        }
        let noted = "SELECT count(*) FROM activity WHERE kind = 'person.address_lifted'";
        assert_eq!(db::count(site.app().db.read(), noted, vec![]).await.unwrap(), 1, "pressed twice");
        assert_eq!(write(&site, Some(ines), "answer").await, "sent");

        // What she asks for herself still goes, and is proof enough.
        refuse(&mailbox, Some("permanent error (550): no such user"));
        write(&site, Some(ines), "answer").await;
        refuse(&mailbox, None);
        assert_eq!(write(&site, None, "code").await, "sent");
        assert!(!is_refused(&site).await, "the server takes mail again");
    }
}

#[tokio::test]
async fn what_a_server_said_of_an_address_is_the_persons_and_goes_with_them() {
    let (site, mailbox) = with_mailbox(Engine::Sqlite).await;
    let (ines, mut browser) = site.citizen("ines").await;
    refuse(&mailbox, Some("permanent error (550): 5.2.1 disabled"));
    write(&site, Some(ines), "answer").await;
    let told = site.app().modules.iter().find(|m| m.name() == "instance").unwrap();
    let told = told.personal_data(&site.app().db.reader(), ines).await.unwrap();
    let rows = &told.iter().find(|d| d.name == "refused_addresses").unwrap().rows;
    assert_eq!((&rows[0]["reason"], &rows[0]["code"]), (&"closed".into(), &550.into()));
    assert_eq!(browser.get("/mon-espace").await.status, StatusCode::OK);
    site.test
        .write(move |tx, app, moment| {
            Box::pin(async move { erase_person(tx, &app, &moment, ines, Forget::EraseTexts).await })
        })
        .await;
    assert!(!is_refused(&site).await);
}

/// Addresses that the data of a person say refuse letters.
async fn refused_of(site: &Site, person: Uuid) -> Vec<String> {
    let rows = refused::of_person(site.app().db.read(), person).await.unwrap();
    rows.into_iter().map(|r| r.address).collect()
}

/// A sheet of the directory that nobody came to themselves.
async fn sheet_of(site: &Site, address: &'static str) -> Uuid {
    let make = site.test.write(move |tx, _, moment| {
        Box::pin(async move { Ok(persons::ensure(tx, &moment, address, "Alex", Lang::Fr).await?.id) })
    });
    make.await
}

#[tokio::test]
async fn a_refused_address_is_whose_it_is_now() {
    for engine in engines() {
        let (site, mailbox) = with_mailbox(engine).await;
        let (_, mut owner) = site.team(Role::Owner).await;
        let [first, other] = ["ines@rivemont.example", "paul@rivemont.example"];
        let (ines, paul) = (sheet_of(&site, first).await, sheet_of(&site, other).await);
        refuse(&mailbox, Some("permanent error (550): 5.2.1 disabled"));
        write(&site, Some(ines), "answer").await;
        assert_eq!((refused_of(&site, ines).await, refused_of(&site, paul).await), (vec![first.to_owned()], vec![]));

        // Capitals make no other address; another one leaves what was said of the old one.
        let edit = format!("/equipe/personnes/{ines}/modifier");
        for (address, kept) in [("INES@rivemont.example", true), ("ines.b@rivemont.example", false)] {
            let saved = owner.post(&edit, &[("nom", "Inès"), ("courriel", address)]).await;
            assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
            assert_eq!(is_refused(&site).await, kept, "{address}");
        }

        // Refused for one, then for the other who has the address since: it is the other's.
        write(&site, Some(ines), "answer").await;
        let edit = format!("/equipe/personnes/{paul}/modifier");
        let saved = owner.post(&edit, &[("nom", "Paul"), ("courriel", first)]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
        assert_eq!((refused_of(&site, ines).await, refused_of(&site, paul).await), (vec![], vec![first.to_owned()]));
        write(&site, Some(paul), "code").await;
        let whose = "SELECT person_id FROM refused_address WHERE address = $1";
        let whose: Option<Uuid> = db::scalar(site.app().db.read(), whose, args![first]).await.unwrap();
        assert_eq!(whose, Some(paul), "on {engine:?}");
        for (person, left) in [(ines, true), (paul, false)] {
            let erase = site.test.write(move |tx, app, moment| {
                Box::pin(async move { erase_person(tx, &app, &moment, person, Forget::EraseTexts).await })
            });
            erase.await;
            assert_eq!(is_refused(&site).await, left);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_owner_takes_away_in_the_browser_is_taken_in_elsewhere() {
    for (engine, other) in engines().into_iter().zip(engines().into_iter().rev()) {
        let site = Site::open(engine).await;
        let (ines, _) = site.citizen("ines").await;
        let (_, mut administrator) = site.team(Role::Administrator).await;
        assert!(!administrator.get("/equipe/exports").await.text.contains("Quitter Parvis"), "owners alone");
        assert_eq!(administrator.post("/equipe/exports/tout", &[]).await.status, StatusCode::FORBIDDEN);
        let (_, mut owner) = site.team(Role::Owner).await;
        let page = owner.get("/equipe/exports").await.text;
        assert!(
            page.contains("Préparer le fichier") && page.contains("parvis import") && !page.contains('⟦'),
            "{page}"
        );
        for _ in 0..2 {
            assert_eq!(owner.post("/equipe/exports/tout", &[]).await.location, "/equipe/exports#quitter");
        }
        let page = owner.get("/equipe/exports").await.text;
        assert!(
            page.contains("data-live") && page.contains("<progress") && !page.contains("Télécharger tout"),
            "{page}"
        );
        worker::drain(site.app()).await.unwrap();
        let page = owner.get("/equipe/exports").await.text;
        let made = store::latest(site.app().db.read()).await.unwrap();
        assert_eq!(made.len(), 1, "asked twice, made once");
        let at = format!("/equipe/reglages/sauvegardes/{}", made[0].id);
        assert!(page.contains(&at) && page.contains("Télécharger tout"), "{page}");
        let taken = owner.post(&at, &[]).await;
        assert_eq!(taken.headers[header::CACHE_CONTROL], "no-store");

        let there = Site::empty(other).await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tout.zip");
        std::fs::write(&file, &taken.bytes).unwrap();
        restore::run(there.app(), &RestoreArgs { file }).await.unwrap();
        there.app().store.forget().await;
        let who = persons::find(there.app().db.read(), ines).await.unwrap().unwrap();
        assert_eq!(who.email.as_deref(), Some("ines@rivemont.example"));
        assert_eq!(there.app().settings().await.unwrap().name, "Rivemont en commun");
        let kept = std::fs::read(there.test.dir.path().join("secret.key"));
        assert_eq!(kept.ok(), std::fs::read(site.test.dir.path().join("secret.key")).ok(), "the key comes along");
    }
}

/// Sends a small file to an import, and gives the address of its page.
async fn brought(owner: &mut Browser, to: &str, text: &str) -> String {
    let body = format!(
        "--X\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"a.csv\"\r\n\r\n{text}\r\n--X--\r\n"
    );
    owner.post_body(to, KIND, Body::from(body)).await.location
}

#[tokio::test]
async fn refused_lines_are_asked_for_by_a_press_and_kept_by_no_cache() {
    let site = Site::open(Engine::Sqlite).await;
    let (_, mut owner) = site.team(Role::Owner).await;
    for (to, text) in [
        ("/equipe/personnes/importer", "prénom;courriel\nLéa;zut\nPaul;paul@courriel.example\n"),
        ("/equipe/importer", "texte;date\nUn banc;31/02/2026\nUn parc;01/02/2026\n"),
    ] {
        let page = brought(&mut owner, to, text).await;
        assert!(page.starts_with(to), "{page}");
        let shown = owner.get(&page).await.text;
        assert!(shown.contains("form=\"refusees\"") && shown.contains("id=\"refusees\""), "{shown}");
        assert!(shown.split("<form").skip(1).all(|f| f.contains("</form>")), "no form stands in another: {shown}");
        let lines = format!("{page}/refusees.csv");
        assert_eq!(owner.get(&lines).await.status, StatusCode::METHOD_NOT_ALLOWED, "no address to share");
        let answer = owner.post(&lines, &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{to}: {}", answer.text);
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
        assert!(answer.text.contains("zut") || answer.text.contains("31/02/2026"), "{}", answer.text);
    }
}

#[tokio::test]
async fn the_journal_the_outbox_and_the_links_leave_as_they_are_filtered() {
    let (site, _) = with_mailbox(Engine::Sqlite).await;
    let (ines, _) = site.citizen("ines").await;
    let (_, mut owner) = site.team(Role::Owner).await;
    write(&site, Some(ines), "answer").await;
    write(&site, None, "code").await;
    owner.get(&format!("/equipe/personnes/{ines}")).await;
    let page = owner.get("/equipe/journal?quoi=person.viewed").await.text;
    assert!(
        page.contains("/equipe/exports?quoi=person.viewed&amp;liste=journal")
            || page.contains("quoi=person.viewed&#38;liste=journal"),
        "{page}"
    );
    let shown = owner.get("/equipe/exports?quoi=person.viewed&liste=journal").await.text;
    assert!(shown.contains("name=\"quoi\" value=\"person.viewed\""), "{shown}");
    let take = async |owner: &mut Browser, fields: &[(&str, &str)]| {
        let all = [&[("format", "csv")][..], fields].concat();
        let answer = owner.post("/equipe/exports", &all).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let some = take(&mut owner, &[("liste", "journal"), ("quoi", "person.viewed")]).await;
    assert_eq!(some.len(), 1, "{some:?}");
    assert!(some[0].contains("person.viewed") && some[0].contains("a ouvert une fiche"), "{some:?}");
    let all = take(&mut owner, &[("liste", "journal")]).await;
    assert!(all.len() > some.len() && all.iter().any(|l| l.contains("list.exported")), "{all:?}");
    assert!(take(&mut owner, &[("liste", "journal"), ("du", "2030-01-01")]).await.is_empty());
    let mails = take(&mut owner, &[("liste", "envois")]).await;
    let code = mails.iter().find(|l| l.contains(";code;")).unwrap();
    assert!(mails.len() == 2 && !code.contains("Une réponse"), "{mails:?}");
    assert!(take(&mut owner, &[("liste", "envois"), ("etat", "failed")]).await.is_empty());

    let (_, mut analyst) = site.team(Role::Analyst).await;
    for list in ["journal", "envois", "blocages"] {
        let refused = analyst.post("/equipe/exports", &[("liste", list), ("format", "csv")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{list}");
    }
    for list in ["liens", "projets"] {
        assert!(take(&mut analyst, &[("liste", list)]).await.is_empty(), "{list}");
    }
    assert!(take(&mut owner, &[("liste", "blocages")]).await.is_empty());
}
