// Follows every link a reader could follow: each must lead to a real place.
const PER_PATTERN = 3;
const MOST = 320;

const decode = text => text.replace(/&amp;/g, '&').replace(/&quot;/g, '"').replace(/&#x27;|&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&#(\d+);/g, (_, n) => String.fromCodePoint(n));

/** Addresses that look alike are one pattern: numbers, keys and names are replaced. */
export function pattern(url) {
  const path = decodeURIComponent(url.pathname)
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').replace(/\/\d+(?=\/|$)/g, '/:n')
    .replace(/^(\/projets|\/equipe\/projets)\/(?!nouveau(\/|$))[^/]+/, '$1/:slug').replace(/\/i\/[^/]+/, '/i/:code').replace(/[\w-]{40,}/g, ':sealed');
  return `${path}?${[...new Set(url.searchParams.keys())].sort().join('&')}`;
}

/**
 * What the policy of our pages refuses: an attribute of style or of an event, a style or a script written in the page. Only
 * tags are looked at: what people write is text.
 */
export function inline(html) {
  const found = [];
  for (const [tag] of html.matchAll(/<[a-z][^\s/>]*(?:"[^"]*"|'[^']*'|[^"'>])*>/gi)) {
    const bare = tag.replace(/"[^"]*"|'[^']*'/g, '""');
    if (/\s(?:style|on[a-z]+)\s*=/i.test(bare) || /^<style\b/i.test(bare) || (/^<script\b/i.test(bare) && !/\ssrc\s*=/i.test(bare))) found.push(tag.slice(0, 80));
  }
  return found;
}

/** The links, form addresses and ids of a page. */
export function read(html) {
  const attribute = (tag, name) => tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1];
  const all = (name, of) => [...html.matchAll(new RegExp(`<${name}\\b[^>]*>`, 'g'))].map(([tag]) => of(tag)).filter(v => v !== undefined);
  return {
    links: all('a', tag => attribute(tag, 'href')).map(decode),
    sources: [...all('(?:script|img|source)', tag => attribute(tag, 'src')), ...all('link', tag => attribute(tag, 'href'))].map(decode),
    forms: all('form', tag => ({ method: (attribute(tag, 'method') ?? 'get').toLowerCase(), action: decode(attribute(tag, 'action') ?? '') })),
    buttons: all('button', tag => attribute(tag, 'formaction')).map(decode),
    ids: new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(m => decode(m[1]))),
    titles: (html.match(/<h1\b/g) ?? []).length,
    inline: inline(html),
    lang: html.match(/<html\b[^>]*\slang="([^"]*)"/)?.[1],
    unsaid: html.match(/⟦[^⟧]{0,60}/)?.[0],
  };
}

/**
 * Walks from `paths` with `cookie` (of somebody signed in, or empty), in a language, `most` addresses in all and
 * `each` of those that look alike. Gives the paths seen, the pages with the
 * addresses their forms send to, and what is wrong: `{ seen, pages: [{ path, posts }], wrong: ['page → link: why'] }`.
 */
export async function crawl(base, paths, cookie = '', { lang = 'fr', most = MOST, each = PER_PATTERN } = {}) {
  const wrong = [], seen = [], pages = [], patterns = new Map(), done = new Set(), answers = new Map(), posts = new Set();
  const headers = { Cookie: cookie, 'Accept-Language': lang, 'X-Forwarded-For': '198.51.100.7' };
  const queue = paths.map(p => ({ url: new URL(p, base), from: 'start' }));
  const get = async url => {
    const key = url.pathname + url.search;
    if (!answers.has(key)) {
      const answer = await fetch(new URL(key, base), { headers, redirect: 'follow' });
      const html = (answer.headers.get('content-type') ?? '').startsWith('text/html');
      answers.set(key, { status: answer.status, at: answer.url, ...(html ? read(await answer.text()) : { size: (await answer.arrayBuffer()).byteLength }) });
    }
    return answers.get(key);
  };
  const fresh = url => {
    const key = pattern(url);
    if (done.has(url.pathname + url.search) || (patterns.get(key) ?? 0) >= each || seen.length + queue.length >= most) return false;
    patterns.set(key, (patterns.get(key) ?? 0) + 1);
    done.add(url.pathname + url.search);
    return true;
  };
  while (queue.length) {
    const { url, from } = queue.shift();
    const path = url.pathname + url.search;
    const page = await get(url);
    seen.push(path);
    if (page.status >= 400) { wrong.push(`${from} → ${path}: status ${page.status}`); continue; }
    if (!page.links) { if (!page.size) wrong.push(`${from} → ${path}: empty file`); continue; }
    if (page.titles !== 1) wrong.push(`${path}: ${page.titles} titles of level 1`);
    if (page.inline.length) wrong.push(`${path}: style or script written in the page: ${page.inline.slice(0, 3).join(' ')}`);
    // A preview is in the language it is asked in; elsewhere the parameter names the language of a text.
    if (![lang, url.searchParams.get('langue')].includes(page.lang)) wrong.push(`${path}: in "${page.lang}", asked for in "${lang}"`);
    if (page.unsaid) wrong.push(`${path}: a word is missing: ${page.unsaid}`);
    const follow = [...page.links, ...page.sources];
    for (const href of follow) {
      if (/^(mailto|tel):.+/.test(href) || /^data:/.test(href)) continue;
      if (href === '' || href === '#') { wrong.push(`${path}: a link to nowhere (href="${href}")`); continue; }
      if (/^javascript:/i.test(href)) { wrong.push(`${path}: ${href}`); continue; }
      let target;
      try { target = new URL(href, page.at); } catch { wrong.push(`${path}: no address: ${href}`); continue; }
      if (target.origin !== new URL(base).origin) {
        if (!/^https?:$/.test(target.protocol)) wrong.push(`${path}: strange address ${href}`);
        continue;
      }
      if (target.hash.length > 1) {
        const id = decodeURIComponent(target.hash.slice(1));
        const same = target.pathname + target.search === path || href.startsWith('#');
        // Anchors of other pages are looked at for the pages that are visited anyway.
        const there = same ? page : answers.get(target.pathname + target.search) ?? ((patterns.get(pattern(target)) ?? 0) < each ? await get(target) : null);
        if (there?.ids && !there.ids.has(id)) wrong.push(`${path} → ${href}: no such place on the page`);
      }
      if (!href.startsWith('#') && fresh(target)) queue.push({ url: target, from: path });
    }
    // Addresses that forms send to exist too: a wrong method is answered by 405, a missing address by 404.
    pages.push({ path, posts: page.forms.filter(f => f.method === 'post').map(f => new URL(f.action || path, page.at).pathname) });
    const sent = [...page.forms.filter(f => f.method === 'post').map(f => f.action), ...page.buttons];
    for (const action of sent) {
      const target = new URL(action || path, page.at);
      const key = pattern(target).split('?')[0];
      if (posts.has(key)) continue;
      posts.add(key);
      const answer = await fetch(new URL(target.pathname, base), { method: 'PUT', headers });
      if (answer.status === 404) wrong.push(`${path}: a form sends to ${target.pathname}, which does not exist`);
    }
    for (const { method, action } of page.forms) {
      const target = new URL(action || path, page.at);
      if (method === 'get' && fresh(target)) queue.push({ url: target, from: `${path} (form)` });
    }
  }
  return { seen, pages, wrong: [...new Set(wrong)] };
}
