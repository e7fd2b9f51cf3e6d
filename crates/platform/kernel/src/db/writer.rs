//! SQLite's one writer: waiting writes share a commit, each in a savepoint of its own.

use futures::future::BoxFuture;
use sea_orm::{ConnectionTrait, DatabaseConnection, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use tokio::sync::{mpsc, oneshot};

use super::Tx;
use crate::error::{Error, Result};

/// Writes that share one commit at most. More would make the first wait for the last.
const BATCH: usize = 128;
/// Writes that may wait before a caller waits to queue.
const QUEUE: usize = 1024;

/// Tells the caller, once the commit is known to have worked or not.
type Done = Box<dyn FnOnce(Result<()>) + Send>;
type Job = Box<dyn for<'a> FnOnce(&'a Tx) -> BoxFuture<'a, Done> + Send>;

#[derive(Clone, Debug)]
pub(super) struct Writer {
    queue: mpsc::Sender<Job>,
}

impl Writer {
    pub(super) fn start(connection: DatabaseConnection) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        tokio::spawn(run(connection, jobs));
        Self { queue }
    }

    pub(super) async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<T>> + Send + Sync + 'static,
    {
        let (answer, wait) = oneshot::channel::<Result<T>>();
        let job: Job = Box::new(move |tx| {
            Box::pin(async move {
                let outcome = in_savepoint(tx, &work).await;
                let done: Done = Box::new(move |committed| {
                    // The caller may have gone: the write stands all the same.
                    let _ = answer.send(committed.and(outcome));
                });
                done
            })
        });
        self.queue.send(job).await.map_err(|_| Error::other("the writer has stopped"))?;
        wait.await.map_err(|_| Error::other("the writer has stopped"))?
    }

    /// Waits until the queue is empty, so that nothing accepted is lost.
    pub(super) async fn stop(self) {
        let _ = self.write(|_| Box::pin(async { Ok(()) })).await;
    }
}

async fn in_savepoint<T, F>(tx: &Tx, work: &F) -> Result<T>
where
    F: for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<T>>,
{
    let savepoint = tx.begin().await?;
    match work(&savepoint).await {
        Ok(value) => {
            savepoint.commit().await?;
            Ok(value)
        }
        Err(e) => {
            savepoint.rollback().await?;
            Err(e)
        }
    }
}

async fn run(connection: DatabaseConnection, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.recv().await {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let tx = match connection.begin_with_options(options).await {
            Ok(tx) => tx,
            Err(e) => {
                refuse(&connection, first, &Error::from(e)).await;
                continue;
            }
        };
        let mut done = vec![first(&tx).await];
        while done.len() < BATCH {
            let Ok(job) = jobs.try_recv() else { break };
            done.push(job(&tx).await);
        }
        let committed = tx.commit().await.map_err(Error::from);
        for tell in done {
            tell(committed.clone());
        }
    }
}

/// The database could not even begin (disk full, file locked elsewhere): the caller hears why.
async fn refuse(connection: &DatabaseConnection, job: Job, error: &Error) {
    // A deferred transaction takes no lock: it only lets the job find its way to its caller.
    if let Ok(tx) = connection.begin().await {
        let _ = tx.execute_unprepared("PRAGMA query_only = ON").await;
        let tell = job(&tx).await;
        let _ = tx.execute_unprepared("PRAGMA query_only = OFF").await;
        let _ = tx.rollback().await;
        tell(Err(error.clone()));
    }
}
