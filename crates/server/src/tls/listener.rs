//! Accepts connections and opens HTTPS on them, each in a task of its own: one that is slow holds up nobody.

use std::{future::pending, io, net::SocketAddr, sync::Arc, time::Duration};

use axum::serve::Listener;
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc},
    time::timeout,
};
use tokio_rustls::{LazyConfigAcceptor, server::TlsStream};

use super::Secured;

/// Longest time until a connection is secure.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Connections that become secure at once; more wait for their turn.
const AT_ONCE: usize = 512;

type Ready = (TlsStream<TcpStream>, SocketAddr);

/// Connections that are secure.
#[derive(Debug)]
pub struct TlsListener {
    at: SocketAddr,
    ready: mpsc::Receiver<Ready>,
}

impl TlsListener {
    /// Accepts on this port.
    ///
    /// # Errors
    /// When the port has no address.
    pub fn new(listener: TcpListener, secured: Secured) -> io::Result<Self> {
        let at = listener.local_addr()?;
        let (send, ready) = mpsc::channel(AT_ONCE);
        tokio::spawn(accept(listener, secured, send));
        Ok(Self { at, ready })
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> Ready {
        match self.ready.recv().await {
            Some(ready) => ready,
            // The task that accepts ends with this one only.
            None => pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.at)
    }
}

async fn accept(mut listener: TcpListener, secured: Secured, send: mpsc::Sender<Ready>) {
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        let (stream, from) = tokio::select! {
            // As axum accepts: an error of one connection is passed over, one of the machine waited out.
            accepted = Listener::accept(&mut listener) => accepted,
            () = send.closed() => return,
        };
        let Ok(turn) = turns.clone().acquire_owned().await else { return };
        let (secured, send) = (secured.clone(), send.clone());
        tokio::spawn(async move {
            // Whoever speaks no HTTPS, or not in time, is dropped without a word.
            if let Ok(Ok(Some(stream))) = timeout(HANDSHAKE, secure(stream, &secured)).await {
                let _ = send.send((stream, from)).await;
            }
            drop(turn);
        });
    }
}

/// Opens HTTPS on a connection; `None` for one that only checked whose name this is.
async fn secure(stream: TcpStream, secured: &Secured) -> io::Result<Option<TlsStream<TcpStream>>> {
    let start = LazyConfigAcceptor::new(Default::default(), stream).await?;
    if let Some(challenge) = &secured.challenge
        && rustls_acme::is_tls_alpn_challenge(&start.client_hello())
    {
        start.into_stream(challenge.clone()).await?.shutdown().await?;
        return Ok(None);
    }
    start.into_stream(secured.pages.clone()).await.map(Some)
}
