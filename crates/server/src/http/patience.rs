//! How long a request may take: as long as what is sent keeps coming, and a minute from the last of it.

use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::Poll,
    time::Duration,
};

use axum::body::{Body, HttpBody};
use futures::{
    StreamExt,
    future::{Either, select},
    stream,
};
use parvis_kernel::Error;
use tokio::time::Instant;

/// Longest that is waited: for what comes next of a request, to know who asks, for an answer.
pub const IDLE: Duration = Duration::from_secs(60);

/// How long is waited.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For what comes next of a request, and for its answer once all is there.
    pub idle: Duration,
    /// Bytes a second that must have come on the whole, beyond a first `idle`. A telephone far from everything sends many
    /// times that; whoever sends a byte a minute holds a place for nothing.
    pub pace: u64,
}

impl Default for Patience {
    fn default() -> Self {
        Self { idle: IDLE, pace: 500 }
    }
}

impl Patience {
    /// Listens to a body from now on. Whoever reads the body that comes back is heard.
    pub fn listen(self, body: Body) -> (Heard<Running>, Body) {
        self.listen_by(Running(Instant::now()), body)
    }

    fn listen_by<W: Watch>(self, watch: W, body: Body) -> (Heard<W>, Body) {
        let came = Arc::new(Came::default());
        let heard = Heard { patience: self, watch: watch.clone(), came: came.clone() };
        // Most requests are a line and nothing more.
        if body.is_end_stream() {
            return (heard, body);
        }
        let mut parts = body.into_data_stream();
        let body = Body::from_stream(stream::poll_fn(move |cx| {
            let part = parts.poll_next_unpin(cx);
            let bytes = match &part {
                Poll::Ready(Some(Ok(bytes))) => bytes.len(),
                _ => 0,
            };
            came.note(part.is_pending(), bytes, watch.elapsed());
            part
        }));
        (heard, body)
    }
}

/// What tells how long it has been since a request began: the runtime, or a test.
pub trait Watch: Clone + Send + Sync + 'static {
    /// Since the request began.
    fn elapsed(&self) -> Duration;
    /// Until that long after it began.
    fn wait_until(&self, elapsed: Duration) -> impl Future<Output = ()> + Send;
}

/// The watch of the runtime, with the moment a request began.
#[derive(Debug, Clone, Copy)]
pub struct Running(Instant);

impl Watch for Running {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn wait_until(&self, elapsed: Duration) -> impl Future<Output = ()> + Send {
        tokio::time::sleep_until(self.0 + elapsed)
    }
}

/// What came of a request until now.
#[derive(Debug, Default)]
struct Came {
    /// When the last of it did, in milliseconds since the request began.
    last: AtomicU64,
    bytes: AtomicU64,
    /// Whether the handler waits for more.
    awaited: AtomicBool,
}

impl Came {
    fn note(&self, awaited: bool, bytes: usize, at: Duration) {
        self.awaited.store(awaited, Ordering::Relaxed);
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        if !awaited {
            self.last.store(u64::try_from(at.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
        }
    }
}

/// A request that is listened to.
#[derive(Debug)]
pub struct Heard<W> {
    patience: Patience,
    watch: W,
    came: Arc<Came>,
}

impl<W: Watch> Heard<W> {
    /// Does the work that a request asks for.
    ///
    /// # Errors
    /// `Stalled` when the work waits for what does not come, `Overdue` when it takes too long by itself.
    pub async fn within<T>(&self, work: impl Future<Output = T>) -> Result<T, Error> {
        let mut work = pin!(work);
        loop {
            let until = self.until();
            let wait = pin!(self.watch.wait_until(until));
            match select(work.as_mut(), wait).await {
                Either::Left((done, _)) => return Ok(done),
                Either::Right(_) if self.until() > until => {}
                Either::Right(_) if self.awaits() => return Err(Error::Stalled),
                Either::Right(_) => return Err(Error::Overdue),
            }
        }
    }

    fn awaits(&self) -> bool {
        self.came.awaited.load(Ordering::Relaxed)
    }

    /// Until when there is patience, after what came until now.
    fn until(&self) -> Duration {
        let idle = Duration::from_millis(self.came.last.load(Ordering::Relaxed)) + self.patience.idle;
        if !self.awaits() {
            return idle;
        }
        let bytes = self.came.bytes.load(Ordering::Relaxed);
        let owed = Duration::from_millis(bytes.saturating_mul(1000) / self.patience.pace.max(1));
        idle.min(self.patience.idle + owed)
    }
}

#[cfg(test)]
mod tests {
    use std::{future::poll_fn, io};

    use axum::body::{Bytes, to_bytes};

    use super::*;

    /// A watch that a test turns, in seconds.
    #[derive(Clone, Default)]
    struct ByHand(Arc<AtomicU64>);

    impl ByHand {
        fn turn(&self) -> u64 {
            self.0.fetch_add(1, Ordering::Relaxed) + 1
        }

        fn seconds(&self) -> u64 {
            self.0.load(Ordering::Relaxed)
        }

        /// Work that never ends, a second at each look.
        async fn work(self) {
            poll_fn(|cx| {
                self.turn();
                cx.waker().wake_by_ref();
                Poll::<()>::Pending
            })
            .await;
        }
    }

    impl Watch for ByHand {
        fn elapsed(&self) -> Duration {
            Duration::from_secs(self.seconds())
        }

        fn wait_until(&self, elapsed: Duration) -> impl Future<Output = ()> + Send {
            let watch = self.clone();
            poll_fn(move |_| if watch.elapsed() >= elapsed { Poll::Ready(()) } else { Poll::Pending })
        }
    }

    /// So many parts of so many bytes, one each so many seconds; then the end, or silence.
    fn sent(watch: &ByHand, every: u64, mut parts: usize, bytes: usize, ends: bool) -> Body {
        let (watch, mut due) = (watch.clone(), every);
        Body::from_stream(stream::poll_fn(move |cx| {
            if parts == 0 && ends {
                return Poll::Ready(None);
            }
            let now = watch.turn();
            if parts > 0 && now >= due {
                (parts, due) = (parts - 1, now + every);
                return Poll::Ready(Some(Ok::<_, io::Error>(Bytes::from(vec![b'x'; bytes]))));
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        }))
    }

    async fn read(watch: &ByHand, body: Body) -> Result<usize, Error> {
        let (heard, body) = Patience::default().listen_by(watch.clone(), body);
        heard.within(async { to_bytes(body, usize::MAX).await.unwrap().len() }).await
    }

    #[tokio::test]
    async fn an_upload_that_goes_on_may_take_a_quarter_of_an_hour() {
        let watch = ByHand::default();
        let body = sent(&watch, 50, 20, 64 * 1024, true);
        assert_eq!(read(&watch, body).await.unwrap(), 20 * 64 * 1024);
        assert!(watch.seconds() >= 1000);
    }

    #[tokio::test]
    async fn one_that_falls_silent_is_cut_a_minute_after_its_last_byte() {
        let watch = ByHand::default();
        let body = sent(&watch, 10, 3, 64 * 1024, false);
        assert!(matches!(read(&watch, body).await, Err(Error::Stalled)));
        assert!((90..=92).contains(&watch.seconds()), "{}", watch.seconds());
    }

    #[tokio::test]
    async fn a_byte_now_and_then_holds_no_place() {
        let watch = ByHand::default();
        let body = sent(&watch, 30, 1000, 1, true);
        assert!(matches!(read(&watch, body).await, Err(Error::Stalled)));
        assert!(watch.seconds() < 120, "{}", watch.seconds());
    }

    #[tokio::test]
    async fn what_is_done_with_an_upload_has_a_minute_of_its_own() {
        let watch = ByHand::default();
        let (heard, body) = Patience::default().listen_by(watch.clone(), sent(&watch, 30, 10, 64 * 1024, true));
        let turning = watch.clone();
        let work = async {
            to_bytes(body, usize::MAX).await.unwrap();
            turning.work().await;
        };
        assert!(matches!(heard.within(work).await, Err(Error::Overdue)));
        assert!((360..=362).contains(&watch.seconds()), "{}", watch.seconds());
    }

    #[tokio::test]
    async fn a_page_has_a_minute() {
        let watch = ByHand::default();
        let (heard, _) = Patience::default().listen_by(watch.clone(), Body::empty());
        assert!(matches!(heard.within(watch.clone().work()).await, Err(Error::Overdue)));
        assert_eq!(watch.seconds(), 60);
        assert_eq!(heard.within(async { 7 }).await.unwrap(), 7, "what is ready is taken");
    }
}
