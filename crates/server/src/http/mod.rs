//! HTTP: the router of all rooms, and the layers every request passes.

pub mod address;
mod api;
mod context;
mod document;
mod errors;
mod files;
mod headers;
mod metrics;
mod origin;
mod patience;
pub mod setup;
mod system;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, extract::DefaultBodyLimit, middleware, serve::ListenerExt};
use parvis_kernel::{app::App, permission::Access, routes::Routes};
use tokio::{net::TcpListener, sync::watch};
use tower_http::compression::{CompressionLayer, predicate::SizeAbove};

use crate::tls::{Secured, TlsListener};

pub use address::Proxies;
pub use metrics::Metrics;
pub use patience::Patience;

/// Largest body: an outline file or a picture.
const MAX_BODY: usize = 20 * 1024 * 1024;

/// How long requests under way may take once the program is told to stop: an upload may go on for an hour.
const LAST: Duration = Duration::from_secs(60);

/// What the layers share.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The instance.
    pub app: Arc<App>,
    /// Counters of this process.
    pub metrics: Arc<Metrics>,
    /// Proxies whose word is taken about who asks.
    pub proxies: Proxies,
    /// How many requests of the API each asker made.
    pub limits: Arc<api::Limits>,
    /// How long a request may take.
    pub patience: Patience,
}

/// All routes of the house.
#[must_use]
pub fn routes(app: &Arc<App>) -> Routes {
    let own = Routes::new()
        .get("/theme.css", Access::Public, files::theme)
        .get("/favicon.svg", Access::Public, files::favicon)
        .get("/healthz", Access::Public, system::health)
        .get("/metrics", Access::Loopback, system::metrics);
    document::with(app.modules.iter().fold(own, |all, module| all.and(module.routes())))
}

/// The router, with every layer, behind these proxies.
pub fn router(app: &Arc<App>, proxies: Proxies) -> Router {
    router_with(app, proxies, Patience::default())
}

/// The same, with another patience.
pub fn router_with(app: &Arc<App>, proxies: Proxies, patience: Patience) -> Router {
    let metrics = Arc::new(Metrics::default());
    let shared = Shared { app: app.clone(), metrics, proxies, limits: Arc::default(), patience };
    let pages = routes(app)
        .into_router()
        .fallback(|| async { parvis_kernel::Error::NotFound })
        .layer(axum::Extension(shared.metrics.clone()))
        .layer(middleware::from_fn_with_state(shared.clone(), context::layer));
    Router::new()
        .route("/assets/{file}", axum::routing::get(files::asset))
        .merge(pages)
        .layer(middleware::from_fn_with_state(shared, headers::layer))
        .layer(CompressionLayer::new().gzip(true).compress_when(SizeAbove::new(1024)))
        .layer(DefaultBodyLimit::max(MAX_BODY))
}

/// Serves, by HTTPS where a certificate is at hand, until told to stop, then finishes the requests under way, for a minute.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    app: Arc<App>,
    listener: TcpListener,
    secured: Option<Secured>,
    mut stop: watch::Receiver<bool>,
    proxies: Proxies,
) -> std::io::Result<()> {
    let service = router(&app, proxies).into_make_service_with_connect_info::<SocketAddr>();
    let mut told = stop.clone();
    let late = async move {
        let _ = told.wait_for(|stopped| *stopped).await;
        tokio::time::sleep(LAST).await;
    };
    let stopped = async move {
        let _ = stop.wait_for(|stopped| *stopped).await;
    };
    let served = async move {
        match secured {
            None => axum::serve(listener, service).with_graceful_shutdown(stopped).await,
            Some(secured) => {
                // Tapped without need: axum tells the address of the other side for its own listeners only.
                let listener = TlsListener::new(listener, secured)?.tap_io(|_| {});
                axum::serve(listener, service).with_graceful_shutdown(stopped).await
            }
        }
    };
    tokio::select! {
        served = served => served,
        () = late => Ok(()),
    }
}
