//! What public pages read often and may be a little old: kept in memory for seconds, in each process.

use std::{collections::HashMap, fmt, hash::Hash, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::Result;
use parvis_ui::charts::AreaShape;
use tokio::sync::RwLock;
use uuid::Uuid;

use crate::{home::Snapshot, ideas::list::TagCount, ideas::near::Near};

/// A value and when it was made.
type Made<V> = (DateTime<Utc>, Arc<V>);

/// Values that are made again when they are older than they may be.
pub struct Kept<K, V> {
    values: RwLock<HashMap<K, Made<V>>>,
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
        Self { values: RwLock::new(HashMap::new()), for_seconds, most: MOST }
    }

    fn fresh(&self, kept: Option<&Made<V>>, now: DateTime<Utc>) -> Option<Arc<V>> {
        // A clock set back makes everything old.
        kept.filter(|(at, _)| *at <= now && now - *at < TimeDelta::seconds(self.for_seconds)).map(|(_, v)| v.clone())
    }

    /// The value of a key, made by `make` when the one kept is too old. Those who ask meanwhile wait for it.
    ///
    /// # Errors
    /// When `make` fails.
    pub async fn get(&self, now: DateTime<Utc>, key: K, make: impl Future<Output = Result<V>>) -> Result<Arc<V>> {
        if let Some(value) = self.fresh(self.values.read().await.get(&key), now) {
            return Ok(value);
        }
        let mut values = self.values.write().await;
        if let Some(value) = self.fresh(values.get(&key), now) {
            return Ok(value);
        }
        let value = Arc::new(make.await?);
        self.keep(&mut values, now, key, &value);
        Ok(value)
    }

    fn keep(&self, values: &mut HashMap<K, Made<V>>, now: DateTime<Utc>, key: K, value: &Arc<V>) {
        if values.len() >= self.most {
            values.clear();
        }
        values.insert(key, (now, value.clone()));
    }
}

impl<K: Eq + Hash, V> Kept<K, V> {
    /// The same, made without holding up those who ask for other keys: for what takes long to make.
    ///
    /// # Errors
    /// When `make` fails.
    pub async fn get_apart(&self, now: DateTime<Utc>, key: K, make: impl Future<Output = Result<V>>) -> Result<Arc<V>> {
        if let Some(value) = self.fresh(self.values.read().await.get(&key), now) {
            return Ok(value);
        }
        let value = Arc::new(make.await?);
        self.keep(&mut *self.values.write().await, now, key, &value);
        Ok(value)
    }
}

/// The caches of the module.
#[derive(Debug)]
pub struct Caches {
    /// What the home page shows.
    pub home: Kept<(), Snapshot>,
    /// How many people took part: a walk through all contributions, so less often.
    pub voices: Kept<(), i64>,
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
            home: Kept::new(2),
            voices: Kept::new(300),
            tags: Kept::new(10),
            areas: Kept::new(10),
            cards: Kept { most: 100, ..Kept::new(86_400) },
            near: Kept::new(60),
        }
    }
}
