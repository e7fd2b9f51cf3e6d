//! What public pages read often and may be a little old: kept in memory for seconds, in each process.

use std::{collections::HashMap, fmt, hash::Hash, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Error, Result,
    db::Db,
    rate::{Limit, Readings},
    words::Lang,
};
use parvis_ui::charts::AreaShape;
use tokio::sync::RwLock;
use uuid::Uuid;

use crate::{home::Snapshot, ideas::list::TagCount, ideas::near::Near, projects::store::Count};

/// A value and when it was made.
type Made<V> = Option<(DateTime<Utc>, Arc<V>)>;

/// Where the value of one key is kept.
type Slot<V> = Arc<RwLock<Made<V>>>;

/// Values that are made again when they are older than they may be.
pub struct Kept<K, V> {
    /// Each key waits for itself alone: a value that takes long holds up nobody who asks for another.
    slots: RwLock<HashMap<K, Slot<V>>>,
    for_seconds: i64,
    most: usize,
}

impl<K, V> fmt::Debug for Kept<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kept({} s)", self.for_seconds)
    }
}

/// More keys than this are forgotten together: a limit on memory, far above the projects of an instance.
const MOST: usize = 500;

impl<K: Eq + Hash, V> Kept<K, V> {
    fn new(for_seconds: i64) -> Self {
        Self { slots: RwLock::new(HashMap::new()), for_seconds, most: MOST }
    }

    fn fresh(&self, kept: &Made<V>, now: DateTime<Utc>) -> Option<Arc<V>> {
        // A clock set back makes everything old.
        let of_now = |at: DateTime<Utc>| at <= now && now - at < TimeDelta::seconds(self.for_seconds);
        kept.as_ref().filter(|(at, _)| of_now(*at)).map(|(_, v)| v.clone())
    }

    async fn slot(&self, key: K) -> Slot<V> {
        if let Some(slot) = self.slots.read().await.get(&key) {
            return slot.clone();
        }
        let mut slots = self.slots.write().await;
        if slots.len() >= self.most {
            slots.clear();
        }
        slots.entry(key).or_default().clone()
    }

    /// The value of a key, made by `make` when the one kept is too old. Those who ask for it meanwhile wait for it.
    ///
    /// # Errors
    /// When `make` fails.
    pub async fn get(&self, now: DateTime<Utc>, key: K, make: impl Future<Output = Result<V>>) -> Result<Arc<V>> {
        let slot = self.slot(key).await;
        let kept = slot.read().await;
        if let Some(value) = self.fresh(&kept, now) {
            return Ok(value);
        }
        drop(kept);
        let mut kept = slot.write().await;
        if let Some(value) = self.fresh(&kept, now) {
            return Ok(value);
        }
        let value = Arc::new(make.await?);
        *kept = Some((now, value.clone()));
        Ok(value)
    }
}

/// How often one address searched in the present minute.
#[derive(Debug)]
pub struct Searches(Readings);

/// Searches from one address in a minute: a library shares one.
const SEARCHES: Limit = Limit::per_minutes("search", 120, 1);

impl Default for Searches {
    fn default() -> Self {
        Self(Readings::new(SEARCHES))
    }
}

impl Searches {
    /// Counts a search.
    ///
    /// # Errors
    /// `too_many` beyond the limit.
    pub async fn hit(&self, db: &Db, address: &str, now: DateTime<Utc>) -> Result<()> {
        let until = || Error::TooMany(now + TimeDelta::seconds(self.0.seconds_left(now)));
        self.0.hit(db, address, now).await.map(drop).ok_or_else(until)
    }
}

/// The caches of the module.
#[derive(Debug)]
pub struct Caches {
    /// Searches by address.
    pub searches: Searches,
    /// What the home page shows, in each language.
    pub home: Kept<Lang, Snapshot>,
    /// How many people took part: a walk through all contributions, so less often.
    pub voices: Kept<(), i64>,
    /// Ideas online in each project.
    pub counts: Kept<(), Vec<Count>>,
    /// Theme words of some projects, with their counts.
    pub tags: Kept<Vec<Uuid>, Vec<TagCount>>,
    /// Outlines of the areas.
    pub areas: Kept<(), Vec<AreaShape>>,
    /// Pictures shown with links, by what they say.
    pub cards: Kept<String, Vec<u8>>,
    /// Texts of a project by their words.
    pub near: Kept<Uuid, Near>,
}

impl Default for Caches {
    fn default() -> Self {
        Self {
            searches: Searches::default(),
            home: Kept::new(2),
            voices: Kept::new(300),
            counts: Kept::new(2),
            tags: Kept::new(10),
            areas: Kept::new(10),
            cards: Kept { most: 100, ..Kept::new(86_400) },
            near: Kept::new(60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parvis_kernel::Error;
    use std::future::{pending, ready};

    #[tokio::test]
    async fn a_key_waits_for_itself_alone() {
        let kept: Arc<Kept<u8, u8>> = Arc::new(Kept::new(10));
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let slow = kept.clone();
        let task = tokio::spawn(async move { slow.get(now, 1, pending()).await });
        while kept.slots.read().await.is_empty() {
            tokio::task::yield_now().await;
        }
        // The first key is never made; with one lock for all, this would wait for ever.
        assert_eq!(*kept.get(now, 2, ready(Ok(7))).await.unwrap(), 7);
        task.abort();
    }

    #[tokio::test]
    async fn a_value_is_made_once_and_again_when_old_or_when_making_it_failed() {
        let kept: Kept<u8, u8> = Kept::new(10);
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        assert!(kept.get(now, 1, ready(Err(Error::NotFound))).await.is_err());
        assert_eq!(*kept.get(now, 1, ready(Ok(1))).await.unwrap(), 1);
        assert_eq!(*kept.get(now + TimeDelta::seconds(9), 1, ready(Ok(2))).await.unwrap(), 1);
        assert_eq!(*kept.get(now + TimeDelta::seconds(10), 1, ready(Ok(3))).await.unwrap(), 3);
        assert_eq!(*kept.get(now, 1, ready(Ok(4))).await.unwrap(), 4, "a clock set back");
    }
}
