//! What the command line imports stands among the files of the desk, goes on there, and is taken back there.

use std::{fmt::Write as _, ops::ControlFlow};

use parvis_kernel::brought::{Progress, Stop};

use super::{super::undo_pages, *};
use crate::import::{Report, by_command, tests::Text};

/// Imports this text as the command line does; stopped once so many rows are dealt with.
async fn command(t: &TestApp, text: &str, until: u64) -> Result<Arc<Report>, Stop> {
    let text = Text::of(text);
    let mut progress = |p: Progress| if p.done >= until { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    by_command(&text.import(t, false), &text.source, ("gens.csv", &text.look.read_as(None)), &mut progress).await
}

/// The files that the list shows, the last first.
async fn files(t: &TestApp) -> Vec<Row<Own>> {
    store::recent::<Persons>(t.app.db.read()).await.unwrap()
}

#[tokio::test]
async fn an_import_of_the_command_line_is_listed_goes_on_and_is_taken_back() {
    for engine in engines() {
        let t = instance(engine).await;
        let mut people = String::from("nom;mail;accord\n");
        for i in 0..300 {
            let _ = writeln!(people, "Personne {i};p{i}@b.example;oui 12/03/2025");
        }
        assert!(matches!(command(&t, &people, 1).await, Err(Stop::Asked)));
        let stopped = files(&t).await.remove(0);
        assert_eq!((stopped.state.as_str(), stopped.by_command, stopped.kept), ("stopped", true, true), "{engine:?}");
        assert_eq!((imported(&t).await, stopped.own.origin.as_str()), (200, "Adhésions 2025"));

        t.clock.advance(TimeDelta::minutes(2));
        let report = command(&t, &people, u64::MAX).await.unwrap();
        assert_eq!((report.counts.created, report.counts.same), (100, 200), "{engine:?}");
        let all = files(&t).await;
        assert_eq!((all.len(), all[0].state.as_str(), imported(&t).await), (1, "done", 300), "{engine:?}");
        for lang in Lang::ALL {
            let list = text(pages::list::<Persons>(ctx(&t, Role::Owner, lang)).await.unwrap()).await;
            let who = if lang == Lang::Fr { "Par la ligne de commande" } else { "By the command line" };
            assert!(list.contains(who) && list.contains("/annuler\"") && !list.contains('⟦'), "{list}");
        }
        undo_pages::ask(owner(&t), Path(stopped.id), Form::new()).await.unwrap();
        jobs::run_due(&t.app).await.unwrap();
        let left = "SELECT count(*) FROM person WHERE email IS NOT NULL";
        assert_eq!(db::count(t.app.db.read(), left, vec![]).await.unwrap(), 0, "both tries are taken back");
    }
}

#[tokio::test]
async fn a_file_that_the_command_line_cannot_take_leaves_nothing() {
    for engine in engines() {
        let t = instance(engine).await;
        assert!(matches!(command(&t, "nom\nAda\n", u64::MAX).await, Err(Stop::File("no_contact_column"))));
        assert_eq!((files(&t).await.len(), kept(&t)), (0, 0), "{engine:?}");
    }
}
