//! What the queue is narrowed to, and the SQL that finds it.

use parvis_kernel::db::Dialect;
use parvis_themes::text::{Language, search_terms};
use sea_orm::Value;
use uuid::Uuid;

use super::queue::Wait;
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
            + usize::from(!self.search.trim().is_empty())
    }
}

/// A table, a condition on its alias `c`, and the parameters it names.
pub(super) struct Where {
    table: &'static str,
    pub sql: String,
    pub args: Vec<Value>,
}

impl Where {
    /// What waits for this reason.
    pub(super) fn waiting(wait: Wait, dialect: Dialect) -> Self {
        Self { table: wait.table(dialect), sql: wait.sql().into(), args: Vec::new() }
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
                self.table = "handling h CROSS JOIN contribution c";
                let p = self.arg(person);
                self.sql += &format!(" AND c.id = h.contribution_id AND h.assignee_id = {p}");
            }
            Assigned::Nobody => {
                self.sql += " AND NOT EXISTS (SELECT 1 FROM handling h WHERE h.contribution_id = c.id \
                             AND h.assignee_id IS NOT NULL)";
            }
        }
    }

    fn search(&mut self, filter: &Filter, dialect: Dialect) {
        // Words and numbers have an index of their own.
        if !matches!(filter.assigned, Assigned::To(_)) {
            self.table = "contribution c";
        }
        let text = filter.search.trim();
        let digits = text.trim_start_matches(['#', 'n', 'N', '°', 'º', ' ', '\u{a0}', '\u{202f}']);
        if let Ok(number) = digits.parse::<i64>() {
            let p = self.arg(number);
            self.sql += &format!(" AND c.number = {p}");
            return;
        }
        let language = Language::from_code(filter.lang).unwrap_or(Language::Fr);
        let query = dialect.search_query(&search_terms(text, language));
        let names = self.names(text, dialect);
        let words = if query.is_empty() {
            String::new()
        } else {
            let p = self.arg(query);
            match dialect {
                Dialect::Sqlite => {
                    format!("SELECT rowid FROM contribution_search WHERE contribution_search MATCH {p} UNION ")
                }
                Dialect::Postgres => {
                    format!("SELECT s.number FROM contribution s WHERE s.search @@ to_tsquery('simple', {p}) UNION ")
                }
            }
        };
        self.sql += &format!(" AND c.number IN ({words}SELECT n.number FROM contribution n WHERE {names})");
    }

    /// Names that begin with the text, as typed or with a capital: a range of the index on both databases.
    fn names(&mut self, text: &str, dialect: Dialect) -> String {
        let lower = text.to_lowercase();
        let mut letters = lower.chars();
        let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let mut found = Vec::new();
        for start in [text.to_owned(), lower.clone(), capital] {
            found.push(match dialect {
                Dialect::Sqlite => {
                    let (from, to) = (self.arg(start.clone()), self.arg(format!("{start}\u{10ffff}")));
                    format!("(n.author_name >= {from} AND n.author_name < {to})")
                }
                Dialect::Postgres => {
                    let escaped = start.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
                    let p = self.arg(format!("{escaped}%"));
                    format!("n.author_name LIKE {p}")
                }
            });
        }
        found.join(" OR ")
    }
}

/// What waits for this reason and answers to the filter.
pub(super) fn conditions(filter: &Filter, wait: Wait, dialect: Dialect) -> Where {
    narrow(Where::waiting(wait, dialect), filter, dialect)
}

/// Every text that answers to the filter, whether it waits or not.
pub(super) fn everything(filter: &Filter, dialect: Dialect) -> Where {
    narrow(Where { table: "contribution c", sql: "TRUE".into(), args: Vec::new() }, filter, dialect)
}

fn narrow(mut w: Where, filter: &Filter, dialect: Dialect) -> Where {
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
    w.assigned(filter.assigned);
    if !filter.search.trim().is_empty() {
        w.search(filter, dialect);
    }
    w
}
