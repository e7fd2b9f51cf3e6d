// First visit of a page, empty cache: bytes as they travel, requests, size of the document, how much it moves while it
// loads. Limits of the design.
const KB = 1024;
const limits = {
  public: { html: 15 * KB, css: 12 * KB, js: 10 * KB, fonts: 40 * KB, fontFiles: 2, images: 60 * KB, total: 130 * KB, requests: 8, nodes: 800, shift: 0.02 },
  team: { html: 25 * KB, css: 12 * KB, js: 30 * KB, fonts: 40 * KB, fontFiles: 2, images: 20 * KB, total: 130 * KB, requests: 8, nodes: 1500, shift: 0.02 },
};
const kind = { Document: 'html', Stylesheet: 'css', Script: 'js', Font: 'fonts', Image: 'images' };

/** Cumulative layout shift so far (https://web.dev/articles/cls, one session window: a page loads in less). */
export const moved = () => new Promise(done => {
  let sum = 0;
  const add = list => list.forEach(e => { if (!e.hadRecentInput) sum += e.value; });
  const observer = new PerformanceObserver(list => add(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => setTimeout(() => { add(observer.takeRecords()); observer.disconnect(); done(sum); }, 50));
});

/** Loads `path` in a window that visited nothing before, and measures. The window must be fresh (signed in at most). */
export async function measure(page, url) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.clearBrowserCache');
  const requests = new Map();
  cdp.on('Network.responseReceived', e => requests.set(e.requestId, { ...requests.get(e.requestId), type: e.type, url: e.response.url }));
  cdp.on('Network.loadingFinished', e => requests.set(e.requestId, { ...requests.get(e.requestId), bytes: e.encodedDataLength }));
  await page.goto(url, { waitUntil: 'load' });
  await page.evaluate(() => document.fonts.ready);
  const shift = await page.evaluate(moved);
  const sizes = { html: 0, css: 0, js: 0, fonts: 0, fontFiles: 0, images: 0, total: 0, requests: 0, shift, nodes: await page.evaluate(() => document.querySelectorAll('*').length) };
  for (const { type, url: from, bytes = 0 } of requests.values()) {
    if (!from || from.startsWith('data:')) continue;
    sizes.requests += 1;
    sizes.total += bytes;
    if (kind[type]) sizes[kind[type]] += bytes;
    if (type === 'Font') sizes.fontFiles += 1;
  }
  await cdp.detach();
  return sizes;
}

/** What is over the limit of the page's side. */
export function overBudget(sizes, side) {
  const limit = limits[side === 'team' ? 'team' : 'public'];
  return Object.entries(limit).filter(([what, most]) => sizes[what] > most).map(([what, most]) => `${what}: ${sizes[what]}, limit ${most}`);
}
