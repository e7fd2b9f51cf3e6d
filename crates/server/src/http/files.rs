//! Embedded files, and the style sheet and mark made from the instance's colour.

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use parvis_kernel::{
    Ctx, Result,
    settings::{COLOUR, Kind},
};
use parvis_ui::{Theme, assets, icons};

const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// An embedded file, in the smallest form the browser reads.
pub async fn asset(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = assets::lookup(&file) else { return StatusCode::NOT_FOUND.into_response() };
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let (body, encoding) = match (asset.brotli, asset.gzip) {
        (Some(br), _) if accepts.contains("br") => (br, Some("br")),
        (_, Some(gz)) if accepts.contains("gzip") => (gz, Some("gzip")),
        _ => (asset.bytes, None),
    };
    let mut response = body.into_response();
    let h = response.headers_mut();
    h.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    h.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let cache = if asset.immutable { FOR_EVER } else { "no-store" };
    h.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Some(encoding) = encoding {
        h.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// The style sheet of the instance's colour. Its address names the colour, so it can be kept for ever.
pub async fn theme(ctx: Ctx) -> Result<Response> {
    let theme = Theme::from_hex(&ctx.settings.colour).or_else(|_| Theme::from_hex(COLOUR));
    let css = theme.map(|t| t.to_css()).unwrap_or_default();
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, FOR_EVER)];
    Ok((headers, css).into_response())
}

/// The mark of the instance in its colour.
pub async fn favicon(ctx: Ctx) -> Result<Response> {
    let mark = match ctx.settings.kind {
        Kind::Campaign => icons::mark_campaign(),
        Kind::TownHall => icons::mark_town(),
    };
    let brand = Theme::from_hex(&ctx.settings.colour).map_or_else(|_| COLOUR.to_owned(), |t| t.light.brand);
    let svg =
        mark.as_str().replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1).replace("currentColor", &brand);
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=3600")];
    Ok((headers, svg).into_response())
}
