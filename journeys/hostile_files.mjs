// Hostile files on the desk: a CSV of ideas and one of people, a workbook, a picture, a file of areas. Headers, cells, names of
// files and of sheets hold markup, formulas, NUL and marks that turn the direction. What they leave is walked by hostile.mjs.
import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import { press } from './acts.mjs';
import { test } from './check.mjs';
import { until } from './server.mjs';

const IMG = '"><img src=x onerror=pwned=1>';
const SCRIPT = '<script>pwned=1</script>';
const FORMULA = '=CMD()';
const RTL = 'fdp.\u202efin\u200f<svg onload=pwned=1>';
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

const csv = rows => Buffer.from(rows.map(r => r.map(c => `"${c.replaceAll('"', '""')}"`).join(';')).join('\r\n'));
const xml = text => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);

/** A ZIP of stored files (APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16). */
function zip(files) {
  const parts = [], heads = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, data] = [Buffer.from(name), Buffer.from(text)];
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(path.length, 22);
    const own = Buffer.alloc(14);
    own.writeUInt32LE(at, 10);
    parts.push(Buffer.from('PK\x03\x04'), common, path, data);
    heads.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, own, path);
    at += 30 + path.length + data.length;
  }
  const end = Buffer.alloc(18);
  const [n, head] = [heads.length / 5, Buffer.concat(heads)];
  end.writeUInt16LE(n, 4);
  end.writeUInt16LE(n, 6);
  end.writeUInt32LE(head.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, head, Buffer.from('PK\x05\x06'), end]);
}

/** A workbook of these sheets, each `[name, rows]`. */
function workbook(sheets) {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const list = (sheets, one) => sheets.map((s, i) => one(s, i + 1)).join('');
  const row = (cells, n) => `<row r="${n}">${cells.map((c, i) => `<c r="${'ABCDEF'[i]}${n}" t="inlineStr"><is><t>${xml(c)}</t></is></c>`).join('')}</row>`;
  return zip({
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${list(sheets, (_, i) => `<Override PartName="/xl/worksheets/sheet${i}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`)}</Types>`,
    '_rels/.rels': `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns="${main}" xmlns:r="${office}"><sheets>${list(sheets, ([name], i) => `<sheet name="${xml(name)}" sheetId="${i}" r:id="s${i}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list(sheets, (_, i) => `<Relationship Id="s${i}" Type="${office}/worksheet" Target="worksheets/sheet${i}.xml"/>`)}</Relationships>`,
    ...Object.fromEntries(sheets.map(([, rows], i) => [`xl/worksheets/sheet${i + 1}.xml`, `<?xml version="1.0"?><worksheet xmlns="${main}"><sheetData>${rows.map((r, n) => row(r, n + 1)).join('')}</sheetData></worksheet>`])),
  });
}

const IDEAS = [
  [SCRIPT, IMG, FORMULA, `Texte ${RTL}`, `Date ${IMG}`],
  [`Auteur ${IMG}`.slice(0, 40), `Titre ${IMG}`, `${FORMULA}${SCRIPT}`.slice(0, 60), `Une idée d’un fichier. ${SCRIPT}${IMG}${RTL}`, '2026-01-02'],
  [FORMULA, FORMULA, IMG, `${FORMULA} au début d’un texte.`, '2026-01-03'],
  [RTL, RTL, RTL, `Le sens du texte change ici : ${RTL}`, '2026-01-04'],
  [IMG, IMG, IMG, `Cette ligne est refusée ${IMG}`, `${FORMULA}${IMG}`],
];
const PEOPLE = [
  [SCRIPT, IMG, FORMULA, `ok ${RTL}`],
  [`Odile ${IMG}`, `Faure ${SCRIPT}`, 'odile.hostile@courriel.example', 'oui 12/03/2025'],
  [FORMULA, RTL, 'formule.hostile@courriel.example', 'oui 12/03/2025'],
  [IMG, SCRIPT, `${FORMULA}${IMG}`, IMG],
];

const refusedCells = async page => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.click('button[form=refusees]')]);
  const text = (await (await file.createReadStream()).toArray()).join('');
  assert.ok(text.trim().split('\r\n').length > 1, 'a refused line is given back');
  return text.split(/[;\r\n]/).map(c => c.replace(/^\ufeff?"?/, '')).filter(c => /^[=+@\t]/.test(c));
};

/** Brings a file, names its columns, looks at the trial, imports it. `at` is the page of the kind of import. */
async function bring(team, base, injected, { at, name, buffer, roles, extra }) {
  await team.goto(base + at);
  await team.setInputFiles('input[name=fichier]', { name, mimeType: 'text/csv', buffer });
  await press(team, `form[action*="${at}"] button`);
  assert.deepEqual(await injected(team), [], 'the columns');
  for (const [i, role] of roles.entries()) await team.selectOption(`select[name=c${i}]`, role);
  if (extra) await extra(team);
  await press(team, 'button[value=essai]');
  assert.deepEqual(await injected(team), [], 'the trial');
  assert.deepEqual(await refusedCells(team), [], 'no formula in the refused lines');
  if (extra) await extra(team);
  await press(team, 'button[value=importer]');
  await until(async () => {
    await team.goto(team.url());
    return (await team.locator('#t-fini').count()) > 0;
  }, `${name} to be imported`);
  assert.deepEqual(await injected(team), [], 'what was done');
}

export async function hostileFiles(team, { base }, slug, injected) {
  await test('hostile files of ideas: columns, trial, refused lines, and what is published', async () => {
    const roles = ['author', 'title', 'tag', 'text', 'date'];
    // The project that citizens see, not one made from the name of the file.
    const extra = page => page.selectOption('select[name=projet]', { index: 1 });
    await bring(team, base, injected, { at: '/equipe/importer', name: `${IMG}${RTL}.csv`, buffer: csv(IDEAS), roles, extra });
    await team.goto(`${base}/projets/${slug}?tri=recentes`);
    assert.deepEqual(await injected(team), []);
    assert.match(await team.locator('main').innerText(), /<img src=x onerror=pwned=1>/, 'markup is a text');
  });

  await test('hostile sheets of a workbook: their names in the choice', async () => {
    const sheets = [[SCRIPT, IDEAS], [IMG.slice(0, 31), IDEAS.slice(0, 3)], [RTL, IDEAS.slice(0, 2)]];
    await team.goto(`${base}/equipe/importer`);
    await team.setInputFiles('input[name=fichier]', { name: `${FORMULA}.xlsx`, mimeType: 'application/vnd.ms-excel', buffer: workbook(sheets) });
    await press(team, 'form[action*="/equipe/importer"] button');
    const names = await team.locator('select[name=feuille] option').allInnerTexts();
    assert.equal(names.length, 3, await team.locator('main').innerText());
    assert.ok(names.includes(SCRIPT), names.join(' | '));
    assert.deepEqual(await injected(team), []);
    await team.selectOption('select[name=feuille]', { index: 1 });
    await press(team, 'button[value=feuille]');
    assert.deepEqual(await injected(team), [], 'another sheet');
    // A sheet that the workbook does not have.
    await team.evaluate(name => { const o = document.querySelector('select[name=feuille]').options[0]; o.value = name; o.selected = true; }, `${SCRIPT}${RTL}\u0000`);
    await press(team, 'button[value=feuille]');
    assert.deepEqual(await injected(team), [], 'a sheet of nowhere');
    assert.ok(await team.locator('h1').count(), 'a page');
  });

  await test('a file of NULs is named for what it is, one NUL is its row’s alone', async () => {
    const sent = async buffer => {
      await team.goto(`${base}/equipe/importer`);
      await team.setInputFiles('input[name=fichier]', { name: 'nul.csv', mimeType: 'text/csv', buffer });
      await press(team, 'form[action*="/equipe/importer"] button');
      assert.deepEqual(await injected(team), []);
    };
    await sent(Buffer.concat([Buffer.from('Texte;Titre\n'), Buffer.alloc(400), Buffer.from(IMG)]));
    await team.locator('[aria-invalid=true], [role=alert]').first().waitFor();
    await sent(Buffer.from(`Texte;Titre\nUn banc\u0000${IMG};x\nUne fontaine;y\n`));
    await team.locator('button[value=essai]').first().waitFor();
  });

  await test('hostile files of people: columns, trial, refused lines, and their sheets', async () => {
    const roles = ['first-name', 'name', 'email', 'accord'];
    const extra = async page => {
      await page.fill('input[name=origine]', `${IMG}${FORMULA}`);
      await page.locator('input[name=pas-officiel]').check({ force: true });
    };
    await bring(team, base, injected, { at: '/equipe/personnes/importer', name: `${SCRIPT.replace('/', '')}${RTL}.csv`, buffer: csv(PEOPLE), roles, extra });
    await team.goto(`${base}/equipe/personnes?q=hostile`);
    assert.deepEqual(await injected(team), []);
    await press(team, '.plist a');
    assert.deepEqual(await injected(team), [], 'the sheet of one of them');
    assert.match(await team.locator('#accords').innerText(), /onerror=pwned/, 'the origin stands as it was written');
  });

  await test('hostile names of a picture, of a document and of areas', async () => {
    for (const [name, buffer] of [[`${IMG}${RTL}.png`, PIXEL], [`${SCRIPT.replace('/', '')}${FORMULA}.csv`, Buffer.from('a;b\n1;2\n')]]) {
      await team.goto(`${base}/equipe/projets/${slug}/fichiers`);
      await team.setInputFiles('input[name=fichier]', { name, mimeType: 'application/octet-stream', buffer });
      await team.fill('form[enctype] input[name=mots]', `${IMG}${SCRIPT}`);
      await press(team, 'form[enctype] button');
      assert.deepEqual(await injected(team), [], name);
      assert.match(team.url(), /fait=fichier-ajoute/, await team.locator('main').innerText());
    }
    assert.ok(!(await team.locator('main li').allInnerTexts()).join().includes('\u202e'), 'no name of a file is shown backwards');
    await team.goto(`${base}/projets/${slug}`);
    assert.deepEqual(await injected(team), [], 'the project');
    const square = (nom, x) => ({ type: 'Feature', properties: { nom }, geometry: { type: 'Polygon', coordinates: [[[x, 47], [x + 0.01, 47], [x + 0.01, 47.01], [x, 47.01], [x, 47]]] } });
    const twisted = { type: 'Feature', properties: { nom: `Nœud ${IMG}` }, geometry: { type: 'Polygon', coordinates: [[[0, 47], [0.01, 47.01], [0.01, 47], [0, 47.01], [0, 47]]] } };
    for (const features of [[twisted], [square(IMG, 0), square(SCRIPT, 0.1), square(RTL, 0.2)]]) {
      await team.goto(`${base}/equipe/reglages/quartiers`);
      await team.setInputFiles('input[name=fichier]', { name: `${IMG}.geojson`, mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })) });
      await press(team, 'form[action*="/quartiers/fichier"] button');
      assert.deepEqual(await injected(team), [], 'the trial of the areas');
      if (await team.locator('button[value=importer]').count()) await press(team, 'button[value=importer]');
      assert.deepEqual(await injected(team), [], 'the areas');
    }
    assert.match(await team.locator('main').innerText(), /<img src=x onerror=pwned=1>/, 'the name of an area is a text');
  });
}
