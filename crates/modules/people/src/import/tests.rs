use std::{fmt::Write as _, io::Write as _};

use chrono::TimeDelta;
use parvis_kernel::{
    args,
    brought::{Look, Source},
    db,
    module::Forget,
};
use parvis_testing::{Engine, TestApp, engines};

use super::*;
use crate::{People as Room, SessionIdentity, consents, persons, space::erase_person};

async fn instance(engine: Engine) -> TestApp {
    parvis_testing::app(engine, vec![Arc::new(Room)], Arc::new(SessionIdentity)).await
}

/// A text of people that somebody brings, with what its columns are taken for.
pub(super) struct Text {
    pub source: Arc<Source>,
    pub look: Look<Mapping>,
}

impl Text {
    pub(super) fn of(text: &str) -> Self {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let source = Arc::new(Source::text(file, false));
        Self { look: Look::at(&source, Mapping::recognise).unwrap(), source }
    }

    /// What is to be imported of it.
    pub(super) fn import<'a>(&'a self, t: &'a TestApp, trial: bool) -> Import<'a> {
        Import {
            app: &t.app,
            mapping: &self.look.mapping,
            origin: "Adhésions 2025",
            limits: self.source.limits(),
            file: None,
            actor: None,
            trial,
        }
    }
}

/// Imports a text with these headers, or tries it.
async fn go(t: &TestApp, rows: &str, trial: bool) -> Report {
    let text = Text::of(&format!("nom;mail;tel;adresse;date accord;accord\n{rows}"));
    run(&text.import(t, trial), || text.source.open(), &mut |_| ControlFlow::Continue(())).await.unwrap()
}

fn counts(created: u64, completed: u64, same: u64, held: u64) -> Counts {
    Counts { created, completed, same, held }
}

async fn people(t: &TestApp) -> i64 {
    db::count(t.app.db.read(), "SELECT count(*) FROM person", vec![]).await.unwrap()
}

#[tokio::test]
async fn nobody_is_written_to_without_an_accord_and_its_day() {
    for engine in engines() {
        let t = instance(engine).await;
        let rows = "Léa;a@courriel.example;0612345678;;12/03/2025;oui\nTom;b@courriel.example;;;;oui\nAda;;0612345679;;12/03/2025;oui\n";
        let told = go(&t, rows, true).await;
        assert_eq!(
            (told.counts, told.line().as_str()),
            (counts(3, 0, 0, 2), "3 read, 3 created, 0 updated, 0 refused")
        );
        assert_eq!(people(&t).await, 0, "a trial writes nothing");
        assert_eq!(go(&t, rows, false).await, told);
        let read = t.app.db.read();
        let a = persons::by_email(read, "A@courriel.example").await.unwrap().unwrap();
        assert_eq!((a.phone.as_deref(), a.origin.as_str()), (Some("+33612345678"), "import"));
        assert!(consents::permits(read, t.app.clock.now(), a.id, "newsletter", "email").await.unwrap().is_some());
        let ledger = consents::of_person(read, a.id).await.unwrap();
        assert_eq!((ledger[0].source.as_str(), ledger[0].proof.as_str()), ("import", "Adhésions 2025"));
        assert!(ledger[0].wording.contains("inconnus"), "no file says the words: {}", ledger[0].wording);
        let b = persons::by_email(read, "b@courriel.example").await.unwrap().unwrap();
        assert!(consents::permits(read, t.app.clock.now(), b.id, "newsletter", "email").await.unwrap().is_none());
        let again = go(&t, rows, false).await;
        assert_eq!(again.counts, counts(0, 0, 3, 2), "the same file doubles nothing");
        let found = "SELECT count(*) FROM person WHERE folded LIKE 'lea a@courriel.example 33612345678' AND match_mail IS NOT NULL";
        assert_eq!(db::count(read, found, vec![]).await.unwrap(), 1, "the directory finds her at once");

        // What she took back since stays taken back; what a sheet lacks is filled, what it says stays.
        t.clock.advance(TimeDelta::days(1));
        t.write(move |tx, _, moment| {
            Box::pin(async move {
                consents::record(tx, &moment, a.id, "newsletter", "email", "withdrawn", "", "own_space").await
            })
        })
        .await;
        let told = go(&t, "Autre;a@courriel.example;;1 place;12/03/2025;oui\n", false).await;
        assert_eq!(told.counts, counts(0, 1, 0, 1));
        let a = persons::by_email(read, "a@courriel.example").await.unwrap().unwrap();
        assert_eq!((a.name.as_str(), a.address.as_str()), ("Léa", "1 place"));
    }
}

/// A no is an answer: it stands in the ledger, until the person says otherwise.
#[tokio::test]
async fn a_no_is_kept_as_a_refusal_once() {
    for engine in engines() {
        let t = instance(engine).await;
        let rows = "Léa;a@courriel.example;;;12/03/2025;non\nTom;b@courriel.example;;;;Non\nAda;c@courriel.example;;;12/03/2025;oui\n";
        let told = go(&t, rows, false).await;
        assert_eq!((told.counts, told.said_no), (counts(3, 0, 0, 0), 2), "nobody waits: each answered");
        let read = t.app.db.read();
        let state = async |email: &str| {
            let person = persons::by_email(read, email).await.unwrap().unwrap();
            let ledger = consents::of_person(read, person.id).await.unwrap();
            ledger.iter().map(|c| (c.state.clone(), c.proof.clone())).collect::<Vec<_>>()
        };
        let refused = vec![("objected".to_owned(), "Adhésions 2025".to_owned())];
        assert_eq!((state("a@courriel.example").await, state("b@courriel.example").await), (refused.clone(), refused));
        assert_eq!(go(&t, rows, false).await.counts, counts(0, 0, 3, 0), "the same file again notes nothing");
        // A yes that came before the no does not stand; what the person chooses after it does.
        let c = persons::by_email(read, "c@courriel.example").await.unwrap().unwrap().id;
        let no = "Ada;c@courriel.example;;;01/04/2025;non\n";
        assert_eq!(go(&t, no, false).await.counts, counts(0, 1, 0, 0));
        assert!(
            consents::permits(read, t.app.clock.now(), c, "newsletter", "email").await.unwrap().is_none(),
            "{engine:?}"
        );
        t.clock.advance(TimeDelta::days(1));
        t.write(move |tx, _, moment| {
            Box::pin(
                async move { consents::record(tx, &moment, c, "newsletter", "email", "given", "", "own_space").await },
            )
        })
        .await;
        assert_eq!(go(&t, no, false).await.counts, counts(0, 0, 1, 0));
        assert!(
            consents::permits(read, t.app.clock.now(), c, "newsletter", "email").await.unwrap().is_some(),
            "{engine:?}"
        );
    }
}

#[tokio::test]
async fn whoever_was_erased_does_not_come_back_by_address_nor_by_telephone() {
    for engine in engines() {
        let t = instance(engine).await;
        go(&t, "Léa;a@courriel.example;0612345678;;;\n", false).await;
        let person = persons::by_email(t.app.db.read(), "a@courriel.example").await.unwrap().unwrap().id;
        t.write(move |tx, app, moment| {
            Box::pin(async move { erase_person(tx, &app, &moment, person, Forget::EraseTexts).await })
        })
        .await;
        let told = go(&t, ";a@courriel.example;;;;\nL;;0612345678;;;\nC;c@d.example;;;;\n", false).await;
        let codes: Vec<_> = told.refused.iter().map(|r| (r.line, r.faults[0].code)).collect();
        assert_eq!((codes, told.counts.created), (vec![(2, "erased"), (3, "erased")], 1));

        // Whoever shares a telephone with somebody who left is not them.
        go(&t, "Ana;ana@b.example;0199001234;;;\nTom;tom@b.example;0199001234;;;\n", false).await;
        let ana = persons::by_email(t.app.db.read(), "ana@b.example").await.unwrap().unwrap().id;
        t.write(move |tx, app, moment| {
            Box::pin(async move { erase_person(tx, &app, &moment, ana, Forget::EraseTexts).await })
        })
        .await;
        let told = go(&t, "Ana;ana@b.example;;;;\nTom;tom@b.example;0199001234;;;\nTom;;0199001234;;;\n", false).await;
        let codes: Vec<_> = told.refused.iter().map(|r| (r.line, r.faults[0].code)).collect();
        assert_eq!((codes, told.counts), (vec![(2, "erased")], counts(0, 0, 2, 2)), "{engine:?}");
    }
}

#[tokio::test]
async fn a_line_whose_telephone_nobody_reads_is_taken_without_it_and_named() {
    for engine in engines() {
        let t = instance(engine).await;
        go(&t, "Léa;lea@b.example;;;;\n", false).await;
        let lea = persons::by_email(t.app.db.read(), "lea@b.example").await.unwrap().unwrap().id;
        t.write(move |tx, app, moment| {
            Box::pin(async move { erase_person(tx, &app, &moment, lea, Forget::EraseTexts).await })
        })
        .await;
        let rows =
            "Ada;ada@b.example;06 12;;;\nBen;;06 12;;;\nLéa;lea@b.example;06 12;;;\nCid;cid@b.example;0612345678;;;\n";
        let told = go(&t, rows, true).await;
        assert_eq!(
            (told.counts.created, told.phones_unread.as_slice()),
            (2, &[2][..]),
            "not of whoever left: {engine:?}"
        );
        assert_eq!(go(&t, rows, false).await, told);
        let ada = persons::by_email(t.app.db.read(), "ada@b.example").await.unwrap().unwrap();
        assert_eq!((ada.name.as_str(), ada.phone), ("Ada", None));
        let refused: Vec<_> = told.refused.iter().map(|r| (r.line, r.is("phone"), r.is("erased"))).collect();
        assert_eq!(refused, [(3, true, false), (4, false, true)], "{engine:?}");
    }
}

#[tokio::test]
async fn a_home_shares_a_telephone_and_the_same_file_still_doubles_nobody() {
    for engine in engines() {
        let t = instance(engine).await;
        let rows =
            "Léa;lea@b.example;0199001234;;;\nTom;tom@b.example;0199001234;;;\nAda;;0199001234;;;\n;;0199001234;;;\n";
        let told = go(&t, rows, false).await;
        let codes: Vec<_> = told.refused.iter().map(|r| (r.line, r.faults[0].code)).collect();
        assert_eq!((told.counts, codes), (counts(3, 0, 0, 3), vec![(5, "several")]), "{engine:?}");
        let again = go(&t, rows, false).await;
        assert_eq!((again.counts, people(&t).await), (counts(0, 0, 3, 3), 3), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_imports_at_once_make_nobody_twice() {
    for engine in engines() {
        let t = instance(engine).await;
        let rows = |order: &mut dyn Iterator<Item = u32>| {
            order.map(|i| format!("P{i};p{i}@b.example;;;;\nT{i};;06120{i:05};;;\n")).collect::<String>()
        };
        let (up, down) = (rows(&mut (0..300)), rows(&mut (0..300).rev()));
        let (one, other) = tokio::join!(go(&t, &up, false), go(&t, &down, false));
        assert_eq!((one.counts.created + other.counts.created, people(&t).await), (600, 600), "{engine:?}");
        assert_eq!(one.counts.same + other.counts.same, 600, "{engine:?}");
    }
}

#[tokio::test]
async fn what_is_told_to_stop_keeps_what_it_wrote_and_the_next_time_completes_it() {
    for engine in engines() {
        let t = instance(engine).await;
        let mut rows = String::from("mail\n");
        (0..450).for_each(|i| writeln!(rows, "p{i}@b.example").unwrap());
        let text = Text::of(&rows);
        let import = text.import(&t, false);
        let mut said = Vec::new();
        let stopped = run(&import, || text.source.open(), &mut |p| {
            said.push((p.done, p.total));
            if p.done < 400 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
        .await;
        assert!(matches!(stopped, Err(Stop::Asked)));
        assert_eq!((said, people(&t).await), (vec![(200, 450), (400, 450)], 400));
        let report = run(&import, || text.source.open(), &mut |_| ControlFlow::Continue(())).await.unwrap();
        assert_eq!((report.counts.created, report.counts.same), (50, 400));
        let lines = "SELECT count(*) FROM activity WHERE kind = $1";
        assert_eq!(
            db::count(t.app.db.read(), lines, args![ACTIVITY]).await.unwrap(),
            1,
            "the journal has the one that ended"
        );
    }
}

#[tokio::test]
async fn a_telephone_alone_makes_no_two_names_one_person() {
    for engine in engines() {
        let t = instance(engine).await;
        let read = t.app.db.read();
        go(&t, "Marie;;0612345678;;;\n", false).await;
        let told = go(&t, "Paul;paul@b.example;0612345678;;12/03/2025;oui\n", false).await;
        assert_eq!((told.counts, people(&t).await), (counts(1, 0, 0, 0), 2), "{engine:?}");
        let consents = "SELECT count(*) FROM consent c JOIN person p ON p.id = c.person_id WHERE p.name = 'Marie'";
        assert_eq!(db::count(read, consents, vec![]).await.unwrap(), 0);
        // In one file too.
        let rows = "Anne;;0612345679;;;\nLuc;luc@b.example;0612345679;;12/03/2025;oui\nAnne;;0612345680;;;\nLuc;;0612345680;;;\n";
        assert_eq!(go(&t, rows, false).await.counts, counts(4, 0, 0, 3), "{engine:?}");
        assert_eq!(go(&t, rows, false).await.counts, counts(0, 0, 4, 3), "{engine:?}");
        // The same name, or none, is the same person: their sheet is completed.
        let told = go(&t, "MARIE;marie@b.example;0612345678;;;\n", false).await;
        assert_eq!(told.counts, counts(0, 1, 0, 1), "{engine:?}");
        go(&t, ";;0612345681;;;\n", false).await;
        assert_eq!(go(&t, "Ada;;0612345681;;;\n", false).await.counts, counts(0, 1, 0, 1), "{engine:?}");
    }
}

#[tokio::test]
async fn an_accord_of_today_does_not_undo_what_was_taken_back_today() {
    for engine in engines() {
        let t = instance(engine).await;
        let read = t.app.db.read();
        let today = t.app.moment().now.with_timezone(&chrono_tz::Tz::Europe__Paris).format("%d/%m/%Y");
        let rows = format!("Léa;a@b.example;;;{today};oui\n");
        assert_eq!(go(&t, &rows, false).await.counts, counts(1, 0, 0, 0), "{engine:?}");
        let a = persons::by_email(read, "a@b.example").await.unwrap().unwrap().id;
        t.clock.advance(TimeDelta::minutes(1));
        assert_eq!(go(&t, &rows, false).await.counts, counts(0, 0, 1, 0), "{engine:?}");
        assert_eq!(consents::of_person(read, a).await.unwrap().len(), 1, "the same file again notes nothing");
        t.write(move |tx, _, moment| {
            Box::pin(async move {
                consents::record(tx, &moment, a, "newsletter", "email", "withdrawn", "", "own_space").await
            })
        })
        .await;
        t.clock.advance(TimeDelta::minutes(1));
        assert_eq!(go(&t, &rows, false).await.counts, counts(0, 0, 1, 1), "{engine:?}");
        assert!(
            consents::permits(read, t.app.clock.now(), a, "newsletter", "email").await.unwrap().is_none(),
            "{engine:?}"
        );
    }
}
