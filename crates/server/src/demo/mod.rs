//! Rivemont, the fictional town that `parvis demo` fills a folder with. Its people and their texts are invented.

pub(crate) mod data;
mod persons;
mod plan;
mod points;
mod store;

use std::sync::Arc;

use parvis_kernel::{app::App, db, words::Lang};
use parvis_people::passes::{self, Purpose};

use crate::commands::{CommandError, Meter};

/// Role code and path of the link that signs in as somebody with that role.
#[derive(Debug, Clone)]
pub struct DemoLinks(pub Vec<(&'static str, String)>);

/// Whether the folder holds the town.
///
/// # Errors
/// When it holds another instance, or the database refuses.
pub async fn is_there(app: &Arc<App>) -> Result<bool, CommandError> {
    let settings = app.settings().await?;
    let projects = db::count(app.db.read(), "SELECT count(*) FROM project", vec![]).await?;
    if !settings.demo && (settings.is_set_up() || projects > 0) {
        return Err(CommandError::told("cli-demo-elsewhere", &[]));
    }
    Ok(settings.demo && projects > 0)
}

/// Fills the folder with the town, unless it is there.
///
/// # Errors
/// When the folder holds another instance, or the database refuses.
pub async fn fill(app: &Arc<App>) -> Result<(), CommandError> {
    if !is_there(app).await? {
        let texts = Arc::new(data::texts()?);
        let plan = Arc::new(plan::make(&texts, app.clock.now(), app.settings().await?.tz()));
        let (moment, meter) = (app.moment(), Arc::new(Meter::default()));
        let shown = meter.clone();
        app.db
            .write(move |tx| {
                let (texts, plan, moment, meter) = (texts.clone(), plan.clone(), moment.clone(), shown.clone());
                Box::pin(
                    async move { store::write(tx, &moment, &texts, &plan, &mut |done, of| meter.show(done, of)).await },
                )
            })
            .await?;
        meter.end();
        app.store.forget().await;
    }
    Ok(())
}

/// A link for each member of the team and for one inhabitant, made anew at each start.
///
/// # Errors
/// When the database refuses.
pub async fn links(app: &Arc<App>) -> Result<DemoLinks, CommandError> {
    let town = data::texts()?.town;
    let mut who: Vec<(&'static str, String, &'static str)> = Vec::new();
    for member in town.team {
        let role = match member.role.as_str() {
            "owner" => "owner",
            "administrator" => "administrator",
            "moderator" => "moderator",
            _ => "analyst",
        };
        who.push((role, member.email, "/equipe"));
    }
    let sql = "SELECT p.email FROM person p WHERE p.role IS NULL AND p.name = 'Léa M.' ORDER BY p.created_at LIMIT 1";
    if let Some(email) = db::scalar::<String>(app.db.read(), sql, vec![]).await? {
        who.push(("citizen", email, "/mon-espace"));
    }
    let moment = app.moment();
    let links = app
        .db
        .write(move |tx| {
            let (moment, who) = (moment.clone(), who.clone());
            Box::pin(async move {
                let mut links = Vec::with_capacity(who.len());
                for (role, email, to) in who {
                    links.push((role, passes::link_for(tx, &moment, &email, Purpose::Demo, to).await?));
                }
                Ok(links)
            })
        })
        .await?;
    Ok(DemoLinks(links))
}

/// The language of the town.
const LANG: Lang = Lang::Fr;

#[cfg(test)]
mod tests;
