//! Drafts with a day go online by themselves.

use std::sync::Arc;

use futures::future::BoxFuture;
use parvis_kernel::{
    Result,
    activity::{self, Entry},
    app::App,
    args,
    context::Moment,
    db::{self, Tx},
    jobs::Failure,
    locale,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

/// The kind of activity recorded here.
pub const ACTIVITY: &str = "project.opened";

#[derive(FromQueryResult)]
struct Due {
    id: Uuid,
    title: String,
}

/// The job that looks whether a day has come.
#[must_use]
pub fn run(app: Arc<App>, _: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move {
        let today = locale::local_day(app.clock.now(), app.settings().await?.tz()).to_string();
        let moment = app.moment();
        app.db.write(move |tx| Box::pin(open_due(tx, moment.clone(), today.clone()))).await?;
        Ok(())
    })
}

async fn open_due(tx: &Tx, moment: Moment, today: String) -> Result<()> {
    let sql = "SELECT id, title FROM project WHERE state = 'draft' AND publish_on <= $1";
    for due in db::all::<Due>(tx, sql, args![today]).await? {
        let sql = "UPDATE project SET state = 'published', publish_on = NULL, version = version + 1 WHERE id = $1";
        db::run(tx, sql, args![due.id]).await?;
        let entry = Entry {
            actor: None,
            kind: ACTIVITY,
            subject_kind: "project",
            subject: Some(due.id),
            project: Some(due.id),
            detail: &due.title,
        };
        activity::record(tx, &moment, entry).await?;
    }
    Ok(())
}
