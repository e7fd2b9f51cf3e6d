//! The consultation that is online when the set-up ends.

use parvis_kernel::{
    Result,
    context::Moment,
    db::{self, Tx},
    locale,
    settings::Settings,
    url,
    words::Lang,
};
use uuid::Uuid;

use super::{Phase, Project, store};

/// Publishes a project that asks the question of the instance, open from today and without an end. Where a project
/// is published already (imported before the set-up), nothing is added.
///
/// # Errors
/// When the database refuses.
pub async fn open(tx: &Tx, moment: &Moment, settings: &Settings) -> Result<()> {
    let published = "SELECT count(*) FROM project WHERE state = 'published'";
    if db::count(tx, published, vec![]).await? > 0 {
        return Ok(());
    }
    let project = store::insert(tx, moment, &project(moment, settings)).await?;
    store::set_phases(tx, moment, project, &[phase(moment, settings)]).await
}

fn project(moment: &Moment, settings: &Settings) -> Project {
    Project {
        slug: url::slug(&settings.question),
        title: settings.question.clone(),
        visibility: "public".into(),
        state: "published".into(),
        created_at: moment.now,
        version: 1,
        ..Project::default()
    }
}

fn phase(moment: &Moment, settings: &Settings) -> Phase {
    // A title the team may change, kept as data: written in the language of the instance, not of a reader.
    let title = match settings.lang {
        Lang::Fr => "Vos idées",
        Lang::En => "Your ideas",
    };
    Phase {
        id: Uuid::nil(),
        title: title.into(),
        method: "ideation".into(),
        starts_on: locale::local_day(moment.now, settings.tz()),
        ends_on: None,
        posting: true,
        commenting: true,
        supporting: true,
        opposing: false,
        anonymous: true,
        prescreening: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::projects::{Act, may};
    use parvis_kernel::{clock::Clock, random::SeededEntropy};
    use parvis_testing::{TestDb, clock, engines};
    use std::sync::Arc;

    const MIGRATIONS: &[db::Migration] = &[
        parvis_kernel::settings::MIGRATIONS[0],
        db::Migration {
            id: "participation/0001_participation",
            sql: include_str!("../../migrations/0001_participation.sql"),
        },
        db::Migration { id: "participation/0060_projects", sql: include_str!("../../migrations/0060_projects.sql") },
        db::Migration { id: "participation/0099_easy", sql: include_str!("../../migrations/0099_easy.sql") },
    ];

    #[tokio::test]
    async fn the_question_is_online_at_once_and_only_once() {
        for engine in engines() {
            let t = TestDb::open(engine, MIGRATIONS).await;
            let moment = Moment::new(clock().now(), Arc::new(SeededEntropy::new(3)));
            let settings = Settings { question: "Que changeriez-vous à Rivemont ?".into(), ..Settings::default() };
            for _ in 0..2 {
                let (moment, settings) = (moment.clone(), settings.clone());
                t.db.write(move |tx| {
                    let (moment, settings) = (moment.clone(), settings.clone());
                    Box::pin(async move { open(tx, &moment, &settings).await })
                })
                .await
                .unwrap();
            }
            let projects = store::all(t.db.read()).await.unwrap();
            assert_eq!(projects.len(), 1);
            let project = &projects[0];
            assert!(project.is_public() && project.slug == "que-changeriez-vous-a-rivemont");
            let phases = store::phases(t.db.read(), project.id).await.unwrap();
            let today = locale::local_day(moment.now, settings.tz());
            for act in [Act::Post, Act::PostAnonymously, Act::Comment, Act::Support] {
                assert!(may(project, &phases, today, act).is_ok(), "{act:?}");
            }
        }
    }
}
