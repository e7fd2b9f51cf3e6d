//! What is under way is nobody else's to write.

use parvis_kernel::brought::{Choice, Hold, store::New};

use super::*;
use crate::import::Report;

/// A worker begins a trial.
async fn begin(t: &TestApp, id: Uuid) -> Hold {
    let begun = t.write(move |tx, _, moment| {
        Box::pin(async move { store::start::<Persons>(tx, &moment, id, true, true).await })
    });
    begun.await.unwrap()
}

/// Another sheet of the same workbook.
fn sheet() -> New {
    New {
        file_name: "gens.csv".into(),
        read_as: "sheet X".into(),
        from_sheet: true,
        sheets: String::new(),
        bytes: 1,
        roles: "name".into(),
        remembered: false,
        actor: None,
        extra: Vec::new(),
    }
}

#[tokio::test]
async fn a_trial_leaves_an_import_under_way_alone_and_goes_on_nowhere() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "a.csv", b"mail\na@b.example\n").await;
        let late = begin(&t, id).await;
        press(&t, id, &[("faire", "arreter")]).await.unwrap();
        import(&t, id).await;
        let hold = store::claim::<Persons>(&t.app, id).await.unwrap().unwrap();
        // Of a trial that was asked for before, at once or an hour later.
        let told = t.dir.path().join(format!("imports/people/{id}.json"));
        std::fs::remove_file(&told).unwrap();
        work::check::<Persons>(&t.app, id).await.unwrap();
        assert!(!told.exists(), "the trial tells nothing: {engine:?}");
        assert!(!store::beat::<Persons>(&t.app, late, 1, 1).await.unwrap(), "the trial hears that it is to stop");
        assert!(!store::end::<Persons>(&t.app, late, &Arc::new(Report::default())).await.unwrap());
        store::fail::<Persons>(&t.app, late, "unreadable").await.unwrap();
        assert!(store::beat::<Persons>(&t.app, hold, 1, 1).await.unwrap());
        t.clock.advance(TimeDelta::hours(1));
        work::check::<Persons>(&t.app, id).await.unwrap();
        assert_eq!(row(&t, id).await.state, "running", "{engine:?}");
        for fields in [&[("faire", "feuille"), ("feuille", "x")][..], &[("faire", "essai"), ("c0", "name")][..]] {
            assert!(press(&t, id, fields).await.is_err());
        }

        // An import told to stop after its last row keeps its text, to go on.
        let end = "UPDATE person_file SET state = 'stopped', done = 1 WHERE id = $1";
        t.write(move |tx, _, _| Box::pin(async move { db::run(tx, end, args![id]).await.map(drop) })).await;
        work::go::<Persons>(&t.app, hold).await.unwrap();
        assert!(Persons::PLACE.has_text(&t.app, id).await.unwrap() && row(&t, id).await.kept, "{engine:?}");

        // A trial that is stopped is no import to go on with.
        let id = send(&t, "b.csv", b"mail\nb@b.example\n").await;
        let hold = begin(&t, id).await;
        assert!(store::beat::<Persons>(&t.app, hold, 1, 1).await.unwrap());
        press(&t, id, &[("faire", "arreter")]).await.unwrap();
        assert_eq!((row(&t, id).await.state.as_str(), row(&t, id).await.done), ("received", 0));
        assert!(press(&t, id, &[("faire", "reprendre")]).await.is_err(), "nobody said where these people come from");
    }
}

#[tokio::test]
async fn what_is_under_way_is_not_written_over() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "gens.csv", b"mail\na@b.example\n").await;
        import(&t, id).await;
        let now = t.app.clock.now();
        // Whoever had read the page before the import began.
        let choice = Choice::of([("name", "mail".to_owned())].into_iter());
        let chosen = t.app.db.write(move |tx| {
            let choice = choice.clone();
            Box::pin(async move {
                let origin = vec![("origin", "ailleurs".into())];
                store::choose::<Persons>(tx, id, &choice, &origin, now).await
            })
        });
        assert!(matches!(chosen.await, Err(Error::Refused(_))));
        let moment = t.app.moment();
        let taken = t.app.db.write(move |tx| {
            let (moment, other) = (moment.clone(), sheet());
            Box::pin(async move { store::set_sheet::<Persons>(tx, &moment, id, &other).await })
        });
        assert!(matches!(taken.await, Err(Error::Refused(_))));
        let found = row(&t, id).await;
        assert_eq!(
            (found.state.as_str(), found.own.origin.as_str(), found.roles.as_str()),
            ("queued", ORIGIN[0].1, "email")
        );
    }
}

/// Runs an import as a worker would, until `stop` says so; the rows dealt with each time it was asked.
pub(super) async fn run_until(t: &TestApp, hold: Hold, stop: u64) -> (Vec<u64>, bool) {
    let row = row(t, hold.file).await;
    let source = Source::text(Persons::PLACE.get(&t.app, row.id, What::Text).await.unwrap(), false);
    let look = Look::at(&source, Mapping::recognise).unwrap();
    let mut said = Vec::new();
    let mut progress = |p: parvis_kernel::brought::Progress| {
        said.push(p.done);
        if p.done >= stop { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
    };
    let ended = Persons::run(&t.app, &row, hold, &source, &look.mapping, &mut progress).await.is_ok();
    (said, ended)
}

#[tokio::test]
async fn a_line_of_a_telephone_of_several_is_told_again_when_the_import_goes_on_and_a_stop_is_heard_at_once() {
    for engine in engines() {
        let t = instance(engine).await;
        let mut file = String::from("nom;mail;tel\nLéa;lea@b.example;0199001234\nTom;tom@b.example;0199001234\n");
        file.push_str(";;0199001234\n");
        (0..800).for_each(|i| file.push_str(&format!("P;p{i}@b.example;\n")));
        let id = send(&t, "gens.csv", file.as_bytes()).await;
        import(&t, id).await;
        let hold = store::claim::<Persons>(&t.app, id).await.unwrap().unwrap();
        assert_eq!(run_until(&t, hold, 400).await, (vec![200, 400], false));
        t.clock.advance(TimeDelta::minutes(2));
        // Somebody stops it while it looks for the first row that is not written.
        let again = store::claim::<Persons>(&t.app, id).await.unwrap().unwrap();
        assert_eq!(run_until(&t, again, 1).await, (vec![200], false), "{engine:?}");
        t.clock.advance(TimeDelta::minutes(2));
        let last = store::claim::<Persons>(&t.app, id).await.unwrap().unwrap();
        work::go::<Persons>(&t.app, last).await.unwrap();
        let done = row(&t, id).await;
        assert_eq!(
            (done.state.as_str(), done.created, done.own.same, done.refused, done.total),
            ("done", 802, 0, 1, 803),
            "{engine:?}"
        );
        let lines = text(pages::refused::<Persons>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(lines.contains(";;0199001234;4;") && lines.lines().count() == 2, "{lines}");
    }
}

#[tokio::test]
async fn a_trial_in_the_queue_hears_a_stop_and_leaves_what_came_after_it() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "gens.csv", b"mail\na@b.example\n").await;
        let told = t.dir.path().join(format!("imports/people/{id}.json"));
        std::fs::remove_file(&told).unwrap();
        let queue = async || assert!(work::enqueue::<Persons>(&t.app, &t.app.moment(), id, true, true).await.unwrap());
        queue().await;
        press(&t, id, &[("faire", "arreter")]).await.unwrap();
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!((row(&t, id).await.state.as_str(), told.exists()), ("received", false), "{engine:?}");

        // An import that was stopped is no business of a trial that was asked for before it.
        queue().await;
        press(&t, id, &[("faire", "arreter")]).await.unwrap();
        let stopped = "UPDATE person_file SET state = 'stopped', done = 1, created = 1 WHERE id = $1";
        t.write(move |tx, _, _| Box::pin(async move { db::run(tx, stopped, args![id]).await.map(drop) })).await;
        jobs::run_due(&t.app).await.unwrap();
        let left = row(&t, id).await;
        assert_eq!((left.state.as_str(), left.done, left.created), ("stopped", 1, 1), "{engine:?}");

        queue().await;
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!((row(&t, id).await.state.as_str(), told.exists()), ("checked", true), "{engine:?}");
    }
}

#[tokio::test]
async fn a_dead_work_is_thrown_away_a_live_one_is_not() {
    for engine in engines() {
        let t = instance(engine).await;
        for imports in [false, true] {
            let id = send(&t, "gens.csv", b"mail\na@b.example\n").await;
            let hold = if imports {
                import(&t, id).await;
                store::claim::<Persons>(&t.app, id).await.unwrap().unwrap()
            } else {
                begin(&t, id).await
            };
            assert!(press(&t, id, &[("faire", "oublier")]).await.is_err(), "{engine:?}");
            t.clock.advance(TimeDelta::minutes(2));
            press(&t, id, &[("faire", "oublier")]).await.unwrap();
            assert!(!store::beat::<Persons>(&t.app, hold, 1, 1).await.unwrap());
            assert!(matches!(pages::show::<Persons>(owner(&t), Path(id)).await, Err(Error::NotFound)));
        }
    }
}

#[tokio::test]
async fn another_sheet_whose_text_never_came_is_not_the_text_of_the_first() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "gens.xlsx", &book()).await;
        // Killed once it took the sheet, before it kept its text.
        let hold = t
            .write(move |tx, _, moment| {
                Box::pin(async move { store::set_sheet::<Persons>(tx, &moment, id, &sheet()).await })
            })
            .await;
        assert!(!row(&t, id).await.kept, "{engine:?}");
        t.clock.advance(TimeDelta::minutes(2));
        let page = text(pages::show::<Persons>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(page.contains("plus gardé") && !page.contains("value=\"importer\""), "{page}");
        store::has_text::<Persons>(&t.app, hold).await.unwrap();
        assert!(row(&t, id).await.kept);
    }
}
