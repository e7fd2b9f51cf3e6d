//! Lists of ideas: filters, search, order, paging. Everything from a request is an enumeration or a parameter.

use parvis_kernel::{
    Result,
    db::{self, Dialect},
};
use parvis_themes::text::{Language, search_terms};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::{Contribution, Status, draw, store::COLUMNS};

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Drawn for each visitor, and the same whenever they come: lists that people vote on favour nobody ([`super::draw`]).
    #[default]
    Random,
    /// Newest first.
    Recent,
    /// Most supported first.
    Supported,
    /// Most commented first.
    Discussed,
    /// Last answered first.
    Answered,
}

impl Sort {
    /// Orders that a reader may choose, the default first.
    pub const CHOICES: [Self; 4] = [Self::Random, Self::Recent, Self::Supported, Self::Discussed];

    /// The code in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Random => "hasard",
            Self::Recent => "recentes",
            Self::Supported => "soutenues",
            Self::Discussed => "discutees",
            Self::Answered => "repondues",
        }
    }

    /// From its code; anything else is the default.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        [Self::Recent, Self::Supported, Self::Discussed, Self::Answered]
            .into_iter()
            .find(|s| s.code() == code)
            .unwrap_or_default()
    }
}

/// What a list holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Projects; empty for none at all (nothing is visible), so the caller names those its reader may see.
    pub projects: Vec<Uuid>,
    /// Theme words: an idea with any of them; empty for all ideas.
    pub tags: Vec<String>,
    /// Area.
    pub area: Option<Uuid>,
    /// Status.
    pub status: Option<Status>,
    /// Only ideas officially answered.
    pub answered: bool,
    /// Words to find.
    pub search: String,
    /// Language the words are stemmed in.
    pub lang: &'static str,
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct PageOf {
    /// Ideas of the page.
    pub ideas: Vec<Contribution>,
    /// Exact count of all pages.
    pub total: i64,
}

pub(super) struct Where {
    pub(super) sql: String,
    pub(super) args: Vec<Value>,
    /// On SQLite, the parameter that holds the words to find.
    words: Option<String>,
}

/// With at most so many found, the words lead and the order sorts them; with more, the order leads and is cut short.
pub(super) const FEW: i64 = 1_000;

impl Where {
    /// Whether SQLite looks for words here.
    pub(super) const fn is_search(&self) -> bool {
        self.words.is_some()
    }

    /// What follows `FROM`, led by the words looked for or by the index of an order. SQLite alone can't choose.
    pub(super) fn from(&self, words_lead: bool) -> String {
        let sql = &self.sql;
        match &self.words {
            None => format!("contribution c WHERE {sql}"),
            Some(p) if words_lead => format!(
                "contribution_search s CROSS JOIN contribution c INDEXED BY contribution_found ON c.number = s.rowid \
                 WHERE contribution_search MATCH {p} AND {sql}"
            ),
            Some(p) => format!(
                "contribution c WHERE {sql} AND c.number IN \
                 (SELECT rowid FROM contribution_search WHERE contribution_search MATCH {p})"
            ),
        }
    }

    /// What follows `FROM` where the numbers of all are read. SQLite has no figures on how much each index holds, and would
    /// read the texts.
    fn numbered(&self, filter: &Filter, dialect: Dialect) -> String {
        let narrowed = self.is_search()
            || !filter.tags.is_empty()
            || filter.area.is_some()
            || filter.status.is_some()
            || filter.answered;
        match (dialect, filter.projects.len()) {
            (Dialect::Sqlite, 1) if !narrowed => {
                format!("contribution c INDEXED BY contribution_listed WHERE {}", self.sql)
            }
            (Dialect::Sqlite, n) if n > 1 && !narrowed => {
                format!("contribution c INDEXED BY contribution_found WHERE {}", self.sql)
            }
            _ => self.from(true),
        }
    }

    pub(super) fn arg(&mut self, value: impl Into<Value>) -> String {
        self.args.push(value.into());
        format!("${}", self.args.len())
    }
}

pub(super) fn conditions(filter: &Filter, dialect: Dialect) -> Where {
    // `= TRUE`: SQLite reads no index for a bare boolean.
    let mut w = Where { sql: "c.kind = 'idea' AND c.visible = TRUE".into(), args: Vec::new(), words: None };
    let ids: Vec<String> = filter.projects.iter().map(|id| w.arg(*id)).collect();
    w.sql += &match ids.as_slice() {
        [] => " AND FALSE".to_owned(),
        [one] => format!(" AND c.project_id = {one}"),
        // The order's own index serves better than each project's.
        many => format!(" AND {}c.project_id IN ({})", dialect.unindexed(), many.join(", ")),
    };
    if !filter.tags.is_empty() {
        let tags: Vec<String> = filter.tags.iter().map(|tag| w.arg(tag.clone())).collect();
        w.sql += &format!(" AND c.tag IN ({})", tags.join(", "));
    }
    if let Some(area) = filter.area {
        let p = w.arg(area);
        w.sql += &format!(" AND c.area_id = {p}");
    }
    if let Some(status) = filter.status {
        let p = w.arg(status.code());
        w.sql += &format!(" AND c.status = {p}");
    }
    if filter.answered {
        w.sql += " AND c.answered_at IS NOT NULL";
    }
    if !filter.search.trim().is_empty() {
        add_search(&mut w, filter, dialect);
    }
    w
}

fn add_search(w: &mut Where, filter: &Filter, dialect: Dialect) {
    let language = Language::from_code(filter.lang).unwrap_or(Language::Fr);
    let query = dialect.search_query(&search_terms(&filter.search, language));
    if query.is_empty() {
        w.sql += " AND FALSE";
        return;
    }
    let p = w.arg(query);
    match dialect {
        Dialect::Sqlite => w.words = Some(p),
        Dialect::Postgres => w.sql += &format!(" AND c.search @@ to_tsquery('simple', {p})"),
    }
}

/// One page of ideas. `seed` draws the visitor's own order.
///
/// # Errors
/// When the database refuses.
pub async fn page(
    c: &impl ConnectionTrait,
    filter: &Filter,
    sort: Sort,
    seed: u64,
    limit: i64,
    offset: i64,
) -> Result<PageOf> {
    let dialect = Dialect::of(c.get_database_backend());
    let order = match sort {
        Sort::Random => return drawn(c, filter, seed, limit, offset).await,
        Sort::Recent => "c.created_at DESC, c.id DESC",
        Sort::Supported => "c.supports + c.brought DESC, c.id DESC",
        Sort::Discussed => "c.comments DESC, c.id DESC",
        Sort::Answered => "c.answered_at DESC, c.id DESC",
    };
    let w = conditions(filter, dialect);
    let total = db::count(c, &format!("SELECT count(*) FROM {}", w.from(true)), w.args.clone()).await?;
    let sql = format!("SELECT {COLUMNS} FROM {} ORDER BY {order}", w.from(total <= FEW));
    let ideas = rows(c, &sql, w.args, limit, offset).await?;
    Ok(PageOf { ideas, total })
}

/// The numbers of all ideas of a list, in their order.
///
/// # Errors
/// When the database refuses.
pub async fn numbers(c: &impl ConnectionTrait, filter: &Filter) -> Result<Vec<i64>> {
    let w = conditions(filter, Dialect::of(c.get_database_backend()));
    db::column(c, &format!("SELECT c.number FROM {} ORDER BY c.number", w.from(true)), w.args).await
}

/// The numbers of a list come in one row, from an index alone where nothing but the projects narrows it; which of them
/// stand on the page is drawn here, and only those are read.
async fn drawn(c: &impl ConnectionTrait, filter: &Filter, seed: u64, limit: i64, offset: i64) -> Result<PageOf> {
    let dialect = Dialect::of(c.get_database_backend());
    let w = conditions(filter, dialect);
    let sql = format!("SELECT {} FROM {}", dialect.joined("c.number"), w.numbered(filter, dialect));
    let listed: Option<String> = db::scalar::<Option<String>>(c, &sql, w.args).await?.flatten();
    let numbers = draw::numbers(listed.as_deref().unwrap_or_default());
    let total = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
    let page = draw::page(&numbers, seed, limit, offset);
    if page.is_empty() {
        return Ok(PageOf { ideas: Vec::new(), total });
    }
    // What was hidden or moved meanwhile is not shown. SQLite would look for all that is visible before the few numbers.
    let free = dialect.unindexed();
    let shown = db::placeholders(1, page.len());
    let projects = db::placeholders(page.len() + 1, filter.projects.len());
    let sql = format!(
        "SELECT {COLUMNS} FROM contribution c WHERE c.number IN ({shown}) AND {free}c.kind = 'idea' \
         AND {free}c.visible = TRUE AND {free}c.project_id IN ({projects})"
    );
    let values = page.iter().map(|n| Value::from(*n)).chain(filter.projects.iter().map(|id| Value::from(*id)));
    let mut ideas: Vec<Contribution> = db::all(c, &sql, values.collect()).await?;
    ideas.sort_by_key(|idea| page.iter().position(|n| *n == idea.number));
    Ok(PageOf { ideas, total })
}

pub(super) async fn rows(
    c: &impl ConnectionTrait,
    sql: &str,
    mut args: Vec<Value>,
    limit: i64,
    offset: i64,
) -> Result<Vec<Contribution>> {
    args.push(limit.into());
    args.push(offset.into());
    db::all(c, &format!("{sql} LIMIT ${} OFFSET ${}", args.len() - 1, args.len()), args).await
}

/// A theme word or area and how many ideas carry it.
#[derive(Debug, Clone, sea_orm::FromQueryResult)]
pub struct TagCount {
    /// Theme word.
    pub tag: String,
    /// Ideas online.
    pub n: i64,
}

/// The theme words of visible ideas of these projects, most used first.
///
/// # Errors
/// When the database refuses.
pub async fn tags(c: &impl ConnectionTrait, projects: &[Uuid]) -> Result<Vec<TagCount>> {
    let filter = Filter { projects: projects.to_vec(), lang: "fr", ..Filter::default() };
    let w = conditions(&filter, Dialect::of(c.get_database_backend()));
    let sql = format!(
        "SELECT c.tag, count(*) AS n FROM {} AND c.tag <> '' GROUP BY c.tag ORDER BY n DESC, c.tag LIMIT 40",
        w.from(true)
    );
    db::all(c, &sql, w.args).await
}
