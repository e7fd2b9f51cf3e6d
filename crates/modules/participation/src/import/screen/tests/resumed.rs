//! What an import that was killed, stopped or left says when it goes on, and where its rows go.

use std::{fmt::Write as _, ops::ControlFlow};

use parvis_kernel::brought::{Files as _, Hold, Look, Progress, Source, keep::What};
use parvis_tables::recognise;

use super::*;

/// More ideas than one transaction writes.
pub(super) fn ideas(from: usize) -> String {
    let mut file = String::from("id,text\n");
    for i in from..from + 3000 {
        let _ = writeln!(file, "{i},idée {i}");
    }
    file
}

async fn claim(t: &TestApp, id: Uuid) -> Hold {
    store::claim::<Contributions>(&t.app, id).await.unwrap().unwrap()
}

/// Runs an import as a worker would, which is killed once so many rows are written. Says whether it ended before.
async fn run_until(t: &TestApp, hold: Hold, rows: u64) -> bool {
    let row = row(t, hold.file).await;
    let source = Source::text(Contributions::PLACE.get(&t.app, row.id, What::Text).await.unwrap(), false);
    let look = Look::at(&source, recognise).unwrap();
    let mut progress = |p: Progress| if p.done >= rows { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    Contributions::run(&t.app, &row, hold, &source, &look.mapping, &mut progress).await.is_ok()
}

async fn one(t: &TestApp, sql: &'static str) -> i64 {
    db::count(t.app.db.read(), sql, vec![]).await.unwrap()
}

#[tokio::test]
async fn a_resumed_import_counts_what_every_try_did() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "avis.csv", ideas(0).as_bytes()).await;
        press(&t, id, &[("faire", "importer"), ("projet", "")]).await.unwrap();
        let hold = claim(&t, id).await;
        assert_eq!(row(&t, id).await.created, 0, "what a trial would do is not done");
        assert!(!run_until(&t, hold, 1).await);
        assert_eq!((row(&t, id).await.created, contributions(&t).await), (2500, 2500), "{engine:?}");
        t.clock.advance(TimeDelta::minutes(2));
        work::go::<Contributions>(&t.app, claim(&t, id).await).await.unwrap();
        let done = row(&t, id).await;
        assert_eq!((done.state.as_str(), done.created, done.own.updated), ("done", 3000, 0), "{engine:?}");

        // Begun anew after a stop, by "import": those made before are still its own.
        let id = send(&t, "autres.csv", ideas(5000).as_bytes()).await;
        press(&t, id, &[("faire", "importer"), ("projet", "")]).await.unwrap();
        let hold = claim(&t, id).await;
        assert!(!run_until(&t, hold, 1).await);
        press(&t, id, &[("faire", "arreter")]).await.unwrap();
        let project = row(&t, id).await.own.project_id.unwrap().to_string();
        press(&t, id, &[("faire", "importer"), ("projet", &project)]).await.unwrap();
        jobs::run_due(&t.app).await.unwrap();
        let done = row(&t, id).await;
        assert_eq!((done.state.as_str(), done.created, contributions(&t).await), ("done", 3000, 6000), "{engine:?}");

        // So are those that were changed.
        let changed = ideas(0).replace("idée", "avis");
        let id = send(&t, "avis.csv", changed.as_bytes()).await;
        let project = row(&t, id).await.own.project_id.unwrap().to_string();
        press(&t, id, &[("faire", "importer"), ("projet", &project)]).await.unwrap();
        let hold = claim(&t, id).await;
        assert!(!run_until(&t, hold, 1).await);
        t.clock.advance(TimeDelta::minutes(2));
        work::go::<Contributions>(&t.app, claim(&t, id).await).await.unwrap();
        assert_eq!((row(&t, id).await.created, row(&t, id).await.own.updated), (0, 3000), "{engine:?}");
    }
}

/// The page of an import says what is still to be checked of all that its tries brought.
#[tokio::test]
async fn what_is_to_be_checked_is_counted_over_all_tries() {
    for engine in engines() {
        let t = instance(engine).await;
        let call = "Appelez-moi au 06 12 34 56 78";
        let file = ideas(0).replace("idée 7\n", &format!("{call}\n")).replace("idée 2900\n", &format!("{call} !\n"));
        let id = send(&t, "avis.csv", file.as_bytes()).await;
        press(&t, id, &[("faire", "importer"), ("projet", "")]).await.unwrap();
        let hold = claim(&t, id).await;
        assert!(!run_until(&t, hold, 1).await);
        t.clock.advance(TimeDelta::minutes(2));
        work::go::<Contributions>(&t.app, claim(&t, id).await).await.unwrap();
        let told: super::super::files::Told = Contributions::PLACE.report(&t.app, id).await.unwrap();
        assert_eq!(told.held, 2, "the first try brought one: {engine:?}");
        let page = async || text(pages::show::<Contributions>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(page().await.contains("2 textes attendent dans"), "{}", page().await);
        // One is read, and put online.
        let sql = "UPDATE contribution SET status = 'proposed' WHERE external_id = $1";
        t.write(move |tx, _, _| Box::pin(async move { db::run(tx, sql, args!["7"]).await })).await;
        assert!(page().await.contains("Un texte attend dans"), "{}", page().await);
    }
}

#[tokio::test]
async fn a_worker_killed_after_its_last_row_leaves_one_line_in_the_journal() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "avis.csv", b"id,text\n1,Un banc\n").await;
        press(&t, id, &[("faire", "importer"), ("projet", "")]).await.unwrap();
        let hold = claim(&t, id).await;
        assert!(run_until(&t, hold, u64::MAX).await, "it is killed before it says so");
        t.clock.advance(TimeDelta::minutes(2));
        work::go::<Contributions>(&t.app, claim(&t, id).await).await.unwrap();
        assert_eq!(row(&t, id).await.state, "done");
        assert_eq!(one(&t, "SELECT count(*) FROM activity WHERE kind = 'import.done'").await, 1, "{engine:?}");
        assert_eq!(one(&t, "SELECT count(*) FROM import_run WHERE ended_at IS NOT NULL").await, 1, "{engine:?}");
    }
}

#[tokio::test]
async fn a_new_project_is_new_even_for_a_file_of_a_known_name() {
    for engine in engines() {
        let t = instance(engine).await;
        let mut projects = Vec::new();
        for text in ["Un banc", "Un parc"] {
            let id = send(&t, "avis.csv", format!("id,text\n1,{text}\n").as_bytes()).await;
            press(&t, id, &[("faire", "essai"), ("projet", "")]).await.unwrap();
            assert_eq!(row(&t, id).await.created, 1);
            press(&t, id, &[("faire", "importer"), ("projet", "")]).await.unwrap();
            jobs::run_due(&t.app).await.unwrap();
            let done = row(&t, id).await;
            assert_eq!((done.state.as_str(), done.created, done.own.updated), ("done", 1, 0), "{engine:?}");
            projects.push(done.own.project_id.unwrap());
        }
        assert_ne!(projects[0], projects[1]);
        assert_eq!(contributions(&t).await, 2, "the first project stays as it was");

        // Stopped before it made its project, it makes none.
        let id = send(&t, "autres.csv", b"id,text\n1,Un pont\n").await;
        press(&t, id, &[("faire", "importer"), ("projet", "")]).await.unwrap();
        let hold = claim(&t, id).await;
        press(&t, id, &[("faire", "arreter")]).await.unwrap();
        assert!(!run_until(&t, hold, u64::MAX).await);
        assert_eq!((one(&t, "SELECT count(*) FROM project").await, row(&t, id).await.own.project_id), (2, None));
    }
}

/// Who asked for a trial may leave before it ends: it ends all the same.
#[tokio::test]
async fn a_trial_whose_browser_left_ends() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "avis.csv", ideas(0).as_bytes()).await;
        {
            let asked = press(&t, id, &[("faire", "essai"), ("projet", "")]);
            futures::pin_mut!(asked);
            while row(&t, id).await.state != "checking" {
                assert!(futures::poll!(asked.as_mut()).is_pending(), "it is not over yet");
            }
        }
        let ends = async {
            while row(&t, id).await.state != "checked" {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(60), ends).await.expect("the trial ends");
        assert_eq!(row(&t, id).await.created, 3000, "{engine:?}");
    }
}

#[tokio::test]
async fn what_the_law_forbids_using_leaves_in_no_refused_line() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "avis.csv", b"texte;date;religion\nUn banc;31/02/2026;aucune\n").await;
        let lines = text(pages::refused::<Contributions>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(lines.contains("religion") && lines.contains("Un banc;31/02/2026;;2;"), "{lines}");
    }
}

#[tokio::test]
async fn a_page_says_how_many_of_the_refused_lines_are_in_the_file() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "avis.csv", b"texte;date\nUn banc;31/02/2026\nUn parc;31/02/2026\n").await;
        let page = async || text(pages::show::<Contributions>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(page().await.contains("Les 2 lignes, pour les corriger"));
        let many = "UPDATE import_file SET refused = 10001 WHERE id = $1";
        t.write(move |tx, _, _| Box::pin(async move { db::run(tx, many, args![id]).await.map(drop) })).await;
        let page = page().await;
        assert!(page.contains("de ces 10") && !page.contains("Les 10"), "{page}");
    }
}
