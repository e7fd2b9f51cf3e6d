//! Many invented contributions, to measure with: the same seed gives the same texts, and every count is exact.

mod sentences;

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{Error, app::App, args, context::Moment, db, locale, random::SeededEntropy, settings};
use parvis_participation::{
    ideas::{
        Status,
        batch::{self, Ready},
        store::{New, take_numbers},
    },
    projects::{self, Phase, Project},
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use crate::{
    commands::{CommandError, Meter},
    demo::data,
};

/// What `parvis bench-data` takes.
#[derive(Debug, Clone, clap::Args)]
pub struct BenchDataArgs {
    /// Ideas
    #[arg(long, default_value_t = 100_000)]
    pub ideas: usize,
    /// Comments
    #[arg(long, default_value_t = 500_000)]
    pub comments: usize,
    /// Supports
    #[arg(long, default_value_t = 1_000_000)]
    pub supports: usize,
    /// The same seed gives the same texts
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// Rows written in one transaction: many, so that an index page they share is written once.
const BATCH: usize = 25_000;
/// Days over which people wrote.
const DAYS: i64 = 70;

/// Fills an empty instance and says how many rows it has.
///
/// # Errors
/// One line with the remedy.
pub async fn run(app: &Arc<App>, args: &BenchDataArgs) -> Result<(), CommandError> {
    fill(app, args.ideas, args.comments, args.supports, args.seed).await?;
    let count = |sql: &'static str| db::count(app.db.read(), sql, vec![]);
    let ideas = count("SELECT count(*) FROM contribution WHERE kind = 'idea'").await?;
    let comments = count("SELECT count(*) FROM contribution WHERE kind = 'comment'").await?;
    let supports = count("SELECT count(*) FROM reaction").await?;
    println!("{ideas} ideas, {comments} comments, {supports} supports");
    Ok(())
}

/// An idea, as far as its comments and supports need it.
#[derive(Debug, Clone, Copy)]
struct Idea {
    id: Uuid,
    project: Uuid,
    at: DateTime<Utc>,
    status: Status,
    comments: usize,
    supports: usize,
}

/// Fills an empty instance.
///
/// # Errors
/// When the instance is not empty, or the database refuses.
pub async fn fill(
    app: &Arc<App>,
    ideas: usize,
    comments: usize,
    supports: usize,
    seed: u64,
) -> Result<(), CommandError> {
    let args = &BenchDataArgs { ideas, comments, supports, seed };
    if db::count(app.db.read(), "SELECT count(*) FROM contribution", vec![]).await? > 0 {
        return Err(CommandError::told("cli-filled-here", &[]));
    }
    tune(app, "PRAGMA cache_size = -400000; PRAGMA wal_autocheckpoint = 100000").await?;
    let now = Moment::new(app.clock.now(), Arc::new(SeededEntropy::new(args.seed)));
    let mut rng = StdRng::seed_from_u64(args.seed);
    let holders = ground(app, &now, args, &mut rng).await?;
    let mut ideas = plan(args, &now, &holders, &mut rng);
    let projects: Vec<(Uuid, String)> = open_projects(app, &now).await?;
    for (i, idea) in ideas.iter_mut().enumerate() {
        // Most of it in one project: the one that is measured.
        let which = if i % 20 < 16 { 0 } else { 1 + i % 2 };
        idea.project = projects.get(which).map(|p| p.0).unwrap_or_default();
    }
    let meter = Meter::default();
    let total = (args.ideas + args.comments + args.supports) as u64;
    let mut done = 0;
    write_ideas(app, &now, &ideas, &holders, &mut rng, &mut |n| {
        done += n;
        meter.show(done, total);
    })
    .await?;
    write_comments(app, &now, &ideas, &holders, &mut rng, &mut |n| {
        done += n;
        meter.show(done, total);
    })
    .await?;
    write_supports(app, &now, &ideas, &holders, &mut rng, &mut |n| {
        done += n;
        meter.show(done, total);
    })
    .await?;
    meter.end();
    // The connections as they are opened.
    tune(app, "PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 1000").await
}

/// Gives SQLite's writer the memory to keep every index at hand: rows come in no order that they know.
async fn tune(app: &Arc<App>, pragmas: &'static str) -> Result<(), CommandError> {
    if app.db.dialect() == db::Dialect::Sqlite {
        app.db.write(move |tx| Box::pin(async move { Ok(tx.execute_unprepared(pragmas).await.map(|_| ())?) })).await?;
    }
    Ok(())
}

/// Hands out statuses, comments and supports: few ideas have many, most have few, and the sums are exact.
fn plan(args: &BenchDataArgs, now: &Moment, holders: &[Uuid], rng: &mut StdRng) -> Vec<Idea> {
    let n = args.ideas.max(1);
    let mut ideas: Vec<Idea> = (0..args.ideas)
        .map(|i| {
            let age = TimeDelta::days(DAYS)
                - TimeDelta::seconds(DAYS * 86_400 * i64::try_from(i).unwrap_or(0) / i64::try_from(n).unwrap_or(1));
            let at = now.now - age - TimeDelta::seconds(1);
            let status = match rng.random_range(0..100) {
                0..2 => Status::Prescreening,
                2 => Status::Ineligible,
                3..8 => Status::UnderConsideration,
                8..11 => Status::Accepted,
                11..14 => Status::Rejected,
                14 => Status::Implemented,
                15..17 => Status::Answered,
                _ => Status::Proposed,
            };
            // The first is online whatever the draw: somebody must carry the counts.
            let status = if i == 0 { Status::Proposed } else { status };
            Idea { id: now.at(at).id(), project: Uuid::nil(), at, status, comments: 0, supports: 0 }
        })
        .collect();
    let mut hand_out = |n: usize, power: i32, most: usize, count: fn(&mut Idea) -> &mut usize| {
        for _ in 0..n {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index below the length")]
            let start = (rng.random::<f64>().powi(power) * ideas.len() as f64) as usize;
            for step in 0..ideas.len() {
                // Spread over time: the first of the list are not the oldest.
                let i = ((start + step) * 7919) % ideas.len();
                if let Some(idea) = ideas.get_mut(i).filter(|idea| idea.status.is_public()) {
                    let held = count(idea);
                    if *held < most {
                        *held += 1;
                        break;
                    }
                }
            }
        }
    };
    if n > 0 && args.ideas > 0 {
        hand_out(args.comments, 2, usize::MAX, |i| &mut i.comments);
        hand_out(args.supports, 3, holders.len(), |i| &mut i.supports);
    }
    ideas
}

/// Settings, areas and persons. Gives the persons' keys.
async fn ground(
    app: &Arc<App>,
    now: &Moment,
    args: &BenchDataArgs,
    rng: &mut StdRng,
) -> Result<Vec<Uuid>, CommandError> {
    let people = (args.supports / 50).clamp(100, 20_000);
    let areas: Vec<_> = data::texts()?.areas.into_iter().map(|a| (a, now.id())).collect();
    let since = now.at(now.now - TimeDelta::days(DAYS + 1));
    let mut persons = Vec::with_capacity(people);
    let mut holders = Vec::with_capacity(people);
    for i in 0..people {
        let (id, email) = (since.id(), format!("personne.{i}@banc.example"));
        let area = areas.get(rng.random_range(0..areas.len().max(1))).map(|a| a.1);
        let age = ["15-24", "25-39", "40-64", "65+"].get(rng.random_range(0..4)).copied();
        holders.push(id);
        persons.push(args![id, sentences::first_name(rng), email.clone(), email, "fr", area, age, since.now]);
    }
    let (moment, areas, persons) = (now.clone(), Arc::new(areas), Arc::new(persons));
    app.db
        .write(move |tx| {
            let (moment, areas, persons) = (moment.clone(), areas.clone(), persons.clone());
            Box::pin(async move {
                settings::change(tx, |s| {
                    "Banc d’essai".clone_into(&mut s.name);
                    "Que changeriez-vous ici ?".clone_into(&mut s.question);
                    s.set_up_at = s.set_up_at.or(Some(moment.now));
                })
                .await?;
                let rows = areas.iter().zip(1_i64..).map(|((a, id), position)| {
                    args![*id, a.name.clone(), a.population, position, a.lon, a.lat, a.outline.to_string()]
                });
                let none = db::count(tx, "SELECT count(*) FROM area", vec![]).await? == 0;
                if none {
                    batch::insert_rows(tx, "area (id, name, population, position, lon, lat, outline)", rows.collect())
                        .await?;
                }
                // Areas that were there already keep their keys: people simply have none.
                let mut persons = persons.to_vec();
                if !none {
                    for person in &mut persons {
                        if let Some(area) = person.get_mut(5) {
                            *area = Value::Uuid(None);
                        }
                    }
                }
                batch::insert_rows(tx, "person (id, name, email, email_key, lang, area_id, age, created_at)", persons)
                    .await
            })
        })
        .await?;
    app.store.forget().await;
    Ok(holders)
}

async fn open_projects(app: &Arc<App>, now: &Moment) -> Result<Vec<(Uuid, String)>, CommandError> {
    let settings = app.settings().await?;
    let start = now.now - TimeDelta::days(DAYS + 1);
    let phase = Phase {
        id: Uuid::nil(),
        title: "On vous écoute".into(),
        method: "ideation".into(),
        starts_on: locale::local_day(start, settings.tz()),
        ends_on: None,
        posting: true,
        commenting: true,
        supporting: true,
        opposing: false,
        anonymous: true,
        prescreening: true,
    };
    let moment = app.moment().at(start);
    let made = app
        .db
        .write(move |tx| {
            let (moment, phase) = (moment.clone(), phase.clone());
            Box::pin(async move {
                let mut keys = Vec::new();
                for (slug, title) in
                    [("grand", "Que changeriez-vous ici ?"), ("moyen", "Se déplacer"), ("petit", "L’école")]
                {
                    let project = Project {
                        slug: slug.into(),
                        title: title.into(),
                        summary: "Des textes inventés, pour mesurer.".into(),
                        visibility: "public".into(),
                        state: "published".into(),
                        created_at: moment.now,
                        version: 1,
                        ..Project::default()
                    };
                    let id = projects::store::insert(tx, &moment, &project).await?;
                    projects::store::set_phases(tx, &moment, id, std::slice::from_ref(&phase)).await?;
                    keys.push((id, slug.to_owned()));
                }
                Ok(keys)
            })
        })
        .await?;
    Ok(made)
}

/// Rows of one transaction.
#[derive(Debug, Clone, Default)]
struct Rows {
    texts: Vec<Ready>,
    history: Vec<Vec<Value>>,
    answers: Vec<Vec<Value>>,
    reactions: Vec<Vec<Value>>,
}

async fn write(app: &Arc<App>, rows: Rows) -> Result<u64, Error> {
    let rows = Arc::new(rows);
    let n = (rows.texts.len() + rows.reactions.len()) as u64;
    app.db
        .write(move |tx| {
            let rows = rows.clone();
            Box::pin(async move {
                let mut texts = rows.texts.clone();
                if !texts.is_empty() {
                    let first = take_numbers(tx, i64::try_from(texts.len()).map_err(Error::other)?).await?;
                    texts.iter_mut().zip(first..).for_each(|(row, number)| row.number = number);
                }
                batch::insert(tx, texts).await?;
                batch::insert_rows(tx, "status_change (id, contribution_id, status, actor_id, at)", rows.history.clone()).await?;
                let columns = "answer (id, contribution_id, status, decision, body, signer, actor_id, status_before, published_at)";
                batch::insert_rows(tx, columns, rows.answers.clone()).await?;
                let columns = "reaction (id, contribution_id, holder, kind, confirmed, created_at)";
                batch::insert_rows(tx, columns, rows.reactions.clone()).await
            })
        })
        .await?;
    Ok(n)
}

async fn write_ideas(
    app: &Arc<App>,
    now: &Moment,
    ideas: &[Idea],
    holders: &[Uuid],
    rng: &mut StdRng,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<(), CommandError> {
    let areas = parvis_people::areas::all(app.db.read()).await?;
    for chunk in ideas.chunks(BATCH) {
        let mut rows = Rows::default();
        for idea in chunk {
            let holder = holders.get(rng.random_range(0..holders.len())).copied().unwrap_or_default();
            let area = areas.get(rng.random_range(0..areas.len() * 5 / 4 + 1));
            let (title, body, tag) = sentences::idea(rng);
            let new = New {
                author: Some(holder),
                author_name: sentences::first_name(rng).to_owned(),
                title,
                tag: tag.to_owned(),
                area: area.map(|a| a.id),
                point: area.map(|a| (a.lon + rng.random_range(-0.003..0.003), a.lat + rng.random_range(-0.003..0.003))),
                ..New::idea(idea.project, holder, body, idea.status)
            };
            let at = now.at(idea.at);
            let mut row = Ready { id: idea.id, ..Ready::new(&at, 0, new) };
            row.comments = i64::try_from(idea.comments).unwrap_or(0);
            row.supports = i64::try_from(idea.supports).unwrap_or(0);
            life(&mut rows, &at, &mut row, holder);
            rows.texts.push(row);
        }
        progress(write(app, rows).await?);
    }
    Ok(())
}

/// The history of an idea, and its answer where its status comes with one.
fn life(rows: &mut Rows, at: &Moment, row: &mut Ready, actor: Uuid) {
    let status = row.new.status;
    if !status.is_public() {
        return;
    }
    rows.history.push(args![at.id(), row.id, Status::Proposed.code(), None::<Uuid>, at.now]);
    if status == Status::Proposed {
        return;
    }
    let later = at.now + TimeDelta::minutes(30);
    rows.history.push(args![at.id(), row.id, status.code(), None::<Uuid>, later]);
    if status != Status::UnderConsideration {
        row.answered_at = Some(later);
        let body = "Oui, et voici comment. Nous avons regardé le coût et le délai.";
        rows.answers.push(args![
            at.id(),
            row.id,
            status.code(),
            "Réponse",
            body,
            "Camille Martin",
            actor,
            Status::Proposed.code(),
            later
        ]);
    }
}

async fn write_comments(
    app: &Arc<App>,
    now: &Moment,
    ideas: &[Idea],
    holders: &[Uuid],
    rng: &mut StdRng,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<(), CommandError> {
    let mut rows = Rows::default();
    // Replies refer to rows of the same statement or of an earlier one.
    let mut last: HashMap<Uuid, Uuid> = HashMap::new();
    for idea in ideas {
        for n in 0..idea.comments {
            let span = (now.now - idea.at).num_seconds().max(2);
            let at = now.at(idea.at + TimeDelta::seconds(rng.random_range(1..span)));
            let holder = holders.get(rng.random_range(0..holders.len())).copied().unwrap_or_default();
            let reply_to = last.get(&idea.id).copied().filter(|_| n % 5 == 4);
            let new = New {
                author: Some(holder),
                author_name: sentences::first_name(rng).to_owned(),
                side: ["", "for", "against"].get(n % 3).copied().unwrap_or_default().to_owned(),
                reply_to,
                ..New::comment(idea.project, idea.id, holder, sentences::comment(rng), Status::Proposed)
            };
            // Keys follow the ideas, so that rows of one idea lie together.
            let row = Ready { id: now.at(idea.at).id(), ..Ready::new(&at, 0, new) };
            if reply_to.is_none() {
                last.insert(idea.id, row.id);
            }
            rows.texts.push(row);
            if rows.texts.len() == BATCH {
                progress(write(app, std::mem::take(&mut rows)).await?);
            }
        }
        last.remove(&idea.id);
    }
    progress(write(app, rows).await?);
    Ok(())
}

async fn write_supports(
    app: &Arc<App>,
    now: &Moment,
    ideas: &[Idea],
    holders: &[Uuid],
    rng: &mut StdRng,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<(), CommandError> {
    let mut rows = Rows::default();
    for idea in ideas {
        let start = rng.random_range(0..holders.len());
        let span = (now.now - idea.at).num_seconds().max(2);
        for holder in holders.iter().cycle().skip(start).take(idea.supports) {
            let at = idea.at + TimeDelta::seconds(rng.random_range(1..span));
            rows.reactions.push(args![now.at(idea.at).id(), idea.id, *holder, "support", true, at]);
            if rows.reactions.len() == BATCH {
                progress(write(app, std::mem::take(&mut rows)).await?);
            }
        }
    }
    progress(write(app, rows).await?);
    Ok(())
}

#[cfg(test)]
mod tests;
