/* Citizens' pages. Progressive enhancement only: every page works without this file. */
(() => {
  const $ = (s, r = document) => r.querySelector(s);
  const $$ = (s, r = document) => [...r.querySelectorAll(s)];

  // A sentence for everybody, screen readers included: in the nearest status line.
  const say = (from, text, link) => {
    let box = null;
    for (let n = from; n && !box; n = n.parentElement) box = $('[role=status]', n);
    if (!box || !text) return;
    box.hidden = false;
    box.textContent = text;
    if (link && link.href && link.label) {
      const a = document.createElement('a');
      a.href = link.href;
      a.textContent = link.label;
      box.append(' ', a);
    }
  };

  // One send at a time: a second press of the same button does nothing.
  const busy = (form, on) => {
    form.toggleAttribute('data-busy', on);
    $$('button,input[type=submit]', form).forEach(b => on ? b.setAttribute('aria-busy', 'true') : b.removeAttribute('aria-busy'));
  };
  addEventListener('pageshow', e => { if (e.persisted) $$('form[data-busy]').forEach(f => busy(f, false)); });

  // Support and follow: the same form, sent without leaving the page.
  const apply = (button, data) => {
    const id = button.dataset.support;
    const all = id ? $$('[data-support]').filter(b => b.dataset.support === id) : [button];
    all.forEach(b => {
      if ('pressed' in data) b.setAttribute('aria-pressed', String(!!data.pressed));
      const was = b.form && b.form.elements.etat;
      if (was && 'pressed' in data) was.value = data.pressed ? '1' : '0';
      const n = $('.n', b), l = $('.l', b);
      if (n && data.count != null) n.textContent = new Intl.NumberFormat(document.documentElement.lang || 'fr').format(data.count);
      if (l && data.label) l.textContent = data.label;
    });
    if (id && data.count != null) $$('[data-support-count]').filter(e => e.dataset.supportCount === id).forEach(e => { e.textContent = new Intl.NumberFormat(document.documentElement.lang || 'fr').format(data.count); });
    // One voice says one thing: a support takes the place of what was said against.
    const other = data.other && $$('[data-oppose]').find(b => b.dataset.oppose === id);
    if (other) apply(other, data.other);
  };
  const sendAsync = async (form, by) => {
    const button = by || $('button', form);
    const body = new FormData(form);
    if (by && by.name) body.append(by.name, by.value);
    const to = (by && by.getAttribute('formaction')) || form.getAttribute('action') || location.href;
    const encoded = form.getAttribute('enctype') === 'multipart/form-data' ? body : new URLSearchParams(body);
    busy(form, true);
    try {
      const answer = await fetch(to, { method: 'POST', body: encoded, headers: { Accept: 'application/json' }, credentials: 'same-origin' });
      if (!answer.ok || !(answer.headers.get('content-type') || '').includes('json')) throw answer.status;
      const data = await answer.json();
      apply(button, data);
      say(form, data.message, { href: data.confirm_url, label: data.confirm_label || form.dataset.confirmText });
      busy(form, false);
    } catch {
      busy(form, false);
      form.dataset.plain = '1';
      form.requestSubmit ? form.requestSubmit(by || undefined) : form.submit();
    }
  };

  // The network is gone: the text is kept, and sent when it is back.
  const waiting = new Map();
  const keep = (form, by) => {
    say(form, form.dataset.offlineText);
    waiting.set(form, by);
  };
  addEventListener('online', () => {
    const forms = [...waiting];
    waiting.clear();
    forms.forEach(([form, by]) => form.isConnected && (form.requestSubmit ? form.requestSubmit(by || undefined) : form.submit()));
  });

  addEventListener('submit', e => {
    const form = e.target;
    if (e.defaultPrevented || (form.getAttribute('method') || 'get').toLowerCase() !== 'post') return;
    if (form.hasAttribute('data-busy')) { e.preventDefault(); return; }
    if (form.hasAttribute('data-keep') && navigator.onLine === false) { e.preventDefault(); keep(form, e.submitter); return; }
    if (form.hasAttribute('data-async') && form.dataset.plain !== '1' && window.fetch) { e.preventDefault(); sendAsync(form, e.submitter); return; }
    // A download leaves the page as it is: its form stays usable.
    if (!form.hasAttribute('data-again') && form.target !== '_blank') setTimeout(() => busy(form, true));
  });

  // Drafts: thirty days, on this device only; for this tab alone where the key begins with ~. Storage may be full or refused:
  // then nothing is kept.
  const DAYS = 30 * 864e5, PRE = 'parvis-draft:';
  const store = (key, f) => { try { return f(key[0] === '~' ? sessionStorage : localStorage); } catch { return null; } };
  const drop = key => store(key, s => s.removeItem(PRE + key));
  const load = key => {
    const kept = store(key, s => JSON.parse(s.getItem(PRE + key)));
    if (!kept || !kept.v || Date.now() - kept.t > DAYS) { drop(key); return null; }
    return kept;
  };
  const put = (key, kept) => kept.v ? store(key, s => s.setItem(PRE + key, JSON.stringify(kept))) : drop(key);
  // What was sent and taken is forgotten, what came back is kept. So are those too old, read or not, and all when somebody leaves.
  const taken = $('[data-sent]'), left = /[?&]fait=(deconnexion|compte-efface)\b/.test(location.search);
  ['', '~'].forEach(where => store(where, s => Object.keys(s).filter(k => k.startsWith(PRE)).map(k => k.slice(PRE.length)).forEach(key => {
    const kept = left ? drop(key) : load(key);
    if (kept && kept.s) taken ? drop(key) : put(key, { v: kept.v, t: kept.t });
  })));
  $$('[data-draft-clear]').forEach(e => e.dataset.draftClear.split(/\s+/).forEach(drop));
  const sending = new Set();
  addEventListener('pageshow', e => { if (e.persisted) sending.clear(); });
  const drafts = (place, take, give) => {
    const key = place.dataset.draft, kept = load(key);
    if (kept && give(kept.v)) say(place, place.dataset.draftText);
    let wait;
    const save = () => put(key, { v: take(), t: Date.now(), s: sending.has(key) });
    place.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(save, 250); });
    place.addEventListener('change', save);
    addEventListener('pagehide', () => { if (wait) save(); });
    addEventListener('submit', e => { if (!e.defaultPrevented && e.target === (place.form || place)) { sending.add(key); save(); } });
  };
  const fill = (field, value) => {
    if (typeof value === 'boolean') field.checked = value; else field.value = value;
    for (let d = field.closest('details'); d; d = d.parentElement.closest('details')) d.open = true;
    ['input', 'change'].forEach(n => field.dispatchEvent(new Event(n, { bubbles: true })));
    return true;
  };
  $$('textarea[data-draft],input[data-draft]').forEach(f => f.type === 'password' || drafts(f, () => f.value, v => !f.value && typeof v === 'string' && fill(f, v)));
  // Of a whole form, what differs from what the page came with.
  const KINDS = /^(textarea|text|email|date|number|tel|url|search|checkbox|radio|select-one)$/;
  const box = f => /^(checkbox|radio)$/.test(f.type);
  const name = f => box(f) ? `${f.name}=${f.value}` : f.name;
  const is = f => box(f) ? f.checked : f.value;
  const was = f => box(f) ? f.defaultChecked : f.options ? ([...f.options].find(o => o.defaultSelected) || f.options[0] || {}).value : f.defaultValue;
  $$('form[data-draft]').forEach(form => {
    const all = () => [...form.elements].filter(f => f.name && KINDS.test(f.type) && !f.closest('[data-no-draft]'));
    drafts(form, () => {
      const typed = all().filter(f => is(f) !== was(f)).map(f => [name(f), is(f)]);
      return typed.length ? Object.fromEntries(typed) : null;
    }, v => all().filter(f => is(f) === was(f) && name(f) in v && is(f) !== v[name(f)] && fill(f, v[name(f)])).length);
  });

  // List and map: the place of the line under the pointer, or under the focus, lights up.
  $$('[data-idea]').forEach(line => {
    const mark = $$('[data-mk]').find(m => m.dataset.mk === line.dataset.idea);
    if (!mark) return;
    const hot = on => mark.classList.toggle('hot', on);
    [['mouseenter', true], ['mouseleave', false], ['focusin', true], ['focusout', false]].forEach(([n, on]) => line.addEventListener(n, () => hot(on)));
  });

  // Share: the telephone's own sheet instead of the fold. Else the fold opens, and the address is copied where that can be.
  addEventListener('click', async e => {
    const b = e.target.closest && e.target.closest('[data-share]');
    if (!b) return;
    const url = new URL(b.dataset.share || location.href, location.href).href, fold = b.parentElement;
    if (navigator.share) {
      e.preventDefault();
      try { await navigator.share({ title: b.dataset.shareTitle || document.title, url }); } catch (error) {
        if (!error || error.name !== 'AbortError') fold.open = true;
      }
    } else if (!fold.open && navigator.clipboard) {
      try { await navigator.clipboard.writeText(url); say(b, b.dataset.shareDone); } catch { /* The field holds it. */ }
    }
  });
  addEventListener('focusin', e => { if (e.target.matches('input[readonly]')) e.target.select(); });
})();
