//! Routes, each with its permission: one without does not compile.

use axum::{
    Router,
    extract::Request,
    handler::Handler,
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};

use crate::{
    api::{Declared, Operation},
    context::Ctx,
    error::{Error, Refusal},
    module::Bearer,
    permission::{Access, Scope, decide},
};

/// What the permission test and the API document know of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RouteInfo {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Path pattern, such as `/idees/{number}`.
    pub path: &'static str,
    /// Who may come.
    pub access: Access,
    /// Whether the form token is checked. Only a mail program's one-click unsubscribe has none.
    pub csrf: bool,
    /// What the API's document says of it; `None` for a page or a form. Such a route knows no cookie.
    pub api: Option<Declared>,
}

/// The routes of one module.
#[derive(Default)]
pub struct Routes {
    router: Router,
    infos: Vec<RouteInfo>,
}

impl std::fmt::Debug for Routes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.infos.fmt(f)
    }
}

impl Routes {
    /// No route yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A page. It changes nothing.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, ()>,
        T: 'static,
    {
        self.add(RouteInfo { method: "GET", path, access, csrf: true, api: None }, get(handler))
    }

    /// A form.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, ()>,
        T: 'static,
    {
        self.add(RouteInfo { method: "POST", path, access, csrf: true, api: None }, post(handler))
    }

    /// A request that a mail program makes by itself, proven by the sealed value in its address.
    #[must_use]
    pub fn post_sealed<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, ()>,
        T: 'static,
    {
        self.add(RouteInfo { method: "POST", path, access: Access::Public, csrf: false, api: None }, post(handler))
    }

    /// A reading of the API, with what its document says.
    #[must_use]
    pub fn api_get<H, T>(self, path: &'static str, access: Access, says: fn() -> Operation, handler: H) -> Self
    where
        H: Handler<T, ()>,
        T: 'static,
    {
        let api = Some(Declared::new(says));
        self.add(RouteInfo { method: "GET", path, access, csrf: false, api }, get(handler))
    }

    /// A change that a program asks for, with what its document says.
    #[must_use]
    pub fn api_post<H, T>(self, path: &'static str, scope: Scope, says: fn() -> Operation, handler: H) -> Self
    where
        H: Handler<T, ()>,
        T: 'static,
    {
        let api = Some(Declared::new(says));
        self.add(RouteInfo { method: "POST", path, access: Access::Token(scope), csrf: false, api }, post(handler))
    }

    fn add(mut self, info: RouteInfo, route: MethodRouter) -> Self {
        let guard = from_fn(move |request: Request, next: Next| guard(info, request, next));
        self.router = self.router.route(info.path, route.route_layer(guard));
        self.infos.push(info);
        self
    }

    /// Both lists together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.infos.extend(other.infos);
        self
    }

    /// What is known of each route.
    #[must_use]
    pub fn infos(&self) -> &[RouteInfo] {
        &self.infos
    }

    /// The router, to serve.
    pub fn into_router(self) -> Router {
        self.router
    }
}

/// Set by the outer layer on a POST whose form token was checked. Absent, the route refuses.
#[derive(Debug, Clone, Copy)]
pub struct CsrfChecked;

/// Set by a handler on the one page that other sites may put in a frame: those sites. The outer layer honours it on
/// [`FRAME`] alone.
#[derive(Debug, Clone)]
pub struct Framed(pub Vec<String>);

/// The path of the one page that may be framed.
pub const FRAME: &str = "/integrer";

/// Set by the outer layer when the request comes from the machine itself.
#[derive(Debug, Clone, Copy)]
pub struct FromLoopback;

/// Set by the outer layer for whoever holds the set-up link, while the set-up is open.
#[derive(Debug, Clone, Copy)]
pub struct SetUpOpen;

/// This address of the API asks for a token.
pub const TOKEN_MISSING: Refusal = Refusal::new("token_missing");
/// The token is not ours, or no more.
pub const TOKEN_UNKNOWN: Refusal = Refusal::new("token_unknown");
/// The token has not the right for this.
pub const TOKEN_WITHOUT_RIGHT: Refusal = Refusal::new("token_without_right");

async fn guard(info: RouteInfo, request: Request, next: Next) -> Response {
    if info.method == "POST" && info.csrf && request.extensions().get::<CsrfChecked>().is_none() {
        return Error::from(Refusal::FORM_EXPIRED).into_response();
    }
    let Some(ctx) = request.extensions().get::<Ctx>() else {
        return Error::other("no context").into_response();
    };
    let allowed = match info.access {
        Access::Public => Ok(()),
        Access::SignedIn => ctx.actor.person().map(|_| ()).ok_or(Error::Refused(Refusal::NOT_SIGNED_IN)),
        Access::Team(right) => decide(&ctx.actor, right, None).map_err(Error::from),
        Access::Token(scope) => match request.extensions().get::<Bearer>() {
            None => Err(TOKEN_MISSING.into()),
            Some(b) if !b.scopes.contains(&scope) => Err(TOKEN_WITHOUT_RIGHT.into()),
            Some(b) => decide(&b.actor, scope.right(), None).map_err(Error::from),
        },
        // A path that nobody else should know of.
        Access::SetUp => request.extensions().get::<SetUpOpen>().map(|_| ()).ok_or(Error::NotFound),
        Access::Loopback => request.extensions().get::<FromLoopback>().map(|_| ()).ok_or(Error::NotFound),
    };
    match allowed {
        Ok(()) => next.run(request).await,
        Err(e) => e.into_response(),
    }
}
