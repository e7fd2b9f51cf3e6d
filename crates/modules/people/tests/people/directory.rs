//! The directory: who is found, what a sheet holds, what is written down and by whom.

use axum::http::StatusCode;
use chrono::TimeDelta;
use parvis_kernel::{
    Error, Refusal, args, db,
    module::{Forget, Merge},
    permission::Role,
};
use parvis_people::{
    blocks, consents,
    directory::{Filter, Reach, merge, store, words},
    erased, persons,
    space::erase_person,
};
use parvis_testing::{TestApp, engines};
use uuid::Uuid;

use crate::browser::{Browser, instance, instance_on};

/// A person entered by hand, with what is asked.
fn entered<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![("nom", "Suzanne Perrin"), ("origine", "paper")];
    form.retain(|(name, _)| !more.iter().any(|(n, _)| n == name));
    form.extend_from_slice(more);
    form
}

const PROVENANCE: [(&str, &str); 3] =
    [("date", "2026-11-20"), ("texte", "J’accepte de recevoir des nouvelles."), ("preuve", "Témoin : Yann")];

/// The key in the address that a form leads to.
fn key(to: &str) -> Uuid {
    to.split(['/', '?']).find_map(|part| part.parse().ok()).unwrap_or_else(|| panic!("no key in {to:?}"))
}

async fn count(t: &TestApp, kind: &str) -> i64 {
    db::count(t.app.db.read(), "SELECT count(*) FROM activity WHERE kind = $1", args![kind]).await.unwrap()
}

#[tokio::test]
async fn whoever_the_team_brought_without_an_accord_waits_for_it() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let (mut b, mut citizen) = (Browser::new(&t), Browser::new(&t));
        b.sign_in("nadia@equipe.fr", Some(Role::Owner)).await;
        citizen.sign_in("lea@exemple.fr", None).await;
        let held = entered(&[("nom", "Sans Accord"), ("telephone", "06 12 34 56 78")]);
        let held = key(b.post("/equipe/personnes/nouvelle", &held).await.to());
        let given =
            [&entered(&[("courriel", "s@exemple.fr"), ("accord", "newsletter.email")])[..], &PROVENANCE].concat();
        let given = key(b.post("/equipe/personnes/nouvelle", &given).await.to());
        // Who came by themselves does not wait, whatever they accepted.
        assert!(b.get("/equipe/personnes").await.has("personne en attente d’accord"), "on {engine:?}");
        let list = b.get("/equipe/personnes?accord=attente").await;
        assert!(list.has("Sans Accord") && !list.has("Suzanne Perrin") && !list.has("lea@exemple.fr"), "{}", list.body);
        assert!(list.has("liste=personnes&#38;accord=attente"), "it leaves as filtered: {}", list.body);
        let sheet = b.get(&format!("/equipe/personnes/{held}")).await;
        assert!(sheet.has("personne ne peut lui écrire") && sheet.has("Nous n’avons pas son accord"), "{}", sheet.body);
        assert!(!b.get(&format!("/equipe/personnes/{given}")).await.has("personne ne peut lui écrire"));
        // The accord is entered with its day and its proof: nobody waits any more. Taken back, it is a no, and no waiting.
        let form = [&[("accord", "sms.sms"), ("origine", "phone")][..], &PROVENANCE].concat();
        assert!(b.post(&format!("/equipe/personnes/{held}/accords"), &form).await.status.is_redirection());
        assert!(!b.get("/equipe/personnes").await.has("en attente d’accord</a>"));
        assert!(!store::waits(t.app.db.read(), held).await.unwrap());
        let filter = Filter { reach: Some(Reach::Waiting), ..Filter::default() };
        assert_eq!(store::count(t.app.db.read(), &filter).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn only_owners_and_administrators_open_a_sheet() {
    let t = instance().await;
    let mut citizen = Browser::new(&t);
    let id = citizen.sign_in("lea@exemple.fr", None).await;
    let pages = [
        format!("/equipe/personnes/{id}"),
        "/equipe/personnes?q=lea".to_owned(),
        format!("/equipe/personnes/{id}/modifier"),
    ];
    for role in [None, Some(Role::Analyst), Some(Role::Moderator(vec![Uuid::from_u128(1)]))] {
        let mut b = Browser::new(&t);
        b.sign_in("autre@exemple.fr", role.clone()).await;
        for page in &pages {
            let answer = b.get(page).await;
            assert!(matches!(answer.error, Some(Error::Refused(Refusal::NOT_ALLOWED))), "{page} as {role:?}");
            assert!(!answer.has("lea@exemple.fr"));
        }
        for form in ["modifier", "accords", "accords/retirer", "notes"] {
            let answer = b.post(&format!("/equipe/personnes/{id}/{form}"), &[("note", "x")]).await;
            assert!(matches!(answer.error, Some(Error::Refused(Refusal::NOT_ALLOWED))), "{form} as {role:?}");
        }
    }
    assert_eq!((count(&t, "person.viewed").await, count(&t, "person.searched").await), (0, 0));
    let mut b = Browser::new(&t);
    b.sign_in("admin@exemple.fr", Some(Role::Administrator)).await;
    assert!(b.get(&pages[0]).await.has("lea@exemple.fr"));
    b.get(&pages[0]).await;
    assert_eq!(count(&t, "person.viewed").await, 1, "one visit, one line");
    t.clock.advance(TimeDelta::minutes(11));
    assert!(b.get(&pages[0]).await.has("Léa (2 fois)"));
    assert_eq!(count(&t, "person.viewed").await, 2);
    assert!(b.get("/equipe/personnes?q=lea").await.has("3 personnes"), "all browsers of this test are called so");
    b.get("/equipe/personnes").await;
    assert_eq!(count(&t, "person.searched").await, 1, "the list alone is no search");
    assert!(matches!(b.get(&format!("/equipe/personnes/{}", Uuid::nil())).await.error, Some(Error::NotFound)));
}

#[tokio::test]
async fn people_are_found_by_name_mail_and_telephone() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let mut b = Browser::new(&t);
        b.sign_in("camille@equipe.fr", Some(Role::Owner)).await;
        for (name, mail, phone, origin) in [
            ("Suzanne Perrin", "suzanne.p_1@exemple.fr", "06 12 34 56 78", "paper"),
            ("Inès Lefèvre", "", "+32 470 12 34 56", "stand"),
            ("Zoé Œuvrard", "zoe@exemple.fr", "", "door"),
        ] {
            let form = [("nom", name), ("courriel", mail), ("telephone", phone), ("origine", origin)];
            assert!(b.post("/equipe/personnes/nouvelle", &form).await.to().contains("fait=personne-ajoutee"), "{name}");
        }
        let names = async |filter: Filter| {
            let mut filter = Filter { page: 1, ..filter };
            let plain = store::find(t.app.db.read(), &filter).await.unwrap();
            store::weigh(t.app.db.read(), &mut filter).await.unwrap();
            let found = store::find(t.app.db.read(), &filter).await.unwrap();
            assert_eq!(store::count(t.app.db.read(), &filter).await.unwrap(), found.count);
            let ids = |rows: &[store::Listed]| rows.iter().map(|r| r.id).collect::<Vec<_>>();
            assert_eq!(ids(&plain.rows), ids(&found.rows), "with its index or without: {}", filter.query);
            let begins = words::needles(&filter.query).iter().any(|n| n.word.is_some());
            assert_eq!(filter.lead.is_some(), begins, "few are called {}", filter.query);
            assert_eq!((found.more, i64::try_from(found.rows.len()).unwrap()), (false, found.count));
            found.rows.into_iter().map(|r| r.name).collect::<Vec<_>>()
        };
        for (query, expected) in [
            ("perrin", vec!["Suzanne Perrin"]),
            ("PÉRRIN suz", vec!["Suzanne Perrin"]),
            ("lefevre", vec!["Inès Lefèvre"]),
            ("oeuv", vec!["Zoé Œuvrard"]),
            ("zoe@ex", vec!["Zoé Œuvrard"]),
            ("p_1@", vec!["Suzanne Perrin"]),
            ("p%1@", vec![]),
            ("1@exem", vec!["Suzanne Perrin"]),
            ("@exemple.fr", vec!["Suzanne Perrin", "Zoé Œuvrard"]),
            ("fr", vec!["Léa", "Suzanne Perrin", "Zoé Œuvrard"]),
            ("suzanne p_1", vec!["Suzanne Perrin"]),
            ("errin", vec![]),
            ("06 12 34 56 78", vec!["Suzanne Perrin"]),
            ("612345678", vec!["Suzanne Perrin"]),
            ("56 78", vec!["Suzanne Perrin"]),
            ("0612345", vec!["Suzanne Perrin"]),
            ("+33 6 12", vec!["Suzanne Perrin"]),
            ("470 12", vec!["Inès Lefèvre"]),
            ("' OR 1=1 --", vec![]),
        ] {
            assert_eq!(
                names(Filter { query: query.into(), ..Filter::default() }).await,
                expected,
                "{query} on {engine:?}"
            );
        }
        let all = names(Filter::default()).await;
        assert_eq!(all, ["Inès Lefèvre", "Léa", "Suzanne Perrin", "Zoé Œuvrard"], "by name on {engine:?}");
        assert_eq!(names(Filter { role: Some("owner"), ..Filter::default() }).await, ["Léa"]);
        assert_eq!(names(Filter { role: Some("aucun"), ..Filter::default() }).await.len(), 3);
        assert_eq!(names(Filter { origin: Some("stand"), ..Filter::default() }).await, ["Inès Lefèvre"]);
        assert_eq!(names(Filter { area: Some(Uuid::nil()), ..Filter::default() }).await.len(), 0);
        assert_eq!(names(Filter { reach: Some(Reach::Nothing), ..Filter::default() }).await.len(), 4);
        // Written by other means: found once the job passed.
        t.write(|tx, _, _| {
            Box::pin(async move {
                db::run(
                    tx,
                    "UPDATE person SET folded = NULL, in_words = FALSE, name = 'Renée' WHERE name = 'Léa'",
                    vec![],
                )
                .await
            })
        })
        .await;
        (words::fill)(t.app.clone(), String::new()).await.unwrap();
        assert_eq!(names(Filter { query: "renee".into(), ..Filter::default() }).await, ["Renée"]);
    }
}

/// The words that a person is found by.
async fn words_of(t: &TestApp, person: Uuid) -> Vec<String> {
    let sql = "SELECT word FROM person_word WHERE person_id = $1 ORDER BY word";
    db::column(t.app.db.read(), sql, args![person]).await.unwrap()
}

#[tokio::test]
async fn the_words_of_a_person_follow_them_and_go_with_them() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let mut b = Browser::new(&t);
        b.sign_in("nadia@equipe.fr", Some(Role::Owner)).await;
        let form = entered(&[("nom", "Ada Noël"), ("courriel", "ada@exemple.fr"), ("telephone", "06 12 34 56 78")]);
        let kept = key(b.post("/equipe/personnes/nouvelle", &form).await.to());
        let all = ["33612345678", "612345678", "ada", "exemple.fr", "fr", "noel"];
        assert_eq!(words_of(&t, kept).await, all, "{engine:?}");
        let other = entered(&[("nom", "A. Noël"), ("courriel", "a.noel@travail.example")]);
        let merged = key(b.post("/equipe/personnes/nouvelle", &other).await.to());
        let unite = t.write(move |tx, app, moment| {
            Box::pin(async move { merge::unite(tx, &app, &moment, None, &Merge { kept, merged }).await })
        });
        let done = unite.await;
        assert!(
            words_of(&t, kept).await.contains(&"travail.example".to_owned()),
            "both addresses lead there: {engine:?}"
        );
        t.write(move |tx, app, moment| Box::pin(async move { merge::undo(tx, &app, &moment, done).await.map(drop) }))
            .await;
        assert_eq!(words_of(&t, kept).await, all, "and apart again: {engine:?}");
        t.write(move |tx, _, _| {
            Box::pin(async move {
                db::run(tx, "UPDATE person SET name = 'Eve' WHERE id = $1", args![kept]).await?;
                words::refresh(tx, kept).await
            })
        })
        .await;
        assert!(!words_of(&t, kept).await.contains(&"noel".to_owned()), "{engine:?}");
        t.write(move |tx, _, moment| Box::pin(async move { persons::erase(tx, kept, moment.now).await })).await;
        assert!(words_of(&t, kept).await.is_empty(), "nothing of who left: {engine:?}");
    }
}

/// Who waits is told by the sheet alone: what moves between two sheets is noted on both.
#[tokio::test]
async fn a_sheet_waits_as_its_ledger_says_when_it_is_united_and_apart_again() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let mut b = Browser::new(&t);
        b.sign_in("nadia@equipe.fr", Some(Role::Owner)).await;
        let held = entered(&[("nom", "Sans Accord"), ("telephone", "06 12 34 56 78")]);
        let kept = key(b.post("/equipe/personnes/nouvelle", &held).await.to());
        let given =
            [&entered(&[("courriel", "s@exemple.fr"), ("accord", "newsletter.email")])[..], &PROVENANCE].concat();
        let merged = key(b.post("/equipe/personnes/nouvelle", &given).await.to());
        let waits = async || {
            let filter = Filter { reach: Some(Reach::Waiting), page: 1, ..Filter::default() };
            let found = store::find(t.app.db.read(), &filter).await.unwrap();
            assert_eq!(found.count, i64::try_from(found.rows.len()).unwrap());
            found.rows.iter().map(|r| r.id).collect::<Vec<_>>()
        };
        assert_eq!(waits().await, [kept], "{engine:?}");
        let unite = t.write(move |tx, app, moment| {
            Box::pin(async move { merge::unite(tx, &app, &moment, None, &Merge { kept, merged }).await })
        });
        let done = unite.await;
        assert!(waits().await.is_empty(), "the accord of the other is hers: {engine:?}");
        t.write(move |tx, app, moment| Box::pin(async move { merge::undo(tx, &app, &moment, done).await.map(drop) }))
            .await;
        assert_eq!(waits().await, [kept], "{engine:?}");
    }
}

#[tokio::test]
async fn every_page_of_a_long_directory_is_whole_and_counted() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let people: i64 = 1100;
        t.write(move |tx, _, moment| {
            Box::pin(async move {
                let sql = "INSERT INTO person (id, name, lang, origin, created_at, folded) VALUES ($1, $2, 'fr', 'stand', $3, $2)";
                for i in 0..people {
                    db::run(tx, sql, args![moment.id(), format!("p {i:04}"), moment.now]).await?;
                }
                Ok(())
            })
        })
        .await;
        let page = async |page, origin| {
            let filter = Filter { origin: Some(origin), page, ..Filter::default() };
            store::find(t.app.db.read(), &filter).await.unwrap()
        };
        // Around the last that is counted, and after: 1 to 37 of 30 each, the last of 20.
        for n in [1, 2, 33, 34, 35, 36, 37, 38] {
            let found = page(n, "stand").await;
            let names: Vec<_> = found.rows.into_iter().map(|r| r.name).collect();
            let expected: Vec<_> = ((n - 1) * 30..(n * 30).min(people)).map(|i| format!("p {i:04}")).collect();
            assert_eq!((names, found.more), (expected, n < 37), "page {n} on {engine:?}");
            assert_eq!(found.count, store::COUNTED + 1, "page {n} on {engine:?}");
        }
        let none = page(1, "door").await;
        assert_eq!((none.rows.len(), none.more, none.count), (0, false, 0));
    }
}

#[tokio::test]
async fn an_accord_on_paper_stands_in_the_ledger_and_revives_nothing() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let mut b = Browser::new(&t);
        let staff = b.sign_in("camille@equipe.fr", Some(Role::Owner)).await;
        let mut form = entered(&PROVENANCE);
        form.extend([("courriel", "suzanne@exemple.fr"), ("accord", "newsletter.email")]);
        let id = key(b.post("/equipe/personnes/nouvelle", &form).await.to());
        let read = t.app.db.read();
        assert!(consents::permits(read, t.app.clock.now(), id, "newsletter", "email").await.unwrap().is_some());
        let ledger = consents::of_person(read, id).await.unwrap();
        assert_eq!((ledger.len(), ledger[0].source.as_str(), ledger[0].actor_id), (1, "paper", Some(staff)));
        assert_eq!(ledger[0].at.to_rfc3339(), "2026-11-19T23:00:00+00:00", "the start of that day in town");
        let sheet = b.get(&format!("/equipe/personnes/{id}")).await;
        assert!(sheet.has("Yann") && sheet.has("Un papier signé") && sheet.has("J’accepte de recevoir"));
        assert!(sheet.has("Écriture du") && !sheet.has(" à 0 h"), "a day without an hour tells none: {}", sheet.body);
        let by_mail = Filter { reach: Some(Reach::Email), page: 1, ..Filter::default() };
        assert_eq!(store::count(read, &by_mail).await.unwrap(), 1);
        // Few ever agreed to it: the search begins with them, and finds the same.
        let mut few = by_mail.clone();
        store::weigh(read, &mut few).await.unwrap();
        assert_eq!((few.few, store::find(read, &few).await.unwrap().count), (true, 1));

        // Taken back at her request; an older paper found later does not undo it.
        let entry = ledger[0].id.to_string();
        let back = format!("/equipe/personnes/{id}/accords/retirer");
        assert!(b.post(&back, &[("ecriture", &entry)]).await.to().contains("fait=accord-repris"));
        b.post(&back, &[("ecriture", &entry)]).await;
        assert_eq!(consents::of_person(read, id).await.unwrap().len(), 2, "once");
        let mut older = PROVENANCE.to_vec();
        older.extend([("accord", "newsletter.email"), ("origine", "stand")]);
        b.post(&format!("/equipe/personnes/{id}/accords"), &older).await;
        assert!(
            consents::permits(read, t.app.clock.now(), id, "newsletter", "email").await.unwrap().is_none(),
            "on {engine:?}"
        );
        assert_eq!(store::count(read, &by_mail).await.unwrap(), 0);
        assert_eq!(store::find(read, &few).await.unwrap().count, 0);
        // Somebody else's entry is not to be taken back from here.
        let other = key(b.post("/equipe/personnes/nouvelle", &entered(&[("nom", "Autre")])).await.to());
        b.post(&format!("/equipe/personnes/{other}/accords/retirer"), &[("ecriture", &entry)]).await;
        assert!(consents::of_person(read, other).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_form_that_says_too_little_is_given_back_with_what_was_typed() {
    let t = instance().await;
    let mut b = Browser::new(&t);
    b.sign_in("camille@equipe.fr", Some(Role::Owner)).await;
    let long = "x".repeat(700);
    let cases: [(&str, Vec<(&str, &str)>); 12] = [
        ("nom", vec![("nom", "")]),
        ("nom", vec![("nom", &long)]),
        ("courriel", vec![("courriel", "a@b")]),
        ("courriel", vec![("courriel", "camille@equipe.fr")]),
        ("telephone", vec![("telephone", "06 12")]),
        ("telephone", vec![("accord", "sms.sms")]),
        ("origine", vec![("origine", "facebook")]),
        ("quartier", vec![("quartier", "partout")]),
        ("age", vec![("age", "vieux")]),
        ("date", vec![("telephone", "0612345678"), ("accord", "sms.sms"), ("date", "2027-01-01")]),
        ("texte", vec![("telephone", "0612345678"), ("accord", "sms.sms"), ("texte", &long)]),
        ("preuve", vec![("telephone", "0612345678"), ("accord", "sms.sms"), ("preuve", "\u{200b} ")]),
    ];
    for (field, more) in cases {
        let answer = b.post("/equipe/personnes/nouvelle", &entered(&more)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {more:?}");
        assert!(answer.has(&format!("href=\"#f-{field}\"")) && answer.has(&format!("id=\"f-{field}\"")), "{field}");
        let kept = more.iter().find(|(n, v)| *n == "telephone" && !v.is_empty());
        assert!(kept.is_none_or(|(_, v)| answer.has(&format!("value=\"{v}\""))), "what was typed is kept");
    }
    assert_eq!(store::known(t.app.db.read()).await.unwrap(), 1, "nobody was added");
    let hostile = b.post("/equipe/personnes/nouvelle", &entered(&[("nom", "<script>alert(1)</script>")])).await;
    assert!(!b.get(hostile.to()).await.has("<script>alert"));
}

#[tokio::test]
async fn the_address_of_whoever_came_stays_theirs() {
    let t = instance().await;
    let mut b = Browser::new(&t);
    let owner = b.sign_in("camille@equipe.fr", Some(Role::Owner)).await;
    let edit = |id: Uuid| format!("/equipe/personnes/{id}/modifier");
    let form = [("nom", "Camille D."), ("courriel", "voleur@exemple.fr"), ("telephone", "01 23 45 67 89")];
    assert!(b.post(&edit(owner), &form).await.to().contains("fait=personne-modifiee"));
    let person = persons::find(t.app.db.read(), owner).await.unwrap().unwrap();
    assert_eq!((person.email.as_deref(), person.name.as_str()), (Some("camille@equipe.fr"), "Camille D."));
    assert_eq!(person.phone.as_deref(), Some("+33123456789"));
    // Somebody entered by hand who never came: a slip of the pen is corrected.
    let id = key(b.post("/equipe/personnes/nouvelle", &entered(&[("courriel", "suzane@exemple.fr")])).await.to());
    b.post(&edit(id), &entered(&[("courriel", "suzanne@exemple.fr")])).await;
    let found = persons::by_email(t.app.db.read(), "suzanne@exemple.fr").await.unwrap();
    assert_eq!(found.map(|p| p.id), Some(id));
    let taken = b.post(&edit(id), &entered(&[("courriel", "Camille@Equipe.fr")])).await;
    assert!(taken.status == StatusCode::UNPROCESSABLE_ENTITY && taken.has(&format!("/equipe/personnes/{owner}\"")));
}

#[tokio::test]
async fn notes_are_read_by_the_team_exported_and_erased() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let (mut b, mut c) = (Browser::new(&t), Browser::new(&t));
        b.sign_in("camille@equipe.fr", Some(Role::Owner)).await;
        c.sign_in("yann@equipe.fr", Some(Role::Administrator)).await;
        let id = key(b.post("/equipe/personnes/nouvelle", &entered(&[("courriel", "s@exemple.fr")])).await.to());
        let (sheet, notes) = (format!("/equipe/personnes/{id}"), format!("/equipe/personnes/{id}/notes"));
        assert_eq!(b.post(&notes, &[("note", " \u{200b}")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let long = "é".repeat(2001);
        assert_eq!(b.post(&notes, &[("note", &long)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        b.post(&notes, &[("note", "Préfère être appelée <b>après 18 h</b>.")]).await;
        let note = parvis_people::directory::notes::of_person(t.app.db.read(), id).await.unwrap().remove(0);
        assert!(c.get(&sheet).await.has("&lt;b&gt;après"));
        // What was looked for stays beside the sheet, whatever its forms do.
        let page = b.get(&format!("{sheet}?q=s%40exemple&accord=rien&page=2")).await;
        let kept = "?q=s%40exemple&#38;accord=rien&#38;page=2";
        for form in ["notes", "accords", "modifier"] {
            assert!(page.has(&format!("{sheet}/{form}{kept}\"")), "{form}: {}", page.body);
        }
        let noted = b.post(&format!("{notes}?q=s%40exemple&accord=rien&page=2"), &[("note", "Deux.")]).await;
        assert_eq!(noted.to(), format!("{sheet}?q=s%40exemple&accord=rien&page=2&fait=note#notes"));
        let two = parvis_people::directory::notes::of_person(t.app.db.read(), id).await.unwrap().remove(0);
        let gone = b.post(&format!("{notes}?q=s%40exemple"), &[("retirer", &two.id.to_string())]).await;
        assert_eq!(gone.to(), format!("{sheet}?q=s%40exemple&fait=note-retiree#notes"));
        // Of somebody else the team speaks.
        assert!(page.has("Ses idées et ses commentaires") && page.has("sans son nom") && !page.has("mon nom"));
        let of_another = c.post(&notes, &[("retirer", &note.id.to_string())]).await;
        assert!(matches!(of_another.error, Some(Error::NotFound)), "only whoever wrote it removes it");
        let data = parvis_people::space::personal_data(&t.app.db.reader(), id).await.unwrap();
        let rows = |name: &str| data.iter().find(|d| d.name == name).unwrap().rows.len();
        assert_eq!((rows("notes"), rows("openings")), (1, 2));
        t.write(move |tx, app, moment| {
            Box::pin(async move { erase_person(tx, &app, &moment, id, Forget::EraseTexts).await })
        })
        .await;
        let left = "SELECT count(*) FROM person_note";
        assert_eq!(db::count(t.app.db.read(), left, vec![]).await.unwrap(), 0, "on {engine:?}");
        assert!(erased::is(t.app.db.read(), &t.app.secrets, "s@exemple.fr").await.unwrap());
        // Entered again: only if the person asked for it.
        let again = b.post("/equipe/personnes/nouvelle", &entered(&[("courriel", "s@exemple.fr")])).await;
        assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.has("name=\"revient\""));
        let again = entered(&[("courriel", "s@exemple.fr"), ("revient", "1")]);
        assert!(b.post("/equipe/personnes/nouvelle", &again).await.to().contains("personne-ajoutee"));
    }
}

#[tokio::test]
async fn two_enter_the_same_address_at_once() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let (mut b, mut c) = (Browser::new(&t), Browser::new(&t));
        b.sign_in("camille@equipe.fr", Some(Role::Owner)).await;
        c.sign_in("yann@equipe.fr", Some(Role::Administrator)).await;
        let form = entered(&[("courriel", "s@exemple.fr")]);
        let (one, two) =
            futures::join!(b.post("/equipe/personnes/nouvelle", &form), c.post("/equipe/personnes/nouvelle", &form));
        let added = [&one, &two].iter().filter(|a| a.to().contains("personne-ajoutee")).count();
        let refused = [&one, &two].iter().filter(|a| a.has("Une fiche a déjà ce courriel")).count();
        assert_eq!((added, refused), (1, 1), "on {engine:?}");
    }
}

#[tokio::test]
async fn somebody_is_blocked_from_their_sheet_and_back() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let (mut b, mut lea) = (Browser::new(&t), Browser::new(&t));
        b.sign_in("camille@equipe.fr", Some(Role::Owner)).await;
        let id = lea.sign_in("lea@exemple.fr", None).await;
        let (sheet, form) = (format!("/equipe/personnes/{id}"), format!("/equipe/personnes/{id}/bloquer"));
        for (reason, end) in [(" ", ""), ("Insultes", "2026-02-31"), ("Insultes", "2020-01-01")] {
            let wrong = b.post(&form, &[("faire", "bloquer"), ("blocage", reason), ("fin", end)]).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{reason:?} {end:?}");
            assert!(wrong.has("aria-invalid"));
        }
        assert!(matches!(lea.get("/suspension").await.error, Some(Error::NotFound)));
        let asked = [("faire", "bloquer"), ("blocage", "Insultes <b>répétées</b>"), ("fin", "")];
        assert!(b.post(&form, &asked).await.to().contains("fait=bloque"));
        assert!(matches!(b.post(&form, &asked).await.error, Some(Error::Refused(Refusal::CHANGED_MEANWHILE))));
        assert!(b.get(&sheet).await.has("value=\"lever\""));
        let read = lea.get("/suspension").await;
        assert!(read.has("Insultes &lt;b&gt;") && read.has("name=\"reponse\""));
        assert!(lea.get("/mon-espace").await.error.is_none(), "their own space stays theirs");
        lea.post("/suspension", &[("reponse", "Pardon.")]).await;
        assert!(b.get(&sheet).await.has("Pardon."));
        let list = b.get("/equipe/personnes/blocages").await;
        assert!(list.has("Pardon.") && list.has("Réponse à lire") && list.has("value=\"maintenir\""));
        assert_eq!(blocks::store::unread(t.app.db.read()).await.unwrap(), 1);
        let block = blocks::store::all_standing(t.app.db.read(), t.app.moment().now).await.unwrap().remove(0);
        let one = format!("/equipe/personnes/blocages/{}", block.id);
        assert!(matches!(b.post(&one, &[("faire", "x")]).await.error, Some(Error::BadRequest(_))));
        assert!(b.post(&one, &[("faire", "maintenir")]).await.to().contains("blocage-maintenu"));
        assert!(matches!(
            b.post(&one, &[("faire", "maintenir")]).await.error,
            Some(Error::Refused(Refusal::CHANGED_MEANWHILE))
        ));
        assert!(!b.get("/equipe/personnes/blocages").await.has("value=\"maintenir\""));
        assert_eq!(blocks::store::unread(t.app.db.read()).await.unwrap(), 0);
        let data = parvis_people::space::personal_data(&t.app.db.reader(), id).await.unwrap();
        let blocks = data.iter().find(|d| d.name == "blocks").unwrap();
        assert_eq!(blocks.rows[0]["reply"], "Pardon.");
        assert!(b.post(&form, &[("faire", "lever")]).await.to().contains("fait=blocage-leve"));
        assert!(matches!(lea.get("/suspension").await.error, Some(Error::NotFound)));
        assert_eq!((count(&t, "person.blocked").await, count(&t, "person.unblocked").await), (1, 1));
    }
}
