//! The instance for programs.

use axum::response::Response;
use parvis_kernel::{
    Ctx, Result,
    api::{self, Operation, Query},
    api_type,
    permission::Access,
    routes::Routes,
};

api_type! {
    /// The instance: who asks, and how to reach them.
    ApiInstance {
        /// Name at the top of each page.
        name: String,
        /// A few words under it.
        tagline: String,
        /// The question of the home page.
        question: String,
        /// `campaign` or `town_hall`.
        kind: String,
        /// Name of the town.
        town: String,
        /// INSEE code of the town, when it has one.
        town_code: Option<String>,
        /// Address of the site.
        url: String,
        /// Contact mail, as at the foot of pages.
        contact: Option<String>,
        /// Language of the instance.
        lang: String,
        /// Languages that readers may choose.
        languages: Vec<String>,
        /// IANA time zone of days.
        time_zone: String,
        /// The promise: answered within this many days.
        answer_days: i64,
        /// Terms under which the open data may be used, in words.
        licence: String,
        /// Identifier of those terms in the list of SPDX, when they are in it.
        licence_id: Option<String>,
        /// Address of their text, when they have one.
        licence_url: Option<String>,
    }
}

/// The route programs read.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().api_get("/api/v1/instance", Access::Public, says, show)
}

fn says() -> Operation {
    Operation::read::<ApiInstance>("getInstance", "Instance", "The instance.")
}

/// What the pages say of the instance. Public.
async fn show(ctx: Ctx) -> Result<Response> {
    Query::read(&ctx, &says())?;
    let s = &ctx.settings;
    let some = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    let town_hall = s.kind == parvis_kernel::settings::Kind::TownHall;
    api::json(&ApiInstance {
        name: s.name.clone(),
        tagline: s.tagline.clone(),
        question: s.question.clone(),
        kind: if town_hall { "town_hall" } else { "campaign" }.to_owned(),
        town: s.commune.name.clone(),
        town_code: some(&s.commune.code),
        url: ctx.app.base_url(s).to_owned(),
        contact: some(&s.contact),
        lang: s.lang.code().to_owned(),
        languages: s.languages.iter().map(|l| l.code().to_owned()).collect(),
        time_zone: s.time_zone.clone(),
        answer_days: s.answer_days,
        licence: crate::settings::licence::words(&ctx.app, ctx.lang, &s.licence),
        licence_id: s.licence.spdx().map(str::to_owned),
        licence_url: s.licence.url().map(str::to_owned),
    })
}
