//! Areas for programs.

use axum::response::Response;
use parvis_kernel::{
    Ctx, Result,
    api::{self, Operation, Query},
    api_type,
    permission::Access,
    routes::Routes,
};
use serde_json::Value;
use uuid::Uuid;

api_type! {
    /// An area of the town.
    ApiArea {
        /// Key: its name in filters.
        id: Uuid,
        /// Name.
        name: String,
        /// Inhabitants, when known.
        population: Option<i64>,
        /// Outline as a GeoJSON geometry, WGS84.
        outline: Value,
    }
}

/// The route programs read.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().api_get("/api/v1/areas", Access::Public, says, all)
}

fn says() -> Operation {
    Operation::read::<api::Listed<ApiArea>>("listAreas", "Instance", "Areas of the town, in the team's order.")
}

/// All areas. Public.
async fn all(ctx: Ctx) -> Result<Response> {
    Query::read(&ctx, &says())?;
    let one = |a: super::Area| ApiArea {
        id: a.id,
        name: a.name,
        population: a.population,
        outline: serde_json::from_str(&a.outline).unwrap_or(Value::Null),
    };
    let areas = super::all(ctx.app.db.read()).await?;
    api::json(&api::Listed::whole(areas.into_iter().map(one).collect()))
}
