//! `parvis import FILE`.

use std::{
    fs::File,
    ops::ControlFlow,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use parvis_kernel::{
    Error,
    app::App,
    brought::{Hears, Look, Progress, Source, Stop},
    words::{Lang, Word},
};
use parvis_participation::{
    import::{self, Import, NewProject, Report},
    projects::{self, Project},
};
use parvis_tables::{Code, Limits, Mapping, MappingError, Refusal, Role, recognise};

use super::{CommandError, Meter, lang, say, warn};
use crate::terminal;

/// Refused lines listed; the others are counted.
pub(super) const LISTED: usize = 20;

/// What `parvis import` takes.
#[derive(Debug, Clone, clap::Args)]
pub struct ImportArgs {
    /// File of contributions, or of people: .xlsx, or CSV in UTF-8, UTF-16 or Windows-1252
    pub file: PathBuf,
    /// The file holds people: names, mails, telephones, consents with their day
    #[arg(long, requires = "origin", conflicts_with = "project")]
    pub people: bool,
    /// Where these people come from, as it is noted in the ledger, such as "Memberships 2025, paper forms"
    #[arg(long, value_name = "WORDS", requires = "people")]
    pub origin: Option<String>,
    /// You confirm that this file comes neither from the town hall, nor from a school, nor from the tax office
    #[arg(long, requires = "people")]
    pub not_official: bool,
    /// Address of the project that receives them [default: one made from the file's name, the same each time]
    #[arg(long, value_name = "SLUG")]
    pub project: Option<String>,
    /// Sheet of a workbook to read [default: the first that holds something]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Take a column for something else, such as "Avis=text" or "Note=ignored"; may be repeated
    #[arg(long = "set", value_name = "COLUMN=ROLE")]
    pub set: Vec<String>,
    /// Say what would be done, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Language of what is said about the file: fr or en [default: that of the terminal]
    #[arg(long, value_parser = parse_lang)]
    pub lang: Option<Lang>,
}

fn parse_lang(code: &str) -> Result<Lang, String> {
    Lang::parse(code).ok_or_else(|| "fr or en".to_owned())
}

impl ImportArgs {
    /// Whether the file is all of another instance, by its name.
    #[must_use]
    pub fn is_instance(&self) -> bool {
        !self.people && self.file.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip"))
    }

    /// Refuses what makes no sense beside the file of an instance: whoever asks for a trial would get the real thing.
    ///
    /// # Errors
    /// One line with the remedy.
    pub fn nothing_beside(&self) -> Result<(), CommandError> {
        if self.dry_run || self.project.is_some() || self.sheet.is_some() || !self.set.is_empty() {
            let file = self.file.display().to_string();
            return Err(CommandError::told("cli-zip-alone", &[("file", &file)]));
        }
        Ok(())
    }
}

/// Imports a file. The last line on the standard output is `N read, N created, N updated, N refused`.
///
/// # Errors
/// One line with the remedy.
pub async fn run(app: &Arc<App>, args: &ImportArgs) -> Result<(), CommandError> {
    let made_in = lang(app).await?;
    let lang = args.lang.unwrap_or_else(terminal::lang);
    if args.people {
        return super::import_people::run(app, lang, args).await;
    }
    let of_file = |refusal: Refusal| of_file(args, lang, &import::sentence(&app.words, lang, &refusal.into()));
    let source = Arc::new(open(app, args).await?.map_err(of_file)?);
    let (mapping, read_as) = mapping(args, lang, &source, recognise, "Avis=text", set)?.map_err(of_file)?;
    let lines = mapping.columns().iter().map(|c| (c.header.as_str(), import::column_line(&app.words, lang, c)));
    tell_columns(&lines.collect::<Vec<_>>());
    let name = file_name(args);
    // A file of nothing but a header makes no project.
    let makes = !args.dry_run && import::has_rows(source.open(), &mapping, &source.limits()).unwrap_or(false);
    let project = find_project(app, made_in, args, &name, makes).await?;
    let import = Import {
        app,
        project: project.as_ref().map(|p| p.id),
        file_name: &name,
        mapping: &mapping,
        limits: source.limits(),
        actor: None,
        file: None,
        trial: args.dry_run || project.is_none(),
    };
    let outcome = work(async |progress| {
        if import.trial {
            return import::run(&import, || source.open(), progress).await.map(Arc::new);
        }
        import::by_command(app, &import, &source, &read_as, progress).await
    });
    let outcome = outcome.await?;
    let report = outcome.map_err(|refused| {
        let mut why = import::sentence(&app.words, lang, &refused);
        if refused.code == Code::NoTextColumn.as_str() {
            why = format!("{why} {}", terminal::line_in(lang, "cli-import-set", &[]));
        }
        self::of_file(args, lang, &why)
    })?;
    tell(app, lang, &report);
    if !app.settings().await?.is_set_up() {
        warn(terminal::line_in(lang, "import-not-set-up", &[]));
    }
    let same = report.read.saturating_sub(report.created + report.updated + report.refused);
    finish(lang, args, same, report.line());
    Ok(())
}

/// The name of the file, without its folders.
pub(super) fn file_name(args: &ImportArgs) -> String {
    args.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Says how it ended: how many rows were there already as they are, then the one line that programs read.
pub(super) fn finish(lang: Lang, args: &ImportArgs, same: u64, line: String) {
    if args.dry_run {
        say(terminal::line_in(lang, "cli-import-trial", &[]));
    }
    say(terminal::line_in(lang, "cli-import-same", &[("n", &same)]));
    say(line);
}

/// Hears whether somebody presses Ctrl-C, until it is dropped.
struct Ctrl {
    pressed: Arc<AtomicBool>,
    listener: tokio::task::JoinHandle<()>,
}

impl Ctrl {
    fn listen() -> Self {
        let pressed = Arc::new(AtomicBool::new(false));
        let asked = pressed.clone();
        let listener = tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                asked.store(true, Ordering::Relaxed);
            }
        });
        Self { pressed, listener }
    }

    fn pressed(&self) -> bool {
        self.pressed.load(Ordering::Relaxed)
    }
}

impl Drop for Ctrl {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

/// Runs an import until its end, or until somebody presses Ctrl-C; or says what is wrong with the file as a whole.
pub(super) async fn work<T, R>(
    run: impl AsyncFnOnce(Hears<'_>) -> Result<T, Stop<R>>,
) -> Result<Result<T, R>, CommandError> {
    let (ctrl, meter) = (Ctrl::listen(), Meter::default());
    let mut progress = |p: Progress| {
        meter.show(p.done, p.total);
        if ctrl.pressed() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let outcome = run(&mut progress).await;
    meter.end();
    match outcome {
        Ok(report) => Ok(Ok(report)),
        Err(Stop::File(refused)) => Ok(Err(refused)),
        Err(Stop::Database(e)) if e.is_full() => Err(CommandError::told("cli-import-full", &[])),
        Err(Stop::Database(e)) => Err(CommandError::told("cli-import-database", &[("said", &e.to_string())])),
        Err(Stop::Asked) => Err(CommandError::told("cli-import-stopped", &[])),
    }
}

/// What is wrong with the file as a whole.
pub(super) fn of_file(args: &ImportArgs, lang: Lang, why: &str) -> CommandError {
    let file = args.file.display().to_string();
    CommandError::new(terminal::line_in(lang, "cli-of-file", &[("file", &file), ("why", &why)]))
}

/// Opens the file; a workbook is unpacked into the data folder, off the async threads. Or says what is wrong with it as a
/// whole.
pub(super) async fn open(app: &App, args: &ImportArgs) -> Result<Result<Source, Refusal>, CommandError> {
    let path = &args.file;
    let shown = path.display().to_string();
    let cannot = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::NotFound => CommandError::told("cli-no-file", &[("file", &shown)]),
        _ => CommandError::told("cli-cannot-read", &[("file", &shown), ("said", &e.to_string())]),
    };
    let file = File::open(path).map_err(cannot)?;
    let about = file.metadata().map_err(cannot)?;
    if about.is_dir() {
        return Err(CommandError::told("cli-is-folder", &[("file", &shown)]));
    }
    if about.len() > Limits::default().max_bytes {
        return Ok(Err(Refusal::file(Code::TooLarge)));
    }
    let (folder, sheet) = (app.data_dir.clone(), args.sheet.clone());
    tokio::task::spawn_blocking(move || Source::new(file, &folder, sheet.as_deref())).await.map_err(CommandError::odd)
}

/// Tells what each column is taken for, and corrects it as asked by `set`, with a column and the name of a role; says too how the
/// file is read, as it is kept. Or says what is wrong with the file as a whole.
pub(super) fn mapping<M>(
    args: &ImportArgs,
    lang: Lang,
    source: &Source,
    recognise: impl FnOnce(&[String], &[Vec<String>]) -> M,
    example: &str,
    set: impl Fn(&mut M, &str, &str) -> Result<(), CommandError>,
) -> Result<Result<(M, String), Refusal>, CommandError> {
    let mut look = match Look::at(source, recognise) {
        Ok(look) => look,
        Err(refusal) => return Ok(Err(refusal)),
    };
    for asked in &args.set {
        let Some((column, role)) = asked.rsplit_once('=') else {
            return Err(CommandError::told("cli-set-form", &[("set", asked), ("example", &example)]));
        };
        set(&mut look.mapping, column.trim(), role.trim())?;
    }
    tell_source(args, lang, source, look.encoding, look.delimiter);
    let read_as = look.read_as(source.sheet.as_ref().map(|sheet| sheet.name.as_str()));
    Ok(Ok((look.mapping, read_as)))
}

/// Tells how the file is read.
fn tell_source(args: &ImportArgs, lang: Lang, source: &Source, encoding: &str, delimiter: char) {
    let file = args.file.display().to_string();
    let Some(sheet) = &source.sheet else {
        let between = match delimiter {
            '\t' => "tab",
            ';' => "semicolon",
            _ => "comma",
        };
        let args: [(&str, &dyn Word); 3] = [("file", &file), ("encoding", &encoding), ("delimiter", &between)];
        return say(terminal::line_in(lang, "cli-import-csv", &args));
    };
    let others: Vec<&str> = sheet.all.iter().map(String::as_str).filter(|name| *name != sheet.name).collect();
    let others = others.join(", ");
    let key = if others.is_empty() { "cli-import-sheet" } else { "cli-import-sheets" };
    say(terminal::line_in(lang, key, &[("file", &file), ("sheet", &sheet.name), ("others", &others)]));
}

/// Tells what each column is taken for, under its header.
pub(super) fn tell_columns(columns: &[(&str, String)]) {
    let width = columns.iter().map(|(header, _)| header.chars().count()).max().unwrap_or(0).min(40);
    for (header, line) in columns {
        say(format!("  {header:<width$}  {line}"));
    }
}

fn set(mapping: &mut Mapping, column: &str, role: &str) -> Result<(), CommandError> {
    let Some(role) = Role::from_name(role) else {
        return Err(no_role(role, Role::ALL.iter().map(|r| r.as_str())));
    };
    mapping.set(column, role).map_err(|e| match e {
        MappingError::UnknownColumn(name) => no_column(&name, mapping.columns().iter().map(|c| c.header.as_str())),
        MappingError::ForbiddenColumn(name) => forbidden(&name),
    })
}

pub(super) fn no_role<'a>(name: &str, roles: impl Iterator<Item = &'a str>) -> CommandError {
    let roles = roles.collect::<Vec<_>>().join(", ");
    CommandError::told("cli-set-role", &[("role", &name), ("roles", &roles)])
}

pub(super) fn no_column<'a>(name: &str, columns: impl Iterator<Item = &'a str>) -> CommandError {
    let columns = columns.collect::<Vec<_>>().join(", ");
    CommandError::told("cli-set-unknown", &[("column", &name), ("columns", &columns)])
}

pub(super) fn forbidden(name: &str) -> CommandError {
    CommandError::told("cli-set-forbidden", &[("column", &name)])
}

async fn find_project(
    app: &Arc<App>,
    lang: Lang,
    args: &ImportArgs,
    file_name: &str,
    makes: bool,
) -> Result<Option<Project>, CommandError> {
    if let Some(slug) = &args.project {
        return match projects::store::by_slug(app.db.read(), slug).await {
            Ok(project) => Ok(Some(project)),
            Err(Error::NotFound) => {
                let all = projects::store::all(app.db.read()).await?;
                let slugs = all.iter().map(|p| p.slug.as_str()).collect::<Vec<_>>().join(", ");
                let key = if slugs.is_empty() { "cli-no-project-yet" } else { "cli-no-project" };
                Err(CommandError::told(key, &[("slug", slug), ("slugs", &slugs)]))
            }
            Err(e) => Err(e.into()),
        };
    }
    let known = import::existing_project(app.db.read(), file_name).await?;
    let project = match known {
        Some(project) => Some(project),
        None if !makes => None,
        // Whoever serves after the import shows it.
        None => {
            let new = NewProject::named_after(file_name, &app.words, lang, true);
            Some(import::make_project(app, lang, file_name, new).await?)
        }
    };
    if let Some(project) = &project {
        say(format!("  → /projets/{}", project.slug));
    }
    Ok(project)
}

fn tell(app: &App, lang: Lang, report: &Report) {
    if report.held > 0 {
        warn(import::held_line(&app.words, lang, report.held));
    }
    for (word, rows) in &report.unknown_statuses {
        warn(import::status_line(&app.words, lang, word, *rows));
    }
    for (name, rows) in report.unknown_areas.iter().take(LISTED) {
        warn(import::area_line(&app.words, lang, name, *rows));
    }
    for refused in report.refusals.iter().take(LISTED) {
        warn(import::sentence(&app.words, lang, refused));
    }
    more_refused(lang, report.refused);
}

/// Counts the refused lines that are not listed.
pub(super) fn more_refused(lang: Lang, refused: u64) {
    let more = refused.saturating_sub(LISTED as u64);
    if more > 0 {
        warn(terminal::line_in(lang, "cli-import-more", &[("n", &more)]));
    }
}
