//! The tables of the instance, read from the migrations: what a backup holds, and in which order it goes back.

use std::collections::{BTreeMap, BTreeSet};

use parvis_kernel::{
    Result,
    db::{self, Db, Dialect, Migration},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

/// What a column holds, whatever the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A key.
    Uuid,
    /// An instant.
    Time,
    /// A number with decimals.
    Float,
    /// A whole number.
    Integer,
    /// Yes or no.
    Boolean,
    /// Words.
    Text,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Name.
    pub name: String,
    /// Columns, in order.
    pub columns: Vec<(String, Kind)>,
    /// Tables that its rows refer to.
    parents: BTreeSet<String>,
    /// Columns that refer to rows of the same table.
    own: Vec<String>,
}

impl Table {
    /// `name (column, column)`.
    #[must_use]
    pub fn into_clause(&self) -> String {
        format!("{} ({})", self.name, self.names().join(", "))
    }

    /// The names of the columns.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// How many other rows of the table a row refers to: those with none go back first.
    #[must_use]
    pub fn depth(&self, row: &[Value]) -> usize {
        let cells = self.columns.iter().zip(row);
        cells.filter(|((name, _), cell)| self.own.contains(name) && **cell != Value::Uuid(None)).count()
    }

    /// The greatest [`Self::depth`] that a row can have.
    #[must_use]
    pub fn depths(&self) -> usize {
        self.own.len()
    }
}

/// The tables that these migrations make, each after those it refers to.
///
/// # Errors
/// When a migration can't be read.
pub fn tables(migrations: &[Migration]) -> std::result::Result<Vec<Table>, String> {
    let mut all: Vec<Table> = Vec::new();
    for migration in migrations {
        let lines = migration.sql.lines().filter(|l| !l.trim_start().starts_with("--"));
        let sql = lines.collect::<Vec<_>>().join("\n");
        for statement in sql.split(";\n") {
            let statement = statement.trim().trim_end_matches(';');
            let unread = || format!("{}: {statement}", migration.id);
            if let Some(rest) = statement.strip_prefix("CREATE TABLE ") {
                all.push(create(rest).ok_or_else(unread)?);
            } else if let Some(rest) = statement.strip_prefix("ALTER TABLE ") {
                alter(&mut all, rest).ok_or_else(unread)?;
            } else if let Some(name) = statement.strip_prefix("DROP TABLE ") {
                all.retain(|t| t.name != name.trim());
            }
        }
    }
    sorted(all)
}

fn create(rest: &str) -> Option<Table> {
    let (name, body) = rest.trim_start_matches("IF NOT EXISTS ").split_once('(')?;
    let name = name.trim().to_owned();
    let mut table = Table { name, columns: Vec::new(), parents: BTreeSet::new(), own: Vec::new() };
    for part in at_top_level(body.trim_end().strip_suffix(')')?) {
        column(&mut table, &part)?;
    }
    Some(table)
}

fn alter(all: &mut [Table], rest: &str) -> Option<()> {
    let (name, rest) = rest.split_once(' ')?;
    let table = all.iter_mut().find(|t| t.name == name)?;
    if let Some(gone) = rest.strip_prefix("DROP COLUMN ") {
        table.columns.retain(|(name, _)| name != gone.trim());
        return Some(());
    }
    column(table, rest.strip_prefix("ADD COLUMN ")?)
}

fn column(table: &mut Table, definition: &str) -> Option<()> {
    let mut words = definition.split_whitespace();
    let name = words.next()?;
    if ["PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "CONSTRAINT"].contains(&name) {
        return Some(());
    }
    let kind = match words.next()? {
        "{uuid}" => Kind::Uuid,
        "{time}" => Kind::Time,
        "{float}" => Kind::Float,
        "TEXT" => Kind::Text,
        "BIGINT" => Kind::Integer,
        "BOOLEAN" => Kind::Boolean,
        _ => return None,
    };
    table.columns.push((name.to_owned(), kind));
    if let Some((_, target)) = definition.split_once("REFERENCES ") {
        let target = target.split([' ', '(']).next()?;
        if target == table.name {
            table.own.push(name.to_owned());
        } else {
            table.parents.insert(target.to_owned());
        }
    }
    Some(())
}

/// The parts of a definition between commas that are in no parenthesis.
fn at_top_level(body: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_i32;
    for c in body.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if c == ',' && depth == 0 {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts.into_iter().filter(|p| !p.trim().is_empty()).collect()
}

fn sorted(mut left: Vec<Table>) -> std::result::Result<Vec<Table>, String> {
    let mut done: Vec<Table> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let here: BTreeSet<String> = done.iter().map(|t| t.name.clone()).collect();
        let (free, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(|t| t.parents.is_subset(&here));
        if free.is_empty() {
            return Err(format!("{} refers to a table that comes after it", rest.first().map_or("", |t| &t.name)));
        }
        done.extend(free);
        left = rest;
    }
    Ok(done)
}

/// What of the database is not in `tables`, or the other way round: a backup that left something out would be none.
///
/// # Errors
/// When the database refuses.
pub async fn differences(db: &Db, c: &impl ConnectionTrait, tables: &[Table]) -> Result<Vec<String>> {
    #[derive(FromQueryResult)]
    struct Row {
        t: String,
        c: String,
    }
    let sql = match db.dialect() {
        Dialect::Sqlite => {
            "SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' \
             AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'contribution_search%'"
        }
        Dialect::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c FROM information_schema.columns \
             WHERE table_schema = current_schema() AND is_generated = 'NEVER'"
        }
    };
    let rows: Vec<Row> = db::all(c, sql, vec![]).await?;
    let mut there: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows.into_iter().filter(|r| r.t != "migration") {
        there.entry(row.t).or_default().insert(row.c);
    }
    let ours: BTreeMap<String, BTreeSet<String>> =
        tables.iter().map(|t| (t.name.clone(), t.columns.iter().map(|(name, _)| name.clone()).collect())).collect();
    let names: BTreeSet<&String> = there.keys().chain(ours.keys()).collect();
    Ok(names.into_iter().filter(|n| there.get(*n) != ours.get(*n)).cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_and_sorted() {
        let sql = "CREATE TABLE b (\n  id {uuid} PRIMARY KEY,\n  -- why\n  a TEXT NOT NULL REFERENCES a (id),\n  up {uuid} REFERENCES b (id),\n  n BIGINT CHECK (n IN (1, 2)),\n  UNIQUE (a, n)\n);\nCREATE INDEX i ON b (n);\n--postgres ALTER TABLE b ADD COLUMN s tsvector;\nCREATE TABLE a (id TEXT PRIMARY KEY, at {time});\nALTER TABLE a ADD COLUMN x {float};\nALTER TABLE a ADD COLUMN y TEXT;\nALTER TABLE a DROP COLUMN y;\n";
        let found = tables(&[Migration { id: "t/1", sql }]).unwrap();
        assert_eq!(found.iter().map(Table::into_clause).collect::<Vec<_>>(), ["a (id, at, x)", "b (id, a, up, n)"]);
        let id = || Value::from(Some(uuid::Uuid::nil()));
        assert_eq!(found[1].depth(&[id(), id(), Value::Uuid(None), id()]), 0);
        assert_eq!(found[1].depth(&[id(), id(), id(), id()]), 1);
        assert!(tables(&[Migration { id: "t/1", sql: "CREATE TABLE a (x MONEY)" }]).is_err());
    }
}
