//! The areas that a project is about. A project of none is about the whole town.

use std::collections::HashMap;

use parvis_kernel::{
    Result, args,
    db::{self, Tx},
    form::Form,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

/// The field of the form, once for each area.
pub const FIELD: &str = "quartiers";

/// An area of a project.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Place {
    /// Key of the area.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// The areas of a project, in the team's order.
///
/// # Errors
/// When the database refuses.
pub async fn of(c: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Place>> {
    let sql = "SELECT a.id, a.name FROM project_area x JOIN area a ON a.id = x.area_id WHERE x.project_id = $1 \
               ORDER BY a.position, a.name";
    db::all(c, sql, args![project]).await
}

/// The areas of every project, in the team's order.
///
/// # Errors
/// When the database refuses.
pub async fn all(c: &impl ConnectionTrait) -> Result<HashMap<Uuid, Vec<Place>>> {
    #[derive(FromQueryResult)]
    struct Row {
        project_id: Uuid,
        id: Uuid,
        name: String,
    }
    let sql = "SELECT x.project_id, a.id, a.name FROM project_area x JOIN area a ON a.id = x.area_id \
               ORDER BY a.position, a.name";
    let rows: Vec<Row> = db::all(c, sql, vec![]).await?;
    let mut found: HashMap<Uuid, Vec<Place>> = HashMap::new();
    for r in rows {
        found.entry(r.project_id).or_default().push(Place { id: r.id, name: r.name });
    }
    Ok(found)
}

/// The names of these places, in one line.
#[must_use]
pub fn names(places: &[Place]) -> String {
    places.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// The areas that a form names, each once.
#[must_use]
pub fn read(f: &Form) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = f.all(FIELD).filter_map(|id| id.parse().ok()).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// Gives a project these areas and no other. One that was removed meanwhile is left out.
///
/// # Errors
/// When the database refuses.
pub async fn set(tx: &Tx, project: Uuid, areas: &[Uuid]) -> Result<()> {
    db::run(tx, "DELETE FROM project_area WHERE project_id = $1", args![project]).await?;
    for area in areas {
        let sql = "INSERT INTO project_area (project_id, area_id) SELECT p.id, a.id FROM project p CROSS JOIN area a \
                   WHERE p.id = $1 AND a.id = $2";
        db::run(tx, sql, args![project, *area]).await?;
    }
    Ok(())
}
