// Hostile strings in every field of every form, then every page walked: nothing runs, nothing breaks, nothing is lost.
import assert from 'node:assert/strict';
import { person } from './browser.mjs';
import { test } from './check.mjs';
import { crawl, pattern } from './crawl.mjs';
import { address, openProject } from './acts.mjs';
import { hostileFiles } from './hostile_files.mjs';
import { sink } from './smtp.mjs';

// Short, so that they fit in every field and are kept: markup, a formula, signs that confuse.
const short = ['"><img src=x onerror=pwned=1>', '=1+1<svg onload=pwned=1>', "@😀\u202eשלום\u200b\u0000{{7*7}}'--"];
const long = '<script>pwned=1</script>'.repeat(4_200).slice(0, 100_000);
// Forms that end the visit, that leave nothing to test after, or that answer with a file.
const spared = /^\/(deconnexion|langue|mon-espace\/(effacer|appareils|donnees)|equipe\/raccourcis|equipe\/reglages\/(langues|sauvegardes\/[0-9a-f-]{36})|installation)|\/origine$/;

/** Whether anything of ours ran, or stands as markup, on the page shown. */
const injected = page => page.evaluate(() => {
  const found = [];
  if (globalThis.pwned !== undefined) found.push('a script ran');
  for (const e of document.querySelectorAll('script:not([src]), img[src="x"], [onload], [onerror], [onclick], iframe, object, embed')) found.push(e.outerHTML.slice(0, 120));
  return found;
});

async function walk(page, base, paths) {
  const wrong = [];
  for (const path of paths) {
    const answer = await page.goto(base + path, { waitUntil: 'domcontentloaded' }).catch(e => {
      // A file: the browser keeps it instead of showing it.
      if (/Download is starting|ERR_ABORTED/.test(e.message)) return null;
      throw e;
    });
    if (!answer || !(answer.headers()['content-type'] ?? '').startsWith('text/html')) continue;
    if (answer.status() >= 400) wrong.push(`${path}: ${answer.status()}`);
    wrong.push(...(await injected(page)).map(f => `${path}: ${f}`));
  }
  return wrong;
}

/** The forms of a page that change something, by their place among all forms: one that downloads leads to no page. */
const formsOf = page => page.evaluate(() => [...document.forms].map((f, i) => ({ i, method: f.method, path: new URL(f.action, location.href).pathname, file: f.hasAttribute('data-again') })).filter(f => f.method === 'post' && !f.file));

/** Sends one form of the page shown with `text` in each of its text fields, as a browser would. Gives the status of the answer. */
async function send(page, index, text, mail) {
  const sent = page.waitForResponse(r => r.request().method() === 'POST' && r.request().isNavigationRequest(), { timeout: 15_000 });
  const arrived = page.waitForEvent('domcontentloaded', { timeout: 15_000 });
  const filled = await page.evaluate(({ index, text, mail }) => {
    const form = document.forms[index];
    form.noValidate = true;
    form.removeAttribute('data-async');
    const names = [];
    for (const e of form.elements) {
      if (e.closest('.hp')) continue;
      if (e.matches('textarea, input:not([type]), input[type=text], input[type=search], input[type=tel], input[type=url], input[type=password]')) { e.value = text; names.push(e.name); }
      if (e.matches('input[type=email]')) e.value = mail;
      if (e.type === 'radio' && !form.querySelector(`input[type=radio][name="${CSS.escape(e.name)}"]:checked`)) e.checked = true;
    }
    const button = [...form.elements].find(e => e.type === 'submit');
    // After this call has answered: the page it runs on goes away.
    setTimeout(() => form.requestSubmit(button), 10);
    return names;
  }, { index, text, mail });
  const [answer] = await Promise.all([sent, arrived]);
  return { status: answer.status(), filled };
}

/** Every form of the pages found, once per kind of address. */
async function monkey(page, base, found, wrong) {
  const met = new Set();
  let n = 0;
  for (const { path, posts } of found) {
    const kinds = posts.map(action => `${pattern(new URL(action, base))} ${pattern(new URL(path, base)).replace(/\?.*/, '')}`);
    if (posts.every((action, i) => met.has(kinds[i]) || spared.test(action))) continue;
    const shown = await page.goto(base + path, { waitUntil: 'domcontentloaded' }).catch(() => null);
    if (!shown || !(shown.headers()['content-type'] ?? '').startsWith('text/html')) continue;
    for (const { i, path: action } of await formsOf(page)) {
      const kind = `${pattern(new URL(action, base))} ${pattern(new URL(path, base)).replace(/\?.*/, '')}`;
      if (spared.test(action) || met.has(kind)) continue;
      met.add(kind);
      // All get the long one and markup; formulas and odd signs take turns.
      for (const text of [long, short[0], short[1 + met.size % 2]]) {
        try {
          // The form may have done its work already, and be gone.
          await page.goto(base + path, { waitUntil: 'domcontentloaded' });
          if (!(await formsOf(page)).some(f => f.i === i && f.path === action)) break;
          const { status, filled } = await send(page, i, text, address('monkey'));
          n += 1;
          const what = `${path}, form to ${action}, "${text.slice(0, 20)}…" in ${filled.join(', ') || 'no field'}`;
          if (status >= 500 || status === 400) wrong.push(`${what}: status ${status}`);
          wrong.push(...(await injected(page)).map(f => `${what}: ${f}`));
        } catch (e) {
          wrong.push(`${path}, form to ${action}: ${e.message.split('\n')[0]}`);
        }
      }
    }
  }
  return n;
}

/** Cells of a CSV file. */
function cells(csv) {
  const rows = [[]];
  let cell = '', quoted = false;
  for (let i = 0; i < csv.length; i++) {
    const c = csv[i];
    if (quoted) {
      if (c === '"' && csv[i + 1] === '"') { cell += '"'; i += 1; } else if (c === '"') quoted = false; else cell += c;
    } else if (c === '"') quoted = true;
    else if (c === ',' || c === ';' || c === '\n') {
      rows.at(-1).push(cell.replace(/\r$/, ''));
      cell = '';
      if (c === '\n') rows.push([]);
    } else cell += c;
  }
  return rows.flat();
}

export async function hostile(browser, server, { owner, number }) {
  const box = await sink();
  const visitor = await person(browser, { bypassCSP: true });
  // The team's window, without the policy that would hide a fault by stopping its script.
  const team = await person(browser, { bypassCSP: true });
  await team.context().addCookies((await owner.context().cookies()));
  const cookie = (await owner.context().cookies()).map(c => `${c.name}=${c.value}`).join('; ');
  const slug = await openProject(visitor, server);

  await test('hostile strings posted as a citizen: kept as text, on every screen and in the mail', async () => {
    await owner.goto(`${server.base}/equipe/reglages/courriel`);
    await owner.fill('input[name=from]', 'bonjour@courriel.example');
    await owner.fill('input[name=host]', '127.0.0.1');
    await owner.selectOption('select[name=security]', 'none');
    await owner.fill('input[name=port]', String(box.port));
    await owner.locator('form[action="/equipe/reglages/courriel"] button:not([name=essayer])').click();
    await owner.locator('[role=status]').first().waitFor();
    for (const text of [...short, `=cmd|'/c calc'!A1\n${short[0]}`, '+33 1 <script>pwned=1</script>', '-2+3 &lt;script&gt;pwned=1&lt;/script&gt; javascript:pwned=1']) {
      const mail = address('pirate');
      await visitor.context().clearCookies();
      await visitor.goto(`${server.base}/deposer?projet=${slug}&lieu=${encodeURIComponent(text)}`);
      await visitor.fill('textarea[name=idee]', text);
      await visitor.locator('main button.btn-primary').click();
      await visitor.waitForURL(/\/deposer\/[0-9a-f-]{36}/);
      assert.deepEqual(await injected(visitor), []);
      // An address under the first name, and a name that is too long, are refused by name.
      await visitor.fill('input[name=prenom]', text.replace('@', '').slice(0, 60));
      await visitor.fill('input[name=ou]', text);
      await visitor.fill('input[name=courriel]', mail);
      await visitor.locator('button[form=f].btn-primary').click();
      await visitor.waitForURL(/\/merci/);
      assert.deepEqual(await injected(visitor), []);
      const href = await visitor.locator('main a[href*="/idees/"]').first().getAttribute('href');
      const made = Number(href.match(/\/idees\/(\d+)/)[1]);
      await team.goto(`${server.base}/equipe/contributions/${made}`);
      assert.deepEqual(await injected(team), []);
      const publish = team.locator('button[name=faire][value=publier]');
      if (await publish.count()) await publish.click();
      await visitor.goto(`${server.base}/idees/${made}`);
      assert.deepEqual(await injected(visitor), []);
      const shown = await visitor.locator('main .prose').first().innerText();
      const seen = text.replace(/[\s\u0000\u200b\u202e]/g, '').slice(-12);
      assert.ok(shown.replace(/[\s\u00a0\u202f\u200b\u202e]/g, '').replace(/’/g, "'").includes(seen), `the text is shown as written: ${seen} in ${shown}`);
    }
  }, 360);

  await test('hostile strings in every field of every form, citizens’ side', async () => {
    const wrong = [];
    const { pages } = await crawl(server.base, ['/', `/projets/${slug}`, '/deposer', '/connexion', `/idees/${number}`, `/contributions/${number}/signaler`]);
    const n = await monkey(visitor, server.base, pages, wrong);
    assert.ok(n > 10, `forms were sent (${n})`);
    assert.deepEqual(wrong, []);
  }, 360);

  await test('hostile strings in every field of every form, team’s side', async () => {
    const wrong = [];
    const { pages } = await crawl(server.base, ['/equipe', '/equipe/contributions', '/equipe/projets/nouveau', `/equipe/contributions/${number}`, `/equipe/contributions/${number}/repondre`, '/mon-espace'], cookie);
    const desk = pages.filter(p => /^\/(equipe|mon-espace)/.test(p.path));
    const n = await monkey(team, server.base, desk, wrong);
    assert.ok(n > 20, `forms were sent (${n})`);
    assert.deepEqual(wrong, []);
  }, 600);

  await hostileFiles(team, server, slug, injected);

  await test('every page walked after that: nothing runs, nothing is broken', async () => {
    const wrong = [];
    for (const [page, cookies, starts] of [[visitor, '', ['/', '/idees', '/reponses', '/projets']], [team, cookie, ['/equipe', '/equipe/contributions', '/equipe/reglages', '/equipe/journal', '/equipe/analyse', '/mon-espace', '/']]]) {
      const found = await crawl(server.base, starts, cookies);
      wrong.push(...found.wrong, ...await walk(page, server.base, found.seen));
    }
    assert.deepEqual([...new Set(wrong)], []);
  }, 450);

  await test('hostile strings in files and mails: no formula in a cell, no markup in a letter', async () => {
    const csv = await (await fetch(`${server.base}/projets/${slug}/idees.csv`)).text();
    const formulas = cells(csv).filter(c => /^[\s\ufeff]*[=+\-@\t\r]/.test(c) && !/^-?\d+([.,]\d+)?$/.test(c));
    assert.ok(csv.length > 200, 'the file has something in it');
    assert.deepEqual(formulas, []);
    assert.doesNotMatch(csv, /courriel\.example/, 'no mail address in open data');
    assert.ok(box.mails.length >= 5, `letters left (${box.mails.length})`);
    for (const { data } of box.mails) {
      const html = data.split(/--[^\r\n]+\r?\n/).filter(p => /content-type:\s*text\/html/i.test(p)).map(p => {
        const [head, ...body] = p.split(/\r?\n\r?\n/);
        return /base64/i.test(head) ? Buffer.from(body.join(''), 'base64').toString() : body.join('\n\n').replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, h) => String.fromCharCode(parseInt(h, 16)));
      }).join('\n');
      assert.ok(html.includes('<html'), 'a letter has its HTML');
      assert.doesNotMatch(html, /<script|<img src=x|<svg onload/i);
      assert.doesNotMatch(data.split(/\r?\n\r?\n/)[0], /[^\x00-\x7f]|\u0000/, 'headers are plain');
    }
  });
  await box.stop();
  await visitor.leave();
  await team.leave();
}
