/* The team's pages. Progressive enhancement only: every page works without this file. */
(() => {
  const $ = (s, r = document) => r.querySelector(s);
  const $$ = (s, r = document) => [...r.querySelectorAll(s)];

  // Shortcuts. What a page answers to stands in its data-key. Off unless the page says on (WCAG 2.1.4), never while typing.
  const FIELD = 'select,textarea,input:not([type=hidden],[disabled])';
  const keysOn = document.body.dataset.keys === 'on';
  const lists = $$('[data-key="j k"]');
  const lines = () => lists.flatMap(list => [...list.children]);
  const within = e => lists.some(list => list !== e && list.contains(e));
  const here = () => lines().find(li => li.classList.contains('here'));
  const go = step => {
    const all = lines();
    if (!all.length) return;
    const at = all.indexOf(here());
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    all.forEach(li => li.classList.toggle('here', li === next));
    const link = $('a[href],button,summary,' + FIELD, next);
    const first = $('.t a[href]', next) || link;
    if (first) first.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest' });
  };
  const typing = t => t && (t.isContentEditable || /^(textarea|select)$/i.test(t.tagName) || (/^input$/i.test(t.tagName) && !/^(checkbox|radio|button|submit)$/i.test(t.type)));
  const help = () => {
    const box = $('#keys-help');
    if (box) box.open ? box.close() : box.showModal();
  };
  // A button is pressed, a link followed, a field entered; of a form or a part of the page, the first field.
  // What was folded away is shown, not pressed (but in the panel of the bar, and the undo); what takes something away for good is never
  // pressed by a letter.
  const use = e => {
    let shown = false;
    for (let d = e.closest('details'); d; d = d.parentElement.closest('details')) {
      const own = e.matches('summary') && e.parentElement === d || e.matches('button,a') && (d.matches('.pop,.menu') || e.dataset.key === 'u');
      if (!d.open && !own) { d.open = true; shown = true; }
    }
    if (e.matches('summary') && e.parentElement.matches('.pop')) e.parentElement.open = true;
    else if (e.matches('a,button,summary,input[type=checkbox]')) {
      if (shown || e.matches('.btn-bad,button[data-key=x]')) e.focus(); else e.click();
    }
    const box = e.matches('summary') ? e.parentElement.open && e.nextElementSibling : e.matches(FIELD + ',a,button') ? null : e;
    if (e.matches(FIELD) && !e.matches('[type=checkbox]')) e.focus();
    if (!box) return;
    // A panel whose actions have letters of their own keeps them: a field would take them for what is typed.
    if (box.matches('[data-letters]')) { e.focus(); return; }
    const folded = box.matches('details') ? null : $('details:not([open])', box);
    if (folded && !$(FIELD, box)?.checkVisibility?.()) folded.open = true;
    const all = $$(FIELD, box).filter(f => !f.checkVisibility || f.checkVisibility());
    const first = all[0] && all[0].type === 'radio' && all.find(f => f.name === all[0].name && f.checked) || all[0] || $('[aria-current]', box) || $('a[href],button', box);
    if (first) first.focus();
  };
  // With lines ticked, the bar acts on them; else the line one is on acts by its own button, or is ticked for the bar.
  const act = key => {
    const what = `[data-key="${CSS.escape(key)}"]`;
    const some = $('.lot .box input:checked');
    const li = here();
    const bar = $(`.bulk ${what}`);
    const own = li && (!some || !bar) && $(what, li);
    // Of a list, only what the page says its key means without a line: its first undo, its oldest wait.
    const away = $$(what).find(e => (!within(e) || !li && e.matches('[aria-keyshortcuts]')) && !e.closest('.bulk'));
    if (own) { use(own); return true; }
    if (!bar || (!some && !li)) {
      if (away) use(away);
      return !!away;
    }
    // What a line does not allow has left the bar.
    const part = bar.closest('[data-act]');
    const not = part && `[data-not~="${part.dataset.act}"]`;
    if (not && (some ? $(`.lot ${not}:checked`) && !$('[name=ensemble]:checked') : $(not, li))) return false;
    if (!some) {
      const box = $('.box input', li);
      if (!box) return false;
      box.checked = true;
      box.dispatchEvent(new Event('change', { bubbles: true }));
    }
    use(bar);
    return true;
  };
  // A form is sent from any of its fields; without one, the only form of the page is.
  const send = t => {
    const box = t.closest('[data-enter]') || t.form || t.closest('form');
    if (box && box.matches('.lot')) return false;
    const ready = b => b && !b.disabled && b.tabIndex >= 0;
    const alone = $$('main [data-key=save]').filter(b => !b.checkVisibility || b.checkVisibility());
    const button = box
      ? $('[data-key=save]', box) || box.id && $(`[data-key=save][form="${CSS.escape(box.id)}"]`) || $('.btn-primary', box) || $$('button', box).find(ready)
      : t === document.body && alone.length === 1 && alone[0];
    if (!ready(button)) return false;
    button.click();
    return true;
  };
  // What `g` has begun waits for the letter of a section.
  let begun = '';
  document.addEventListener('keydown', e => {
    const t = e.target;
    if (e.key === 'Escape') {
      const open = $$('details.pop[open]').pop();
      if (open) { open.open = false; $('summary', open).focus(); e.preventDefault(); }
      else if (keysOn && typing(t) && !t.closest('dialog')) t.blur();
      return;
    }
    if (!keysOn || !t.closest) return;
    if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
      if (send(t)) e.preventDefault();
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey || typing(t) || $('dialog[open]') && e.key !== '?') return;
    const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    const inside = within(t);
    const after = begun;
    begun = '';
    if (after && key.length === 1 && act(`${after} ${key}`)) { e.preventDefault(); return; }
    if (key === 'g') { begun = key; return; }
    if (key === '?') { e.preventDefault(); help(); return; }
    // On a control, Enter and the arrows do what they always do.
    if (key === 'Enter') {
      if (t === document.body && act('enter')) e.preventDefault();
      return;
    }
    if (/^Arrow(Up|Down)$/.test(key)) {
      if ($('.queue') && (t === document.body || inside)) { e.preventDefault(); go(key === 'ArrowDown' ? 1 : -1); }
      return;
    }
    if (key.length > 1 || key === ' ') return;
    if (/^[jk]$/.test(key) && lists.length) { e.preventDefault(); go(key === 'j' ? 1 : -1); return; }
    if (act(key)) e.preventDefault();
  });
  const helper = $('[data-key="?"]');
  if (helper) helper.addEventListener('click', help);
  document.addEventListener('focusin', e => {
    const li = lines().find(l => l.contains(e.target));
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
