//! Counters of this process, in the text format of Prometheus.

use std::{
    fmt::Write,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use axum::http::StatusCode;

/// Upper bounds of the classes of time, in milliseconds.
const BOUNDS: [u64; 7] = [5, 10, 25, 50, 100, 250, 1000];

/// Requests by status class, and their times.
#[derive(Debug, Default)]
pub struct Metrics {
    status: [AtomicU64; 5],
    classes: [AtomicU64; 8],
    micros: AtomicU64,
}

impl Metrics {
    /// Counts one request.
    pub fn record(&self, status: StatusCode, took: Duration) {
        let class = usize::from(status.as_u16() / 100).saturating_sub(1);
        if let Some(counter) = self.status.get(class) {
            counter.fetch_add(1, Relaxed);
        }
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let place = BOUNDS.iter().position(|b| millis < *b).unwrap_or(BOUNDS.len());
        if let Some(counter) = self.classes.get(place) {
            counter.fetch_add(1, Relaxed);
        }
        self.micros.fetch_add(u64::try_from(took.as_micros()).unwrap_or(0), Relaxed);
    }

    /// As Prometheus reads them.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::from("# TYPE parvis_requests_total counter\n");
        for (i, n) in self.status.iter().enumerate() {
            let _ = writeln!(out, "parvis_requests_total{{class=\"{}xx\"}} {}", i + 1, n.load(Relaxed));
        }
        out.push_str("# TYPE parvis_request_seconds histogram\n");
        let mut sum = 0;
        for (bound, n) in BOUNDS.iter().zip(&self.classes) {
            sum += n.load(Relaxed);
            #[allow(clippy::cast_precision_loss, reason = "bounds are small")]
            let seconds = *bound as f64 / 1000.0;
            let _ = writeln!(out, "parvis_request_seconds_bucket{{le=\"{seconds}\"}} {sum}");
        }
        sum += self.classes.last().map_or(0, |n| n.load(Relaxed));
        let _ = writeln!(out, "parvis_request_seconds_bucket{{le=\"+Inf\"}} {sum}");
        let micros = self.micros.load(Relaxed);
        let _ = writeln!(out, "parvis_request_seconds_sum {}.{:06}", micros / 1_000_000, micros % 1_000_000);
        let _ = writeln!(out, "parvis_request_seconds_count {sum}");
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_add_up() {
        let m = Metrics::default();
        m.record(StatusCode::OK, Duration::from_millis(3));
        m.record(StatusCode::NOT_FOUND, Duration::from_millis(70));
        m.record(StatusCode::OK, Duration::from_secs(5));
        let text = m.text();
        assert!(text.contains("parvis_requests_total{class=\"2xx\"} 2"));
        assert!(text.contains("parvis_request_seconds_bucket{le=\"0.005\"} 1"));
        assert!(text.contains("parvis_request_seconds_bucket{le=\"0.1\"} 2"));
        assert!(text.contains("parvis_request_seconds_bucket{le=\"+Inf\"} 3"));
        assert!(text.contains("parvis_request_seconds_sum 5.073000"));
    }
}
