//! A module that only looks on.

use async_trait::async_trait;
use parvis_kernel::{
    Result, args,
    context::Moment,
    db::{self, Tx},
};
use parvis_people::persons;
use parvis_testing::module::Partly;
use uuid::Uuid;

/// A module that remembers which browsers were united, in a table of the kernel.
pub struct Witness;

#[async_trait]
impl Partly for Witness {
    async fn forget(&self, tx: &Tx, person: Uuid) -> Result<()> {
        // What it needs to find is still there when its turn comes.
        assert!(persons::find(tx, person).await?.is_some_and(|p| p.email.is_some()));
        Ok(())
    }
    async fn unite(&self, tx: &Tx, moment: &Moment) -> Result<()> {
        let name = format!("union {}", moment.id());
        db::run(tx, "INSERT INTO counter (name, value) VALUES ($1, 1)", args![name]).await?;
        Ok(())
    }
}
