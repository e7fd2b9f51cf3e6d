//! The lists of the desk that may leave as files: ideas and comments, narrowed as the queue is.

use std::collections::HashMap;

use futures::future::BoxFuture;
use parvis_kernel::{
    Ctx, Result,
    db::{self, placeholders},
    form::Form,
    permission::Right,
    sheet::{Cell, Columns, DeskList, Row, Sink},
};
use parvis_people::areas;
use sea_orm::Value;
use uuid::Uuid;

use super::{
    contributions::filter_of,
    holds,
    queue::{self, Tab},
};
use crate::{
    entry::{self, Told},
    ideas::{Contribution, Status, store::COLUMNS as FIELDS},
    projects::{self, Project},
    urls,
};

/// Rows read at a time.
const CHUNK: usize = 500;

const IDEA_COLUMNS: Columns = &[
    ("numero", "list-col-number"),
    ("projet", "list-col-project"),
    ("titre", "list-col-title"),
    ("texte", "list-col-text"),
    ("langue", "list-col-lang"),
    ("theme", "list-col-tag"),
    ("quartier", "list-col-area"),
    ("lieu", "list-col-place"),
    ("longitude", "list-col-lon"),
    ("latitude", "list-col-lat"),
    ("prenom", "list-col-name"),
    ("origine", "list-col-origin"),
    ("recueillie", "list-col-gathered"),
    ("etat", "list-col-status"),
    ("en_ligne", "list-col-visible"),
    ("motif", "list-col-reason"),
    ("ecrit_le", "list-col-written"),
    ("publie_le", "list-col-published"),
    ("repondu_le", "list-col-answered"),
    ("soutiens", "list-col-supports"),
    ("soutiens_recueillis", "list-col-gathered-supports"),
    ("oppositions", "list-col-opposes"),
    ("commentaires", "list-col-comments"),
    ("signalements", "list-col-reports"),
    ("adresse", "list-col-address"),
];

const COMMENT_COLUMNS: Columns = &[
    ("numero", "list-col-number"),
    ("projet", "list-col-project"),
    ("idee", "list-col-idea"),
    ("texte", "list-col-text"),
    ("langue", "list-col-lang"),
    ("position", "list-col-side"),
    ("prenom", "list-col-name"),
    ("fonction", "list-col-office"),
    ("origine", "list-col-origin"),
    ("etat", "list-col-status"),
    ("en_ligne", "list-col-visible"),
    ("motif", "list-col-reason"),
    ("ecrit_le", "list-col-written"),
    ("publie_le", "list-col-published"),
    ("soutiens", "list-col-supports"),
    ("signalements", "list-col-reports"),
];

/// The fields of the queue's address, except its order: a file is in the order of numbers.
const FILTERS: &[&str] = &["file", "projet", "theme", "quartier", "etat", "confiee", "genre", "q"];

/// The lists.
pub const LISTS: [DeskList; 2] = [
    DeskList {
        code: "contributions",
        key: "list-contributions",
        right: Right::Read,
        columns: IDEA_COLUMNS,
        filters: FILTERS,
        located: true,
        rows: ideas,
    },
    DeskList {
        code: "commentaires",
        key: "list-comments",
        right: Right::Read,
        columns: COMMENT_COLUMNS,
        filters: FILTERS,
        located: false,
        rows: comments,
    },
];

fn ideas(ctx: Ctx, f: Form, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(write(ctx, f, sink, "idea", idea))
}

fn comments(ctx: Ctx, f: Form, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(write(ctx, f, sink, "comment", comment))
}

/// What the rows of a file are put into words with.
struct Names {
    projects: HashMap<Uuid, String>,
    areas: HashMap<Uuid, String>,
    statuses: HashMap<&'static str, String>,
    yes: String,
    no: String,
    base: String,
    ctx: Ctx,
    /// How the ideas at hand were gathered.
    told: HashMap<Uuid, Told>,
    /// Numbers of the ideas that the comments at hand stand under.
    ideas: HashMap<Uuid, i64>,
}

async fn write(ctx: Ctx, f: Form, sink: Sink, kind: &'static str, row: fn(&Names, Contribution) -> Row) -> Result<()> {
    let c = ctx.app.db.read();
    let all = projects::store::all(c).await?;
    let own: Vec<&Project> = all.iter().filter(|p| holds(&ctx.actor, p.id)).collect();
    let filter = filter_of(&ctx, &f, &own);
    // Without a queue all texts are meant, handled or not.
    let tab = f.has("file").then(|| Tab::parse(f.get("file")));
    let numbers = queue::numbers(c, &filter, tab, kind).await?;
    let mut names = Names {
        projects: all.iter().map(|p| (p.id, p.title.clone())).collect(),
        areas: areas::names(c).await?,
        statuses: Status::ALL.map(|s| (s.code(), s.words(&ctx))).into_iter().collect(),
        yes: ctx.t("list-yes"),
        no: ctx.t("list-no"),
        base: ctx.app.base_url(&ctx.settings).to_owned(),
        told: HashMap::new(),
        ctx: ctx.clone(),
        ideas: HashMap::new(),
    };
    for chunk in numbers.chunks(CHUNK) {
        let sql = format!(
            "SELECT {FIELDS} FROM contribution c WHERE c.number IN ({}) ORDER BY c.number",
            placeholders(1, chunk.len())
        );
        let found: Vec<Contribution> = db::all(c, &sql, chunk.iter().map(|n| Value::from(*n)).collect()).await?;
        let above: Vec<Uuid> = found.iter().filter_map(|c| c.idea_id).collect();
        names.ideas = queue::by_ids(c, &above).await?.into_iter().map(|i| (i.id, i.number)).collect();
        let ids: Vec<Uuid> = found.iter().map(|c| c.id).collect();
        names.told = entry::gathered::told(c, &ids, ctx.now()).await?;
        sink.rows(found.into_iter().map(|c| row(&names, c)).collect()).await?;
    }
    Ok(())
}

impl Names {
    fn project(&self, c: &Contribution) -> Cell {
        self.projects.get(&c.project_id).cloned().unwrap_or_default().into()
    }

    fn status(&self, c: &Contribution) -> Cell {
        self.statuses.get(c.status.as_str()).cloned().unwrap_or_default().into()
    }

    fn visible(&self, c: &Contribution) -> Cell {
        if c.visible { self.yes.clone() } else { self.no.clone() }.into()
    }
}

fn idea(names: &Names, c: Contribution) -> Row {
    let area = c.area_id.and_then(|id| names.areas.get(&id)).cloned().unwrap_or_default();
    let (project, status, visible) = (names.project(&c), names.status(&c), names.visible(&c));
    let told = names.told.get(&c.id);
    let gathered = told.map_or_else(String::new, |t| t.words(&names.ctx.app.words, names.ctx.lang));
    Row::new(vec![
        c.number.into(),
        project,
        c.title.into(),
        c.body.into(),
        c.lang.into(),
        c.tag.into(),
        area.into(),
        c.place.into(),
        c.lon.into(),
        c.lat.into(),
        c.author_name.into(),
        c.origin.into(),
        gathered.into(),
        status,
        visible,
        c.reason.into(),
        c.created_at.into(),
        c.published_at.into(),
        c.answered_at.into(),
        c.supports.into(),
        told.map_or(0, |t| t.supports).into(),
        c.opposes.into(),
        c.comments.into(),
        c.reports.into(),
        format!("{}{}", names.base, urls::Idea { number: c.number }).into(),
    ])
    .at(c.lon, c.lat)
}

fn comment(names: &Names, c: Contribution) -> Row {
    let (project, status, visible) = (names.project(&c), names.status(&c), names.visible(&c));
    let under = c.idea_id.and_then(|id| names.ideas.get(&id)).copied();
    Row::new(vec![
        c.number.into(),
        project,
        under.into(),
        c.body.into(),
        c.lang.into(),
        c.side.into(),
        c.author_name.into(),
        c.office.into(),
        c.origin.into(),
        status,
        visible,
        c.reason.into(),
        c.created_at.into(),
        c.published_at.into(),
        c.supports.into(),
        c.reports.into(),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_says_a_column_once() {
        for list in LISTS {
            let mut names: Vec<&str> = list.columns.iter().map(|(name, _)| *name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), list.columns.len(), "{}", list.code);
        }
    }
}
