//! The sections of the settings that live here, and how things stand in each.

use parvis_kernel::{
    Ctx, Result,
    permission::Right,
    sections::{SettingsSection, Standing},
};

use crate::{areas, margins, persons, tokens, urls};

/// The sections. Anybody on the team has tokens, whatever else of the settings they may open.
pub const SECTIONS: [SettingsSection; 4] = [
    SettingsSection { code: "areas", path: urls::Areas::ROUTE, right: Right::ManageProjects, order: 90 },
    SettingsSection { code: "census", path: urls::Census::ROUTE, right: Right::ManageProjects, order: 100 },
    SettingsSection { code: "team", path: urls::Team::ROUTE, right: Right::Administer, order: 110 },
    SettingsSection { code: "tokens", path: urls::Tokens::ROUTE, right: Right::Read, order: 120 },
];

/// How things stand in one of them; nothing for another code.
///
/// # Errors
/// When the database refuses.
pub async fn standing(ctx: &Ctx, code: &str) -> Result<Option<Standing>> {
    let c = ctx.app.db.read();
    Ok(Some(match code {
        "areas" => Standing::Count("settings-state-areas", areas::count(c).await?),
        "census" => Standing::Count("settings-state-census", margins::count(c).await?),
        "team" => Standing::Count("settings-state-team", persons::team_size(c).await?),
        "tokens" => {
            // As their page lists them: one's own, or everybody's.
            let owner = if ctx.may(Right::Administer, None) { None } else { ctx.actor.person() };
            Standing::Count("settings-state-tokens", tokens::count(c, owner, ctx.now()).await?)
        }
        _ => return Ok(None),
    }))
}
