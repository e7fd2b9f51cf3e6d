//! What was taken over, stopped or ended is written by no late worker and no second tab.

use parvis_kernel::brought::{Choice, Hold, store::New};

use super::*;
use crate::import::Report;

const IDEAS: &[u8] = b"id,text\n1,Un banc\n2,Un parc\n3,Un pont\n";

/// A file whose import waits for a worker.
async fn queued(t: &TestApp) -> Uuid {
    let id = send(t, "avis.csv", IDEAS).await;
    press(t, id, &[("faire", "importer"), ("projet", "")]).await.unwrap();
    id
}

async fn claim(t: &TestApp, id: Uuid) -> Option<Hold> {
    store::claim::<Contributions>(&t.app, id).await.unwrap()
}

/// A worker begins a trial.
async fn begin(t: &TestApp, id: Uuid) -> Hold {
    let begun = t.write(move |tx, _, moment| {
        Box::pin(async move { store::start::<Contributions>(tx, &moment, id, true, true).await })
    });
    begun.await.unwrap()
}

/// Whatever a worker says that does not hold the file any more changes nothing of it.
async fn is_late(t: &TestApp, hold: Hold) {
    let (before, written) = (row(t, hold.file).await, contributions(t).await);
    assert!(!store::beat::<Contributions>(&t.app, hold, 7, 9).await.unwrap());
    let report = Arc::new(Report { read: 9, created: 9, ..Report::default() });
    assert!(!store::end::<Contributions>(&t.app, hold, &report).await.unwrap());
    store::fail::<Contributions>(&t.app, hold, "unreadable").await.unwrap();
    work::go::<Contributions>(&t.app, hold).await.unwrap();
    let after = row(t, hold.file).await;
    assert_eq!(
        (after.state, after.problem, after.done, after.total, after.created, after.beat_at, after.kept),
        (before.state, before.problem, before.done, before.total, before.created, before.beat_at, before.kept)
    );
    assert_eq!(contributions(t).await, written, "no row is written either");
}

async fn journal(t: &TestApp) -> i64 {
    db::count(t.app.db.read(), "SELECT count(*) FROM activity WHERE kind = 'import.done'", vec![]).await.unwrap()
}

#[tokio::test]
async fn a_worker_whose_file_was_taken_stopped_or_ended_writes_nothing_more() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = queued(&t).await;
        let dead = claim(&t, id).await.unwrap();
        assert!(store::beat::<Contributions>(&t.app, dead, 0, 3).await.unwrap());
        t.clock.advance(TimeDelta::minutes(2));
        let taken = claim(&t, id).await.unwrap();
        is_late(&t, dead).await;
        assert!(store::beat::<Contributions>(&t.app, taken, 1, 3).await.unwrap(), "{engine:?}");
        press(&t, id, &[("faire", "arreter")]).await.unwrap();
        is_late(&t, taken).await;
        assert_eq!((row(&t, id).await.state.as_str(), journal(&t).await), ("stopped", 0), "{engine:?}");

        press(&t, id, &[("faire", "reprendre")]).await.unwrap();
        let last = claim(&t, id).await.unwrap();
        work::go::<Contributions>(&t.app, last).await.unwrap();
        let done = row(&t, id).await;
        assert_eq!((done.state.as_str(), done.created, contributions(&t).await), ("done", 3, 3), "{engine:?}");
        for hold in [dead, taken, last] {
            is_late(&t, hold).await;
        }
        assert_eq!(journal(&t).await, 1);
    }
}

#[tokio::test]
async fn a_trial_leaves_an_import_alone_and_is_nothing_to_go_on_with() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "avis.csv", IDEAS).await;
        // Of two trials at once the last one counts.
        let (first, second) = (begin(&t, id).await, begin(&t, id).await);
        is_late(&t, first).await;
        assert!(store::beat::<Contributions>(&t.app, second, 1, 3).await.unwrap());
        // A trial that is stopped, or was killed, is no import that nobody asked for.
        press(&t, id, &[("faire", "arreter")]).await.unwrap();
        is_late(&t, second).await;
        assert_eq!((row(&t, id).await.state.as_str(), row(&t, id).await.done), ("received", 0));
        assert!(press(&t, id, &[("faire", "reprendre")]).await.is_err());
        let killed = begin(&t, id).await;
        t.clock.advance(TimeDelta::minutes(2));
        let page = text(pages::show::<Contributions>(owner(&t), Path(id)).await.unwrap()).await;
        assert!(!page.contains("value=\"reprendre\"") && page.contains("value=\"essai\""), "{page}");
        assert!(press(&t, id, &[("faire", "reprendre")]).await.is_err());

        press(&t, id, &[("faire", "importer"), ("projet", "")]).await.unwrap();
        is_late(&t, killed).await;
        let hold = claim(&t, id).await.unwrap();
        let told = t.dir.path().join(format!("imports/contributions/{id}.json"));
        std::fs::remove_file(&told).unwrap();
        for _ in 0..2 {
            work::check::<Contributions>(&t.app, id).await.unwrap();
            assert!(!told.exists(), "the trial tells nothing: {engine:?}");
            assert_eq!(row(&t, id).await.state, "running");
            // A dead import is no business of a trial either.
            t.clock.advance(TimeDelta::hours(1));
        }
        assert!(store::beat::<Contributions>(&t.app, hold, 1, 3).await.unwrap(), "nobody took it: {engine:?}");
    }
}

#[tokio::test]
async fn what_is_under_way_is_not_written_over_by_a_second_tab() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = queued(&t).await;
        for take in [false, true] {
            if take {
                assert!(claim(&t, id).await.is_some());
            }
            let (before, now, moment) = (row(&t, id).await, t.app.clock.now(), t.app.moment());
            let choice = Choice::of([("title", "id".to_owned()), ("text", "text".to_owned())].into_iter());
            let chosen = t.app.db.write(move |tx| {
                let choice = choice.clone();
                Box::pin(async move { store::choose::<Contributions>(tx, id, &choice, &Vec::new(), now).await })
            });
            assert!(matches!(chosen.await, Err(Error::Refused(_))), "{engine:?}");
            let sheet = t.app.db.write(move |tx| {
                let (moment, other) = (moment.clone(), other_sheet());
                Box::pin(async move { store::set_sheet::<Contributions>(tx, &moment, id, &other).await })
            });
            assert!(matches!(sheet.await, Err(Error::Refused(_))), "{engine:?}");
            for what in ["essai", "importer", "feuille", "reprendre", "oublier"] {
                assert!(press(&t, id, &[("faire", what), ("feuille", "x")]).await.is_err(), "{what}");
            }
            let after = row(&t, id).await;
            assert_eq!((after.state, after.roles, after.read_as), (before.state, before.roles, before.read_as));
            let kept = "SELECT count(*) FROM import_mapping WHERE roles LIKE 'title%'";
            assert_eq!(db::count(t.app.db.read(), kept, vec![]).await.unwrap(), 0, "nor is it remembered");
        }
    }
}

/// Another sheet of the same workbook.
fn other_sheet() -> New {
    New {
        file_name: "avis.csv".into(),
        read_as: "sheet X".into(),
        from_sheet: true,
        sheets: String::new(),
        bytes: 1,
        roles: "title".into(),
        remembered: false,
        actor: None,
        extra: Vec::new(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_at_once_one_takes_the_file_and_the_end_and_a_stop_do_not_both_win() {
    for engine in engines() {
        let t = Arc::new(instance(engine).await);
        for round in 0..6 {
            let id = send(&t, &format!("avis-{round}.csv"), IDEAS).await;
            let tabs = (0..4).map(|_| {
                let t = t.clone();
                tokio::spawn(async move { press(&t, id, &[("faire", "importer"), ("projet", "")]).await.is_ok() })
            });
            assert_eq!(how_many(tabs).await, 1, "one tab imports: {engine:?}");
            let workers = (0..4).map(|_| {
                let t = t.clone();
                tokio::spawn(async move { claim(&t, id).await })
            });
            let held = futures::future::join_all(workers.collect::<Vec<_>>()).await;
            let held: Vec<Hold> = held.into_iter().filter_map(Result::unwrap).collect();
            let [hold] = held[..] else { panic!("{held:?} on {engine:?}") };
            let (ends, stops) = (t.clone(), t.clone());
            let report = Arc::new(Report { read: 3, created: 3, ..Report::default() });
            let end = tokio::spawn(async move { store::end::<Contributions>(&ends.app, hold, &report).await.unwrap() });
            let stop = tokio::spawn(async move {
                let stopped = stops.write(move |tx, _, moment| {
                    Box::pin(async move { store::stop::<Contributions>(tx, &moment, id).await })
                });
                stopped.await
            });
            let (ended, stopped) = (end.await.unwrap(), stop.await.unwrap());
            assert!(ended != stopped, "{ended} {stopped} on {engine:?}");
            assert_eq!(row(&t, id).await.state, if ended { "done" } else { "stopped" });
        }
    }
}

async fn how_many(all: impl Iterator<Item = tokio::task::JoinHandle<bool>>) -> usize {
    let all = futures::future::join_all(all.collect::<Vec<_>>()).await;
    all.into_iter().filter(|won| *won.as_ref().unwrap()).count()
}
