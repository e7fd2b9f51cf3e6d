//! Nothing is kept in refused lines of whoever was, or is, erased.

use parvis_kernel::brought::Forgets as _;

use super::*;
use crate::erased::brought::Gone;

#[tokio::test]
async fn nothing_is_kept_of_whoever_was_erased_or_is_too_young_nor_of_what_the_law_forbids() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "a.csv", "mail;nom\nlea@b.example;Léa\n".as_bytes()).await;
        import(&t, id).await;
        jobs::run_due(&t.app).await.unwrap();
        let lea = persons::by_email(t.app.db.read(), "lea@b.example").await.unwrap().unwrap().id;
        t.write(move |tx, app, moment| {
            Box::pin(async move {
                crate::space::erase_person(tx, &app, &moment, lea, parvis_kernel::module::Forget::EraseTexts).await
            })
        })
        .await;
        let file = "mail;nom;age;religion;tel\nlea@b.example;Léa;30;x;\nLEA@b.example;Léa;30;x;\n\
                    tom@b.example;Tom;14 ans;x;\ntim@b;Tim;12;x;\nzoe@b.example;Zoé;trente;secte;12\n";
        let id = send(&t, "b.csv", file.as_bytes()).await;
        let lines = text(pages::refused::<Persons>(owner(&t), Path(id)).await.unwrap()).await;
        let lines: Vec<&str> = lines.trim_start_matches('\u{feff}').lines().collect();
        for (at, line) in (2..=5).enumerate() {
            assert!(lines[at + 1].starts_with(&format!(";;;;;{line};")), "{lines:?}");
        }
        assert!(lines[5].starts_with("zoe@b.example;Zoé;trente;;12;6;") && lines.len() == 6, "{lines:?}");
        let told = Persons::PLACE.whole(&t.app, id, What::Report).await.unwrap();
        let told = String::from_utf8(told).unwrap();
        assert!(!told.to_lowercase().contains("lea@") && !told.contains("14 ans"), "{told}");
    }
}

#[tokio::test]
async fn a_line_refused_for_another_reason_says_nothing_of_whoever_was_or_is_erased() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "a.csv", b"mail;tel;accord\nlea@b.example;;\nana@b.example;0612345678;\n").await;
        import(&t, id).await;
        jobs::run_due(&t.app).await.unwrap();
        let erase = async |mail: &'static str| {
            let person = persons::by_email(t.app.db.read(), mail).await.unwrap().unwrap().id;
            t.write(move |tx, app, moment| {
                Box::pin(async move {
                    crate::space::erase_person(tx, &app, &moment, person, parvis_kernel::module::Forget::EraseTexts)
                        .await
                })
            })
            .await;
            jobs::run_due(&t.app).await.unwrap();
        };
        erase("lea@b.example").await;
        let file = "mail;tel;accord\nLEA@b.example;;oui 31/02/2025\nzut;06 12 34 56 78;\nzoe@b;;oui 31/02/2025\n";
        let id = send(&t, "b.csv", file.as_bytes()).await;
        let lines = async || {
            let text = text(pages::refused::<Persons>(owner(&t), Path(id)).await.unwrap()).await;
            text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect::<Vec<_>>()
        };
        let before = lines().await;
        assert!(before[1].starts_with(";;;2;") && before[2].starts_with("zut;06 12 34 56 78;;3;"), "{before:?}");
        erase("ana@b.example").await;
        let after = lines().await;
        assert!(after[2].starts_with(";;;3;") && after[3].starts_with("zoe@b;;oui 31/02/2025;4;"), "{after:?}");
        assert_eq!((after.len(), &after[0], &after[3]), (4, &before[0], &before[3]), "the others stand as they were");
    }
}

#[tokio::test]
async fn each_erasure_looks_at_what_is_kept_by_a_job_of_its_own() {
    for engine in engines() {
        let t = instance(engine).await;
        for _ in 0..2 {
            t.write(|tx, _, moment| Box::pin(async move { crate::import::forget(tx, &moment, Uuid::nil()).await }))
                .await;
        }
        let jobs = "SELECT count(*) FROM job WHERE kind = 'people.erased_lines'";
        assert_eq!(db::count(t.app.db.read(), jobs, vec![]).await.unwrap(), 2);
    }
}

/// Names are taken out before a file is kept, not after: killed in between, nobody would.
#[tokio::test]
async fn what_is_about_to_be_kept_names_nobody_who_left_and_what_is_told_alone_is_found() {
    use std::io::{Read, Seek, Write};
    for engine in engines() {
        let t = instance(engine).await;
        t.write(|tx, app, moment| {
            Box::pin(async move {
                let how = parvis_kernel::module::Forget::KeepTexts;
                crate::erased::note(tx, &app, &moment, "lea@b.example", how).await
            })
        })
        .await;
        let file = |text: &str| {
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(text.as_bytes()).unwrap();
            file
        };
        for (what, text, left) in [
            (What::Report, r#"[{"value":"lea@b.example"}]"#, r#"[{"value":""}]"#),
            (What::Report, r#"[{"value":"tom@b.example"}]"#, r#"[{"value":"tom@b.example"}]"#),
            (What::Refused, "", ""),
        ] {
            let mut clean = Gone::clean(&t.app, what, file(text)).await.unwrap();
            clean.rewind().unwrap();
            let mut read = String::new();
            clean.read_to_string(&mut read).unwrap();
            assert_eq!(read, left, "{engine:?}");
        }
        // Killed before the refused lines were kept.
        let id = Uuid::from_u128(7);
        Persons::PLACE.put(&t.app, id, What::Report, file(r#"[{"value":"lea@b.example"}]"#)).await.unwrap();
        crate::erased::brought::forget_all(&t.app, Persons::PLACE).await.unwrap();
        let told = Persons::PLACE.whole(&t.app, id, What::Report).await.unwrap();
        assert_eq!(told, br#"[{"value":""}]"#, "{engine:?}");
        // What another put meanwhile stays.
        let tag = Persons::PLACE.tag(&t.app, id, What::Report).await.unwrap();
        Persons::PLACE.put(&t.app, id, What::Report, file("[1]")).await.unwrap();
        assert!(!Persons::PLACE.replace(&t.app, id, What::Report, file("[]"), tag).await.unwrap());
        assert_eq!(Persons::PLACE.whole(&t.app, id, What::Report).await.unwrap(), b"[1]");
    }
}
