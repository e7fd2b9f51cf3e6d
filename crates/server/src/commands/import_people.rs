//! `parvis import --people FILE --origin "…" --not-official`.

use std::{ops::ControlFlow, sync::Arc};

use parvis_kernel::{app::App, words::Lang};
use parvis_people::import::{
    self, Import, Look, ORIGIN, Report, Stop,
    columns::{Column, IGNORED, Mapping, Wrong},
};

use super::{
    CommandError, Meter,
    import::{Ctrl, ImportArgs, LISTED, more_refused, open, tell_columns, tell_source},
    say, warn,
};

/// Imports a file of people. The last line on the standard output is `N read, N created, N updated, N refused`.
///
/// # Errors
/// One line with the remedy.
pub(super) async fn run(app: &Arc<App>, lang: Lang, args: &ImportArgs) -> Result<(), CommandError> {
    let origin = args.origin.as_deref().unwrap_or_default().trim();
    if origin.is_empty() || origin.chars().count() > ORIGIN {
        return Err(CommandError::told("cli-people-origin", &[("n", &ORIGIN)]));
    }
    if !args.not_official {
        return Err(CommandError::told("cli-people-official", &[]));
    }
    let source = open(app, lang, args).await?;
    let of_file = |code: &str| {
        CommandError::new(format!("{}: {}", args.file.display(), import::sentence(&app.words, lang, code)))
    };
    let look = Look::at(&source).map_err(of_file)?;
    let mut mapping = look.mapping;
    for set in &args.set {
        apply(&mut mapping, set)?;
    }
    tell_source(args, &source, look.encoding, look.delimiter);
    let lines = mapping.columns().iter().map(|c| (c.header.as_str(), import::column_line(&app.words, lang, c)));
    tell_columns(&lines.collect::<Vec<_>>());
    let import = Import {
        app,
        mapping: &mapping,
        origin,
        limits: source.limits(),
        file: None,
        actor: None,
        trial: args.dry_run,
    };
    let (ctrl, mut meter) = (Ctrl::listen(), Meter::default());
    let mut progress = |p: import::Progress| {
        meter.show(p.done, p.total);
        if ctrl.pressed() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let outcome = import::run(&import, || source.open(), &mut progress).await;
    meter.end();
    let report = outcome.map_err(|stop| match stop {
        Stop::File(code) => of_file(code),
        Stop::Database(e) => CommandError::told("cli-import-database", &[("said", &e.to_string())]),
        Stop::Asked => CommandError::told("cli-import-stopped", &[]),
    })?;
    tell(app, lang, &report);
    if args.dry_run {
        say("dry run: nothing was written");
    }
    say(report.line());
    Ok(())
}

fn apply(mapping: &mut Mapping, set: &str) -> Result<(), CommandError> {
    let Some((header, code)) = set.rsplit_once('=') else {
        return Err(CommandError::told("cli-set-form", &[("set", &set), ("example", &"E-mail perso=email")]));
    };
    let code = code.trim();
    let column = Column::from_code(code);
    if column.is_none() && code != IGNORED {
        let codes = Column::ALL.map(Column::code).join(", ");
        return Err(CommandError::told("cli-set-role", &[("role", &code), ("roles", &format!("{codes}, {IGNORED}"))]));
    }
    mapping.set(header.trim(), column).map_err(|wrong| {
        let columns = mapping.columns().iter().map(|c| c.header.as_str()).collect::<Vec<_>>().join(", ");
        match wrong {
            Wrong::Unknown(name) => CommandError::told("cli-set-unknown", &[("column", &name), ("columns", &columns)]),
            Wrong::Forbidden(name) => CommandError::told("cli-set-forbidden", &[("column", &name)]),
            Wrong::Twice(column) => CommandError::told("cli-set-twice", &[("role", &column.code())]),
        }
    })
}

fn tell(app: &App, lang: Lang, report: &Report) {
    if report.counts.held > 0 {
        warn(app.words.with(lang, "people-import-held-line", &[("n", &report.counts.held)]));
    }
    for refused in report.refused.iter().take(LISTED) {
        let why = import::sentence(&app.words, lang, refused.code);
        let line = refused.line.to_string();
        let text = app.words.with(lang, "import-at-line", &[("line", &line), ("why", &why)]);
        warn(match refused.value.as_str() {
            "" => text,
            value => app.words.with(lang, "import-with-value", &[("text", &text), ("value", &value)]),
        });
    }
    more_refused(lang, report.refused.len() as u64);
}
