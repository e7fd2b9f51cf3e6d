//! What files of people are: how they are read, what is noted of them, what becomes of their lines.

use std::{collections::HashMap, sync::Arc};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Result,
    app::App,
    args,
    brought::{Choice, DEAD, Files, Hears, Hold, RESTS, Reasons, Row, Source, Stop, keep::Place},
    db::{self, Tx},
    words::{Lang, Words},
};
use parvis_ui::brought::LISTED;
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    super::{AreaWords, Import, Report, columns::Mapping, read::Refused, run, words::reasons},
    undo,
};
use crate::erased::brought::Gone;

/// Files of people.
#[derive(Debug)]
pub(in super::super) struct Persons;

/// What only these files have.
#[derive(Debug, Clone, FromQueryResult)]
pub(in super::super) struct Own {
    /// Where it comes from, as it is noted in the ledger.
    pub origin: String,
    pub completed: i64,
    pub same: i64,
    pub held: i64,
    /// When its import ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// Whether what it wrote is known, so that it can be taken back.
    pub brought: bool,
    /// Empty, `asked` or `done`.
    pub undo_state: String,
    /// Sheets that an undo took away, and that are again what they were.
    pub undone: i64,
    pub put_back: i64,
}

/// What a page tells of a trial or of the work.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in super::super) struct Told {
    pub refused: Vec<ToldLine>,
    /// Words for areas that are close to their name, which follows, with their rows.
    pub close: Vec<(String, String, u64)>,
    /// Words that are the name of no area, with their rows.
    pub unknown: Vec<(String, u64)>,
    /// How many of both there are, and rows of the latter.
    pub words: (usize, usize, u64),
    /// How many lines are taken without their telephone, and the first of them.
    #[serde(default)]
    pub phones_unread: (u64, Vec<u64>),
}

/// A fault of a refused line, as the page tells it.
#[derive(Debug, Serialize, Deserialize)]
pub(in super::super) struct ToldLine {
    pub line: u64,
    pub value: String,
    pub code: String,
}

#[async_trait]
impl Files for Persons {
    const TABLE: &'static str = "person_file";
    const CHOICES: &'static str = "person_columns";
    const OWN: &'static str = "origin, completed, same, held, ended_at, undo_state, undone, put_back, \
         EXISTS (SELECT 1 FROM person_brought b WHERE b.file_id = person_file.id) AS brought";
    const COUNTS: &'static [&'static str] = &["created", "completed", "same", "held", "refused"];
    const ANEW: &'static str =
        ", created = 0, completed = 0, same = 0, held = 0, refused = 0, noted = FALSE, several = ''";
    const GONE: &'static str = "state = 'stopped'";
    const STEPS: bool = true;
    const TEXT: Option<TimeDelta> = Some(TimeDelta::days(1));
    const PLACE: Place = Place("people");
    const JOB: &'static str = "people.import";

    type Own = Own;
    type Mapping = Mapping;
    type Report = Report;
    type Told = Told;
    type Forgets = Gone;

    fn recognise(headers: &[String], sample: &[Vec<String>]) -> Mapping {
        Mapping::recognise(headers, sample)
    }

    fn choice(mapping: &Mapping) -> Choice {
        mapping.choice()
    }

    fn take(mapping: &mut Mapping, codes: &str) {
        mapping.take(codes);
    }

    fn remember(mapping: &mut Mapping, pairs: &str) -> bool {
        mapping.remember(pairs)
    }

    async fn run(
        app: &Arc<App>,
        row: &Row<Own>,
        hold: Hold,
        source: &Source,
        mapping: &Mapping,
        progress: Hears<'_>,
    ) -> Result<Report, Stop> {
        let import = Import {
            app,
            mapping,
            origin: &row.own.origin,
            limits: source.limits(),
            file: Some(hold),
            actor: row.actor_id,
            trial: hold.trial,
        };
        run(&import, || source.open(), progress).await
    }

    fn counts(report: &Report) -> (u64, Vec<u64>) {
        let counts = report.counts;
        let refused = report.refused.len() as u64;
        (report.read, vec![counts.created, counts.completed, counts.same, counts.held, refused])
    }

    fn told(report: &Report) -> Told {
        let told = |r: &Refused| {
            let line = r.line;
            let faults = r.faults.iter();
            faults.map(|f| ToldLine { line, value: f.value.clone(), code: f.code.to_owned() }).collect::<Vec<_>>()
        };
        let phones = &report.phones_unread;
        let AreaWords { close, unknown, unknown_rows } = &report.areas;
        Told {
            refused: report.refused.iter().take(LISTED).flat_map(told).collect(),
            close: close.iter().take(LISTED).map(|((said, name), n)| (said.clone(), name.clone(), *n)).collect(),
            unknown: unknown.iter().take(LISTED).map(|(said, n)| (said.clone(), *n)).collect(),
            words: (close.len(), unknown.len(), *unknown_rows),
            phones_unread: (phones.len() as u64, phones.iter().take(LISTED).copied().collect()),
        }
    }

    /// Of whoever was erased or is too young nothing leaves but the number of their line.
    fn refused<'a>(words: &'a Words, lang: Lang, report: &'a Report) -> Option<Reasons<'a>> {
        if report.refused.is_empty() {
            return None;
        }
        let mut why: HashMap<u64, &Refused> = report.refused.iter().map(|r| (r.line, r)).collect();
        Some(Box::new(move |line, cells| {
            let refused = why.remove(&line)?;
            if refused.is("erased") || refused.is("young") {
                cells.iter_mut().for_each(String::clear);
            }
            Some(reasons(words, lang, refused.faults.iter().map(|f| f.code)))
        }))
    }

    /// With it goes the way to take its import back.
    async fn drop(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
        // Taken from a worker that was dead, before what it would still add to.
        let sql = format!("UPDATE person_file SET hold = NULL WHERE id = $1 AND {RESTS} AND undo_state <> 'asked'");
        if db::run(tx, &sql, args![id, now - DEAD]).await? == 0 {
            return Ok(false);
        }
        db::run(tx, "DELETE FROM person_brought WHERE file_id = $1", args![id]).await?;
        Ok(db::run(tx, "DELETE FROM person_file WHERE id = $1", args![id]).await? > 0)
    }

    /// An import that can be taken back, or is being, is known for longer.
    async fn drop_old(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<()> {
        let sql = "DELETE FROM person_brought WHERE file_id IN (SELECT id FROM person_file WHERE id = $1 \
                   AND undo_state <> 'asked' AND coalesce(ended_at, beat_at, created_at) <= $2)";
        db::run(tx, sql, args![id, now - undo::TIME]).await?;
        let sql = "DELETE FROM person_file WHERE id = $1 AND undo_state <> 'asked' \
                   AND NOT EXISTS (SELECT 1 FROM person_brought WHERE file_id = $1)";
        db::run(tx, sql, args![id]).await.map(drop)
    }
}
