//! The open data as one ZIP: a file for each set, and a README that explains each column.

use std::{
    fs::File,
    io::{Seek, SeekFrom, Write},
    sync::Arc,
};

use parvis_kernel::{
    Error, Result,
    app::App,
    locale,
    sheet::{self, OpenData, Rows},
    words::Lang,
};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{Form, Zone, forms::Text};
use crate::settings::licence;

/// The name of the ZIP.
pub const FILE: &str = "donnees-ouvertes.zip";

/// The sets of every module, in their order.
#[must_use]
pub fn sets(app: &App) -> Vec<OpenData> {
    app.modules.iter().flat_map(|m| m.open_data()).collect()
}

/// The forms of a set: CSV, and GeoJSON where there are places.
pub fn forms(set: &OpenData) -> impl Iterator<Item = Form> + use<> {
    let located = set.located;
    [Form::Csv, Form::GeoJson].into_iter().filter(move |f| located || *f == Form::Csv)
}

/// Starts the rows of a set.
pub fn rows(app: &Arc<App>, set: &OpenData) -> Rows {
    sheet::start(|sink| (set.rows)(app.clone(), sink))
}

/// Writes the bundle into a file without a name, ready to be read: off the async threads, once it is its turn. `told` hears how
/// many of its files are written, and of how many.
///
/// # Errors
/// When the database or the disk refuses.
pub async fn make(app: &Arc<App>, lang: Lang, told: impl FnMut(u64, u64) + Send + 'static) -> Result<File> {
    let (shared, here) = (app.clone(), tokio::runtime::Handle::current());
    // Reading waits for the database, packing keeps its thread busy.
    app.documents.make(move || here.block_on(write(&shared, lang, told))).await
}

async fn write(app: &Arc<App>, lang: Lang, mut told: impl FnMut(u64, u64)) -> Result<File> {
    let all = sets(app).iter().map(|set| forms(set).count() as u64).sum();
    let mut zip = ZipWriter::new(tempfile::tempfile().map_err(Error::other)?);
    let mut files = Vec::new();
    for set in sets(app) {
        for form in forms(&set) {
            told(files.len() as u64, all);
            let name = format!("{}.{}", set.file, form.ending());
            zip.start_file(&name, SimpleFileOptions::default().large_file(true)).map_err(Error::other)?;
            let mut text = Text::new(form, set.columns, Zone::Utc, rows(app, &set));
            let mut n = 0;
            while let Some((bytes, rest)) = text.next().await? {
                zip.write_all(&bytes).map_err(Error::other)?;
                n = rest.written();
                text = rest;
            }
            files.push((name, set, n));
        }
    }
    zip.start_file("README.md", SimpleFileOptions::default()).map_err(Error::other)?;
    zip.write_all(readme(app, lang, &files).await?.as_bytes()).map_err(Error::other)?;
    let mut file = zip.finish().map_err(Error::other)?;
    file.seek(SeekFrom::Start(0)).map_err(Error::other)?;
    Ok(file)
}

/// What the bundle says of itself: source, licence, date, and a line for each file and each column.
async fn readme(app: &App, lang: Lang, files: &[(String, OpenData, i64)]) -> Result<String> {
    let settings = app.settings().await?;
    let t = |key: &str| app.words.get(lang, key);
    let day = locale::full(lang, locale::local_day(app.clock.now(), settings.tz()));
    let intro = if app.is_here_alone(&settings) {
        app.words.with(lang, "open-readme-intro-here", &[("day", &day), ("name", &settings.name)])
    } else {
        app.words.with(lang, "open-readme-intro", &[("day", &day), ("address", &app.base_url(&settings))])
    };
    let terms = licence::words(app, lang, &settings.licence);
    let terms = settings.licence.url().map_or_else(|| terms.clone(), |url| format!("{terms}\n{url}"));
    let mut parts = vec![
        format!("# {}", app.words.with(lang, "open-readme-title", &[("name", &settings.name)])),
        intro,
        terms,
        t("open-readme-form"),
    ];
    for set in sets(app) {
        parts.push(format!("## {}", t(set.key)));
        let mine = files.iter().filter(|(_, s, _)| s.file == set.file);
        let lines: Vec<String> = mine
            .map(|(name, _, n)| format!("- `{name}` — {}", app.words.with(lang, "open-readme-rows", &[("n", n)])))
            .collect();
        parts.push(lines.join("\n"));
        let columns: Vec<String> = set.columns.iter().map(|(c, key)| format!("- `{c}` — {}", t(key))).collect();
        parts.push(columns.join("\n"));
    }
    Ok(parts.join("\n\n") + "\n")
}
