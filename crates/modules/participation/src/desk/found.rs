//! What of ideas, comments and projects answers to words typed on any page of the desk, whatever became of them.

use std::collections::HashMap;

use parvis_kernel::{
    Ctx, Result,
    db::{self, Dialect},
    found::{COUNTED, Found, Hit, SHOWN},
    permission::Right,
    words::Word,
};
use parvis_people::directory::words::fold;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::{
    filter::{Filter, everything, found_first, led_by_words},
    holds,
    queue::{self, Tab, Wait},
    with_param,
};
use crate::{
    ideas::{Contribution, draw, store::COLUMNS},
    projects::{self, Project},
    urls,
};

/// A sort of texts: its kind in the database and in the queue's address, the key of its name, its place.
type Sort = (&'static str, &'static str, &'static str, u8);
const SORTS: [Sort; 2] = [("idea", "idees", "found-ideas", 10), ("comment", "commentaires", "found-comments", 20)];

/// From this many texts with the words on, they are not all read to find the newest of them. PostgreSQL, which has to walk all
/// texts then, comes to it later.
const fn many(dialect: Dialect) -> i64 {
    match dialect {
        Dialect::Sqlite => 5_000,
        Dialect::Postgres => 20_000,
    }
}

/// Ideas, comments and projects that answer to the words, in the projects of whoever asks. Right: read.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn find(ctx: &Ctx, words: &str) -> Result<Vec<Found>> {
    if !ctx.may(Right::Read, None) {
        return Ok(Vec::new());
    }
    let all = projects::store::all(ctx.app.db.read()).await?;
    let own: Vec<&Project> = all.iter().filter(|p| holds(&ctx.actor, p.id)).collect();
    let [ideas, comments] = SORTS;
    let (ideas, comments) = futures::try_join!(texts(ctx, &own, words, ideas), texts(ctx, &own, words, comments))?;
    Ok(vec![ideas, comments, named(ctx, &own, words)])
}

async fn texts(ctx: &Ctx, own: &[&Project], words: &str, (kind, code, key, order): Sort) -> Result<Found> {
    let filter = Filter {
        scope: ctx.actor.projects().map(<[Uuid]>::to_vec),
        kind: Some(kind),
        search: words.to_owned(),
        lang: ctx.lang.code(),
        ..Filter::default()
    };
    let c = ctx.app.db.read();
    let many = many(Dialect::of(c.get_database_backend()));
    let (count, found) = newest(c, &filter, many, COUNTED).await?;
    let above: Vec<Uuid> = found.iter().filter_map(|t| t.idea_id).collect();
    let above: HashMap<Uuid, Contribution> = queue::by_ids(c, &above).await?.into_iter().map(|i| (i.id, i)).collect();
    let hits = found.iter().map(|t| hit(ctx, own, &above, t)).collect();
    let list = with_param(&urls::Queue {}.to_string(), "file", Tab::Every.code());
    let all = with_param(&with_param(&list, "genre", code), "q", words);
    Ok(Found { key, order, count, hits, all })
}

/// How many answer to a filter, counted up to one more than `counted`, and the newest of them. Where so `many` texts hold
/// the words, they are read from the newest on until there are enough, and those found by a name alone are left out.
///
/// # Errors
/// When the database refuses.
pub(super) async fn newest(
    c: &impl ConnectionTrait,
    filter: &Filter,
    many: i64,
    counted: i64,
) -> Result<(i64, Vec<Contribution>)> {
    if let Some(found) = read_at_once(c, filter, many, counted).await? {
        return Ok(found);
    }
    if let Some(w) = led_by_words(c, filter, many).await? {
        let n = count(c, &w.from(), w.args.clone(), counted).await?;
        if n > counted {
            return Ok((n, rows(c, &w.from(), "s.rowid", w.args).await?));
        }
    }
    let w = everything(filter, Dialect::of(c.get_database_backend()));
    let n = count(c, &w.from(), w.args.clone(), counted).await?;
    Ok((n, if n == 0 { Vec::new() } else { rows(c, &w.from(), "c.number", w.args).await? }))
}

/// On PostgreSQL: [`newest`] in one reading of all that holds the words, unless so `many` do.
async fn read_at_once(
    c: &impl ConnectionTrait,
    filter: &Filter,
    many: i64,
    counted: i64,
) -> Result<Option<(i64, Vec<Contribution>)>> {
    #[derive(FromQueryResult)]
    struct Row {
        held: i64,
        n: i64,
        newest: String,
    }
    let dialect = Dialect::of(c.get_database_backend());
    let Some((found, w)) = found_first(filter, dialect, many) else { return Ok(None) };
    let sql = format!(
        "{found} SELECT (SELECT count(*) FROM found) AS held, count(*) AS n, \
         coalesce(array_to_string((array_agg(c.number ORDER BY c.number DESC))[1:{SHOWN}], ','), '') AS newest FROM {}",
        w.from()
    );
    let row: Option<Row> = db::one(c, &sql, w.args).await?;
    let Some(row) = row.filter(|row| row.held < many) else { return Ok(None) };
    let mut texts = queue::by_numbers(c, &draw::numbers(&row.newest)).await?;
    texts.sort_by_key(|t| std::cmp::Reverse(t.number));
    Ok(Some((row.n.min(counted + 1), texts)))
}

async fn count(c: &impl ConnectionTrait, from: &str, args: Vec<Value>, most: i64) -> Result<i64> {
    db::count(c, &format!("SELECT count(*) FROM (SELECT 1 FROM {from} LIMIT {}) AS found", most + 1), args).await
}

async fn rows(c: &impl ConnectionTrait, from: &str, order: &str, args: Vec<Value>) -> Result<Vec<Contribution>> {
    db::all(c, &format!("SELECT {COLUMNS} FROM {from} ORDER BY {order} DESC LIMIT {SHOWN}"), args).await
}

fn hit(ctx: &Ctx, own: &[&Project], above: &HashMap<Uuid, Contribution>, t: &Contribution) -> Hit {
    let called = |t: &Contribution| if t.body.is_empty() { ctx.t("gone-erased") } else { t.heading() };
    let title = match t.idea_id.and_then(|id| above.get(&id)) {
        Some(idea) => ctx.app.words.with(ctx.lang, "queue-comment-under", &[("title", &called(idea))]),
        None => called(t),
    };
    let project = own.iter().find(|p| p.id == t.project_id).map_or("", |p| p.title.as_str());
    let (number, state) = (t.number.to_string(), state(ctx, t));
    let about: [(&str, &dyn Word); 3] = [("number", &number), ("project", &project), ("state", &state)];
    Hit {
        title,
        href: urls::Handle { number: t.number }.to_string(),
        text: t.excerpt(),
        about: ctx.app.words.with(ctx.lang, "found-about-text", &about),
    }
}

/// Where it stands, as the queue says it.
fn state(ctx: &Ctx, t: &Contribution) -> String {
    if t.withdrawn {
        return ctx.t("desk-state-withdrawn");
    }
    if t.merged_into.is_some() {
        return ctx.t("desk-state-merged");
    }
    if t.appeal {
        return ctx.t("desk-state-appeal");
    }
    if t.hidden {
        return ctx.t("desk-state-hidden");
    }
    match Wait::of(t) {
        Wait::Reported => ctx.t("desk-state-reported"),
        Wait::Publish => ctx.t("desk-state-to-publish"),
        Wait::Answer => ctx.t("desk-state-to-answer"),
        Wait::Handled => t.status().words(ctx),
    }
}

/// Whether a project's title, summary or folder holds all the words, accents and capitals aside.
pub(crate) fn holds_words(project: &Project, words: &str) -> bool {
    let text = fold(&format!("{} {} {}", project.title, project.summary, project.folder));
    let words = fold(words);
    !words.is_empty() && words.split(' ').all(|word| text.contains(word))
}

fn named(ctx: &Ctx, own: &[&Project], words: &str) -> Found {
    let found: Vec<&&Project> = own.iter().filter(|p| holds_words(p, words)).collect();
    let hits = found.iter().take(usize::try_from(SHOWN).unwrap_or(5)).map(|p| Hit {
        title: p.title.clone(),
        href: urls::DeskProject { slug: p.slug.clone() }.to_string(),
        text: crate::ideas::shorten(&p.summary, 180),
        about: ctx.t(&format!("desk-project-state-{}", p.state)),
    });
    Found {
        key: "found-projects",
        order: 40,
        count: i64::try_from(found.len()).unwrap_or(i64::MAX),
        hits: hits.collect(),
        all: with_param(&urls::DeskProjects {}.to_string(), "q", words),
    }
}

#[cfg(test)]
mod tests {
    use parvis_kernel::args;
    use parvis_testing::engines;

    use super::*;
    use crate::{
        desk::store_tests::{Desk, project},
        ideas::{Status, store::New},
    };

    fn filter(search: &str, kind: &'static str, scope: Option<Vec<Uuid>>) -> Filter {
        Filter { scope, kind: Some(kind), search: search.into(), lang: "fr", ..Filter::default() }
    }

    #[test]
    fn a_filter_on_what_the_first_clause_does_not_give_is_not_read_at_once() {
        use crate::desk::filter::Assigned;
        let base = filter("vélo", "idea", None);
        assert!(found_first(&base, Dialect::Postgres, 10).is_some());
        for more in [
            Filter { tag: Some("Vélo".into()), ..base.clone() },
            Filter { area: Some(Uuid::nil()), ..base.clone() },
            Filter { status: Some(Status::Accepted), ..base.clone() },
            Filter { assigned: Assigned::Nobody, ..base.clone() },
        ] {
            assert!(found_first(&more, Dialect::Postgres, 10).is_none(), "{more:?}");
        }
    }

    /// Every status, one withdrawn, one elsewhere, one that its author's name alone finds, and two comments.
    async fn fill(d: &Desk) -> (Uuid, Vec<i64>) {
        let other = project(d.db(), &d.moment, "Bien manger").await;
        let mut numbers = Vec::new();
        for status in Status::ALL {
            let new = New::idea(d.project, Uuid::from_u128(1), "Garer son vélo près du marché.", status);
            numbers.push(d.write(new).await.number);
        }
        d.write(New::idea(other, Uuid::from_u128(2), "Des vélos pour tous.", Status::Prescreening)).await;
        let mut named = New::idea(d.project, Uuid::from_u128(3), "Un banc.", Status::Proposed);
        named.author_name = "Vélosine".into();
        let named = d.write(named).await;
        for status in [Status::Proposed, Status::Prescreening] {
            let new = New::comment(d.project, named.id, Uuid::from_u128(4), "Et mon vélo ?", status);
            d.write(new).await;
        }
        let gone = numbers[3];
        d.db()
            .write(move |tx| {
                Box::pin(async move {
                    let sql = "UPDATE contribution SET withdrawn = TRUE, visible = FALSE WHERE number = $1";
                    db::run(tx, sql, args![gone]).await
                })
            })
            .await
            .unwrap();
        (other, numbers)
    }

    #[tokio::test]
    async fn every_status_is_found_in_the_projects_of_whoever_asks() {
        for engine in engines() {
            let d = Desk::open(engine).await;
            let (other, numbers) = fill(&d).await;
            let c = d.db().read();
            let found = async |f: Filter| newest(c, &f, 5_000, COUNTED).await.unwrap();
            let (n, hits) = found(filter("vélos", "idea", None)).await;
            // All statuses, the one elsewhere, and the one whose author is called so.
            assert_eq!(n, i64::try_from(numbers.len()).unwrap() + 2, "{engine:?}");
            let order: Vec<i64> = hits.iter().map(|h| h.number).collect();
            assert!(order.is_sorted_by(|a, b| a > b) && order.len() == 5, "{engine:?}: {order:?}");
            let (own, _) = found(filter("vélos", "idea", Some(vec![other]))).await;
            assert_eq!(own, 1, "{engine:?}");
            assert_eq!(found(filter("vélos", "idea", Some(vec![]))).await.0, 0, "{engine:?}");
            assert_eq!(found(filter("vélos", "comment", None)).await.0, 2, "{engine:?}");
            assert_eq!(found(filter("?!", "idea", None)).await.0, 0, "{engine:?}");
            let by_number = found(filter(&format!("n° {}", numbers[3]), "idea", None)).await;
            assert_eq!((by_number.0, by_number.1[0].withdrawn), (1, true), "{engine:?}");
            assert_eq!(found(filter(&numbers[3].to_string(), "comment", None)).await.0, 0, "{engine:?}");
        }
    }

    #[tokio::test]
    async fn frequent_words_are_read_until_there_are_enough() {
        for engine in engines() {
            let d = Desk::open(engine).await;
            let (other, numbers) = fill(&d).await;
            let c = d.db().read();
            let (n, hits) = newest(c, &filter("vélos", "idea", None), 1, 3).await.unwrap();
            assert_eq!(n, 4, "{engine:?}: more than three");
            assert!(hits.is_sorted_by(|a, b| a.number > b.number), "{engine:?}");
            // Fewer than are counted: the exact reading, names included, tells how many.
            let all = i64::try_from(numbers.len()).unwrap() + 2;
            assert_eq!(newest(c, &filter("vélos", "idea", None), 1, 100).await.unwrap().0, all, "{engine:?}");
            assert_eq!(newest(c, &filter("vélos", "idea", Some(vec![other])), 1, 0).await.unwrap().0, 1, "{engine:?}");
            let (none, hits) = newest(c, &filter("vélos", "idea", Some(vec![])), 1, 100).await.unwrap();
            assert_eq!((none, hits.len()), (0, 0), "{engine:?}");
        }
    }
}
