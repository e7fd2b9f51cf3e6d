// The journey of files: a list leaves as filtered, the open data are anybody's, a backup is made and read back.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { person } from './browser.mjs';
import { test } from './check.mjs';
import { until } from './server.mjs';
import { as, press, quiet } from './acts.mjs';

/** What a press on `button` downloads: its name and its bytes. */
async function download(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** The files of a ZIP: name and text. */
function unzip(bytes) {
  const files = {};
  let at = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let left = bytes.readUInt16LE(at + 10);
  at = bytes.readUInt32LE(at + 16);
  for (; left > 0; left -= 1) {
    const [size, name, extra, note, start] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const body = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    files[bytes.toString('utf8', at + 46, at + 46 + name)] = inflateRawSync(bytes.subarray(body, body + size)).toString('utf8');
    at += 46 + name + extra + note;
  }
  return files;
}

const button = (page, list, form) => page.locator(`form:has(input[name=liste][value=${list}]) button[value=${form}]`);

export async function exportsJourney(browser, server) {
  await test('a list leaves as filtered, in three forms', async () => {
    const owner = await as(browser, server, 'owner');
    await owner.goto(`${server.base}/equipe/contributions?file=a-publier`);
    await press(owner, 'main a[href^="/equipe/exports"]');
    const some = await download(owner, button(owner, 'contributions', 'csv'));
    assert.match(some.name, /^contributions-\d{4}-\d\d-\d\d\.csv$/);
    await owner.goto(`${server.base}/equipe/exports`);
    const all = await download(owner, button(owner, 'contributions', 'csv'));
    assert.ok(all.bytes.length > some.bytes.length && all.bytes[0] === 0xef, 'the whole list is longer');
    const book = await download(owner, button(owner, 'contributions', 'xlsx'));
    assert.equal(book.bytes.toString('latin1', 0, 2), 'PK');
    const map = JSON.parse((await download(owner, button(owner, 'quartiers', 'geojson'))).bytes);
    assert.equal(map.type, 'FeatureCollection');
    await owner.goto(`${server.base}/equipe/journal?quoi=list.exported`);
    assert.match(await owner.locator('main').innerText(), /contributions\.xlsx/);
    quiet(owner);
    await owner.leave();
  });

  await test('a backup is made now, read back, and taken away', async () => {
    const owner = await as(browser, server, 'owner');
    const path = `${server.base}/equipe/reglages/sauvegardes`;
    await owner.goto(path);
    await press(owner, 'form[action$="/maintenant"] button');
    await until(async () => {
      await owner.goto(path);
      return /Relue en entier/.test(await owner.locator('main').innerText());
    }, 'the backup to be read back', 30_000);
    const file = await download(owner, owner.locator('main ul.lines form button').first());
    assert.match(file.name, /^parvis-.*\.zip$/);
    assert.equal(file.bytes.toString('latin1', 0, 2), 'PK');
    await owner.goto(`${server.base}/equipe/reglages/conservation`);
    await owner.fill('input[name=journal]', '3');
    await press(owner, 'button[name=essayer]');
    assert.ok(await owner.locator('#erreurs').count(), 'too short a period is refused');
    await owner.fill('input[name=journal]', '120');
    await press(owner, 'button[name=essayer]');
    assert.match(await owner.locator('main').innerText(), /partirai/);
    quiet(owner);
    await owner.leave();
  });

  await test('the open data are anybody’s, and can be counted again', async () => {
    const page = await person(browser, { js: false });
    await page.goto(`${server.base}/donnees`);
    const files = unzip((await download(page, page.locator('main a.btn-primary'))).bytes);
    assert.ok(files['README.md'].includes('Licence Ouverte'), Object.keys(files).join(' '));
    const features = JSON.parse(files['idees.geojson']).features.length;
    const said = Number(files['README.md'].match(/idees\.geojson` — (\d[\d\s\u00a0\u202f]*)/)[1].replace(/\D/g, ''));
    assert.equal(features, said, 'as many rows as the README says');
    assert.ok(!/[\w.]+@rivemont\.example/.test(files['idees.csv'] + files['commentaires.csv']), 'no address');
    await page.leave();
  });
}
