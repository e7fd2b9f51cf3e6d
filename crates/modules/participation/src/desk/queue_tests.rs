//! The queue on both databases against a plain reading of it: filters, pages, neighbours.

use parvis_kernel::{args, db};
use parvis_testing::engines;
use uuid::Uuid;

use super::{
    beside::{self, List},
    queue::{self, Assigned, Filter, Order, Tab, Wait},
    searched,
    store_tests::{Desk, project},
};
use crate::{
    ideas::{
        Contribution, Status,
        store::{self as ideas, New},
    },
    moderation::{Action, store::Decision},
};

/// What a filter should find, read without any index.
fn expected(all: &[Contribution], filter: &Filter, tab: Tab) -> Vec<i64> {
    let in_tab = |w: Wait| match tab {
        Tab::All => w != Wait::Handled,
        Tab::Publish | Tab::Check => w == Wait::Publish,
        Tab::Answer => w == Wait::Answer,
        Tab::Reported => w == Wait::Reported,
        Tab::Handled => w == Wait::Handled,
        Tab::Every => true,
    };
    let found = |c: &&Contribution| {
        in_tab(Wait::of(c))
            && (tab != Tab::Check || c.number % 3 == 0)
            && filter.scope.as_ref().is_none_or(|s| s.contains(&c.project_id))
            && filter.project.is_none_or(|p| p == c.project_id)
            && filter.tag.as_ref().is_none_or(|t| *t == c.tag)
            && filter.status.is_none_or(|s| s == c.status())
            && filter.kind.is_none_or(|k| k == c.kind)
            && match filter.search.as_str() {
                "" => true,
                "léa" => c.author_name.starts_with("Léa"),
                "?!" => false,
                "vélos" => c.body.contains("vélo"),
                number => c.number.to_string() == number,
            }
    };
    let mut numbers: Vec<i64> = all.iter().filter(found).map(|c| c.number).collect();
    numbers.sort_unstable();
    numbers
}

async fn fill(d: &Desk, other: Uuid) -> Vec<Contribution> {
    for i in 0..64_u128 {
        let mut new = New::idea(
            if i % 3 == 0 { other } else { d.project },
            Uuid::from_u128(i),
            if i % 4 == 0 { "Garer son vélo près du marché." } else { "Un banc." },
            Status::ALL[usize::try_from(i % 8).unwrap()],
        );
        new.author_name = if i % 5 == 0 { "Léa M.".into() } else { String::new() };
        new.tag = if i % 2 == 0 { "Vélo".into() } else { String::new() };
        new.origin = if i % 7 == 0 { "import" } else { "web" };
        let stored = d.write(new).await;
        let (id, reports, withdrawn) = (stored.id, i64::from(i % 6 == 0), i % 11 == 0);
        let changed = d.db().write(move |tx| {
            Box::pin(async move {
                let sql =
                    "UPDATE contribution SET reports = $2, withdrawn = $3, visible = visible AND NOT $3 WHERE id = $1";
                db::run(tx, sql, args![id, reports, withdrawn]).await?;
                // Something was found in every third.
                let sql = "INSERT INTO contact_text (contribution_id) SELECT id FROM contribution \
                           WHERE id = $1 AND number % 3 = 0";
                db::run(tx, sql, args![id]).await
            })
        });
        changed.await.unwrap();
    }
    let sql = format!("SELECT {} FROM contribution c", ideas::COLUMNS);
    db::all(d.db().read(), &sql, vec![]).await.unwrap()
}

#[tokio::test]
async fn the_queue_is_what_a_plain_reading_finds() {
    for engine in engines() {
        let d = Desk::open(engine).await;
        let other = project(d.db(), &d.moment, "Quelle école").await;
        let all = fill(&d, other).await;
        let base = Filter { lang: "fr", ..Filter::default() };
        let filters = [
            base.clone(),
            Filter { scope: Some(vec![other]), ..base.clone() },
            Filter { scope: Some(vec![]), ..base.clone() },
            Filter { project: Some(d.project), tag: Some("Vélo".into()), ..base.clone() },
            Filter { status: Some(Status::Proposed), ..base.clone() },
            Filter { search: "léa".into(), ..base.clone() },
            Filter { search: "vélos".into(), ..base.clone() },
            Filter { search: "vélos".into(), scope: Some(vec![other]), assigned: Assigned::Nobody, ..base.clone() },
            Filter { search: "?!".into(), ..base.clone() },
            Filter { kind: Some("comment"), ..base.clone() },
            Filter { kind: Some("idea"), search: "vélos".into(), ..base.clone() },
            Filter { search: all[3].number.to_string(), ..base.clone() },
        ];
        for filter in &filters {
            for (tab, order) in Tab::ALL.into_iter().zip(Order::ALL.into_iter().cycle()) {
                let page = queue::page(d.db().read(), filter, tab, order, 100, 0).await.unwrap();
                let mut found: Vec<i64> = page.lines.iter().map(|l| l.c.number).collect();
                found.sort_unstable();
                assert_eq!(found, expected(&all, filter, tab), "{tab:?} {filter:?}");
                assert!(page.lines.iter().all(|l| l.wait == Wait::of(&l.c)) && !page.more);
            }
            for order in Order::ALL {
                let apart = queue::page(d.db().read(), filter, Tab::All, order, 7, 3).await.unwrap();
                let counted = queue::matching(d.db().read(), filter, 1000).await.unwrap();
                let Some((page, counts)) = searched::page(d.db().read(), filter, (order, 7, 3), 1000).await.unwrap()
                else {
                    let postgres = d.db().dialect() == db::Dialect::Postgres;
                    assert!(postgres || filter.search.is_empty(), "words are read once: {filter:?}");
                    continue;
                };
                let of = |p: &queue::QueuePage| p.lines.iter().map(|l| (l.c.number, l.since)).collect::<Vec<_>>();
                assert_eq!((of(&page), page.more, counts), (of(&apart), apart.more, counted), "{order:?} {filter:?}");
            }
            for most in [2, 1000] {
                let counted = queue::matching(d.db().read(), filter, most).await.unwrap();
                for tab in [Tab::Publish, Tab::Check, Tab::Answer, Tab::Reported] {
                    let all = i64::try_from(expected(&all, filter, tab).len()).unwrap();
                    assert_eq!(counted.of(tab), Some(all.min(most)), "{tab:?} {most} {filter:?}");
                }
            }
        }
        let vélos = Filter { search: "vélos".into(), ..base.clone() };
        let [few, many] = [numbers_from(&d, &vélos, i64::MAX).await, numbers_from(&d, &vélos, 0).await];
        assert!(few.len() > 5 && few == many, "words lead or what waits does: {few:?} {many:?}");
        paging_and_neighbours(&d, &base, expected(&all, &base, Tab::All).len()).await;
    }
}

/// What waits, read as if the words were frequent from so many texts on.
async fn numbers_from(d: &Desk, filter: &Filter, from: i64) -> Vec<i64> {
    let c = d.db().read();
    let mut found: Vec<i64> = Vec::new();
    for reading in super::filter::readings_from(c, filter, Tab::All, from).await.unwrap() {
        let sql = format!("SELECT c.number FROM {}", reading.from());
        found.extend(db::all::<Numbered>(c, &sql, reading.args).await.unwrap().into_iter().map(|row| row.number));
    }
    found.sort_unstable();
    found
}

#[derive(sea_orm::FromQueryResult)]
struct Numbered {
    number: i64,
}

async fn paging_and_neighbours(d: &Desk, base: &Filter, waiting: usize) {
    let c = d.db().read();
    let counts = queue::counts(c, None).await.unwrap();
    assert_eq!(usize::try_from(counts.all()).unwrap(), waiting);
    let (mut read, mut offset) = (Vec::new(), 0);
    loop {
        let page = queue::page(c, base, Tab::All, Order::Longest, 7, offset).await.unwrap();
        read.extend(page.lines.iter().map(|l| l.c.number));
        offset += 7;
        if !page.more {
            break;
        }
    }
    read.sort_unstable();
    read.dedup();
    assert_eq!(read.len(), waiting, "each line once");
    let narrow = Filter { tag: Some("Vélo".into()), ..base.clone() };
    for (filter, order) in [(base, Order::Longest), (&narrow, Order::Recent), (&narrow, Order::Supported)] {
        for tab in [Tab::All, Tab::Publish, Tab::Handled] {
            let page = queue::page(c, filter, tab, order, 100, 0).await.unwrap();
            let (lines, more) = (page.lines, page.more);
            let list = List { filter: filter.clone(), tab: Some(tab), order };
            assert!(lines.len() > 1, "{tab:?}");
            for pair in lines.windows(2) {
                let (_, after) = beside::neighbours(c, &list, &pair[0].c).await.unwrap();
                let (before, _) = beside::neighbours(c, &list, &pair[1].c).await.unwrap();
                let expected = (Some(pair[1].c.number), Some(pair[0].c.number));
                assert_eq!((after, before), expected, "{tab:?} {order:?}");
            }
            for (at, line) in (1..).zip(&lines) {
                let (place, all) = beside::position(c, &list, tab, &line.c).await.unwrap();
                assert_eq!(place, at, "{tab:?} {order:?}");
                assert!(more || all == i64::try_from(lines.len()).unwrap(), "{tab:?} {order:?}: {all}");
            }
            let ends = (&lines[0].c, &lines[lines.len() - 1].c);
            assert_eq!(beside::neighbours(c, &list, ends.0).await.unwrap().0, None);
            assert_eq!(beside::neighbours(c, &list, ends.1).await.unwrap().1, None);
        }
    }
    // Opened from elsewhere: what waits for the same reason. Just decided on, it keeps its place in the list.
    let lines = queue::page(c, base, Tab::Publish, Order::Longest, 100, 0).await.unwrap().lines;
    let list = List { filter: base.clone(), tab: None, order: Order::Longest };
    let beside = (Some(lines[0].c.number), Some(lines[2].c.number));
    assert_eq!(beside::neighbours(c, &list, &lines[1].c).await.unwrap(), beside);
    let done = d.decide(Decision::new(lines[1].c.number, lines[1].c.version, Action::Refuse)).await.unwrap();
    assert_eq!(beside::neighbours(c, &list, &done).await.unwrap(), (None, None));
    let list = List { tab: Some(Tab::Publish), ..list };
    assert_eq!(beside::neighbours(c, &list, &done).await.unwrap(), beside);
}
