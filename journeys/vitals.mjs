// How soon a page is there on a slow telephone: a measurement to read, not a test.
//   node vitals.mjs [path …]     the demo, at 1.6 Mbit/s, 150 ms, a processor four times slower; medians of five first visits
import { PHONE, launch, person } from './browser.mjs';
import { moved } from './budget.mjs';
import { start } from './server.mjs';

const SLOW = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const VISITS = 5;

const browser = await launch();
const server = await start('demo');
const project = await (async () => (await (await fetch(`${server.base}/api/v1/projects`)).json()).data[0].slug)();
const idea = await (async () => (await (await fetch(`${server.base}/api/v1/ideas?limit=1`)).json()).data[0].number)();
const given = process.argv.slice(2);
const paths = given.length ? given : ['/', `/projets/${project}`, `/idees/${idea}`, '/idees', '/deposer', '/reponses', '/connexion'];

/** Largest paint, and the longest answer to a press, in milliseconds; the shift. */
async function visit(path) {
  const page = await person(browser, { viewport: PHONE });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', SLOW);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.goto(server.base + path, { waitUntil: 'load' });
  await page.evaluate(() => document.fonts.ready);
  const paint = await page.evaluate(() => new Promise(done => {
    let last = 0;
    const observer = new PerformanceObserver(list => list.getEntries().forEach(e => { last = e.startTime; }));
    observer.observe({ type: 'largest-contentful-paint', buffered: true });
    setTimeout(() => { observer.disconnect(); done(last); }, 300);
  }));
  const shift = await page.evaluate(moved);
  // What answers on the page itself: a fold, or the focus of a field.
  await page.evaluate(() => {
    window.answers = [0];
    new PerformanceObserver(list => list.getEntries().forEach(e => { if (e.interactionId) window.answers.push(e.duration); })).observe({ type: 'event', durationThreshold: 16, buffered: true });
  });
  const place = page.locator('main summary:visible, main textarea:visible, main input:visible').first();
  if (await place.count()) await place.tap().catch(() => place.click());
  await page.waitForTimeout(300);
  const answer = await page.evaluate(() => Math.max(...window.answers));
  await page.leave();
  return { paint, shift, answer };
}

const middle = list => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
console.log('page'.padEnd(44), 'LCP ms'.padStart(8), 'CLS'.padStart(7), 'INP ms'.padStart(8));
for (const path of paths) {
  const visits = [];
  for (let i = 0; i < VISITS; i++) visits.push(await visit(path));
  const of = what => middle(visits.map(v => v[what]));
  console.log(path.padEnd(44), of('paint').toFixed(0).padStart(8), of('shift').toFixed(3).padStart(7), of('answer').toFixed(0).padStart(8));
}
await browser.close();
await server.stop();
