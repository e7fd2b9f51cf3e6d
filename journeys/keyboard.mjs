// A moderator's afternoon with the keyboard alone: 60 waiting texts cleared, two united and parted, 40 answered at once.
import assert from 'node:assert/strict';
import { address, as, confirm, outbox, post, quiet } from './acts.mjs';
import { person, tabTo } from './browser.mjs';
import { test } from './check.mjs';
import { until } from './server.mjs';

const token = html => html.match(/name="_csrf" value="([^"]+)"/)[1];
const said = async page => (await page.locator('#fait [role=status], .alert-ok [role=status]').first().innerText()).replace(/\u00a0|\u202f/g, ' ');

/** Presses a key that leads to another page. */
async function key(page, name) {
  await Promise.all([page.waitForEvent('framenavigated', f => f === page.mainFrame()), page.keyboard.press(name)]);
  await page.waitForLoadState('load');
}

/** A project of its own, where everything waits to be read. */
async function project(owner, server) {
  const request = owner.context().request;
  const form = token(await (await request.get(`${server.base}/equipe/projets/nouveau`)).text());
  const answer = await request.post(`${server.base}/equipe/projets/nouveau`, { form: {
    _csrf: form, version: '0', titre: 'Au clavier', resume: 'Ce que les habitants proposent.', description: 'Vos idées.', visibilite: 'public', etat: 'published',
    phases: '1', 'p0-titre': 'Vos idées', 'p0-debut': '2020-01-01', 'p0-fin': '', 'p0-methode': 'ideation',
    'p0-deposer': '1', 'p0-soutenir': '1', 'p0-commenter': '1', 'p0-anonyme': '1', 'p0-relire': '1',
  } });
  const slug = answer.url().match(/\/equipe\/projets\/([a-z0-9-]+)/)?.[1];
  assert.ok(slug && slug !== 'nouveau', `the project is made: ${answer.url()}`);
  return slug;
}

/** An idea posted as the forms do, without drawing the pages. */
async function idea(who, server, projet, idee, signed) {
  const request = who.context().request;
  const first = await (await request.get(`${server.base}/deposer?projet=${projet}`)).text();
  const draft = await request.post(`${server.base}/deposer`, { form: { _csrf: token(first), idee, projet } });
  assert.match(draft.url(), /\/deposer\/[0-9a-f-]{36}/);
  const last = await request.post(draft.url(), { form: { _csrf: token(await draft.text()), ...(signed ? { q: 'prenom', prenom: 'Inès' } : { q: 'personne' }) } });
  assert.match(last.url(), /\/merci/, idee);
}

const streets = ['Alsace', 'Berry', 'Corse', 'Dauphiné', 'Forez', 'Gascogne', 'Hainaut', 'Jura', 'Lorraine', 'Maine'];
const things = ['un banc', 'un arbre', 'une fontaine', 'un abri', 'un jeu', 'une lampe'];

export async function keyboard(browser, server) {
  const owner = await as(browser, server, 'owner');
  const authors = [address('ines'), address('louis')];
  let projet;
  await test('60 texts wait in a project', async () => {
    projet = await project(owner, server);
    const all = streets.flatMap((s, i) => things.map((t, j) => [`Il manque ${t} rue ${s}, numéro ${i * 6 + j + 1}.`, j]));
    const of = (from, to) => all.filter(([, j]) => j >= from && j < to).map(([text]) => text);
    // The last twenty are nobody's, and come first: the oldest of the queue, which will be refused.
    const stranger = await person(browser);
    for (const text of of(4, 6)) await idea(stranger, server, projet, text, false);
    await stranger.leave();
    // Two people with an address wrote twenty each, as many as one may within the hour.
    for (const [at, mail] of authors.entries()) {
      const author = await person(browser);
      const [first, ...rest] = of(at * 2, at * 2 + 2);
      await post(author, server, { text: first, projet, name: 'Inès', mail });
      await confirm(author, owner, server, mail);
      for (const text of rest) await idea(author, server, projet, text, true);
      await author.leave();
    }
  });
  if (!projet) return;

  const team = await as(browser, server, 'administrator');
  const list = file => `${server.base}/equipe/contributions?file=${file}&tri=recentes&projet=${projet}`;
  // From here on, no mouse: a click anywhere would be a fault.
  await team.addInitScript(() => addEventListener('pointerdown', () => { throw new Error('the mouse was used'); }, true));

  await test('60 waiting contributions are cleared with the keyboard alone, published and refused', async () => {
    await team.goto(list('a-publier'));
    assert.match(await team.locator('.seg [aria-current] .num').innerText(), /60/);
    for (let i = 0; i < 2; i++) {
      await team.keyboard.press('t');
      await key(team, 'p');
      assert.match(await said(team), /20 contributions publiées/);
    }
    // Five one by one, with the words their author reads; the others at once.
    for (let i = 0; i < 5; i++) {
      await team.keyboard.press('j');
      await team.keyboard.press('r');
      await key(team, 'Control+Enter');
      assert.match(await said(team), /Une contribution refusée/);
    }
    await team.keyboard.press('t');
    await team.keyboard.press('r');
    await key(team, 'Control+Enter');
    assert.match(await said(team), /15 contributions refusées/);
    assert.equal(await team.locator('.queue > li').count(), 0, 'nothing waits');
    quiet(team);
  });

  await test('two ideas are united and parted again, by keyboard', async () => {
    await team.goto(list('a-repondre'));
    for (const k of ['j', 'x', 'j', 'x']) await team.keyboard.press(k);
    await key(team, 'm');
    assert.match(await team.locator('h1').innerText(), /Fusionner 2 idées/);
    await key(team, 'Control+Enter');
    assert.match(await said(team), /réunies/);
    await key(team, 'u');
    assert.match(await said(team), /comme avant/);
    quiet(team);
  });

  await test('40 are answered at once by keyboard, and 40 mails wait for their author', async () => {
    const title = 'Oui, avant l’été';
    await team.goto(list('a-repondre'));
    assert.match(await team.locator('.seg [aria-current] .num').innerText(), /40/);
    await team.keyboard.press('*');
    await key(team, 'a');
    assert.match(await team.locator('h1').innerText(), /Répondre à 40 idées/);
    await tabTo(team, 'input[name=statut]', 30);
    await team.keyboard.press('Space');
    await tabTo(team, 'input[name=decision]', 6);
    await team.keyboard.type(title);
    await tabTo(team, 'textarea[name=texte]', 8);
    await team.keyboard.type('Oui. Votre idée {numéro} est au programme.');
    await team.waitForFunction(() => /Votre idée \d+ est au programme/.test(document.querySelector('#apercu').innerText));
    await key(team, 'Control+Enter');
    assert.match(await team.locator('h1').innerText(), /40 réponses sont publiées/);
    const mails = await until(async () => {
      const all = (await outbox(owner, server)).filter(m => authors.some(a => m.to.includes(a)) && /^Votre idée est retenue/.test(m.subject));
      return all.length >= 40 && all;
    }, '40 mails of the outbox');
    for (const author of authors) assert.equal(mails.filter(m => m.to.includes(author)).length, 20, `one mail for each idea of ${author}, no more`);
    quiet(team);
  });

  await test('two keys go to a section, a field keeps its letters, Escape leaves it, and shortcuts are switched off', async () => {
    await team.keyboard.press('g');
    await key(team, 'e');
    await key(team, 'r');
    assert.equal(new URL(team.url()).pathname, '/equipe/personnes/recus');
    await team.keyboard.press('g');
    await key(team, 'c');
    assert.equal(new URL(team.url()).pathname, '/equipe/contributions');
    await team.keyboard.press('/');
    await team.keyboard.type('gpx?');
    assert.equal(await team.locator('#equipe-q').inputValue(), 'gpx?', 'letters of a field are its own');
    assert.equal(new URL(team.url()).pathname, '/equipe/contributions');
    await team.keyboard.press('Escape');
    await team.keyboard.press('?');
    await team.locator('#keys-help[open]').waitFor();
    await tabTo(team, '#keys-help button[value=off]', 6);
    await key(team, 'Enter');
    assert.equal(await team.locator('[data-key],kbd').count(), 0, 'no key is heard or shown');
    await team.keyboard.press('?');
    assert.equal(await team.locator('#keys-help').count(), 0);
    await tabTo(team, 'button[name=raccourcis][value=on]', 60);
    await key(team, 'Enter');
    await team.keyboard.press('?');
    await team.locator('#keys-help[open]').waitFor();
    // In a low window its list scrolls, by keyboard too, and its buttons stay.
    const { width, height } = team.viewportSize();
    await team.setViewportSize({ width, height: 420 });
    const list = team.locator('#keys-help .all');
    assert.ok(await list.evaluate(e => e.scrollHeight > e.clientHeight), 'the list is longer than the window');
    await tabTo(team, '#keys-help .all', 3);
    await team.keyboard.press('End');
    await team.waitForFunction(() => { const e = document.querySelector('#keys-help .all'); return e.scrollTop + e.clientHeight >= e.scrollHeight - 2; });
    const off = await team.locator('#keys-help button[value=off]').boundingBox();
    assert.ok(off.y + off.height <= 420, 'the buttons are in the window');
    await team.setViewportSize({ width, height });
    quiet(team);
  });
  await team.leave();
  await owner.leave();
}
