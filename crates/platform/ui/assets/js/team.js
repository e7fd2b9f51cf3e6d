/* The team's pages. Progressive enhancement only: every page works without this file. */
(() => {
  const $ = (s, r = document) => r.querySelector(s);
  const $$ = (s, r = document) => [...r.querySelectorAll(s)];

  // Shortcuts of the queue. Off unless the page says on (WCAG 2.1.4), never while typing.
  const lines = () => $$('.queue > li');
  const here = () => $('.queue > li.here');
  const go = step => {
    const all = lines();
    if (!all.length) return;
    const at = all.indexOf(here());
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    all.forEach(li => li.classList.toggle('here', li === next));
    const link = $('a[href]', next);
    if (link) link.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest' });
  };
  const typing = t => t && (t.isContentEditable || /^(textarea|select)$/i.test(t.tagName) || (/^input$/i.test(t.tagName) && !/^(checkbox|radio|button|submit)$/i.test(t.type)));
  // A button is pressed, a link followed, the first field of a form entered.
  const use = e => {
    if (!e) return;
    const field = e.matches('form') && $('select,textarea,input:not([type=hidden])', e);
    if (field) field.focus(); else e.click();
  };
  const press = name => use($(`[data-key="${name}"]`));
  // The line under the bar is the one the person sees: its box is ticked, then the bar's button acts.
  const act = (name) => {
    const some = $('.lot .box input:checked');
    const li = here();
    if (!$('.queue')) { press(name); return; }
    if (!li && !some) return;
    const own = !some && $(`[data-key="${name}"]`, li);
    if (own) {
      own.click();
      const f = own.matches('summary') && own.parentElement.open && $('select', own.parentElement);
      if (f) f.focus();
      return;
    }
    const box = some || $('.box input', li), button = $(`.bulk [data-key="${name}"]`);
    if (!box || !button) return;
    if (!some) { box.checked = true; box.dispatchEvent(new Event('change', { bubbles: true })); }
    const pop = button.closest('details');
    if (pop && button.matches('summary')) { pop.open = true; const f = $('select,textarea,input,button', pop.lastElementChild); if (f) f.focus(); return; }
    button.click();
  };
  const help = () => {
    const box = $('#keys-help');
    if (!box) return;
    if (box.showModal) { box.open ? box.close() : box.showModal(); } else { box.hidden = !box.hidden; }
  };
  const keys = {
    j: () => $('.queue') ? go(1) : press('next'), ArrowDown: () => go(1),
    k: () => $('.queue') ? go(-1) : press('previous'), ArrowUp: () => go(-1),
    Enter: () => { const a = here() && $('.t a[href], a[href]', here()); if (a) a.click(); },
    x: () => { const b = here() && $('.box input', here()); if (b) b.click(); },
    p: () => act('publish'), r: () => act('refuse'), a: () => act('answer'), u: () => press('undo'),
    m: () => press('merge'), t: () => press('all'), n: () => press('next'), b: () => press('previous'),
    '/': () => press('search'), '?': help,
  };
  document.addEventListener('keydown', e => {
    if (e.key === 'Escape') {
      const open = $$('details.pop[open]').pop();
      if (open) { open.open = false; $('summary', open).focus(); e.preventDefault(); }
      return;
    }
    // A sheet is saved from any of its fields; a message is sent from its own.
    const sheet = e.key === 'Enter' && (e.ctrlKey || e.metaKey) && e.target.closest && (e.target.closest('[data-enter]') || e.target === document.body && $('form[data-enter=""]'));
    if (sheet && document.body.dataset.keys === 'on') {
      e.preventDefault();
      ($('[data-key=save]', sheet) || $(`[data-key=save][form="${sheet.id}"]`) || $('button', sheet)).click();
      return;
    }
    if (document.body.dataset.keys !== 'on' || !$('.queue,[data-key],#keys-help') || e.ctrlKey || e.metaKey || e.altKey || typing(e.target) || $('dialog[open]') && e.key !== '?') return;
    const inside = e.target.closest && e.target.closest('.queue > li');
    // On a control, Enter and the arrows do what they always do.
    if (e.key === 'Enter' && e.target !== document.body) return;
    if (/^Arrow/.test(e.key) && !$('.queue')) return;
    if (/^Arrow/.test(e.key) && e.target !== document.body && !inside) return;
    const f = keys[e.key.length === 1 ? e.key.toLowerCase() : e.key];
    if (f) { e.preventDefault(); f(); }
  });
  document.addEventListener('focusin', e => {
    const li = e.target.closest && e.target.closest('.queue > li');
    if (li) lines().forEach(l => l.classList.toggle('here', l === li));
  });

  // The keyboard goes on from what was just done.
  const done = $('#fait');
  if (done) done.focus({ preventScroll: true });

  // Only one small panel open at a time, closed by a click elsewhere.
  document.addEventListener('click', e => $$('details.pop[open]').forEach(d => { if (!d.contains(e.target)) d.open = false; }));

  // Bulk bar: how many lines are chosen, said to screen readers too.
  const lot = $('.lot');
  if (lot) {
    const all = $('[data-all],[name=tout]', lot);
    const boxes = () => $$('.queue .box input', lot);
    const count = () => {
      const n = boxes().filter(b => b.checked).length;
      const status = $('.bulk [data-selected]', lot);
      if (status) status.textContent = n ? (n === 1 ? status.dataset.one : status.dataset.many || '').replace('{n}', n) : '';
      if (all) { all.checked = n > 0 && n === boxes().length; all.indeterminate = n > 0 && n < boxes().length; }
    };
    if (all) all.addEventListener('change', () => { boxes().forEach(b => { b.checked = all.checked; }); count(); });
    lot.addEventListener('change', e => { if (e.target !== all) count(); });
    count();
  }

  // How far a long work is, asked again until it ends.
  const poll = $('[data-poll]');
  if (poll) {
    const ask = async () => {
      try {
        const answer = await fetch(poll.dataset.poll, { headers: { 'X-Parvis-Fragment': '1' } });
        const html = answer.ok ? await answer.text() : '';
        if (!html.trim()) { location.reload(); return; }
        poll.innerHTML = html;
      } catch { /* the network is away: asked again */ }
      setTimeout(ask, 1500);
    };
    setTimeout(ask, 1000);
  }

  // A preview made by the server: the official answer, a colour being tried.
  $$('form[data-preview]').forEach(form => {
    const place = $(form.dataset.previewInto || '#preview');
    if (!place || !window.fetch) return;
    let wait, stop, last;
    const draw = async () => {
      const body = new URLSearchParams(new FormData(form)).toString();
      if (body === last) return;
      last = body;
      if (stop) stop.abort();
      stop = new AbortController();
      try {
        const answer = await fetch(form.dataset.preview, { method: 'POST', body, signal: stop.signal, credentials: 'same-origin', headers: { Accept: 'text/html', 'Content-Type': 'application/x-www-form-urlencoded', 'X-Parvis-Fragment': '1' } });
        if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
        else last = null;
      } catch { last = null; }
    };
    const soon = () => { clearTimeout(wait); wait = setTimeout(draw, 400); };
    form.addEventListener('input', soon);
    form.addEventListener('change', soon);
  });

  // What the method of a phase forbids is disabled as one chooses.
  $$('select[name$="-methode"]').forEach(s => s.addEventListener('change', () => $$('[data-ideas]', s.closest('details')).forEach(b => { b.disabled = s.value !== 'ideation'; })));

  // The colour well and the field beside it say the same thing.
  $$('input[type=color][data-hex]').forEach(well => {
    const field = document.getElementById(well.dataset.hex);
    if (!field) return;
    well.addEventListener('input', () => { field.value = well.value.toUpperCase(); field.dispatchEvent(new Event('input', { bubbles: true })); });
    field.addEventListener('input', () => { if (/^#[0-9a-f]{6}$/i.test(field.value) && well.value !== field.value.toLowerCase()) well.value = field.value; });
  });

  // A page on a work under way shows how far it is.
  if ($('[data-live]')) setTimeout(() => location.reload(), 2500);
})();
