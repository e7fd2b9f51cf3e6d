//! `parvis export DIR|FILE.zip`: the open data of everything public.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, SecondsFormat, Utc};
use parvis_kernel::{
    app::App,
    args,
    db::{self, Db},
    locale,
    words::Lang,
};
use parvis_participation::projects::{self, Project};
use parvis_people::areas;
use parvis_tables::{Writer, mask};
use sea_orm::FromQueryResult;
use uuid::Uuid;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{CommandError, lang, say};

/// What `parvis export` takes.
#[derive(Debug, Clone, clap::Args)]
pub struct ExportArgs {
    /// Folder to write the files in, or a file that ends with .zip
    pub to: PathBuf,
}

const IDEA_COLUMNS: [&str; 20] = [
    "numero",
    "titre",
    "texte",
    "langue",
    "theme",
    "quartier",
    "lieu",
    "longitude",
    "latitude",
    "origine",
    "etat",
    "ecrit_le",
    "publie_le",
    "soutiens",
    "oppositions",
    "commentaires",
    "decision",
    "reponse",
    "cout",
    "repondu_le",
];
const COMMENT_COLUMNS: [&str; 9] =
    ["numero", "idee", "reponse_a", "texte", "langue", "position", "equipe", "ecrit_le", "soutiens"];
/// Rows read at a time.
const PAGE: i64 = 2000;

/// Writes the open data.
///
/// # Errors
/// One line with the remedy.
pub async fn run(app: &Arc<App>, args: &ExportArgs) -> Result<(), CommandError> {
    let lang = lang(app).await?;
    let files = tables(app, lang).await?;
    let zip = args.to.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip"));
    let written = if zip { write_zip(&args.to, &files) } else { write_folder(&args.to, &files) };
    written.map_err(|e| {
        CommandError::new(format!(
            "{} can't be written: {e}. Check its folder, its rights and the disk",
            args.to.display()
        ))
    })?;
    say(format!("{}: {} files", args.to.display(), files.len()));
    Ok(())
}

/// The files of the open data: name and content.
///
/// # Errors
/// When the database refuses.
pub async fn tables(app: &App, lang: Lang) -> Result<Vec<(String, Vec<u8>)>, CommandError> {
    let settings = app.settings().await?;
    let areas = areas::names(app.db.read()).await?;
    let mut files = vec![(String::from("README.md"), Vec::new())];
    let mut listed = Vec::new();
    for project in projects::store::all(app.db.read()).await?.iter().filter(|p| p.is_public()) {
        let (ideas, n) = ideas(&app.db, project, &areas).await?;
        let name = format!("{}-idees.csv", project.slug);
        let words = app.words.with(lang, "export-file-ideas", &[("title", &project.title), ("n", &n)]);
        listed.push(format!("- `{name}` — {words}"));
        files.push((name, ideas));
        let (comments, n) = comments(&app.db, project).await?;
        let name = format!("{}-commentaires.csv", project.slug);
        let words = app.words.with(lang, "export-file-comments", &[("title", &project.title), ("n", &n)]);
        listed.push(format!("- `{name}` — {words}"));
        files.push((name, comments));
    }
    let day = locale::full(lang, locale::local_day(app.clock.now(), settings.tz()));
    if let Some((_, readme)) = files.first_mut() {
        *readme = write_readme(app, lang, &settings.name, &day, &listed).into_bytes();
    }
    Ok(files)
}

fn write_readme(app: &App, lang: Lang, name: &str, day: &str, listed: &[String]) -> String {
    let t = |key: &str| app.words.get(lang, key);
    let mut columns: Vec<&str> = IDEA_COLUMNS.to_vec();
    columns.extend(COMMENT_COLUMNS.iter().filter(|c| !IDEA_COLUMNS.contains(*c)));
    let columns: Vec<String> =
        columns.iter().map(|c| format!("- `{c}` — {}", t(&format!("export-column-{c}")))).collect();
    [
        format!("# {}", app.words.with(lang, "export-readme-title", &[("name", &name)])),
        app.words.with(lang, "export-readme-intro", &[("day", &day)]),
        t("export-readme-licence"),
        t("export-readme-form"),
        format!("## {}", t("export-readme-projects")),
        listed.join("\n"),
        format!("## {}", t("export-readme-columns")),
        columns.join("\n"),
    ]
    .join("\n\n")
        + "\n"
}

#[derive(FromQueryResult)]
struct IdeaRow {
    id: Uuid,
    number: i64,
    title: String,
    body: String,
    lang: String,
    tag: String,
    area_id: Option<Uuid>,
    place: String,
    lon: Option<f64>,
    lat: Option<f64>,
    origin: String,
    status: String,
    created_at: DateTime<Utc>,
    published_at: Option<DateTime<Utc>>,
    supports: i64,
    opposes: i64,
    comments: i64,
}

#[derive(FromQueryResult)]
struct AnswerRow {
    contribution_id: Uuid,
    decision: String,
    body: String,
    cost: String,
    published_at: DateTime<Utc>,
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn table(columns: &[&str]) -> Result<Writer<Vec<u8>>, CommandError> {
    let mut out = Writer::new(Vec::new(), ';', true).map_err(CommandError::new)?;
    out.row(columns).map_err(CommandError::new)?;
    Ok(out)
}

async fn ideas(db: &Db, project: &Project, areas: &HashMap<Uuid, String>) -> Result<(Vec<u8>, i64), CommandError> {
    let sql = "SELECT a.contribution_id, a.decision, a.body, a.cost, a.published_at FROM answer a \
               JOIN contribution c ON c.id = a.contribution_id WHERE c.project_id = $1";
    let answers: Vec<AnswerRow> = db::all(db.read(), sql, args![project.id]).await?;
    let answers: HashMap<Uuid, AnswerRow> = answers.into_iter().map(|a| (a.contribution_id, a)).collect();
    let mut out = table(&IDEA_COLUMNS)?;
    let (mut last, mut n) = (0, 0);
    loop {
        let sql = "SELECT c.id, c.number, c.title, c.body, c.lang, c.tag, c.area_id, c.place, c.lon, c.lat, c.origin, \
                   c.status, c.created_at, c.published_at, c.supports + c.brought AS supports, c.opposes, c.comments \
                   FROM contribution c WHERE c.project_id = $1 AND c.kind = 'idea' AND c.visible AND c.number > $2 \
                   ORDER BY c.number LIMIT $3";
        let rows: Vec<IdeaRow> = db::all(db.read(), sql, args![project.id, last, PAGE]).await?;
        let Some(end) = rows.last() else { break };
        last = end.number;
        for row in &rows {
            out.row(idea_cells(row, areas, answers.get(&row.id))).map_err(CommandError::new)?;
            n += 1;
        }
    }
    Ok((out.finish().map_err(CommandError::new)?, n))
}

fn idea_cells(row: &IdeaRow, areas: &HashMap<Uuid, String>, answer: Option<&AnswerRow>) -> [String; 20] {
    let area = row.area_id.and_then(|id| areas.get(&id)).cloned().unwrap_or_default();
    let degrees = |d: Option<f64>| d.map(|d| format!("{d:.5}")).unwrap_or_default();
    let said = |part: fn(&AnswerRow) -> String| answer.map(part).unwrap_or_default();
    [
        row.number.to_string(),
        mask(&row.title),
        mask(&row.body),
        row.lang.clone(),
        row.tag.clone(),
        area,
        mask(&row.place),
        degrees(row.lon),
        degrees(row.lat),
        row.origin.clone(),
        row.status.clone(),
        time(row.created_at),
        row.published_at.map(time).unwrap_or_default(),
        row.supports.to_string(),
        row.opposes.to_string(),
        row.comments.to_string(),
        said(|a| a.decision.clone()),
        said(|a| a.body.clone()),
        said(|a| a.cost.clone()),
        said(|a| time(a.published_at)),
    ]
}

#[derive(FromQueryResult)]
struct CommentRow {
    number: i64,
    idea: i64,
    answered: Option<i64>,
    body: String,
    lang: String,
    side: String,
    office: String,
    created_at: DateTime<Utc>,
    supports: i64,
}

async fn comments(db: &Db, project: &Project) -> Result<(Vec<u8>, i64), CommandError> {
    let mut out = table(&COMMENT_COLUMNS)?;
    let (mut last, mut n) = (0, 0);
    loop {
        let sql = "SELECT c.number, i.number AS idea, r.number AS answered, c.body, c.lang, c.side, c.office, c.created_at, \
                   c.supports + c.brought AS supports FROM contribution c JOIN contribution i ON i.id = c.idea_id \
                   LEFT JOIN contribution r ON r.id = c.reply_to WHERE c.project_id = $1 AND c.kind = 'comment' \
                   AND c.visible AND i.visible AND (r.id IS NULL OR r.visible) AND c.number > $2 ORDER BY c.number LIMIT $3";
        let rows: Vec<CommentRow> = db::all(db.read(), sql, args![project.id, last, PAGE]).await?;
        let Some(end) = rows.last() else { break };
        last = end.number;
        for row in rows {
            let cells = [
                row.number.to_string(),
                row.idea.to_string(),
                row.answered.map(|n| n.to_string()).unwrap_or_default(),
                mask(&row.body),
                row.lang,
                row.side,
                row.office,
                time(row.created_at),
                row.supports.to_string(),
            ];
            out.row(cells).map_err(CommandError::new)?;
            n += 1;
        }
    }
    Ok((out.finish().map_err(CommandError::new)?, n))
}

fn write_folder(to: &Path, files: &[(String, Vec<u8>)]) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for (name, content) in files {
        fs::write(to.join(name), content)?;
    }
    Ok(())
}

fn write_zip(to: &Path, files: &[(String, Vec<u8>)]) -> std::io::Result<()> {
    let mut zip = ZipWriter::new(File::create(to)?);
    for (name, content) in files {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(content)?;
    }
    zip.finish()?.sync_all()
}
