// A poster is printed, its code photographed: the idea lands in its place and project, and the count shows it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { as, figure, openProject, post, press, quiet } from './acts.mjs';
import { PHONE, person } from './browser.mjs';
import { test } from './check.mjs';

const run = promisify(execFile);
const reader = createRequire(import.meta.url).resolve('jsqr');

/** What the code on a picture says, read as a telephone reads it. */
async function photograph(browser, png) {
  const camera = await browser.newPage();
  await camera.addScriptTag({ path: reader });
  const said = await camera.evaluate(async picture => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    return globalThis.jsQR(context.getImageData(0, 0, image.width, image.height).data, image.width, image.height)?.data;
  }, png.toString('base64'));
  await camera.close();
  return said;
}

/** The head of a PDF's first page as a picture, where the machine has a program for it: on a sheet to tear off, the codes at
 * its foot would be in the picture too, and a telephone is held to one. */
async function printed(pdf, most) {
  const folder = await mkdtemp(join(tmpdir(), 'parvis-poster-'));
  try {
    await writeFile(join(folder, 'p.pdf'), pdf);
    await run('pdftoppm', ['-r', '100', '-W', '2000', '-H', most, '-png', '-singlefile', join(folder, 'p.pdf'), join(folder, 'p')]);
    return await readFile(join(folder, 'p.png'));
  } catch (e) {
    if (e.code === 'ENOENT') return null;
    throw e;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A site of its own, with the frame and another page of the program in it. */
async function site(base) {
  const page = `<!doctype html><title>Ville</title>${['/integrer', '/deposer'].map(p => `<iframe width="500" height="500" src="${base}${p}"></iframe>`).join('')}`;
  const server = createServer((_, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end(page));
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return { base: `http://localhost:${server.address().port}`, close: () => server.close() };
}

export async function reach(browser, server) {
  await test('reach: a poster, its code, an idea in its place, and the count', async () => {
    const owner = await as(browser, server, 'owner');
    const slug = await openProject(owner, server);
    await owner.goto(`${server.base}/equipe/projets/${slug}`);
    const title = (await owner.locator('h1').textContent()).trim();
    await owner.goto(`${server.base}/equipe/liens`);
    await owner.selectOption('select[name=projet]', { label: title });
    const area = await owner.locator('select[name=quartier] option').nth(1).textContent();
    await owner.selectOption('select[name=quartier]', { label: area });
    await owner.fill('input[name=lieu]', 'Halle aux grains');
    await owner.fill('input[name=nom]', 'Affiche de la halle');
    await press(owner, '#nouveau form button.btn-primary');
    const desk = owner.url();
    const address = (await owner.locator('#code code.copy').textContent()).trim();

    const get = async part => (await owner.context().request.get(new URL(`${new URL(desk).pathname}/${part}`, server.base).href)).body();
    assert.equal(await photograph(browser, await get('code.png')), address, 'the code opens the address');
    for (const sheet of ['affiche-a4.pdf', 'affiche-a3.pdf', 'languettes.pdf']) {
      const pdf = await get(sheet);
      assert.ok(pdf.subarray(0, 5).equals(Buffer.from('%PDF-')), sheet);
      assert.ok(pdf.includes(`/URI(${address})`), `${sheet} can be followed on a screen`);
      const picture = await printed(pdf, sheet === 'languettes.pdf' ? '890' : '2000');
      if (picture) assert.equal(await photograph(browser, picture), address, `the code of ${sheet} is read`);
    }

    const walker = await person(browser, { viewport: PHONE });
    for (const start of [address, address]) await walker.goto(start);
    assert.equal(new URL(walker.url()).pathname, '/deposer');
    const number = await post(walker, server, { text: 'Une fontaine à eau sous la halle.', start: address });
    quiet(walker);
    await walker.leave();

    await owner.goto(`${server.base}/equipe/contributions/${number}`);
    const sheet = await owner.locator('main').innerText();
    assert.ok(sheet.includes('Halle aux grains') && sheet.includes(area.trim()) && sheet.includes(title), sheet);
    await owner.goto(desk);
    assert.equal(await figure(owner.locator('#passages')), 1, 'one browser, counted once');
    assert.equal(await figure(owner.locator('#idees')), 1);
    assert.ok((await owner.locator('main').innerText()).includes('fontaine à eau'));

    await press(owner, 'button[value=arreter]');
    const late = await person(browser, { viewport: PHONE });
    assert.equal((await late.goto(address)).status(), 410, 'a link that was stopped says so');
    await late.leave();
    await press(owner, 'button[value=reprendre]');
    quiet(owner);
    await owner.leave();
  });

  await test('reach: the frame shows on the site named and on no other', async () => {
    const owner = await as(browser, server, 'owner');
    // The town's own site, and another of this machine.
    const town = await site(server.base);
    const other = await site(server.base);
    await owner.goto(`${server.base}/equipe/liens/integrer`);
    await owner.fill('textarea[name=sites]', town.base);
    await press(owner, 'form[method=post] .btn-primary');
    const visitor = await person(browser);
    await visitor.goto(town.base);
    await visitor.frameLocator('iframe').first().locator('ul.rows li').first().waitFor();
    const refused = 'main, form';
    assert.equal(await visitor.frameLocator('iframe').nth(1).locator(refused).count(), 0, 'no other page is shown in a frame');
    await visitor.goto(other.base);
    await visitor.waitForLoadState('networkidle');
    assert.equal(await visitor.frameLocator('iframe').first().locator(refused).count(), 0, 'nor any page on another site');
    town.close();
    other.close();
    await visitor.leave();
    await owner.leave();
  });

  await test('reach: a link shared elsewhere has its picture', async () => {
    const visitor = await person(browser);
    for (const path of ['/', '/projets', '/idees']) {
      await visitor.goto(server.base + path);
      const picture = visitor.locator('meta[property="og:image"]');
      const answer = await visitor.context().request.get(await picture.getAttribute('content'));
      assert.equal(answer.headers()['content-type'], 'image/png');
      assert.ok((await answer.body()).length < 150_000);
    }
    for (const feed of ['/flux/idees.atom', '/flux/reponses.rss', '/sitemap.xml']) {
      const answer = await visitor.context().request.get(server.base + feed);
      const again = await visitor.context().request.get(server.base + feed, { headers: { 'If-None-Match': answer.headers().etag } });
      assert.deepEqual([answer.status(), again.status()], [200, 304], feed);
    }
    quiet(visitor);
    await visitor.leave();
  });
}
