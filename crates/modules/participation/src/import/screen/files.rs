//! What files of contributions are: how they are read, what is noted of them, what becomes of their lines.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Result,
    app::App,
    args,
    brought::{self, Choice, DEAD, Files, Hears, Hold, RESTS, Reasons, Row, Source, Stop, keep::Place},
    context::Moment,
    db::{self, Tx},
    words::{Lang, Words},
};
use parvis_people::erased::brought::Gone;
use parvis_tables::{Mapping, Role, recognise};
use parvis_ui::brought::LISTED;
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::{
    Import, KEPT, Refused, Report,
    draft::fold,
    has_rows,
    project::NewProject,
    run, sentence,
    store::{close, make_for},
};

/// An import can be taken back for so long.
const UNDO: TimeDelta = TimeDelta::days(90);

/// Files of contributions.
#[derive(Debug)]
pub(in super::super) struct Contributions;

/// What only these files have.
#[derive(Debug, Clone, FromQueryResult)]
pub(in super::super) struct Own {
    pub project_id: Option<Uuid>,
    /// The project that is made when none was chosen: its name, whether it is online at once, whether anybody may post there.
    pub new_title: String,
    pub new_public: bool,
    pub new_open: bool,
    pub updated: i64,
    /// Empty, `asked` or `done`.
    pub undo_state: String,
    /// Contributions that an undo took away.
    pub undone: i64,
    /// Whether what its import made is known.
    pub known: bool,
}

/// What a page tells of a trial or of the work.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in super::super) struct Told {
    pub refusals: Vec<ToldRefusal>,
    pub statuses: Vec<(String, u64)>,
    pub areas: Vec<(String, u64)>,
    /// Texts that wait to be checked.
    #[serde(default)]
    pub held: u64,
}

/// A refused line.
#[derive(Debug, Serialize, Deserialize)]
pub(in super::super) struct ToldRefusal {
    pub line: Option<u64>,
    pub column: Option<String>,
    pub value: Option<String>,
    pub code: String,
}

#[async_trait]
impl Files for Contributions {
    const TABLE: &'static str = "import_file";
    const CHOICES: &'static str = "import_mapping";
    const OWN: &'static str = "project_id, new_title, new_public, new_open, updated, undo_state, undone, \
         EXISTS (SELECT 1 FROM import_range g WHERE g.file_id = import_file.id) AS known";
    const COUNTS: &'static [&'static str] = &["created", "updated", "refused"];
    // What an earlier try made only an undo takes away.
    const ANEW: &'static str = ", created = (SELECT coalesce(sum(last_number - first_number + 1), 0) FROM import_range \
         WHERE file_id = import_file.id), updated = 0, refused = 0";
    const GONE: &'static str = "state = 'failed', problem = ''";
    const STEPS: bool = false;
    const TEXT: Option<TimeDelta> = None;
    const PLACE: Place = Place("contributions");
    const JOB: &'static str = "participation.import";
    const LINES: u32 = KEPT;

    type Own = Own;
    type Mapping = Mapping;
    type Report = Report;
    type Told = Told;
    type Forgets = Gone;

    fn recognise(headers: &[String], sample: &[Vec<String>]) -> Mapping {
        recognise(headers, sample)
    }

    fn choice(mapping: &Mapping) -> Choice {
        Choice::of(mapping.columns().iter().map(|c| (c.role.as_str(), fold(&c.header))))
    }

    fn take(mapping: &mut Mapping, codes: &str) {
        for (at, role) in codes.split(' ').enumerate() {
            take_at(mapping, at, role);
        }
    }

    fn remember(mapping: &mut Mapping, pairs: &str) -> bool {
        let mut changed = false;
        for (role, header) in pairs.lines().filter_map(|line| line.split_once(' ')) {
            let at = mapping.columns().iter().position(|c| fold(&c.header) == header);
            changed |= at.is_some_and(|at| take_at(mapping, at, role));
        }
        changed
    }

    async fn run(
        app: &Arc<App>,
        row: &Row<Own>,
        hold: Hold,
        source: &Source,
        mapping: &Mapping,
        progress: Hears<'_>,
    ) -> Result<Report, Stop> {
        let makes = hold.trial || row.own.project_id.is_some() || {
            let file = source.open();
            has_rows(file, mapping, &source.limits()).map_err(|_| Stop::File("unreadable"))?
        };
        let project = if hold.trial || !makes { row.own.project_id } else { Some(own_project(app, row, hold).await?) };
        let import = Import {
            app,
            project,
            file_name: &row.file_name,
            mapping,
            limits: source.limits(),
            actor: row.actor_id,
            file: Some(hold),
            trial: hold.trial || project.is_none(),
        };
        run(&import, || source.open(), progress).await.map_err(|stop| match stop {
            Stop::File(refused) => Stop::File(refused.code),
            Stop::Database(e) => Stop::Database(e),
            Stop::Asked => Stop::Asked,
        })
    }

    fn counts(report: &Report) -> (u64, Vec<u64>) {
        (report.read, vec![report.created, report.updated, report.refused])
    }

    fn told(report: &Report) -> Told {
        let refusal = |r: &Refused| ToldRefusal {
            line: r.line,
            column: r.column.clone(),
            value: r.value.clone(),
            code: r.code.to_owned(),
        };
        let most = |all: &BTreeMap<String, u64>| all.iter().take(20).map(|(k, n)| (k.clone(), *n)).collect();
        Told {
            refusals: report.refusals.iter().take(LISTED).map(refusal).collect(),
            statuses: most(&report.unknown_statuses),
            areas: most(&report.unknown_areas),
            held: report.held,
        }
    }

    fn refused<'a>(words: &'a Words, lang: Lang, report: &'a Report) -> Option<Reasons<'a>> {
        if report.refusals.is_empty() {
            return None;
        }
        let mut why: HashMap<u64, &Refused> = report.refusals.iter().filter_map(|r| Some((r.line?, r))).collect();
        Some(Box::new(move |line, _| why.remove(&line).map(|r| sentence(words, lang, r))))
    }

    /// With it goes the way to take its import back.
    async fn drop(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
        // Taken from a worker that was dead, before what it would still add to.
        let sql = format!("UPDATE import_file SET hold = NULL WHERE id = $1 AND {RESTS} AND undo_state <> 'asked'");
        if db::run(tx, &sql, args![id, now - DEAD]).await? == 0 {
            return Ok(false);
        }
        db::run(tx, "DELETE FROM import_range WHERE file_id = $1", args![id]).await?;
        Ok(db::run(tx, "DELETE FROM import_file WHERE id = $1", args![id]).await? > 0)
    }

    async fn ended(tx: &Tx, moment: &Moment, id: Uuid, report: &Report) -> Result<()> {
        let row = brought::store::find::<Self>(tx, id).await?;
        close(tx, moment, (row.own.project_id, row.actor_id), report).await
    }

    /// An import that can be taken back is known for longer.
    async fn drop_old(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<()> {
        let sql =
            "DELETE FROM import_range WHERE file_id IN (SELECT id FROM import_file WHERE id = $1 AND created_at < $2)";
        db::run(tx, sql, args![id, now - UNDO]).await?;
        let sql =
            "DELETE FROM import_file WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM import_range WHERE file_id = $1)";
        db::run(tx, sql, args![id]).await.map(drop)
    }
}

/// Takes a column for a role, unless the law forbids it or it is taken for that already: says whether that changes it.
pub(super) fn take_at(mapping: &mut Mapping, at: usize, role: &str) -> bool {
    let Some(role) = Role::from_name(role) else { return false };
    mapping.columns().get(at).is_some_and(|c| c.role != role) && mapping.set_at(at, role).is_ok()
}

/// What was said of the project that a file makes.
fn new_project(app: &App, lang: Lang, row: &Row<Own>) -> NewProject {
    let own = &row.own;
    if own.new_title.is_empty() {
        return NewProject::named_after(&row.file_name, &app.words, lang, own.new_public);
    }
    NewProject::of(&own.new_title, own.new_public, own.new_open)
}

/// The project that a file goes to: the one that was chosen, or that an earlier try made, or a new one.
async fn own_project(app: &Arc<App>, row: &Row<Own>, hold: Hold) -> Result<Uuid, Stop> {
    if let Some(project) = row.own.project_id {
        return Ok(project);
    }
    let lang = app.settings().await?.lang;
    let new = new_project(app, lang, row);
    Ok(make_for(app, lang, &row.file_name, new, Some(hold)).await?.ok_or(Stop::Asked)?.id)
}
