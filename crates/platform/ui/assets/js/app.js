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

  // Drafts: thirty days, on this device only. Storage may be full or refused: then nothing is kept.
  const DAYS = 30 * 864e5, PRE = 'parvis-draft:';
  const store = (f, other) => { try { return f(localStorage); } catch { return other; } };
  const drop = key => store(s => s.removeItem(PRE + key));
  const load = key => {
    const kept = store(s => JSON.parse(s.getItem(PRE + key)), null);
    if (!kept || typeof kept.v !== 'string' || Date.now() - kept.t > DAYS) { drop(key); return ''; }
    return kept.v;
  };
  $$('[data-draft-clear]').forEach(e => e.dataset.draftClear.split(/\s+/).forEach(drop));
  $$('textarea[data-draft],input[data-draft]').forEach(field => {
    const key = field.dataset.draft;
    if (!key || field.type === 'password') return;
    const kept = load(key);
    if (kept && !field.value) { field.value = kept; field.dispatchEvent(new Event('input', { bubbles: true })); }
    let wait;
    const save = () => field.value ? store(s => s.setItem(PRE + key, JSON.stringify({ v: field.value, t: Date.now() }))) : drop(key);
    field.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(save, 250); });
    field.addEventListener('change', save);
    addEventListener('pagehide', () => { if (wait) save(); });
  });
  // Old drafts are forgotten, read or not.
  store(s => Object.keys(s).filter(k => k.startsWith(PRE)).forEach(k => load(k.slice(PRE.length))));

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
