//! What the queue is narrowed to, and the SQL that finds it.

use parvis_kernel::{
    Result, args,
    db::{self, Dialect, beginning},
};
use parvis_themes::text::{Language, search_terms};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::queue::{FOUND, Tab, Wait};
use crate::ideas::Status;

/// Whom a contribution is given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Assigned {
    /// Anybody or nobody.
    #[default]
    Any,
    /// One member of the team.
    To(Uuid),
    /// Nobody yet.
    Nobody,
}

/// What the queue is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A moderator's projects; `None` for all.
    pub scope: Option<Vec<Uuid>>,
    /// One project.
    pub project: Option<Uuid>,
    /// Theme word.
    pub tag: Option<String>,
    /// Area.
    pub area: Option<Uuid>,
    /// Status.
    pub status: Option<Status>,
    /// Whom it is given to.
    pub assigned: Assigned,
    /// Ideas alone, or comments alone: a kind as kept in the database.
    pub kind: Option<&'static str>,
    /// A word, a number, a first name.
    pub search: String,
    /// Language the words are stemmed in.
    pub lang: &'static str,
}

impl Filter {
    /// How many filters are set.
    #[must_use]
    pub fn set(&self) -> usize {
        usize::from(self.project.is_some())
            + usize::from(self.tag.is_some())
            + usize::from(self.area.is_some())
            + usize::from(self.status.is_some())
            + usize::from(self.assigned != Assigned::Any)
            + usize::from(self.kind.is_some())
            + usize::from(!self.search.trim().is_empty())
    }
}

/// What is read: a table, a condition on its alias `c`, and the parameters it names.
pub(super) struct Where {
    table: String,
    waits: &'static [Wait],
    pub sql: String,
    pub args: Vec<Value>,
}

impl Where {
    /// What waits for one of these reasons.
    fn of(waits: &'static [Wait], dialect: Dialect) -> Self {
        let table = if let [wait] = waits { wait.table(dialect) } else { "contribution c" };
        let each: Vec<&str> = waits.iter().map(|w| w.sql()).collect();
        let sql = if let [only] = each.as_slice() { (*only).to_owned() } else { format!("({})", each.join(" OR ")) };
        Self { table: table.into(), waits, sql, args: Vec::new() }
    }

    /// What waits for this reason.
    pub(super) fn waiting(wait: Wait, dialect: Dialect) -> Self {
        Self::of(wait.alone(), dialect)
    }

    /// Since when it waits, as an expression.
    pub(super) fn since(&self) -> String {
        self.by_wait(|wait| wait.since().to_owned())
    }

    /// Which of [`Where::waits`] it waits for, as an expression: a position.
    pub(super) fn position(&self) -> String {
        let place = |wait| self.waits.iter().position(|w| *w == wait).unwrap_or(0);
        self.by_wait(|wait| place(wait).to_string())
    }

    /// The reasons that are read together.
    pub(super) const fn waits(&self) -> &'static [Wait] {
        self.waits
    }

    fn by_wait(&self, value: impl Fn(Wait) -> String) -> String {
        if let [only] = self.waits {
            return value(*only);
        }
        let cases: Vec<String> = self.waits.iter().map(|w| format!("WHEN {} THEN {}", w.sql(), value(*w))).collect();
        format!("CASE {} END", cases.join(" "))
    }

    /// What follows `FROM`.
    pub(super) fn from(&self) -> String {
        format!("{} WHERE {}", self.table, self.sql)
    }

    pub(super) fn arg(&mut self, value: impl Into<Value>) -> String {
        self.args.push(value.into());
        format!("${}", self.args.len())
    }

    pub(super) fn scope(&mut self, projects: Option<&[Uuid]>) {
        let Some(projects) = projects else { return };
        let ids: Vec<String> = projects.iter().map(|id| self.arg(*id)).collect();
        self.sql +=
            &if ids.is_empty() { " AND FALSE".into() } else { format!(" AND c.project_id IN ({})", ids.join(", ")) };
    }

    fn assigned(&mut self, to: Assigned) {
        match to {
            Assigned::Any => {}
            Assigned::To(person) => {
                // Few are given to one person: they are where the reading begins, for SQLite too.
                self.table = "handling h CROSS JOIN contribution c".into();
                let p = self.arg(person);
                self.sql += &format!(" AND c.id = h.contribution_id AND h.assignee_id = {p}");
            }
            Assigned::Nobody => {
                self.sql += " AND NOT EXISTS (SELECT 1 FROM handling h WHERE h.contribution_id = c.id \
                             AND h.assignee_id IS NOT NULL)";
            }
        }
    }

    fn search(&mut self, filter: &Filter, lead: Lead, dialect: Dialect) {
        let text = filter.search.trim();
        let own_lead = lead == Lead::Words && !matches!(filter.assigned, Assigned::To(_));
        if let Some(number) = number(text) {
            if own_lead {
                self.table = "contribution c".into();
            }
            let p = self.arg(number);
            self.sql += &format!(" AND c.number = {p}");
            return;
        }
        let query = words(filter, dialect);
        if dialect == Dialect::Postgres {
            let names = self.names("c", text, dialect);
            let by_words = if query.is_empty() {
                String::new()
            } else {
                let p = self.arg(query);
                format!("c.search @@ to_tsquery('simple', {p}) OR ")
            };
            self.sql += &format!(" AND ({by_words}{names})");
            return;
        }
        let names = self.names("n", text, dialect);
        let by_words = if query.is_empty() {
            String::new()
        } else {
            let p = self.arg(query);
            format!("SELECT rowid FROM contribution_search WHERE contribution_search MATCH {p} UNION ")
        };
        let found = format!("{by_words}SELECT n.number FROM contribution n WHERE {names}");
        if own_lead {
            // Left to itself, SQLite reads all that waits and looks each up among what is found.
            self.table = format!("(SELECT 0 AS number WHERE FALSE UNION {found}) f CROSS JOIN contribution c");
            self.sql += " AND c.number = f.number";
        } else {
            self.sql += &format!(" AND c.number IN ({found})");
        }
    }

    /// Names that begin with the text, as typed or with a capital: a range of the index on both databases.
    fn names(&mut self, of: &str, text: &str, dialect: Dialect) -> String {
        let lower = text.to_lowercase();
        let mut letters = lower.chars();
        let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let mut found = Vec::new();
        for start in [text.to_owned(), lower.clone(), capital] {
            let n = self.args.len() + 1;
            self.args.extend(beginning(&start).map(Value::from));
            found.push(dialect.begins(&format!("{of}.author_name"), n));
        }
        found.join(" OR ")
    }
}

/// The number that a text to find names, as in "n° 12".
fn number(text: &str) -> Option<i64> {
    text.trim_start_matches(['#', 'n', 'N', '°', 'º', ' ', '\u{a0}', '\u{202f}']).parse().ok()
}

/// The query of the words to find; empty when there are none.
fn words(filter: &Filter, dialect: Dialect) -> String {
    let language = Language::from_code(filter.lang).unwrap_or(Language::Fr);
    dialect.search_query(&search_terms(filter.search.trim(), language))
}

/// Where a reading begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// With what waits, in the order of its index: it stops at the end of the page.
    Order,
    /// With the words to find, whatever they wait for.
    Words,
}

/// From this many texts with the words on, the reading begins with what waits.
const FREQUENT: i64 = 20_000;

/// What is to be read to know all that waits in a tab and answers to the filter: each reason through its own index, or
/// all reasons at once when there are words to find.
///
/// # Errors
/// When the database refuses.
pub(super) async fn readings(c: &impl ConnectionTrait, filter: &Filter, tab: Tab) -> Result<Vec<Where>> {
    readings_from(c, filter, tab, FREQUENT).await
}

/// [`readings`], with how many texts make words frequent.
pub(super) async fn readings_from(
    c: &impl ConnectionTrait,
    filter: &Filter,
    tab: Tab,
    from: i64,
) -> Result<Vec<Where>> {
    let dialect = Dialect::of(c.get_database_backend());
    let waits = tab.waits();
    let mut found = if filter.search.trim().is_empty() || frequent(c, filter, dialect, from).await? {
        let one = |wait: &Wait| narrow(Where::waiting(*wait, dialect), filter, Lead::Order, dialect);
        // Ideas alone wait for an answer.
        let none = |wait: &Wait| *wait == Wait::Answer && filter.kind == Some("comment");
        waits.iter().filter(|wait| !none(wait)).map(one).collect()
    } else {
        vec![narrow(Where::of(waits, dialect), filter, Lead::Words, dialect)]
    };
    if tab == Tab::Check {
        found.iter_mut().for_each(|w| w.sql += &format!(" AND {FOUND}"));
    }
    Ok(found)
}

/// Whether too many texts hold the words to read them all. PostgreSQL knows by itself.
async fn frequent(c: &impl ConnectionTrait, filter: &Filter, dialect: Dialect, from: i64) -> Result<bool> {
    let query = words(filter, dialect);
    if dialect == Dialect::Postgres || query.is_empty() || number(filter.search.trim()).is_some() {
        return Ok(false);
    }
    let sql = "SELECT count(*) FROM contribution_search WHERE contribution_search MATCH $1";
    Ok(db::count(c, sql, args![query]).await? >= from)
}

/// Where so `many` texts hold the words to find: those texts, waiting or not, led by the words, so that a reading from the
/// newest on stops when it has enough. Texts found by the name of who signed are not among them. `None` where few hold
/// the words, and on PostgreSQL, which chooses by itself.
///
/// # Errors
/// When the database refuses.
pub(super) async fn led_by_words(c: &impl ConnectionTrait, filter: &Filter, many: i64) -> Result<Option<Where>> {
    let dialect = Dialect::of(c.get_database_backend());
    let query = words(filter, dialect);
    if dialect == Dialect::Postgres || query.is_empty() || number(filter.search.trim()).is_some() {
        return Ok(None);
    }
    let held =
        "SELECT count(*) FROM (SELECT 1 FROM contribution_search WHERE contribution_search MATCH $1 LIMIT $2) AS held";
    if db::count(c, held, args![query.clone(), many]).await? < many {
        return Ok(None);
    }
    let mut w = Where {
        table: "contribution_search s CROSS JOIN contribution c".into(),
        waits: &[],
        sql: "c.number = s.rowid".into(),
        args: Vec::new(),
    };
    let p = w.arg(query);
    w.sql += &format!(" AND contribution_search MATCH {p}");
    let others = Filter { search: String::new(), ..filter.clone() };
    Ok(Some(narrow(w, &others, Lead::Words, dialect)))
}

/// The texts with the words to find, so `many` at most, as a clause that PostgreSQL carries out before it looks at the rest of
/// the filter: expecting many, it would walk all texts from the newest on until it has enough. `None` on SQLite, where
/// [`led_by_words`] does it, for a number, and for what the clause does not give.
pub(super) fn found_first(filter: &Filter, dialect: Dialect, many: i64) -> Option<(String, Where)> {
    let more =
        filter.tag.is_some() || filter.area.is_some() || filter.status.is_some() || filter.assigned != Assigned::Any;
    if dialect == Dialect::Sqlite || more || number(filter.search.trim()).is_some() {
        return None;
    }
    let mut w = Where { table: "found c".into(), waits: &[], sql: "TRUE".into(), args: Vec::new() };
    w.search(filter, Lead::Words, dialect);
    let condition = std::mem::replace(&mut w.sql, "TRUE".into());
    let found = format!(
        "WITH found AS MATERIALIZED (SELECT c.number, c.kind, c.project_id FROM contribution c WHERE {condition} LIMIT {many})"
    );
    let rest = Filter { search: String::new(), ..filter.clone() };
    Some((found, narrow(w, &rest, Lead::Words, dialect)))
}

/// Every text that answers to the filter, whether it waits or not.
pub(super) fn everything(filter: &Filter, dialect: Dialect) -> Where {
    let all = Where { table: "contribution c".into(), waits: &[], sql: "TRUE".into(), args: Vec::new() };
    narrow(all, filter, Lead::Words, dialect)
}

fn narrow(mut w: Where, filter: &Filter, lead: Lead, dialect: Dialect) -> Where {
    w.scope(filter.scope.as_deref());
    if let Some(project) = filter.project {
        let p = w.arg(project);
        w.sql += &format!(" AND c.project_id = {p}");
    }
    if let Some(tag) = &filter.tag {
        let p = w.arg(tag.clone());
        w.sql += &format!(" AND c.tag = {p}");
    }
    if let Some(area) = filter.area {
        let p = w.arg(area);
        w.sql += &format!(" AND c.area_id = {p}");
    }
    if let Some(status) = filter.status {
        let p = w.arg(status.code());
        w.sql += &format!(" AND c.status = {p}");
    }
    if let Some(kind) = filter.kind {
        let p = w.arg(kind);
        w.sql += &format!(" AND c.kind = {p}");
    }
    w.assigned(filter.assigned);
    if !filter.search.trim().is_empty() {
        w.search(filter, lead, dialect);
    }
    w
}
