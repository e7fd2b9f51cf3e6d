//! What the command line imports stands among the files of the desk, goes on there, and is taken back there.

use std::{io::Write, ops::ControlFlow};

use parvis_kernel::brought::{Look, Progress, Source};
use parvis_tables::recognise;

use super::{super::undo_pages, resumed::ideas, *};
use crate::import::{Import, NewProject, Report, Stop, by_command, existing_project, make_project};

/// Imports this text as the command line does; stopped once so many rows are dealt with.
async fn command(t: &TestApp, text: &str, until: u64) -> Result<Arc<Report>, Stop> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let source = Arc::new(Source::text(file, false));
    let look = Look::at(&source, recognise).unwrap();
    let project = match existing_project(t.app.db.read(), "avis.csv").await.unwrap() {
        Some(project) => project,
        None => {
            let new = NewProject::named_after("avis.csv", &t.app.words, Lang::Fr, true);
            make_project(&t.app, Lang::Fr, "avis.csv", new).await.unwrap()
        }
    };
    let import = Import {
        app: &t.app,
        project: Some(project.id),
        file_name: "avis.csv",
        mapping: &look.mapping,
        limits: source.limits(),
        file: None,
        actor: None,
        trial: false,
    };
    let mut progress = |p: Progress| if p.done >= until { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    by_command(&t.app, &import, &source, &look.read_as(None), &mut progress).await
}

/// The files that the list shows, the last first.
async fn files(t: &TestApp) -> Vec<Row<Own>> {
    store::recent::<Contributions>(t.app.db.read()).await.unwrap()
}

#[tokio::test]
async fn an_import_of_the_command_line_is_listed_goes_on_and_is_taken_back() {
    for engine in engines() {
        let t = instance(engine).await;
        assert!(matches!(command(&t, &ideas(0), 1).await, Err(Stop::Asked)));
        let stopped = files(&t).await.remove(0);
        assert_eq!((stopped.state.as_str(), stopped.by_command, stopped.kept), ("stopped", true, true), "{engine:?}");
        assert_eq!((stopped.created, contributions(&t).await, kept(&t).len()), (2500, 2500, 1));
        let page = text(pages::show::<Contributions>(owner(&t), Path(stopped.id)).await.unwrap()).await;
        assert!(page.contains("UTF-8") && !page.contains('⟦'), "{page}");

        // The same command again: it is the same file, and says what both tries did.
        t.clock.advance(TimeDelta::minutes(2));
        let report = command(&t, &ideas(0), u64::MAX).await.unwrap();
        assert_eq!(report.line(), "3000 read, 3000 created, 0 updated, 0 refused", "{engine:?}");
        let all = files(&t).await;
        assert_eq!((all.len(), all[0].state.as_str(), all[0].created), (1, "done", 3000), "{engine:?}");
        for lang in Lang::ALL {
            let list = text(pages::list::<Contributions>(ctx(&t, Role::Owner, lang)).await.unwrap()).await;
            let who = if lang == Lang::Fr { "Par la ligne de commande" } else { "By the command line" };
            assert!(list.contains(who) && list.contains("/annuler\"") && !list.contains('⟦'), "{list}");
        }

        // Once more: a file of its own, which brought nothing.
        t.clock.advance(TimeDelta::minutes(2));
        assert_eq!(
            command(&t, &ideas(0), u64::MAX).await.unwrap().line(),
            "3000 read, 0 created, 0 updated, 0 refused"
        );
        assert_eq!((files(&t).await.len(), kept(&t).iter().filter(|name| name.ends_with("txt")).count()), (2, 0));

        undo_pages::ask(owner(&t), Path(stopped.id), Form::new()).await.unwrap();
        jobs::run_due(&t.app).await.unwrap();
        assert_eq!((contributions(&t).await, row(&t, stopped.id).await.own.undone), (0, 3000), "{engine:?}");
    }
}

#[tokio::test]
async fn a_file_that_the_command_line_cannot_take_leaves_nothing() {
    for engine in engines() {
        let t = instance(engine).await;
        assert!(matches!(command(&t, "id\n1\n", u64::MAX).await, Err(Stop::File(_))), "no text");
        assert_eq!((files(&t).await.len(), kept(&t).len()), (0, 0), "{engine:?}");
        // One that had written something stays, with what can be taken back.
        assert!(matches!(command(&t, &ideas(0), 1).await, Err(Stop::Asked)));
        t.clock.advance(TimeDelta::minutes(2));
        assert!(matches!(command(&t, "id\n1\n", u64::MAX).await, Err(Stop::File(_))));
        let all = files(&t).await;
        assert_eq!((all.len(), all[0].state.as_str(), all[0].created), (1, "stopped", 2500), "{engine:?}");
    }
}
