//! Lists read by programs: each page begins after an item, so that what is posted meanwhile moves nothing.

use parvis_kernel::{
    Result,
    api::{Cursor, Listed},
    db::{self, Dialect},
};
use sea_orm::ConnectionTrait;

use super::{
    Contribution,
    list::{self, Filter, Sort},
    store::COLUMNS,
};

/// The orders a program may choose, the default first.
pub const ORDERS: [(&str, Sort); 3] =
    [("recent", Sort::Recent), ("supported", Sort::Supported), ("discussed", Sort::Discussed)];

/// The order of a code, and its code.
#[must_use]
pub fn order(code: Option<&str>) -> (&'static str, Sort) {
    let [first, ..] = ORDERS;
    code.and_then(|c| ORDERS.into_iter().find(|(own, _)| *own == c)).unwrap_or(first)
}

/// Where an idea stands in an order.
fn cursor(order: &str, sort: Sort, c: &Contribution) -> Cursor {
    let value = match sort {
        Sort::Supported => c.supports,
        Sort::Discussed => c.comments,
        _ => c.created_at.timestamp_micros(),
    };
    Cursor::new(order, value, c.id)
}

/// The ideas that come after a cursor, at most `limit`.
///
/// # Errors
/// `cursor_unknown`, or when the database refuses.
pub async fn page(
    c: &impl ConnectionTrait,
    filter: &Filter,
    (order, sort): (&str, Sort),
    after: Option<&Cursor>,
    limit: i64,
) -> Result<Listed<Contribution>> {
    let dialect = Dialect::of(c.get_database_backend());
    let mut w = list::conditions(filter, dialect);
    // How many are found decides whether the words or the order lead. Without words the order leads.
    let few = w.is_search() && {
        let all = format!("SELECT count(*) FROM {}", w.from(true));
        db::count(c, &all, w.args.clone()).await? <= list::FEW
    };
    let column = match sort {
        Sort::Supported => "c.supports + c.brought",
        Sort::Discussed => "c.comments",
        _ => "c.created_at",
    };
    if let Some(after) = after {
        let value: sea_orm::Value = match sort {
            Sort::Supported | Sort::Discussed => after.value.into(),
            _ => after.time()?.into(),
        };
        let (value, id) = (w.arg(value), w.arg(after.id));
        // The first comparison is the one an index of the order reads.
        w.sql += &format!(" AND {column} <= {value} AND ({column} < {value} OR c.id < {id})");
    }
    let sql = format!("SELECT {COLUMNS} FROM {} ORDER BY {column} DESC, c.id DESC", w.from(few));
    let rows = list::rows(c, &sql, w.args, limit + 1, 0).await?;
    Ok(Listed::page(rows, limit, |idea| cursor(order, sort, idea)))
}
