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
        assert!(!store::end::<Persons>(&t.app, late, &Report::default()).await.unwrap());
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
