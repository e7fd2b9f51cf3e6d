//! SQLite's one writer: waiting writes share a commit, each after the first in a savepoint of its own.

use std::time::Duration;

use futures::future::BoxFuture;
use sea_orm::{DatabaseConnection, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use tokio::sync::{mpsc, oneshot};

use super::Tx;
use crate::error::{Error, Result};

/// Writes that share one commit at most. More would make the first wait for the last.
const BATCH: usize = 128;
/// Writes that may wait before a caller waits to queue.
const QUEUE: usize = 1024;
/// Longest wait for a broken connection to let go of the file.
const LET_GO: Duration = Duration::from_secs(5);

/// Makes a connection: the first one, and another after one broke.
pub(super) type Open = Box<dyn Fn() -> BoxFuture<'static, Result<DatabaseConnection>> + Send + Sync>;

/// A write that waits for its turn.
trait Job: Send {
    /// Does it, `first` in the transaction or in a savepoint of its own.
    fn run<'a>(self: Box<Self>, tx: &'a Tx, first: bool) -> BoxFuture<'a, Done>;
    /// It can't be done: the caller hears why.
    fn refuse(self: Box<Self>, why: Error);
}

/// A write that was tried.
struct Done {
    /// Tells the caller, once the commit is known to have worked or not.
    tell: Box<dyn FnOnce(Result<()>) + Send>,
    /// Set when the whole transaction went with this write.
    lost: Option<Error>,
}

struct Waiting<T, F> {
    work: F,
    answer: oneshot::Sender<Result<T>>,
}

impl<T, F> Job for Waiting<T, F>
where
    T: Send + 'static,
    F: for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<T>> + Send + Sync + 'static,
{
    fn run<'a>(self: Box<Self>, tx: &'a Tx, first: bool) -> BoxFuture<'a, Done> {
        Box::pin(async move {
            let Self { work, answer } = *self;
            let tried = if first { work(tx).await.map(Ok) } else { in_savepoint(tx, &work).await };
            let (outcome, lost) = match tried {
                Ok(outcome) => (outcome, None),
                Err(e) => (Err(e.clone()), Some(e)),
            };
            // The caller may have gone: the write stands all the same.
            let tell = Box::new(move |committed: Result<()>| drop(answer.send(committed.and(outcome))));
            Done { tell, lost }
        })
    }

    fn refuse(self: Box<Self>, why: Error) {
        let _ = self.answer.send(Err(why));
    }
}

#[derive(Clone, Debug)]
pub(super) struct Writer {
    queue: mpsc::Sender<Box<dyn Job>>,
}

impl Writer {
    pub(super) async fn start(open: Open) -> Result<Self> {
        let connection = open().await?;
        let (queue, jobs) = mpsc::channel(QUEUE);
        tokio::spawn(run(open, connection, jobs));
        Ok(Self { queue })
    }

    pub(super) async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<T>> + Send + Sync + 'static,
    {
        let (answer, wait) = oneshot::channel::<Result<T>>();
        let stopped = || Error::other("the writer has stopped");
        self.queue.send(Box::new(Waiting { work, answer })).await.map_err(|_| stopped())?;
        wait.await.map_err(|_| stopped())?
    }

    /// Waits until the queue is empty, so that nothing accepted is lost.
    pub(super) async fn stop(&self) {
        let _ = self.write(|_| Box::pin(async { Ok(()) })).await;
    }
}

/// What the write answers. The outer error says that the transaction around it is gone: on a full disk SQLite rolls
/// back all of it by itself, and what would follow would be committed statement by statement.
async fn in_savepoint<T, F>(tx: &Tx, work: &F) -> Result<Result<T>>
where
    F: for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<T>>,
{
    let savepoint = tx.begin().await?;
    match work(&savepoint).await {
        Ok(value) => {
            savepoint.commit().await?;
            Ok(Ok(value))
        }
        // The first error is the one worth telling.
        Err(e) => match savepoint.rollback().await {
            Ok(()) => Ok(Err(e)),
            Err(_) => Err(e),
        },
    }
}

async fn run(open: Open, first: DatabaseConnection, mut jobs: mpsc::Receiver<Box<dyn Job>>) {
    let mut connection = Some(first);
    while let Some(job) = jobs.recv().await {
        let usable = match connection.take() {
            Some(connection) => connection,
            None => match open().await {
                Ok(connection) => connection,
                Err(e) => {
                    job.refuse(e);
                    continue;
                }
            },
        };
        if batch(&usable, job, &mut jobs).await {
            connection = Some(usable);
        } else {
            // Its count of open transactions is wrong from now on: the next write gets another connection.
            drop(tokio::time::timeout(LET_GO, usable.close()).await);
        }
    }
}

/// Does `first` and what waits behind it in one transaction. Says whether the connection is sound afterwards.
///
/// The first write needs no savepoint: when it fails the transaction is given up with nobody else in it. A savepoint costs
/// SQLite a copy of each page that is changed after it, which is most of the writing of a large import.
async fn batch(connection: &DatabaseConnection, first: Box<dyn Job>, jobs: &mut mpsc::Receiver<Box<dyn Job>>) -> bool {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let tx = match connection.begin_with_options(options).await {
        Ok(tx) => tx,
        Err(e) => {
            first.refuse(e.into());
            return false;
        }
    };
    let done = first.run(&tx, true).await;
    if done.lost.is_some() {
        let sound = tx.rollback().await.is_ok();
        (done.tell)(Ok(()));
        return sound;
    }
    let mut told = vec![done.tell];
    let mut lost = None;
    let mut next = jobs.try_recv().ok();
    while let Some(job) = next {
        let done = job.run(&tx, false).await;
        told.push(done.tell);
        lost = done.lost;
        next = if lost.is_none() && told.len() < BATCH { jobs.try_recv().ok() } else { None };
    }
    let committed = match lost {
        None => tx.commit().await.map_err(Error::from),
        Some(e) => {
            drop(tx);
            Err(e)
        }
    };
    let sound = committed.is_ok();
    for tell in told {
        tell(committed.clone());
    }
    sound
}
