// The people of the desk: looked up, entered with their accord, taken back, noted.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from './check.mjs';
import { address, as, mailTo, press } from './acts.mjs';
import { until } from './server.mjs';
import { PHONE, person } from './browser.mjs';

/** Opens what a page keeps folded. */
const unfold = page => page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));

/** Enters somebody by hand, and gives the path of their sheet. */
export async function enter(page, server, { name, mail = '', phone = '', accord }) {
  await page.goto(`${server.base}/equipe/personnes/nouvelle`);
  await page.fill('input[name=nom]', name);
  await page.fill('input[name=courriel]', mail);
  await page.fill('input[name=telephone]', phone);
  await page.check('input[name=origine][value=stand]');
  if (accord) {
    await page.check(`input[name=accord][value="${accord}"]`);
    await page.fill('textarea[name=texte]', 'J’accepte de recevoir des nouvelles.');
    await page.fill('input[name=date]', await page.getAttribute('input[name=date]', 'max'));
    await page.fill('input[name=preuve]', 'Témoin : Yann');
  }
  await press(page, 'main form .btn-primary');
  return new URL(page.url()).pathname;
}

/** The same person twice, by her telephone: the paths of both sheets; the second is open. */
export async function twice(page, server, phone) {
  return [await enter(page, server, { name: 'Suzanne Perrin', phone }), await enter(page, server, { name: 'S. Perrin', phone })];
}

/** The code an authenticator app shows now for a key in letters (RFC 6238). */
export function appCode(letters) {
  const bits = [...letters.replace(/\s/g, '')].map(l => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(l).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(step).digest();
  return String((digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const signOut = async (page, server) => {
  await page.goto(`${server.base}/mon-espace`);
  await press(page, 'form[action="/deconnexion"] button');
};

/** Brings a file of people by its page: the mail is named by hand, the refused lines are taken back. */
async function bring(page, server, js) {
  const mail = `odile.${js}.${process.pid}@courriel.example`;
  const rows = `Prénom;E-mail perso;Tél;ok newsletter;Religion\nOdile;${mail};;oui 12/03/2025;x\nYann;yann@courriel;;oui;x\n=1+1;zut;;;x\n`;
  await page.goto(`${server.base}/equipe/personnes`);
  await press(page, 'main a[href="/equipe/personnes/importer"]');
  await page.setInputFiles('input[name=fichier]', { name: `adherents-${js}.csv`, mimeType: 'text/csv', buffer: Buffer.from(rows) });
  await press(page, 'form[action*="/personnes/importer"] button');
  const main = page.locator('main');
  assert.match(await main.innerText(), /Interdit/, 'what the law forbids');
  await page.selectOption('select[name=c1]', 'email');
  await press(page, 'button[value=essai]');
  assert.match(await page.locator('.tally').innerText(), /à créer\s*1\s/);
  const [refused] = await Promise.all([page.waitForEvent('download'), page.click('button[form=refusees]')]);
  const lines = (await (await refused.createReadStream()).toArray()).join('').trim().split('\r\n');
  assert.equal(lines.length, 3, 'two refused lines and their header');
  assert.match(lines[2], /^'=1\+1;zut/, 'a formula is a text');
  await press(page, 'button[value=importer]');
  assert.ok(await page.locator('#e-origine').count() && await page.locator('#e-pas-officiel').count(), 'the origin and the promise are asked');
  await page.fill('input[name=origine]', 'Adhésions 2025, bulletins papier');
  await page.check('input[name=pas-officiel]');
  await press(page, 'button[value=importer]');
  await until(async () => {
    await page.goto(page.url());
    return (await page.locator('#t-fini').count()) > 0;
  }, 'the people are imported');
  const file = page.url();
  await press(page, '#t-fini ~ div a.btn-primary');
  await page.goto(`${server.base}/equipe/personnes?q=${encodeURIComponent(mail)}`);
  await press(page, '.plist a');
  assert.match(await page.locator('#accords').innerText(), /Adhésions 2025, bulletins papier/);
  await page.goto(file);
  await press(page, 'main a[href$="/annuler"]');
  assert.match(await page.locator('.tally').innerText(), /à retirer\s*1\s/);
  await press(page, 'main form .btn-bad');
  assert.match(await page.locator('[role=status]').first().innerText(), /1\sfiche retirée/);
  await page.goto(`${server.base}/equipe/personnes?q=${encodeURIComponent(mail)}`);
  assert.equal(await page.locator('.plist a').count(), 0, 'nobody used the sheet');
}

export async function people(browser, server) {
  const owner = await as(browser, server, 'owner');

  await test('somebody is entered by hand with the proof of their accord, found, and left in peace', async () => {
    const sheet = await enter(owner, server, { name: 'Véronique Œuvrard', mail: `veronique.${process.pid}@courriel.example`, phone: '06 12 34 56 78', accord: 'newsletter.email' });
    assert.match(await owner.locator('#accords').innerText(), /Témoin\s: Yann/);
    await owner.goto(`${server.base}/equipe/personnes`);
    await owner.fill('#q', 'veronique oeuv');
    await press(owner, 'main form[role=search] button');
    assert.match(await owner.locator('[role=status]').first().innerText(), /1 personne/);
    await press(owner, '.plist a');
    assert.equal(new URL(owner.url()).pathname, sheet);
    await press(owner, 'form[action*="/accords/retirer"] button');
    assert.match(await owner.locator('#accords').innerText(), /Retiré/);
    await owner.fill('textarea[name=note]', 'Préfère être appelée après 18 h.');
    await press(owner, 'form[action*="/notes"] button.btn-second');
    assert.match(await owner.locator('#notes').innerText(), /après 18\sh/);
  });

  await test('on a telephone and without JavaScript, the sheet stands alone and leads back to the list', async () => {
    const page = await as(browser, server, 'administrator', { js: false, viewport: PHONE });
    await page.goto(`${server.base}/equipe/personnes?q=oeuvrard`);
    await press(page, '.plist a');
    assert.ok(!await page.locator('#q').isVisible(), 'the list is away');
    await press(page, 'a.back');
    assert.match(page.url(), /q=oeuvrard/);
    await page.leave();
  });

  await test('moderators and analysts see no sheet', async () => {
    for (const role of ['moderator', 'analyst']) {
      const page = await as(browser, server, role);
      const answer = await page.goto(`${server.base}/equipe/personnes`);
      assert.equal(answer.status(), 403, role);
      assert.equal(await page.locator('nav a[href="/equipe/personnes"]').count(), 0);
      await page.leave();
    }
  });
  for (const js of [true, false]) {
    await test(`people are imported from a file (${js ? 'with' : 'without'} scripts)`, async () => {
      const page = await as(browser, server, 'administrator', { js });
      await bring(page, server, js);
      await page.leave();
    }, 60);
  }
  await test('two sheets of one person are proposed, united, and separated again', async () => {
    const sheets = await twice(owner, server, '01 99 00 12 33');
    const answers = async () => (await Promise.all(sheets.map(path => owner.request.get(`${server.base}${path}`)))).map(a => a.status()).sort();
    await press(owner, 'main a[href*="/fusionner?avec="]');
    await press(owner, 'button[value=fusionner]');
    assert.deepEqual(await answers(), [200, 404], 'one sheet is left');
    await press(owner, 'form[action*="/separer"] button');
    assert.deepEqual(await answers(), [200, 200], 'two again');
  });

  await test('somebody is invited, protects their access, and enters with a recovery code, then with a passkey', async () => {
    const mail = address('nora');
    await owner.goto(`${server.base}/equipe/reglages/equipe`);
    await owner.fill('form[action$="/inviter"] input[name=courriel]', mail);
    await owner.fill('form[action$="/inviter"] input[name=nom]', 'Nora Petit');
    await owner.locator('form[action$="/inviter"] input[value=analyst]').check({ force: true });
    await press(owner, 'form[action$="/inviter"] button');
    const page = await person(browser);
    await page.goto((await mailTo(owner, server, mail)).link);
    await press(page, 'main form button.btn-primary');
    await page.goto(`${server.base}/mon-espace/verification`);
    await press(page, 'button[value=commencer]');
    await unfold(page);
    await page.fill('#f-code', appCode(await page.locator('details code').innerText()));
    await press(page, 'button[value=confirmer]');
    const codes = await page.locator('li code').allInnerTexts();
    assert.equal(codes.length, 10);
    await signOut(page, server);

    await page.goto(`${server.base}/connexion`);
    await page.fill('input[name=courriel]', mail);
    await press(page, 'main form button.btn-primary');
    await page.goto((await mailTo(owner, server, mail, /6/)).link);
    await press(page, 'main form button.btn-primary');
    assert.equal(new URL(page.url()).pathname, '/connexion/verification', 'the mail alone does not open the desk');
    assert.equal((await page.request.get(`${server.base}/equipe`, { maxRedirects: 0 })).status() >= 300, true);
    await page.fill('#f-code', codes[0]);
    await press(page, 'main form button.btn-primary');
    assert.match(page.url(), /\/equipe|\/mon-espace/);

    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
    await page.goto(`${server.base}/mon-espace/verification`);
    await page.fill('#f-nom', 'Ordinateur du bureau');
    await press(page, 'form[data-passkey] button');
    assert.match(await page.locator('main').innerText(), /Ordinateur du bureau/);
    await signOut(page, server);
    await page.goto(`${server.base}/connexion?retour=/equipe/analyse`);
    await press(page, 'form[data-passkey] button');
    assert.equal(new URL(page.url()).pathname, '/equipe/analyse');
    await page.leave();
  });
  await owner.leave();
}
