//! The visible ideas of a project as a file, written while it is read.

use axum::{
    body::{Body, Bytes},
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use futures::stream;
use parvis_kernel::{Ctx, Error, Result, args, db, locale};
use parvis_tables::{Writer, mask};
use sea_orm::FromQueryResult;
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};
use uuid::Uuid;

use crate::{
    caches::Caches,
    entry::{self, Told},
    ideas::{Status, list, pages::Asked},
    seen, urls,
};

/// Rows read at a time.
const CHUNK: i64 = 500;

/// The columns, each with the key of the line that explains it.
pub const COLUMNS: [(&str, &str); 15] = [
    ("numero", "csv-number"),
    ("titre", "csv-title"),
    ("texte", "csv-text"),
    ("theme", "csv-theme"),
    ("quartier", "csv-area"),
    ("lieu", "csv-place"),
    ("prenom", "csv-name"),
    ("date", "csv-date"),
    ("origine", "csv-origin"),
    ("recueillie", "csv-gathered"),
    ("etat", "csv-status"),
    ("soutiens", "csv-supports"),
    ("soutiens_recueillis", "csv-gathered-supports"),
    ("commentaires", "csv-comments"),
    ("adresse", "csv-address"),
];

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    number: i64,
    title: String,
    body: String,
    tag: String,
    area_id: Option<Uuid>,
    place: String,
    author_name: String,
    created_at: DateTime<Utc>,
    origin: String,
    status: String,
    supports: i64,
    comments: i64,
}

/// What is left to write.
struct Rest {
    ctx: Ctx,
    project: Uuid,
    areas: HashMap<Uuid, String>,
    statuses: HashMap<&'static str, String>,
    base: String,
    after: i64,
    /// The numbers of those that a filter found, not written yet.
    found: Option<VecDeque<i64>>,
    begun: bool,
}

impl Rest {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>> {
        let rows = loop {
            let rows = self.rows().await?;
            // Those of a chunk may all have left since they were found.
            if !rows.is_empty() || self.found.as_ref().is_none_or(VecDeque::is_empty) {
                break rows;
            }
        };
        let Some(last) = rows.last() else {
            if self.begun {
                return Ok(None);
            }
            let empty = self.write(&[], &HashMap::new())?;
            self.begun = true;
            return Ok(Some((empty, self)));
        };
        self.after = last.number;
        let ids: Vec<Uuid> = rows.iter().map(|r| r.id).collect();
        let told = entry::gathered::told(self.ctx.app.db.read(), &ids, self.ctx.now()).await?;
        let bytes = self.write(&rows, &told)?;
        self.begun = true;
        Ok(Some((bytes, self)))
    }

    async fn rows(&mut self) -> Result<Vec<Row>> {
        // By the index of numbers: in any other order, every chunk would read the whole project again.
        let u = self.ctx.app.db.dialect().unindexed();
        let mut args = args![self.project];
        let part = match &mut self.found {
            None => {
                args.extend(args![self.after, CHUNK]);
                "> $2 ORDER BY number LIMIT $3".to_owned()
            }
            Some(found) => {
                let most = usize::try_from(CHUNK).unwrap_or(usize::MAX).min(found.len());
                if most == 0 {
                    return Ok(Vec::new());
                }
                args.extend(found.drain(..most).map(sea_orm::Value::from));
                format!("IN ({}) ORDER BY number", db::placeholders(2, most))
            }
        };
        let sql = format!(
            "SELECT id, number, title, body, tag, area_id, place, author_name, created_at, origin, status, \
             supports + brought AS supports, comments FROM contribution WHERE {u}project_id = $1 AND {u}kind = 'idea' \
             AND {u}visible = TRUE AND number {part}"
        );
        db::all(self.ctx.app.db.read(), &sql, args).await
    }

    fn write(&self, rows: &[Row], told: &HashMap<Uuid, Told>) -> Result<Bytes> {
        // Semicolons and the UTF-8 mark: what spreadsheets set to French open with a double click.
        let mut writer = Writer::new(Vec::new(), ';', !self.begun).map_err(Error::other)?;
        if !self.begun {
            writer.row(COLUMNS.map(|(name, _)| name)).map_err(Error::other)?;
        }
        for r in rows {
            writer.row(self.cells(r, told.get(&r.id))).map_err(Error::other)?;
        }
        Ok(Bytes::from(writer.finish().map_err(Error::other)?))
    }

    fn cells(&self, r: &Row, told: Option<&Told>) -> [String; 15] {
        [
            r.number.to_string(),
            mask(&r.title),
            mask(&r.body),
            r.tag.clone(),
            r.area_id.and_then(|id| self.areas.get(&id)).cloned().unwrap_or_default(),
            mask(&r.place),
            r.author_name.clone(),
            locale::local_day(r.created_at, self.ctx.settings.tz()).to_string(),
            r.origin.clone(),
            mask(told.map_or("", Told::place)),
            self.statuses.get(r.status.as_str()).cloned().unwrap_or_default(),
            r.supports.to_string(),
            told.map_or(0, |t| t.supports).to_string(),
            r.comments.to_string(),
            format!("{}{}", self.base, urls::Idea { number: r.number }),
        ]
    }
}

/// The file: of all ideas, or of those that the filters of its address find. For whoever may see the project; no address,
/// no hidden text is in it.
///
/// # Errors
/// `NotFound`, `too_many` for whoever searches too often, or when the database refuses.
pub async fn download(ctx: Ctx, caches: Arc<Caches>, Path(slug): Path<String>) -> Result<Response> {
    let seen = seen::by_slug(&ctx, &slug).await?;
    let asked = Asked::of(&ctx);
    if !asked.form.get("q").is_empty() {
        caches.searches.hit(&ctx.app.db, &ctx.address, ctx.now()).await?;
    }
    let found = if asked.filters() {
        let filter = asked.filter(&ctx, vec![seen.project.id]);
        Some(list::numbers(ctx.app.db.read(), &filter).await?.into())
    } else {
        None
    };
    let rest = Rest {
        project: seen.project.id,
        areas: parvis_people::areas::names(ctx.app.db.read()).await?,
        statuses: Status::ALL.map(|s| (s.code(), s.words(&ctx))).into_iter().collect(),
        base: ctx.app.base_url(&ctx.settings).to_owned(),
        after: 0,
        found,
        begun: false,
        ctx,
    };
    let name = format!("attachment; filename=\"{}.csv\"", parvis_kernel::url::slug(&slug));
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    let body = Body::from_stream(stream::try_unfold(rest, Rest::next));
    Ok((headers, body).into_response())
}
