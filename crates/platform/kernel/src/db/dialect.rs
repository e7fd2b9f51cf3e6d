//! All that differs between the two databases.

use sea_orm::DbBackend;

/// SQLite (embedded, the default) or PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// The embedded database.
    Sqlite,
    /// PostgreSQL 15 or later.
    Postgres,
}

impl Dialect {
    /// The dialect of a connection.
    #[must_use]
    pub fn of(backend: DbBackend) -> Self {
        if backend == DbBackend::Postgres { Self::Postgres } else { Self::Sqlite }
    }

    /// Writes the types of a migration: `{uuid}`, `{time}` (UTC, microseconds), `{float}`.
    /// Lines that start with `--sqlite` or `--postgres` are kept, without the mark, for that database only.
    #[must_use]
    pub fn ddl(self, sql: &str) -> String {
        let (uuid, time, float) = match self {
            Self::Sqlite => ("BLOB", "TEXT", "REAL"),
            Self::Postgres => ("UUID", "TIMESTAMPTZ", "DOUBLE PRECISION"),
        };
        let (ours, theirs) = match self {
            Self::Sqlite => ("--sqlite ", "--postgres "),
            Self::Postgres => ("--postgres ", "--sqlite "),
        };
        sql.lines()
            .filter(|line| !line.starts_with(theirs))
            .map(|line| line.strip_prefix(ours).unwrap_or(line))
            .filter(|line| !line.starts_with("--"))
            .collect::<Vec<_>>()
            .join("\n")
            .replace("{uuid}", uuid)
            .replace("{time}", time)
            .replace("{float}", float)
    }

    /// What makes rows that another worker holds invisible to a claim.
    #[must_use]
    pub const fn skip_locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => "FOR UPDATE SKIP LOCKED",
        }
    }

    /// What ends a query whose rows nobody may change until the transaction ends. On SQLite nobody else writes.
    #[must_use]
    pub const fn hold(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => "FOR UPDATE",
        }
    }

    /// Whether `column` begins with a text, through its index on both databases: parameters `$n` and `$n+1` are
    /// those of [`beginning`].
    #[must_use]
    pub fn begins(self, column: &str, n: usize) -> String {
        let (from, below) = match self {
            Self::Sqlite => (">=", "<"),
            // The order of bytes, whatever the collation.
            Self::Postgres => ("~>=~", "~<~"),
        };
        format!("({column} {from} ${n} AND {column} {below} ${})", n + 1)
    }

    /// All values of a column of whole numbers in one text, joined by commas: hundred thousand of them cost less than as many rows.
    #[must_use]
    pub fn joined(self, column: &str) -> String {
        match self {
            Self::Sqlite => format!("group_concat({column}, ',')"),
            Self::Postgres => format!("string_agg({column}::text, ',')"),
        }
    }

    /// What keeps SQLite from reading a column's own index, before the column: without statistics it prefers that index
    /// even where the one of the order serves better.
    #[must_use]
    pub const fn unindexed(self) -> &'static str {
        match self {
            Self::Sqlite => "+",
            Self::Postgres => "",
        }
    }

    /// The query of a full-text search from stemmed words: all must be there, the last may be unfinished.
    /// Words hold letters and digits only; anything else is dropped, so the text can't be read as syntax.
    #[must_use]
    pub fn search_query(self, words: &[String]) -> String {
        let clean: Vec<String> = words
            .iter()
            .map(|w| w.chars().filter(|c| c.is_alphanumeric()).collect::<String>())
            .filter(|w| !w.is_empty())
            .collect();
        match self {
            Self::Sqlite => clean.iter().map(|w| format!("\"{w}\"*")).collect::<Vec<_>>().join(" AND "),
            Self::Postgres => clean.iter().map(|w| format!("{w}:*")).collect::<Vec<_>>().join(" & "),
        }
    }
}

/// The two ends of what begins with this text, for [`Dialect::begins`].
#[must_use]
pub fn beginning(text: &str) -> [String; 2] {
    [text.to_owned(), format!("{text}\u{10ffff}")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ddl_keeps_the_lines_of_its_database() {
        let sql = "CREATE TABLE a (id {uuid});\n--sqlite CREATE VIRTUAL TABLE s;\n--postgres CREATE INDEX g;\n-- why";
        assert_eq!(Dialect::Sqlite.ddl(sql), "CREATE TABLE a (id BLOB);\nCREATE VIRTUAL TABLE s;");
        assert_eq!(Dialect::Postgres.ddl(sql), "CREATE TABLE a (id UUID);\nCREATE INDEX g;");
    }

    #[test]
    fn a_search_is_never_syntax() {
        let words = ["velo".to_owned(), "\" OR 1) --".to_owned(), "&|!".to_owned()];
        assert_eq!(Dialect::Sqlite.search_query(&words), "\"velo\"* AND \"OR1\"*");
        assert_eq!(Dialect::Postgres.search_query(&words), "velo:* & OR1:*");
    }
}
