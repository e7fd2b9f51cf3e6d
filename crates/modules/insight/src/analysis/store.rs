//! What is kept of an analysis, and how pages read it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use parvis_kernel::{
    Error, Result, args,
    context::Moment,
    db::{self, Db, Tx},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::{
    AGES, KNOWN, Period, UNKNOWN,
    compute::{Analysed, Output, Placed, excerpt},
    figures::{Figure, Figures, Group, Key, ThemeKey, WeekKey},
};

/// How many rows one statement writes.
const CHUNK: usize = 400;
/// How many statements one transaction holds: other writers wait no longer than that.
const STATEMENTS: usize = 10;

/// An analysis that pages show.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Analysis {
    /// Key.
    pub id: Uuid,
    /// `None` for all projects together.
    pub project_id: Option<Uuid>,
    /// When.
    pub computed_at: DateTime<Utc>,
    /// When it was last found to be up to date.
    pub checked_at: DateTime<Utc>,
    /// How long it took.
    pub took_ms: i64,
    /// Texts it is made of.
    pub texts: i64,
    /// Texts in a theme.
    pub classified: i64,
    /// Texts the themes were looked for in.
    pub read: i64,
    /// Themes found.
    pub themes: i64,
    /// What it was made of.
    pub fingerprint: String,
}

/// A theme as kept.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Theme {
    /// Key.
    pub id: Uuid,
    /// Analysis.
    pub analysis_id: Uuid,
    /// 0 for the largest.
    pub position: i64,
    /// Its words; empty when it is not shown.
    pub label: String,
    /// Texts.
    pub size: i64,
}

/// A quote as kept.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Quote {
    /// Number of its text.
    pub number: i64,
    /// The words.
    pub body: String,
    /// Their language.
    pub lang: String,
    /// Whether it ends where a sentence ends.
    pub whole: bool,
}

/// A text of a list.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Listed {
    /// Number.
    pub number: i64,
    /// `idea`, `comment`, ….
    pub kind: String,
    /// Title, may be empty.
    pub title: String,
    /// Its beginning.
    pub excerpt: String,
    /// When it was written.
    pub at: DateTime<Utc>,
}

const COLUMNS: &str = "id, project_id, computed_at, checked_at, took_ms, texts, classified, read, themes, fingerprint";

/// The analysis shown of all projects, or of one.
///
/// # Errors
/// When the database refuses.
pub async fn latest(c: &impl ConnectionTrait, project: Option<Uuid>) -> Result<Option<Analysis>> {
    let (scope, args) = match project {
        Some(id) => ("project_id = $1", args![id]),
        None => ("project_id IS NULL", args![]),
    };
    let sql =
        format!("SELECT {COLUMNS} FROM analysis WHERE ready AND {scope} ORDER BY computed_at DESC, id DESC LIMIT 1");
    db::one(c, &sql, args).await
}

/// Notes that nothing changed since.
///
/// # Errors
/// When the database refuses.
pub async fn checked(db: &Db, now: DateTime<Utc>) -> Result<()> {
    db.write(move |tx| {
        Box::pin(async move {
            db::run(tx, "UPDATE analysis SET checked_at = $1 WHERE ready", args![now]).await?;
            Ok(())
        })
    })
    .await
}

/// The projects that have an analysis.
///
/// # Errors
/// When the database refuses.
pub async fn projects(c: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    let sql = "SELECT DISTINCT project_id FROM analysis WHERE ready AND project_id IS NOT NULL ORDER BY project_id";
    db::column(c, sql, args![]).await
}

/// The themes of an analysis, the largest first.
///
/// # Errors
/// When the database refuses.
pub async fn themes(c: &impl ConnectionTrait, analysis: Uuid) -> Result<Vec<Theme>> {
    let sql = "SELECT id, analysis_id, position, label, size FROM theme WHERE analysis_id = $1 ORDER BY position";
    db::all(c, sql, args![analysis]).await
}

/// A theme of an analysis that pages show, with that analysis.
///
/// # Errors
/// When the database refuses.
pub async fn theme(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<(Theme, Analysis)>> {
    let sql = "SELECT id, analysis_id, position, label, size FROM theme WHERE id = $1";
    let Some(theme) = db::one::<Theme>(c, sql, args![id]).await? else { return Ok(None) };
    let sql = format!("SELECT {COLUMNS} FROM analysis WHERE ready AND id = $1");
    Ok(db::one(c, &sql, args![theme.analysis_id]).await?.map(|analysis| (theme, analysis)))
}

/// The quotes of a theme, in the order drawn.
///
/// # Errors
/// When the database refuses.
pub async fn quotes(c: &impl ConnectionTrait, analysis: Uuid, theme: i64) -> Result<Vec<Quote>> {
    let sql =
        "SELECT number, body, lang, whole FROM theme_quote WHERE analysis_id = $1 AND theme = $2 ORDER BY position";
    db::all(c, sql, args![analysis, theme]).await
}

#[derive(FromQueryResult)]
struct FigureRow {
    period: String,
    theme: i64,
    area: String,
    age: String,
    week: String,
    texts: i64,
    people: i64,
}

/// The figures of a period, and those of weeks, which all periods share.
///
/// # Errors
/// When the database refuses.
pub async fn figures(c: &impl ConnectionTrait, analysis: Uuid, period: Period, areas: &[Uuid]) -> Result<Figures> {
    let sql = "SELECT period, theme, area, age, week, texts, people FROM figure \
               WHERE analysis_id = $1 AND (period = $2 OR week <> '')";
    let rows: Vec<FigureRow> = db::all(c, sql, args![analysis, period.code()]).await?;
    let read = |r: &FigureRow| {
        let key = Key {
            period: Period::ALL.into_iter().find(|p| p.code() == r.period)?,
            theme: theme_key(r.theme)?,
            area: group(&r.area, |code| areas.iter().position(|a| a.to_string() == code))?,
            age: group(&r.age, |code| AGES.iter().position(|a| *a == code))?,
            week: if r.week.is_empty() { WeekKey::All } else { WeekKey::At(r.week.parse().ok()?) },
        };
        Some((key, Figure { texts: r.texts, people: r.people }))
    };
    Ok(rows.iter().filter_map(read).collect::<BTreeMap<_, _>>())
}

#[derive(FromQueryResult)]
struct ViewRow {
    period: String,
    area: String,
}

/// The periods and areas that open something: all other choices are about too few people.
///
/// # Errors
/// When the database refuses.
pub async fn views(c: &impl ConnectionTrait, analysis: Uuid) -> Result<Vec<(Period, String)>> {
    let sql = "SELECT period, area FROM figure WHERE analysis_id = $1 AND theme = -1 AND age = '' AND week = ''";
    let rows: Vec<ViewRow> = db::all(c, sql, args![analysis]).await?;
    Ok(rows.into_iter().map(|r| (Period::parse(&r.period), r.area)).collect())
}

/// What a list of texts is about.
#[derive(Debug, Clone, Copy)]
pub struct ListOf {
    /// Analysis.
    pub analysis: Uuid,
    /// Theme.
    pub theme: ThemeKey,
    /// Since this Monday.
    pub since: Option<NaiveDate>,
    /// Area.
    pub area: Option<Uuid>,
    /// Age group.
    pub age: Option<&'static str>,
    /// Week.
    pub week: Option<NaiveDate>,
}

/// A page of the texts behind a figure. Whoever asks has made sure that the figure may be shown.
///
/// # Errors
/// When the database refuses.
pub async fn list(c: &impl ConnectionTrait, of: &ListOf, limit: i64, offset: i64) -> Result<Vec<Listed>> {
    let mut sql = String::from("SELECT number, kind, title, excerpt, at FROM theme_text WHERE analysis_id = $1");
    let mut args = args![of.analysis, limit, offset];
    let mut add = |column: &str, sign: &str, value: Value| {
        args.push(value);
        sql.push_str(&format!(" AND {column} {sign} ${}", args.len()));
    };
    if let Some(theme) = theme_code(of.theme).filter(|_| of.theme != ThemeKey::All) {
        add("theme", "=", theme.into());
    }
    if let Some(since) = of.since {
        add("week", ">=", since.to_string().into());
    }
    if let Some(area) = of.area {
        add("area", "=", area.to_string().into());
    }
    if let Some(age) = of.age {
        add("age", "=", age.into());
    }
    if let Some(week) = of.week {
        add("week", "=", week.to_string().into());
    }
    sql.push_str(if of.theme == ThemeKey::All { " ORDER BY at DESC" } else { " ORDER BY place" });
    sql.push_str(", number LIMIT $2 OFFSET $3");
    db::all(c, &sql, args).await
}

/// Keeps the result of a run, then lets it take the place of the one before.
///
/// # Errors
/// When the database refuses: the one before stays.
pub async fn keep(db: &Db, moment: &Moment, output: &Output, fingerprint: &str, took_ms: i64) -> Result<()> {
    let mut kept = Vec::new();
    for scope in &output.scopes {
        let id = moment.id();
        kept.push(id);
        let row = vec![
            id.into(),
            scope.project.into(),
            false.into(),
            moment.now.into(),
            moment.now.into(),
            took_ms.into(),
            count(scope.texts.len()).into(),
            count(scope.texts.iter().filter(|t| t.said.theme.is_some()).count()).into(),
            count(scope.read).into(),
            count(scope.themes.len()).into(),
            fingerprint.into(),
        ];
        let columns = "analysis (id, project_id, ready, computed_at, checked_at, took_ms, texts, classified, read, themes, fingerprint)";
        insert(db, columns, vec![row]).await?;
        insert(db, "theme (id, analysis_id, position, label, terms, size)", theme_rows(moment, id, scope)?).await?;
        let columns = "theme_text (analysis_id, contribution_id, number, kind, title, excerpt, voice, theme, place, area, age, week, at)";
        for part in scope.texts.chunks(CHUNK * STATEMENTS) {
            insert(db, columns, part.iter().filter_map(|t| text_row(id, output, t)).collect()).await?;
        }
        let columns = "theme_quote (analysis_id, theme, position, contribution_id, number, body, lang, whole)";
        insert(db, columns, quote_rows(id, output, scope)).await?;
        let columns = "figure (analysis_id, period, theme, area, age, week, texts, people)";
        insert(db, columns, figure_rows(id, output, scope)).await?;
    }
    let now = moment.now;
    let stale = db.write(move |tx| {
        let kept = kept.clone();
        Box::pin(async move { swap(tx, &kept, now).await })
    });
    let stale = stale.await?;
    for id in stale {
        db.write(move |tx| Box::pin(async move { drop_one(tx, id).await })).await?;
    }
    Ok(())
}

/// Shows the new analyses, and names those that nobody sees any more.
async fn swap(tx: &Tx, kept: &[Uuid], now: DateTime<Utc>) -> Result<Vec<Uuid>> {
    let list = db::placeholders(1, kept.len());
    let ids: Vec<Value> = kept.iter().map(|id| (*id).into()).collect();
    db::run(tx, &format!("UPDATE analysis SET ready = TRUE WHERE id IN ({list})"), ids.clone()).await?;
    // A run under way elsewhere keeps what it has written; one that was killed loses it after an hour.
    let (ready, old) = (kept.len() + 1, kept.len() + 2);
    let sql =
        format!("SELECT id FROM analysis WHERE id NOT IN ({list}) AND (ready = ${ready} OR computed_at < ${old})");
    let mut args = ids;
    args.extend(args![true, now - chrono::TimeDelta::hours(1)]);
    let stale: Vec<Uuid> = db::column(tx, &sql, args).await?;
    for id in &stale {
        db::run(tx, "UPDATE analysis SET ready = FALSE WHERE id = $1", args![*id]).await?;
    }
    Ok(stale)
}

async fn drop_one(tx: &Tx, id: Uuid) -> Result<()> {
    for table in ["theme", "theme_text", "theme_quote", "figure"] {
        db::run(tx, &format!("DELETE FROM {table} WHERE analysis_id = $1"), args![id]).await?;
    }
    db::run(tx, "DELETE FROM analysis WHERE id = $1", args![id]).await?;
    Ok(())
}

/// A person's texts go: so do the copies here. Kept texts are nobody's from now on.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, person: Uuid, erase: bool) -> Result<()> {
    if erase {
        let quotes = "DELETE FROM theme_quote WHERE contribution_id IN (SELECT contribution_id FROM theme_text WHERE voice = $1)";
        db::run(tx, quotes, args![person]).await?;
        db::run(tx, "DELETE FROM theme_text WHERE voice = $1", args![person]).await?;
    } else {
        db::run(tx, "UPDATE theme_text SET voice = contribution_id WHERE voice = $1", args![person]).await?;
    }
    Ok(())
}

fn theme_rows(moment: &Moment, analysis: Uuid, scope: &Analysed) -> Result<Vec<Vec<Value>>> {
    let row = |(i, t): (usize, &super::compute::Found)| {
        let terms = serde_json::to_string(&t.terms).map_err(Error::other)?;
        Ok(args![moment.id(), analysis, count(i), t.label.as_str(), terms, count(t.size)])
    };
    scope.themes.iter().enumerate().map(row).collect()
}

fn text_row(analysis: Uuid, output: &Output, text: &Placed) -> Option<Vec<Value>> {
    let t = output.texts.get(text.row)?;
    let area = text.said.area.and_then(|a| output.areas.get(a)).map_or_else(|| UNKNOWN.to_owned(), Uuid::to_string);
    let age = text.said.age.and_then(|a| AGES.get(a).copied()).unwrap_or(UNKNOWN);
    let theme = theme_code(text.said.theme.map_or(ThemeKey::Without, ThemeKey::At))?;
    let title = excerpt(&t.title);
    let (place, week) = (count(text.place), text.said.week.to_string());
    Some(args![analysis, t.id, t.number, t.kind, title, excerpt(&t.body), t.voice, theme, place, area, age, week, t.at])
}

fn quote_rows(analysis: Uuid, output: &Output, scope: &Analysed) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for (theme, found) in scope.themes.iter().enumerate() {
        for (position, quote) in found.quotes.iter().enumerate() {
            if let Some(t) = scope.texts.get(quote.text).and_then(|p| output.texts.get(p.row)) {
                let (theme, position) = (count(theme), count(position));
                let (body, lang) = (quote.body.as_str(), t.lang.as_str());
                rows.push(args![analysis, theme, position, t.id, t.number, body, lang, quote.whole]);
            }
        }
    }
    rows
}

fn figure_rows(analysis: Uuid, output: &Output, scope: &Analysed) -> Vec<Vec<Value>> {
    let area = |at: usize| output.areas.get(at).map(Uuid::to_string);
    let age = |at: usize| AGES.get(at).map(|a| (*a).to_owned());
    let row = |(key, figure): (&Key, &Figure)| {
        let week = match key.week {
            WeekKey::All => String::new(),
            WeekKey::At(monday) => monday.to_string(),
            WeekKey::Before => return None,
        };
        let (theme, area, age) = (theme_code(key.theme)?, code(key.area, area)?, code(key.age, age)?);
        Some(args![analysis, key.period.code(), theme, area, age, week, figure.texts, figure.people])
    };
    scope.figures.iter().filter_map(row).collect()
}

fn theme_code(theme: ThemeKey) -> Option<i64> {
    match theme {
        ThemeKey::All => Some(-1),
        ThemeKey::Without => Some(-2),
        ThemeKey::At(at) => i64::try_from(at).ok(),
        ThemeKey::Rest => None,
    }
}

fn theme_key(code: i64) -> Option<ThemeKey> {
    match code {
        -1 => Some(ThemeKey::All),
        -2 => Some(ThemeKey::Without),
        at => usize::try_from(at).ok().map(ThemeKey::At),
    }
}

fn code(group: Group, at: impl Fn(usize) -> Option<String>) -> Option<String> {
    match group {
        Group::All => Some(String::new()),
        Group::At(i) => at(i),
        Group::Known => Some(KNOWN.to_owned()),
        Group::Unknown => Some(UNKNOWN.to_owned()),
    }
}

fn group(code: &str, at: impl Fn(&str) -> Option<usize>) -> Option<Group> {
    match code {
        "" => Some(Group::All),
        KNOWN => Some(Group::Known),
        UNKNOWN => Some(Group::Unknown),
        code => at(code).map(Group::At),
    }
}

/// Writes rows in statements of a few hundred.
async fn insert(db: &Db, into: &'static str, rows: Vec<Vec<Value>>) -> Result<()> {
    for part in rows.chunks(CHUNK * STATEMENTS) {
        let part = part.to_vec();
        db.write(move |tx| {
            let part = part.clone();
            Box::pin(async move {
                for rows in part.chunks(CHUNK) {
                    let width = rows.first().map_or(0, Vec::len);
                    let tuples: Vec<String> =
                        (0..rows.len()).map(|i| format!("({})", db::placeholders(i * width + 1, width))).collect();
                    db::run(tx, &format!("INSERT INTO {into} VALUES {}", tuples.join(", ")), rows.concat()).await?;
                }
                Ok(())
            })
        })
        .await?;
    }
    Ok(())
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
