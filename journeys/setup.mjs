// An empty folder, a telephone, somebody who has read nothing: from the one-time link to the author's mail.
import assert from 'node:assert/strict';
import { faultsOf } from './axe.mjs';
import { DESK, PHONE, countScreens, person } from './browser.mjs';
import { test } from './check.mjs';
import { seen } from './look.mjs';
import { until } from './server.mjs';
import { address, answer, confirm, mailTo, numberOn, post, press, publish, quiet } from './acts.mjs';
import { sink, textOf } from './smtp.mjs';

/** Gives the owner's window and the number of the first idea, for what comes after on the same instance. */
export async function setup(browser, server) {
  const result = {};
  await test('before the set-up nobody gets in without its link', async () => {
    const page = await person(browser);
    for (const path of ['/', '/installation', '/equipe', '/deposer', '/installation?cle=faux']) {
      const shown = await page.goto(server.base + path);
      assert.equal(shown.status(), 503, path);
    }
    await page.leave();
  });

  await test('set-up on a telephone, first idea posted, published, answered, its author written to', async () => {
    const owner = await person(browser, { viewport: PHONE });
    const began = Date.now();
    const screens = countScreens(owner);
    await owner.goto(server.setup);
    await press(owner, 'main .btn-primary');
    await owner.locator('input[name=kind][value=town_hall]').check({ force: true });
    await press(owner, 'main .btn-primary');
    await owner.fill('input[name=q]', 'plougastel');
    await press(owner, 'form[role=search] button');
    const commune = owner.locator('label.radio-card', { hasText: 'Plougastel' }).first();
    await commune.click();
    await press(owner, 'main .btn-primary');
    await owner.fill('input[name=name]', 'Plougastel participe');
    await owner.fill('input[name=couleur]', '#FFD400');
    await until(async () => /fonc/.test(await owner.locator('#apercu').innerText()), 'the preview to say that the colour was darkened');
    await press(owner, 'main .btn-primary.btn-l');
    // A mistake first: what is typed stays, the error says how.
    await owner.fill('input[name=name]', 'Camille Dumas');
    await owner.fill('input[name=email]', 'camille.courriel.example');
    await owner.evaluate(() => { document.querySelector('main form').noValidate = true; });
    await press(owner, 'main .btn-primary');
    await owner.locator('input[name=email][aria-invalid=true]').waitFor();
    assert.equal(await owner.inputValue('input[name=name]'), 'Camille Dumas');
    const mailOfOwner = address('camille');
    await owner.fill('input[name=email]', mailOfOwner);
    await press(owner, 'main .btn-primary');
    assert.match(owner.url(), /\/equipe/, 'signed in, on the desk');
    assert.equal(screens.screens.length, 8, `five steps, a search, a mistake and the desk:\n${screens.screens.join('\n')}`);
    const second = await fetch(server.setup);
    assert.ok(!/\/installation/.test(second.url), 'the link works once');

    const citizen = await person(browser, { viewport: PHONE });
    await citizen.goto(server.base);
    assert.match(await citizen.locator('header').innerText(), /Plougastel participe/);
    await citizen.fill('textarea[name=idee]', 'Un banc face à la mer, sur le sentier de la pointe.');
    await press(citizen, 'main form button.btn-primary');
    const mail = address('yann');
    if (await citizen.locator('button[form=f]').count() === 0) await press(citizen, 'main button.btn-primary');
    await citizen.fill('input[name=prenom]', 'Yann');
    await citizen.fill('input[name=courriel]', mail);
    await press(citizen, 'button[form=f].btn-primary');
    const number = await numberOn(citizen);
    await confirm(citizen, owner, server, mail);

    await owner.goto(`${server.base}/equipe`);
    await publish(owner, server, number);
    await answer(owner, server, number, 'Oui, il sera posé en mai. Le sentier est au Conservatoire, qui a donné son accord.', { suite: 'Mai' });
    const reader = await person(browser, { viewport: PHONE });
    await reader.goto(`${server.base}/idees/${number}`);
    assert.match(await reader.locator('section.answer').innerText(), /posé en mai/);
    const told = await mailTo(owner, server, mail, /posé en mai/);
    assert.match(told.text, /recevez/, 'with the reason it is sent');
    assert.ok(Date.now() - began < 60_000, 'in well under five minutes');
    [owner, citizen, reader].forEach(quiet);
    await citizen.leave();
    await reader.leave();
    await owner.setViewportSize({ width: 1280, height: 900 });
    Object.assign(result, { owner, number, mailOfOwner });
  }, 90);

  await test('mail: tried, set, and what waited leaves once', async () => {
    const { owner } = result;
    assert.ok(owner, 'the set-up');
    const box = await sink();
    await owner.goto(`${server.base}/equipe/reglages/courriel`);
    await owner.fill('input[name=from]', 'bonjour@courriel.example');
    await owner.fill('input[name=host]', '127.0.0.1');
    await owner.selectOption('select[name=security]', 'none');
    await owner.fill('input[name=port]', String(box.port));
    await press(owner, 'button[name=essayer]');
    await owner.locator('#essai .alert-ok').waitFor();
    await until(() => box.mails.some(m => m.to.includes(result.mailOfOwner)), 'the trial mail');
    const page = await person(browser);
    const who = address('gwen');
    await post(page, server, { text: 'Des horaires de marée à l’arrêt de car.', name: 'Gwen', mail: who });
    const letter = await until(() => box.mails.find(m => m.to.includes(who)), 'the mail to leave by itself', 15_000);
    assert.match(letter.data, /^Content-Type: multipart\/alternative/im, 'text and HTML');
    const link = textOf(letter).match(/http:\/\/\S+\/connexion\/[\w-]+/)?.[0];
    assert.ok(link, 'with its link');
    await page.goto(link);
    await press(page, 'main form button.btn-primary');
    assert.equal(box.mails.filter(m => m.to.includes(who)).length, 1, 'sent once');
    assert.ok(!box.mails.some(m => /posé en mai/.test(textOf(m))), 'an answer can still be undone: its mail waits');
    quiet(page);
    await page.leave();
    // Back to no server, so that later mails stay in the outbox.
    await owner.goto(`${server.base}/equipe/reglages/courriel`);
    await owner.fill('input[name=host]', '');
    await press(owner, 'form[action="/equipe/reglages/courriel"] button:not([name=essayer])');
    await box.stop();
  });

  await test('census: a file of the town is tried, its trial looked at, and taken once no line is refused', () => census(browser, server, result.owner));
  await test('areas: a file of the town is looked at on its map, taken, and taken back', () => areas(browser, server, result.owner));
  return result;
}

/** Only here: nothing else would bring the areas of before back. */
async function areas(browser, server, owner) {
  assert.ok(owner, 'the set-up');
  const page = await person(browser, { storageState: await owner.context().storageState(), bypassCSP: true });
  const looked = async () => {
    seen.add(new URL(page.url()).pathname);
    assert.deepEqual(await faultsOf(page), [], page.url());
    await page.setViewportSize(DESK);
  };
  const square = [[-4.38, 48.37], [-4.37, 48.37], [-4.37, 48.38], [-4.38, 48.38], [-4.38, 48.37]];
  const all = { type: 'FeatureCollection', features: [{ type: 'Feature', properties: { nom: 'Le Bourg' }, geometry: { type: 'Polygon', coordinates: [square] } }] };
  await page.setViewportSize(DESK);
  await page.goto(`${server.base}/equipe/reglages/quartiers`);
  await page.setInputFiles('input[name=fichier]', { name: 'quartiers.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify(all)) });
  await press(page, 'form[action*="/quartiers/fichier"] button');
  await page.locator('.tally').waitFor();
  assert.equal(await page.locator('.alert-warn').count(), 0, 'they are where the town is');
  await looked();
  await press(page, 'button[value=importer]');
  await press(page, 'a[href*="/quartiers/import/"]');
  await page.locator('.tally').waitFor();
  await looked();
  await press(page, 'form[action*="/quartiers/import/"] button');
  assert.equal(await page.locator('#t-liste').count(), 0, 'none is left');
  quiet(page);
  await page.leave();
}

/** Only here: the town of the demo is invented, and no file of the census has it. */
async function census(browser, server, owner) {
  assert.ok(owner, 'the set-up');
  // The policy of the page would refuse axe itself.
  const page = await person(browser, { storageState: await owner.context().storageState(), bypassCSP: true });
  const tried = async lines => {
    await page.setViewportSize(DESK);
    await page.goto(`${server.base}/equipe/reglages/recensement`);
    const code = await page.locator('[data-commune]').getAttribute('data-commune');
    const rows = lines.map(line => `${code};Plougastel-Daoulas;${line}\n`).join('');
    await page.setInputFiles('input[name=fichier]', { name: 'pop1a.csv', mimeType: 'text/csv', buffer: Buffer.from(`CODGEO;LIBGEO;SEXE;AGEPYR10;NB\n${rows}`) });
    await press(page, 'form[action*="/recensement"] button');
    await page.locator('.tally').waitFor();
    seen.add(new URL(page.url()).pathname);
    const wrong = await faultsOf(page);
    assert.deepEqual(wrong, [], page.url());
    await page.setViewportSize(DESK);
  };
  await tried(['1;00;512,5', '2;00;498', '3;00;7']);
  assert.equal(await page.locator('button[value=importer]').count(), 0, 'a line is missing: too few people would be counted');
  assert.match(await page.locator('main table').innerText(), /4/, 'with its number');
  await press(page, 'button[value=oublier]');
  await tried(['1;00;512,5', '2;00;498']);
  await page.check('input[name=ecart]');
  await press(page, 'button[value=importer]');
  await page.locator('#t-lieu', { hasText: 'Plougastel-Daoulas' }).waitFor();
  quiet(page);
  await page.leave();
}
