//! Documents (posters, pictures of links, workbooks, the bundle of open data) are made off the request threads, two at a
//! time in a process whatever they are: pages stay instant while somebody prints and somebody else exports.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::{Error, Result};

/// Documents made at once.
pub const AT_ONCE: usize = 2;

/// The turns to make a document. Clones share them.
#[derive(Debug, Clone)]
pub struct Documents(Arc<Semaphore>);

impl Default for Documents {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Documents {
    /// Waits for a turn, in the order of those who ask. It is given back when what is returned is dropped.
    ///
    /// # Errors
    /// Never in practice: the turns do not end.
    pub async fn turn(&self) -> Result<OwnedSemaphorePermit> {
        self.0.clone().acquire_owned().await.map_err(Error::other)
    }

    /// Makes a document on a thread where nobody waits for a page, once it is its turn. Whoever asked may leave: the turn ends with
    /// the work, not with them.
    ///
    /// # Errors
    /// Whatever `make` says; when it panics.
    pub async fn make<T, F>(&self, make: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T> + Send + 'static,
    {
        let turn = self.turn().await?;
        let work = move || {
            let made = make();
            drop(turn);
            made
        };
        tokio::task::spawn_blocking(work).await.map_err(Error::other)?
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use futures::{FutureExt, poll};

    use super::*;

    #[tokio::test]
    async fn a_third_document_waits_for_one_of_two() {
        let documents = Documents::default();
        let (one, _other) = (documents.turn().await.unwrap(), documents.clone().turn().await.unwrap());
        let mut third = std::pin::pin!(documents.make(|| Ok(3)));
        assert!(poll!(third.as_mut()).is_pending());
        drop(one);
        assert_eq!(third.await.unwrap(), 3);
    }

    #[tokio::test]
    async fn a_turn_ends_with_the_work_and_not_with_whoever_asked() {
        let documents = Documents::default();
        let _other = documents.turn().await.unwrap();
        let (go_on, goes_on) = mpsc::channel::<()>();
        let (ended, ends) = tokio::sync::oneshot::channel();
        let mut left = Box::pin(documents.make(move || {
            let _ = goes_on.recv();
            let _ = ended.send(());
            Ok(())
        }));
        assert!(poll!(left.as_mut()).is_pending());
        drop(left);
        assert!(documents.turn().now_or_never().is_none(), "it is still being made");
        go_on.send(()).unwrap();
        ends.await.unwrap();
        drop(documents.turn().await.unwrap());
    }

    #[tokio::test]
    async fn a_document_that_panics_gives_its_turn_back() {
        let documents = Documents::default();
        for _ in 0..3 {
            assert!(documents.make(|| -> Result<()> { panic!("a font is missing") }).await.is_err());
        }
    }
}
