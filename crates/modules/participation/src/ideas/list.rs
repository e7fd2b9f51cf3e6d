//! Lists of ideas: filters, search, order, paging. Everything from a request is an enumeration or a parameter.

use parvis_kernel::{
    Result,
    db::{self, Dialect},
};
use parvis_themes::text::{Language, search_terms};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::{Contribution, Status, store::COLUMNS};

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Random, the same for one visitor: lists that people vote on favour nobody.
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

/// One page of ideas. `seed` is the visitor's place in the random order.
///
/// # Errors
/// When the database refuses.
pub async fn page(
    c: &impl ConnectionTrait,
    filter: &Filter,
    sort: Sort,
    seed: i64,
    limit: i64,
    offset: i64,
) -> Result<PageOf> {
    let dialect = Dialect::of(c.get_database_backend());
    let w = conditions(filter, dialect);
    let total = db::count(c, &format!("SELECT count(*) FROM {}", w.from(true)), w.args.clone()).await?;
    let order = match sort {
        Sort::Random => return random(c, w, seed, limit, offset, total).await,
        Sort::Recent => "c.created_at DESC, c.id DESC",
        Sort::Supported => "c.supports + c.brought DESC, c.id DESC",
        Sort::Discussed => "c.comments DESC, c.id DESC",
        Sort::Answered => "c.answered_at DESC, c.id DESC",
    };
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

/// The random order is a ring: it starts at the visitor's seed, and wraps. Both halves read an index.
async fn random(
    c: &impl ConnectionTrait,
    mut w: Where,
    seed: i64,
    limit: i64,
    offset: i64,
    total: i64,
) -> Result<PageOf> {
    let p = w.arg(seed);
    let base = format!("SELECT {COLUMNS} FROM {} AND c.shuffle", w.from(total <= FEW));
    let mut ideas = rows(c, &format!("{base} >= {p} ORDER BY c.shuffle, c.id"), w.args.clone(), limit, offset).await?;
    let got = i64::try_from(ideas.len()).unwrap_or(limit);
    if got < limit {
        let after = format!("SELECT count(*) FROM {} AND c.shuffle >= {p}", w.from(true));
        let first_half = db::count(c, &after, w.args.clone()).await?;
        let skip = (offset - first_half).max(0);
        ideas.extend(rows(c, &format!("{base} < {p} ORDER BY c.shuffle, c.id"), w.args, limit - got, skip).await?);
    }
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
