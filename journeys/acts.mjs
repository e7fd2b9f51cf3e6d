// What people and the team do in several journeys, in the words of the pages' own forms.
import assert from 'node:assert/strict';
import { person, signIn } from './browser.mjs';
import { until } from './server.mjs';

const plain = html => html.replace(/&amp;/g, '&').replace(/&quot;|&#34;/g, '"').replace(/&#x27;|&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>');

let one = 0;
/** An address nobody else uses. */
export const address = who => `${who}.${process.pid}.${++one}@courriel.example`;

/** A page that has settled after a press. */
export async function press(page, locator) {
  const button = typeof locator === 'string' ? page.locator(locator).first() : locator;
  await Promise.all([page.waitForEvent('framenavigated', f => f === page.mainFrame()), button.click()]);
  await page.waitForLoadState('load');
}

/** Somebody of the demo, signed in by its link: once, then in as many windows as needed. */
export async function as(browser, server, role, options) {
  server.states ??= {};
  server.states[role] ??= (async () => {
    const first = await person(browser);
    await signIn(first, server.links[role]);
    const state = await first.context().storageState();
    await first.leave();
    return state;
  })();
  return person(browser, { ...options, storageState: await server.states[role] });
}

/** The mails of the outbox, newest first: `{ to, subject, state, href }`. Read by an owner. */
export async function outbox(owner, server) {
  const answer = await owner.context().request.get(`${server.base}/equipe/reglages/envois`);
  assert.equal(answer.status(), 200, 'the outbox opens');
  const html = await answer.text();
  return [...html.matchAll(/<li><p><span class="badge[^"]*">([^<]*)<\/span> <a href="([^"]+)">([^<]*)<\/a><\/p><p class="muted">([^<]*)/g)]
    .map(([, state, href, subject, to]) => ({ state: plain(state), href: plain(href), subject: plain(subject), to: plain(to) }));
}

/** The text of one mail of the outbox; one that signs in is asked for by its button. */
export async function read(owner, server, { href }) {
  const request = owner.context().request;
  let html = await (await request.get(new URL(href, server.base).href)).text();
  const ask = html.match(/action="([^"]+\/lire)"[\s\S]*?name="_csrf" value="([^"]+)"/);
  if (ask) html = await (await request.post(new URL(ask[1], server.base).href, { form: { _csrf: ask[2] } })).text();
  const text = plain(html.match(/<pre[^>]*>([\s\S]*?)<\/pre>/)?.[1] ?? '');
  assert.ok(text, `the mail ${href} can be read`);
  return text;
}

/** Waits for a mail to `to` whose text or subject matches, and gives `{ subject, state, text, code, link }`. */
export async function mailTo(owner, server, to, match = /./) {
  return until(async () => {
    for (const mail of (await outbox(owner, server)).filter(m => m.to.includes(to))) {
      const text = await read(owner, server, mail);
      if (match.test(mail.subject) || match.test(text)) {
        return { ...mail, text, code: text.match(/(?<![\d#])(\d{3})[\s\u00a0\u202f]?(\d{3})(?!\d)/)?.slice(1).join(''), link: text.match(/http:\/\/\S+\/connexion\/[\w-]+/)?.[0] };
      }
    }
    return null;
  }, `a mail to ${to} that says ${match}`, 30_000);
}

/** The short link of a flyer, made on the desk if the project has none. */
export async function flyer(owner, server, slug) {
  await owner.goto(`${server.base}/equipe/projets/${slug}`);
  const shown = owner.locator('#lien code.copy');
  if (!await shown.count()) await press(owner, '#lien form button');
  return (await shown.first().textContent()).trim();
}

/** The project where ideas can be posted now. */
export async function openProject(page, server) {
  await page.goto(`${server.base}/deposer`);
  const choice = page.locator('[name=projet]').first();
  return choice.evaluate(e => (e.tagName === 'SELECT' ? e.value || e.options[0].value : e.value));
}

/** Posts an idea from the first screen on, signed or not. Gives its number. */
export async function post(page, server, { text, name = '', mail = '', projet, start }) {
  await page.goto(start ?? `${server.base}/deposer${projet ? `?projet=${projet}` : ''}`);
  await page.fill('textarea[name=idee]', text);
  await press(page, 'main button.btn-primary');
  if (name || mail) {
    await page.fill('input[name=prenom]', name);
    await page.fill('input[name=courriel]', mail);
  } else if (await page.locator('input[name=q][value=personne]').count()) {
    await page.locator('label.radio-card', { has: page.locator('input[name=q][value=personne]') }).click();
  }
  await press(page, 'button[form=f].btn-primary');
  assert.match(page.url(), /\/deposer\/[0-9a-f-]{36}\/merci/, `the thanks of the third screen, not ${page.url()}`);
  return numberOn(page);
}

/** The number of the idea that the page links to as its own address. */
export async function numberOn(page) {
  const href = await page.locator('main a[href*="/idees/"]').first().getAttribute('href');
  return Number(href.match(/\/idees\/(\d+)/)[1]);
}

/** Proves an address with the link of its mail, in the window that holds the texts. */
export async function confirm(page, owner, server, mail) {
  const letter = await mailTo(owner, server, mail, /\/connexion\//);
  await page.goto(letter.link);
  await press(page, 'main form button.btn-primary');
  return letter;
}

/** Publishes a waiting contribution from its page of the desk. */
export async function publish(owner, server, number) {
  await owner.goto(`${server.base}/equipe/contributions/${number}`);
  const button = owner.locator('button[name=faire][value=publier]');
  if (await button.count()) await press(owner, button);
}

/** Writes and publishes the official answer of an idea that is online. */
export async function answer(owner, server, number, text, more = {}) {
  await owner.goto(`${server.base}/equipe/contributions/${number}/repondre`);
  await owner.locator('input[name=statut][value=accepted]').check({ force: true });
  await owner.fill('textarea[name=texte]', text);
  for (const [name, value] of Object.entries(more)) await owner.fill(`input[name=${name}]`, value);
  await press(owner, '.actbar .btn-primary');
}

/** The number an element shows, whatever its spaces. */
export const figure = async locator => Number((await locator.first().textContent()).replace(/[^\d-]/g, ''));

/** Fails when the page complained of anything. */
export const quiet = page => assert.deepEqual(page.faults, [], 'no script error, no refused resource, no server error');

/** Somebody invited to the team with a role, by whoever `host` is, in the window `guest`: signed in, or asked for more. */
export async function invited(host, guest, server, role, mail) {
  await host.goto(`${server.base}/equipe/reglages/equipe`);
  await host.fill('form[action$="/inviter"] input[name=courriel]', mail);
  await host.fill('form[action$="/inviter"] input[name=nom]', 'Nora Petit');
  await host.locator(`form[action$="/inviter"] input[value=${role}]`).check({ force: true });
  await press(host, 'form[action$="/inviter"] button');
  await guest.goto((await mailTo(host, server, mail)).link);
  await press(guest, 'main form button.btn-primary');
}
