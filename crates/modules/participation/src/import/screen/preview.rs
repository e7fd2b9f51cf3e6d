//! The first contributions of a file as they will be, before anything is written.

use std::collections::HashSet;

use parvis_kernel::{
    Ctx, Error, Result,
    brought::{Files as _, Look, Row, Stop},
    db,
};
use parvis_people::areas;
use parvis_tables::{Limits, Mapping, records};
use parvis_ui::Page;
use sea_orm::Value;

use super::{
    super::{
        Import,
        draft::{Draft, draft},
        frame,
    },
    files::{Contributions, Own},
};
use crate::ideas::{shorten, title_of};

/// Contributions that are shown.
const SHOWN: usize = 20;
/// Rows looked at for them: some are refused.
const ROWS: usize = 60;
/// Bytes of the text that hold them.
const BYTES: u64 = 512 << 10;

/// A contribution as it will be.
pub(super) struct Will {
    pub title: String,
    pub text: String,
    /// Keys of words: what it is, the status it gets, whether it is there already.
    pub kind: &'static str,
    pub status: String,
    pub becomes: &'static str,
    pub theme: String,
    pub area: String,
    pub author: String,
    pub day: String,
}

/// The first contributions of a file that are taken. Lines that are refused are named elsewhere.
///
/// # Errors
/// When the database or the store of files refuses.
pub(super) async fn first(ctx: &Ctx, p: &Page, row: &Row<Own>, look: &Look<Mapping>) -> Result<Vec<Will>> {
    let head = match Contributions::PLACE.head(&ctx.app, row.id, BYTES).await {
        Err(Error::NotFound) => return Ok(Vec::new()),
        head => head?,
    };
    let limits = Limits { row_is_line: row.from_sheet, ..Limits::default() };
    let import = Import {
        app: &ctx.app,
        project: row.own.project_id,
        file_name: &row.file_name,
        mapping: &look.mapping,
        limits,
        actor: None,
        file: None,
        trial: true,
    };
    let frame = match frame(&import).await {
        Err(Stop::Database(e)) => return Err(e),
        Err(Stop::File(_) | Stop::Asked) => return Ok(Vec::new()),
        Ok(frame) => frame,
    };
    let mut rows: Vec<_> = records(head.as_slice(), &look.mapping, &limits).take(ROWS).collect();
    if rows.len() < ROWS && head.len() as u64 == BYTES {
        // Cut in its middle.
        rows.pop();
    }
    // A second row of one identifier is refused.
    let mut seen = HashSet::new();
    let drafts = rows.into_iter().flatten().filter_map(|r| draft(&frame, &r).ok());
    let drafts: Vec<Draft> = drafts.filter(|d| seen.insert(d.external_id.clone())).take(SHOWN).collect();
    let known = known(ctx, row, &drafts).await?;
    let areas = areas::names(ctx.app.db.read()).await?;
    let will = |d: Draft| Will {
        title: shorten(&if d.title.is_empty() { title_of(&d.body) } else { d.title }, 80),
        text: shorten(&d.body, 160),
        kind: if d.parent.is_none() { "import-preview-idea" } else { "import-preview-comment" },
        status: if d.why.is_empty() {
            format!("status-{}", d.status.code())
        } else {
            "import-preview-checked".to_owned()
        },
        becomes: if known.contains(&d.external_id) { "import-preview-there" } else { "import-preview-new" },
        theme: d.tag,
        area: d.area.and_then(|id| areas.get(&id).cloned()).unwrap_or(d.place),
        author: d.author_name,
        day: d.at.map(|at| p.date(&at)).unwrap_or_default(),
    };
    Ok(drafts.into_iter().map(will).collect())
}

/// Those that an earlier import brought to the same project.
async fn known(ctx: &Ctx, row: &Row<Own>, drafts: &[Draft]) -> Result<HashSet<String>> {
    let Some(project) = row.own.project_id.filter(|_| !drafts.is_empty()) else { return Ok(HashSet::new()) };
    let sql = format!(
        "SELECT external_id FROM contribution WHERE project_id = $1 AND external_id IN ({})",
        db::placeholders(2, drafts.len())
    );
    let ids = drafts.iter().map(|d| Value::from(d.external_id.clone()));
    let all: Vec<String> =
        db::column(ctx.app.db.read(), &sql, [Value::from(project)].into_iter().chain(ids).collect()).await?;
    Ok(all.into_iter().collect())
}
