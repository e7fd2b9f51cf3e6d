// A file of a French office is brought as it is: seen, corrected, tried, imported, and its refused lines taken back.
import assert from 'node:assert/strict';
import { as, press } from './acts.mjs';
import { test } from './check.mjs';
import { until } from './server.mjs';

/** Windows-1252, semicolons, the day first; three lines are wrong. */
export const OFFICE = Buffer.from([
  'N°;Objet;Texte;Date (31/12/2025);Quartier;Religion',
  '1;Un banc;Devant l\'école, à l\'ombre;03/05/2026;Gare;x',
  '2;Un parc;Près du café;31/02/2026;Gare;x',
  '3;Trop;large;04/05/2026;Gare;x;y;z',
  '4;Un abri;Pour les vélos;05/05/2026;Centre;x',
  '1;Encore;Le même numéro;;;',
].join('\r\n'), 'latin1');

/** Sends a file by the form. */
export async function bring(page, name, buffer) {
  await page.setInputFiles('input[name=fichier]', { name, mimeType: 'text/csv', buffer });
  await press(page, 'form[action*="/equipe/importer"] button');
}

/** The whole way, as a person without scripts goes it too. */
async function way(browser, server, js) {
  const page = await as(browser, server, 'administrator', { js });
  await page.goto(`${server.base}/equipe/projets`);
  await press(page, 'main a[href="/equipe/importer"]');
  await bring(page, `boite-a-idees-${js}.csv`, OFFICE);
  const main = page.locator('main');
  let said = await main.innerText();
  assert.match(said, /Windows-1252.*points-virgules/s, 'how it was read');
  assert.match(said, /31\/02\/2026/, 'the wrong day');
  assert.match(said, /Interdit/, 'what the law forbids');
  assert.equal(await page.locator('select[name=c2]').inputValue(), 'text');
  const [refused] = await Promise.all([page.waitForEvent('download'), page.click('button[form=refusees]')]);
  const lines = (await (await refused.createReadStream()).toArray()).join('').trim().split('\r\n');
  assert.equal(lines.length, 4, 'three refused lines and their header');
  assert.match(lines[1], /^2;Un parc;.*31\/12\/2025/, 'the line, why and the remedy');
  await page.selectOption('select[name=c4]', 'address');
  await press(page, 'button[value=essai]');
  await press(page, 'button[value=importer]');
  await until(async () => {
    await page.goto(page.url());
    return (await page.locator('#t-fini').count()) > 0;
  }, 'the import is done');
  const done = page.url();
  await press(page, '#t-fini ~ div a.btn-primary');
  assert.match(page.url(), /\/equipe\/projets\/boite-a-idees/);
  await page.goto(`${server.base}/equipe/importer`);
  await bring(page, `boite-a-idees-${js}.csv`, OFFICE);
  said = await main.innerText();
  assert.match(said, /comme la dernière fois/, 'the columns are remembered');
  assert.match(await page.locator('.tally').innerText(), /à créer\s*0\s/, 'nothing is doubled');
  await press(page, 'button[value=oublier]');
  // Taken back: what would go is said first.
  await page.goto(done);
  await press(page, 'main a[href$="/annuler"]');
  assert.equal(await page.locator('.side nav a[aria-current=page]').getAttribute('href'), '/equipe/importer');
  assert.match(await main.innerText(), /Retirer\s2\scontributions/);
  await press(page, 'form[action$="/annuler"] button');
  await until(async () => {
    await page.goto(done);
    return /Import annulé\s:\s2\s/.test(await main.innerText());
  }, 'the import to be taken back');
  await page.leave();
}

export async function imports(browser, server) {
  for (const js of [true, false]) {
    await test(`a file is imported as it is (${js ? 'with' : 'without'} scripts)`, () => way(browser, server, js), 60);
  }
}
