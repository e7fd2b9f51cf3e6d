//! `parvis import --people FILE --origin "…" --not-official`.

use std::sync::Arc;

use parvis_kernel::{app::App, words::Lang};
use parvis_people::import::{
    self, Import, ORIGIN, Report,
    columns::{Column, IGNORED, Mapping, Wrong},
};

use super::{
    CommandError,
    import::{
        ImportArgs, LISTED, file_name, finish, forbidden, mapping, more_refused, no_column, no_role, of_file, open,
        tell_columns, work,
    },
    warn,
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
    let of_file = |code: &str| of_file(args, lang, &import::sentence(&app.words, lang, code));
    let source = Arc::new(open(app, args).await?.map_err(|refusal| of_file(refusal.code.as_str()))?);
    let (mapping, read_as) = mapping(args, lang, &source, Mapping::recognise, "E-mail perso=email", set)?
        .map_err(|refusal| of_file(refusal.code.as_str()))?;
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
    let name = file_name(args);
    let outcome = work(async |progress| {
        if import.trial {
            return import::run(&import, || source.open(), progress).await.map(Arc::new);
        }
        import::by_command(&import, &source, (name.as_str(), read_as.as_str()), progress).await
    });
    let report = outcome.await?.map_err(of_file)?;
    tell(app, lang, &report);
    finish(lang, args, report.counts.same, report.line());
    Ok(())
}

fn set(mapping: &mut Mapping, header: &str, code: &str) -> Result<(), CommandError> {
    let column = Column::from_code(code);
    if column.is_none() && code != IGNORED {
        return Err(no_role(code, Column::ALL.into_iter().map(Column::code).chain([IGNORED])));
    }
    mapping.set(header, column).map_err(|wrong| match wrong {
        Wrong::Unknown(name) => no_column(&name, mapping.columns().iter().map(|c| c.header.as_str())),
        Wrong::Forbidden(name) => forbidden(&name),
        Wrong::Twice(column) => CommandError::told("cli-set-twice", &[("role", &column.code())]),
    })
}

fn tell(app: &App, lang: Lang, report: &Report) {
    if report.counts.held > 0 {
        warn(app.words.with(lang, "people-import-held-line", &[("n", &report.counts.held)]));
    }
    if report.said_no > 0 {
        warn(app.words.with(lang, "people-import-no-line", &[("n", &report.said_no)]));
    }
    for ((said, name), n) in report.areas.close.iter().take(LISTED) {
        warn(import::area_close(&app.words, lang, said, name, *n));
    }
    for (said, n) in report.areas.unknown.iter().take(LISTED) {
        warn(import::area_unknown(&app.words, lang, said, *n));
    }
    let unread = &report.phones_unread;
    if !unread.is_empty() {
        let named = unread.get(..LISTED).unwrap_or(unread);
        warn(import::phones_unread(&app.words, lang, unread.len() as u64, named));
    }
    for refused in report.refused.iter().take(LISTED) {
        for fault in &refused.faults {
            let why = import::sentence(&app.words, lang, fault.code);
            let line = refused.line.to_string();
            let text = app.words.with(lang, "import-at-line", &[("line", &line), ("why", &why)]);
            warn(match fault.value.as_str() {
                "" => text,
                value => app.words.with(lang, "import-with-value", &[("text", &text), ("value", &value)]),
            });
        }
    }
    more_refused(lang, report.refused.len() as u64);
}
