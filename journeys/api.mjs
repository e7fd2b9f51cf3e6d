// Journeys: a stranger reads all that is public with nothing but the OpenAPI document; a program of the team posts an idea.
import assert from 'node:assert/strict';
import { as, press } from './acts.mjs';
import { person } from './browser.mjs';
import { test } from './check.mjs';

/** All items of a list, page after page. */
async function readAll(base, path) {
  const all = [];
  for (let after = ''; ;) {
    const answer = await fetch(`${base}${path}?limit=100${after && `&after=${encodeURIComponent(after)}`}`);
    assert.equal(answer.status, 200, path);
    const page = await answer.json();
    all.push(...page.data);
    if (!page.next) return all;
    after = page.next;
  }
}

/** The document, and every reading without a key that it names. */
async function stranger(server) {
  const document = await (await fetch(`${server.base}/api/v1/openapi.json`)).json();
  assert.equal(document.openapi, '3.1.0');
  const open = Object.entries(document.paths).filter(([path, all]) => all.get && !all.get.security && !path.includes('{'));
  assert.ok(open.length >= 8, `${open.length} readings`);
  for (const [path] of open) {
    const answer = await fetch(`${server.base}${path}`);
    assert.equal(answer.status, 200, path);
    const tag = answer.headers.get('etag');
    assert.match(tag, /^"[0-9a-f]{32}(-gzip)?"$/, path);
    assert.equal((await fetch(`${server.base}${path}`, { headers: { 'if-none-match': tag } })).status, 304, path);
  }
  const ideas = await readAll(server.base, '/api/v1/ideas');
  assert.equal(new Set(ideas.map(i => i.number)).size, ideas.length, 'no idea twice');
  const projects = (await (await fetch(`${server.base}/api/v1/projects`)).json()).data;
  assert.equal(ideas.length, projects.reduce((n, p) => n + p.ideas, 0), 'as many ideas as the projects say');
  const talked = ideas.find(i => i.comments > 0);
  assert.equal((await readAll(server.base, `/api/v1/ideas/${talked.number}/comments`)).length, talked.comments);
  assert.doesNotMatch(JSON.stringify(ideas), /@[\w-]+\.(fr|example|com)/, 'no address');
  return ideas;
}

/** The page of the API, read without a script, leads to the document and to each type. */
async function viewer(browser, server) {
  const page = await person(browser, { js: false });
  await page.goto(`${server.base}/`);
  await page.locator('footer a[href="/api"]').click();
  await page.locator('#listIdeas a[href="#type-Idea"]').click();
  assert.ok(await page.locator('#type-Idea').isVisible());
  await page.leave();
}

/** A token made on the desk posts one idea, however often it is sent, and is worth nothing once revoked. */
async function program(browser, server) {
  const owner = await as(browser, server, 'owner');
  await owner.goto(`${server.base}/equipe/reglages/jetons`);
  await owner.fill('input[name=nom]', 'Formulaire du site');
  for (const right of ['contributions:create', 'queue:read']) await owner.locator(`input[value="${right}"]`).check({ force: true });
  await press(owner, 'form[action="/equipe/reglages/jetons"] .btn-primary');
  const token = (await owner.locator('#jeton').textContent()).trim();
  const projects = (await (await fetch(`${server.base}/api/v1/projects`)).json()).data;
  const { slug } = projects.find(p => p.phases.some(s => s.current && s.posting));
  const text = `Une borne de réparation à la gare ${Date.now()}`;
  const send = (key, body) => fetch(`${server.base}/api/v1/contributions`, {
    method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key }, body: JSON.stringify(body),
  });
  const answers = await Promise.all([1, 2, 3].map(() => send('une-cle', { project: slug, text, name: 'Maryse', origin: 'stand' })));
  const made = await Promise.all(answers.map(a => a.text()));
  assert.deepEqual(answers.map(a => a.status), [201, 201, 201], made[0]);
  assert.equal(new Set(made).size, 1, 'one idea');
  assert.equal((await send('une-cle', { project: slug, text: 'Autre chose' })).status, 422);
  const { number } = JSON.parse(made[0]);
  await owner.goto(`${server.base}/equipe/contributions/${number}`);
  assert.ok((await owner.locator('main').innerText()).includes(text), 'the desk shows it');
  await owner.goto(`${server.base}/equipe/reglages/jetons`);
  await press(owner, owner.locator('li', { hasText: 'Formulaire du site' }).locator('button'));
  assert.equal((await send('autre-cle', { project: slug, text })).status, 401, 'revoked');
  await owner.leave();
}

/** An address that is told gets its secret once; a private one is refused by name, and a try says how it went. */
async function told(browser, server) {
  const owner = await as(browser, server, 'owner');
  const path = '/equipe/reglages/webhooks';
  await owner.goto(`${server.base}${path}`);
  const add = async url => {
    await owner.fill('input[name=adresse]', url);
    await owner.locator('input[name=quoi]').first().check({ force: true });
    await press(owner, `form[action="${path}"] .btn-primary`);
  };
  await add('https://169.254.169.254/latest');
  assert.match(await owner.locator('#e-adresse').innerText(), /internet public/);
  await add('https://crochet.invalid/parvis');
  assert.match(await owner.locator('#secret').innerText(), /^whsec_[\w-]{43}$/);
  const line = owner.locator('li', { hasText: 'crochet.invalid' }).first();
  await press(owner, line.locator('button[value=essayer]'));
  await line.locator('summary').click();
  assert.match(await line.innerText(), /ne mène à aucune adresse/);
  await press(owner, line.locator('button[value=supprimer]'));
  await owner.leave();
}

/** Everything about the API on the demo. */
export async function api(browser, server) {
  await test('a stranger reads all that is public with the OpenAPI document', async () => {
    await stranger(server);
    await viewer(browser, server);
  });
  await test('a program that is told: secret, try, refusal of a private address', () => told(browser, server));
  await test('a token made on the desk posts one idea', () => program(browser, server));
}
