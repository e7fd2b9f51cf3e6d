//! Makes the facts of each request: who, which browser, which language; checks form tokens; turns errors into pages.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use chrono::TimeDelta;
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    api::is_api,
    app::App,
    context, cookies,
    form::{Form, MAX_FORM},
    permission::Actor,
    routes::{CsrfChecked, Framed, FromLoopback, SetUpOpen},
    settings::Settings,
    words::Lang,
};
use tokio::time::timeout;
use uuid::Uuid;

use super::{
    Proxies, Shared, address, api,
    api::Sent,
    errors,
    headers::RequestId,
    origin,
    patience::{Heard, IDLE, Running},
    setup,
};

/// The outermost layer around pages.
pub async fn layer(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let Shared { app, proxies, limits, patience, .. } = shared;
    let for_programs = is_api(request.uri().path());
    if for_programs && api::is_preflight(&request) {
        return api::preflight();
    }
    let (mut parts, body) = request.into_parts();
    let (heard, body) = patience.listen(body);
    let Ok((bearer, known)) = timeout(IDLE, who(&app, &parts, &proxies)).await else {
        return errors::bare(&Error::Overdue);
    };
    let Facts { ctx, new_visitor, unknown } = known;
    let accepts_json = accepts_json(&parts.headers);
    if let Some(error) = unknown {
        if for_programs {
            return errors::problem(&ctx, error.into_response());
        }
        return away(&ctx, accepts_json, error, &heard, Request::from_parts(parts, body)).await;
    }
    let secure = app.is_secure(&ctx.settings);
    let answer = match set_up(&app, &ctx, &mut parts, secure).await {
        // No key or name of ours holds a NUL, and PostgreSQL takes it in no text.
        Ok(None) if parts.uri.path().contains("%00") => Error::NotFound.into_response(),
        Ok(None) if for_programs => {
            let mut request = Request::from_parts(parts, body);
            request.extensions_mut().insert(ctx.clone());
            let answer = api::answer(&limits, &ctx, bearer.unwrap_or(Sent::Unknown), request, next);
            heard.within(answer).await.unwrap_or_else(IntoResponse::into_response)
        }
        Ok(None) => answered(&ctx, &heard, Request::from_parts(parts, body), next).await,
        Ok(Some(response)) => response,
        Err(e) => e.into_response(),
    };
    let mut response =
        if for_programs { errors::problem(&ctx, answer) } else { errors::page(&ctx, accepts_json, answer) };
    // In a frame of another site the cookie would be refused, or follow people there.
    let framed = response.extensions().get::<Framed>().is_some();
    if new_visitor && !for_programs && !framed && is_html(&response) && !cookies::is_set(&response, cookies::VISITOR) {
        let sealed = app.secrets.seal("visitor", &ctx.visitor.to_string());
        cookies::set(&mut response, cookies::VISITOR, &sealed, Some(cookies::YEAR), secure);
    }
    if !matches!(ctx.actor, Actor::Visitor) {
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    if secure {
        let hsts = HeaderValue::from_static("max-age=31536000");
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, hsts);
    }
    response.extensions_mut().insert(RequestId(ctx.id.clone()));
    response
}

/// What the house answers to a request whose form token holds. An error carries what was typed.
async fn answered(ctx: &Ctx, heard: &Heard<Running>, request: Request, next: Next) -> Response {
    let (mut request, typed) = match heard.within(token(ctx, request)).await {
        Ok(Ok(checked)) => checked,
        Ok(Err(refused)) => {
            let mut response = Error::from(refused.refusal).into_response();
            response.extensions_mut().insert(Arc::new(refused.form));
            return response;
        }
        Err(cut) => return cut.into_response(),
    };
    request.extensions_mut().insert(ctx.clone());
    let mut response = heard.within(next.run(request)).await.unwrap_or_else(IntoResponse::into_response);
    if response.extensions().get::<Error>().is_some() {
        response.extensions_mut().insert(Arc::new(typed));
    }
    response
}

/// What is known of a request.
struct Facts {
    ctx: Ctx,
    new_visitor: bool,
    /// Set when the database could not say who asks: nothing may be done, but what was typed is given back.
    unknown: Option<Error>,
}

/// Who asks, by token or by cookie, and all that a page has to know.
async fn who(app: &Arc<App>, request: &Parts, proxies: &Proxies) -> (Result<Sent>, Facts) {
    let bearer = bearer(app, request).await;
    let facts = facts(app, request, proxies, &bearer).await;
    (bearer, facts)
}

/// The token that a program sends, on an address of the API only.
async fn bearer(app: &App, request: &Parts) -> Result<Sent> {
    if !is_api(request.uri.path()) {
        return Ok(Sent::None);
    }
    let Some(header) = request.headers.get(header::AUTHORIZATION) else { return Ok(Sent::None) };
    let token = header.to_str().ok().and_then(|h| h.split_once(' ')).filter(|(s, _)| s.eq_ignore_ascii_case("bearer"));
    let Some((_, token)) = token else { return Ok(Sent::Unknown) };
    let known = app.identity.bearer(&app.db, token.trim(), app.clock.now()).await?;
    Ok(known.map_or(Sent::Unknown, Sent::Known))
}

async fn facts(app: &Arc<App>, request: &Parts, proxies: &Proxies, sent: &Result<Sent>) -> Facts {
    // On an address of the API no cookie counts.
    let none = HeaderMap::new();
    let headers = &request.headers;
    let jar = if is_api(request.uri.path()) { &none } else { headers };
    let moment = app.moment();
    let settings = app.settings().await;
    let actor = match (sent, cookies::get(jar, cookies::SESSION)) {
        (Ok(Sent::Known(bearer)), _) => Ok(bearer.actor.clone()),
        (Err(e), _) => Err(e.clone()),
        // One question that the database did not answer is enough.
        (_, Some(token)) if settings.is_ok() => app.identity.actor(&app.db, token, moment.now).await,
        _ => Ok(Actor::Visitor),
    };
    let unknown = settings.as_ref().err().or(actor.as_ref().err()).cloned();
    let settings = settings.unwrap_or_default();
    let known = cookies::get(jar, cookies::VISITOR)
        .and_then(|sealed| app.secrets.open("visitor", sealed))
        .and_then(|id| id.parse::<Uuid>().ok());
    let ctx = Ctx(Arc::new(context::Request {
        visitor: known.unwrap_or_else(|| moment.id()),
        lang: language(jar, headers, &settings),
        id: moment.token().chars().take(10).collect(),
        uri: request.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        address: address::hashed(app, proxies.client(peer(request), headers), moment.now),
        shortcuts: cookies::get(jar, cookies::KEYS) != Some("off"),
        app: app.clone(),
        settings,
        actor: actor.unwrap_or(Actor::Visitor),
        moment,
    }));
    Facts { ctx, new_visitor: known.is_none(), unknown }
}

/// The database is away and nobody knows who asks: the page says so and offers what was typed on one of our own pages
/// again, under the token it came with, which holds once the person is known again.
async fn away(ctx: &Ctx, json: bool, error: Error, heard: &Heard<Running>, request: Request) -> Response {
    let ours = !origin::is_foreign(request.headers());
    let form = if ours && is_form(request.headers()) {
        let bytes = heard.within(to_bytes(request.into_body(), MAX_FORM)).await;
        bytes.ok().and_then(std::result::Result::ok).map(|bytes| Form::parse(&bytes)).unwrap_or_default()
    } else {
        Form::new()
    };
    let mut response = error.into_response();
    response.extensions_mut().insert(Arc::new(form));
    let mut response = errors::page(ctx, json, response);
    response.extensions_mut().insert(RequestId(ctx.id.clone()));
    response
}

/// The reader's choice, else the first language of the browser that the instance speaks, else the instance's.
fn language(jar: &HeaderMap, headers: &HeaderMap, settings: &Settings) -> Lang {
    let offered = |l: &Lang| settings.languages.contains(l);
    if let Some(chosen) = cookies::get(jar, cookies::LANG).and_then(Lang::parse).filter(offered) {
        return chosen;
    }
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    wanted.split(',').find_map(|l| Lang::parse(l.trim())).filter(offered).unwrap_or(settings.lang)
}

fn peer(request: &Parts) -> Option<std::net::IpAddr> {
    request.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip())
}

/// Until the set-up is done, only whoever came by its link gets in.
async fn set_up(app: &App, ctx: &Ctx, request: &mut Parts, secure: bool) -> Result<Option<Response>> {
    // A proxy on this machine speaks for the world: only what nobody passed on comes from the machine itself.
    if peer(request).is_some_and(|ip| ip.to_canonical().is_loopback()) && !address::is_passed_on(&request.headers) {
        request.extensions.insert(FromLoopback);
    }
    let path = request.uri.path().to_owned();
    if ctx.settings.is_set_up() {
        return Ok(path.starts_with("/installation").then(|| Redirect::to("/equipe").into_response()));
    }
    let key = request.uri.query().and_then(|q| q.strip_prefix("cle="));
    if let (true, Some(key)) = (path == "/installation", key)
        && setup::use_key(app, key).await?
    {
        let sealed = app.secrets.seal("setup", &ctx.visitor.to_string());
        let mut response = Redirect::to("/installation").into_response();
        cookies::set(&mut response, cookies::SETUP, &sealed, Some(TimeDelta::days(2)), secure);
        let visitor = app.secrets.seal("visitor", &ctx.visitor.to_string());
        cookies::set(&mut response, cookies::VISITOR, &visitor, Some(cookies::YEAR), secure);
        return Ok(Some(response));
    }
    let visitor = ctx.visitor.to_string();
    let holds = cookies::get(&request.headers, cookies::SETUP)
        .and_then(|sealed| app.secrets.open("setup", sealed))
        .is_some_and(|who| who == visitor);
    if holds {
        request.extensions.insert(SetUpOpen);
        let home = path == "/" || path == "/equipe";
        return Ok(home.then(|| Redirect::to("/installation").into_response()));
    }
    let open = ["/theme.css", "/favicon.svg", "/healthz", "/metrics"].contains(&path.as_str());
    Ok((!open).then(|| errors::not_set_up(ctx)))
}

/// A POST that is refused before its handler, with what was typed.
struct Refused {
    refusal: Refusal,
    form: Form,
}

/// Checks the token of a form: in its body, or in the address for a form that sends a file. Gives back what was typed,
/// for an error page to offer it again.
async fn token(ctx: &Ctx, request: Request) -> Result<(Request, Form), Refused> {
    let refuse = |refusal, form| Refused { refusal, form };
    if request.method() != Method::POST {
        return Ok((request, Form::new()));
    }
    let foreign = origin::is_foreign(request.headers());
    if !is_form(request.headers()) {
        let mut request = request;
        let token = Form::parse(request.uri().query().unwrap_or_default().as_bytes()).get("_csrf").to_owned();
        if !foreign && ctx.csrf_matches(&token) {
            request.extensions_mut().insert(CsrfChecked);
        }
        return Ok((request, Form::new()));
    }
    let (mut parts, body) = request.into_parts();
    let bytes = to_bytes(body, MAX_FORM).await.map_err(|_| refuse(Refusal::TOO_LARGE, Form::new()))?;
    let form = Form::parse(&bytes);
    // A mail program's one-click unsubscribe has no token and proves itself by its address: the route decides.
    let one_click = parts.uri.path().starts_with("/desabonnement/");
    if ctx.csrf_matches(form.get("_csrf")) && !foreign {
        parts.extensions.insert(CsrfChecked);
    } else if foreign && !one_click {
        return Err(refuse(Refusal::FOREIGN_ORIGIN, Form::new()));
    } else if !one_click {
        return Err(refuse(Refusal::FORM_EXPIRED, form));
    }
    Ok((Request::from_parts(parts, Body::from(bytes)), form))
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    kind.is_some_and(|k| k.starts_with("application/x-www-form-urlencoded"))
}

fn accepts_json(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|a| a.contains("application/json"))
}

fn is_html(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    kind.is_some_and(|k| k.starts_with("text/html")) || response.status().is_redirection()
}
