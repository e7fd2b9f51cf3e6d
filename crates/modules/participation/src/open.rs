//! The open data of this module: what is public in public projects, and nobody.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use parvis_kernel::{
    Result,
    app::App,
    args, db,
    sheet::{Columns, OpenData, Row, Sink},
};
use parvis_people::areas;
use parvis_tables::mask;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    entry::{self, Told},
    projects::areas as project_areas,
};

/// Rows read at a time. Each chunk begins where the last ended, by the index of numbers: in any other order, every chunk
/// would read the whole table again.
const CHUNK: i64 = 500;
/// A project that anybody finds.
pub(crate) const PUBLIC: &str = "p.visibility = 'public' AND p.state <> 'draft'";

const PROJECT_COLUMNS: Columns = &[
    ("projet", "open-col-project"),
    ("titre", "open-col-title"),
    ("resume", "open-col-summary"),
    ("etat", "open-col-project-state"),
    ("quartiers", "open-col-project-areas"),
    ("idees", "open-col-ideas"),
    ("commentaires", "open-col-comments"),
    ("soutiens", "open-col-supports"),
];

const TEXT_COLUMNS: Columns = &[
    ("projet", "open-col-project"),
    ("langue", "open-col-text-lang"),
    ("texte", "open-col-text-field"),
    ("phase", "open-col-text-phase"),
    ("contenu", "open-col-text-body"),
];

const IDEA_COLUMNS: Columns = &[
    ("numero", "open-col-number"),
    ("projet", "open-col-project"),
    ("titre", "open-col-title"),
    ("texte", "open-col-text"),
    ("langue", "open-col-lang"),
    ("theme", "open-col-tag"),
    ("quartier", "open-col-area"),
    ("lieu", "open-col-place"),
    ("longitude", "open-col-lon"),
    ("latitude", "open-col-lat"),
    ("origine", "open-col-origin"),
    ("recueillie_a", "open-col-gathered"),
    ("recueillie_le", "open-col-gathered-on"),
    ("etat", "open-col-status"),
    ("ecrit_le", "open-col-written"),
    ("publie_le", "open-col-published"),
    ("soutiens", "open-col-supports"),
    ("soutiens_recueillis", "open-col-gathered-supports"),
    ("oppositions", "open-col-opposes"),
    ("commentaires", "open-col-comments"),
    ("decision", "open-col-decision"),
    ("reponse", "open-col-answer"),
    ("cout", "open-col-cost"),
    ("financement", "open-col-funding"),
    ("etape", "open-col-next"),
    ("etape_le", "open-col-next-on"),
    ("repondu_le", "open-col-answered"),
];

const COMMENT_COLUMNS: Columns = &[
    ("numero", "open-col-number"),
    ("projet", "open-col-project"),
    ("idee", "open-col-idea"),
    ("reponse_a", "open-col-reply"),
    ("texte", "open-col-text"),
    ("langue", "open-col-lang"),
    ("position", "open-col-side"),
    ("equipe", "open-col-office"),
    ("ecrit_le", "open-col-written"),
    ("soutiens", "open-col-supports"),
];

/// The data sets.
pub const SETS: [OpenData; 4] = [
    OpenData { file: "projets", key: "open-projects", columns: PROJECT_COLUMNS, located: false, rows: projects },
    OpenData { file: "textes", key: "open-texts", columns: TEXT_COLUMNS, located: false, rows: texts },
    OpenData { file: "idees", key: "open-ideas", columns: IDEA_COLUMNS, located: true, rows: ideas },
    OpenData { file: "commentaires", key: "open-comments", columns: COMMENT_COLUMNS, located: false, rows: comments },
];

#[derive(FromQueryResult)]
struct ProjectRow {
    id: Uuid,
    slug: String,
    title: String,
    summary: String,
    state: String,
    ideas: i64,
    comments: i64,
    supports: i64,
}

fn projects(app: Arc<App>, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let counted = |what: &str, kind: &str| {
            let parents = if kind == "comment" {
                "AND EXISTS (SELECT 1 FROM contribution i WHERE i.id = c.idea_id AND i.visible) \
                 AND (c.reply_to IS NULL OR EXISTS (SELECT 1 FROM contribution r WHERE r.id = c.reply_to AND r.visible))"
            } else {
                ""
            };
            format!(
                "(SELECT {what} FROM contribution c WHERE c.project_id = p.id AND c.kind = '{kind}' AND c.visible {parents})"
            )
        };
        let sql = format!(
            "SELECT p.id, p.slug, p.title, p.summary, p.state, {} AS ideas, {} AS comments, {} AS supports FROM project p \
             WHERE {PUBLIC} ORDER BY p.position, p.created_at",
            counted("count(*)", "idea"),
            counted("count(*)", "comment"),
            counted("CAST(coalesce(sum(c.supports + c.brought), 0) AS BIGINT)", "idea"),
        );
        let rows: Vec<ProjectRow> = db::all(app.db.read(), &sql, vec![]).await?;
        let places = project_areas::all(app.db.read()).await?;
        let rows = rows.into_iter().map(|r| {
            Row::new(vec![
                r.slug.into(),
                r.title.into(),
                mask(&r.summary).into(),
                r.state.into(),
                places.get(&r.id).map_or_else(String::new, |own| project_areas::names(own)).into(),
                r.ideas.into(),
                r.comments.into(),
                r.supports.into(),
            ])
        });
        sink.rows(rows.collect()).await
    })
}

#[derive(FromQueryResult)]
struct TextRow {
    slug: String,
    lang: String,
    field: String,
    starts_on: Option<String>,
    body: String,
}

fn texts(app: Arc<App>, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let sql = format!(
            "SELECT p.slug, t.lang, t.field, h.starts_on, t.body FROM project_text t JOIN project p ON p.id = t.project_id \
             LEFT JOIN phase h ON h.id = t.part WHERE {PUBLIC} ORDER BY p.position, p.slug, t.lang, t.field, h.starts_on"
        );
        let rows: Vec<TextRow> = db::all(app.db.read(), &sql, vec![]).await?;
        let row = |r: TextRow| {
            Row::new(vec![r.slug.into(), r.lang.into(), r.field.into(), r.starts_on.into(), mask(&r.body).into()])
        };
        sink.rows(rows.into_iter().map(row).collect()).await
    })
}

#[derive(FromQueryResult)]
struct IdeaRow {
    id: Uuid,
    number: i64,
    slug: String,
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
    decision: Option<String>,
    answer: Option<String>,
    cost: Option<String>,
    funding: Option<String>,
    next: Option<String>,
    next_on: Option<String>,
    answered_at: Option<DateTime<Utc>>,
}

fn ideas(app: Arc<App>, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let areas = areas::names(app.db.read()).await?;
        let u = app.db.dialect().unindexed();
        let sql = format!(
            "SELECT c.id, c.number, p.slug, c.title, c.body, c.lang, c.tag, c.area_id, c.place, c.lon, c.lat, c.origin, c.status, \
             c.created_at, c.published_at, c.supports + c.brought AS supports, c.opposes, c.comments, a.decision, \
             a.body AS answer, a.cost, a.funding, a.next, a.next_on, a.published_at AS answered_at FROM contribution c \
             CROSS JOIN project p LEFT JOIN answer a ON a.contribution_id = c.id \
             WHERE p.id = c.project_id AND {u}c.kind = 'idea' AND {u}c.visible = TRUE AND {PUBLIC} AND c.number > $1 \
             ORDER BY c.number LIMIT $2"
        );
        let mut after = 0;
        loop {
            let rows: Vec<IdeaRow> = db::all(app.db.read(), &sql, args![after, CHUNK]).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.number;
            let ids: Vec<Uuid> = rows.iter().map(|r| r.id).collect();
            let told = entry::gathered::told(app.db.read(), &ids, app.clock.now()).await?;
            sink.rows(rows.into_iter().map(|r| idea(r, &areas, &told)).collect()).await?;
        }
    })
}

fn idea(r: IdeaRow, areas: &HashMap<Uuid, String>, told: &HashMap<Uuid, Told>) -> Row {
    let told = told.get(&r.id);
    let on = told.and_then(|t| t.idea.as_ref()).map(|(_, _, on)| on.to_string());
    let area = r.area_id.and_then(|id| areas.get(&id)).cloned().unwrap_or_default();
    Row::new(vec![
        r.number.into(),
        r.slug.into(),
        mask(&r.title).into(),
        mask(&r.body).into(),
        r.lang.into(),
        mask(&r.tag).into(),
        area.into(),
        mask(&r.place).into(),
        r.lon.into(),
        r.lat.into(),
        r.origin.into(),
        mask(told.map_or("", Told::place)).into(),
        on.into(),
        r.status.into(),
        r.created_at.into(),
        r.published_at.into(),
        r.supports.into(),
        told.map_or(0, |t| t.supports).into(),
        r.opposes.into(),
        r.comments.into(),
        r.decision.into(),
        r.answer.map(|text| mask(&text)).into(),
        r.cost.into(),
        r.funding.into(),
        r.next.map(|text| mask(&text)).into(),
        r.next_on.into(),
        r.answered_at.into(),
    ])
    .at(r.lon, r.lat)
}

#[derive(FromQueryResult)]
struct CommentRow {
    number: i64,
    slug: String,
    idea: i64,
    answered: Option<i64>,
    body: String,
    lang: String,
    side: String,
    office: String,
    created_at: DateTime<Utc>,
    supports: i64,
}

fn comments(app: Arc<App>, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let u = app.db.dialect().unindexed();
        let sql = format!(
            "SELECT c.number, p.slug, i.number AS idea, r.number AS answered, c.body, c.lang, c.side, c.office, \
             c.created_at, c.supports + c.brought AS supports FROM contribution c CROSS JOIN project p \
             CROSS JOIN contribution i LEFT JOIN contribution r ON r.id = c.reply_to \
             WHERE p.id = c.project_id AND i.id = c.idea_id AND {u}c.kind = 'comment' AND {u}c.visible = TRUE \
             AND i.visible AND (r.id IS NULL OR r.visible) AND {PUBLIC} AND c.number > $1 ORDER BY c.number LIMIT $2"
        );
        let mut after = 0;
        loop {
            let rows: Vec<CommentRow> = db::all(app.db.read(), &sql, args![after, CHUNK]).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.number;
            let rows = rows.into_iter().map(|r| {
                Row::new(vec![
                    r.number.into(),
                    r.slug.into(),
                    r.idea.into(),
                    r.answered.into(),
                    mask(&r.body).into(),
                    r.lang.into(),
                    r.side.into(),
                    r.office.into(),
                    r.created_at.into(),
                    r.supports.into(),
                ])
            });
            sink.rows(rows.collect()).await?;
        }
    })
}
