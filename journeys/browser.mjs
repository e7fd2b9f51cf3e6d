// Chromium, one window per person, and the counting of what a journey asks of people.
import { chromium } from 'playwright-core';
import { existsSync } from 'node:fs';

const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync',
];
// The first is the same Chromium without a window around the page: half the work.
const places = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1280, height: 900 };

/** Starts the browser of the machine. */
export function launch() {
  const executablePath = process.env.CHROMIUM || places.find(existsSync);
  if (!executablePath) throw new Error('Chromium is not installed. Install it, or give its path in CHROMIUM');
  return chromium.launch({ executablePath, args: flags });
}

let people = 0;

/**
 * A window of one more person: own cookies, own address on the network (limits per address stay out of the way),
 * French. Everything the page complains about is kept in `faults`.
 */
export async function person(browser, { js = true, viewport = DESK, ...more } = {}) {
  people += 1;
  const address = `198.18.${people >> 8}.${people & 255}`;
  const context = await browser.newContext({
    viewport, javaScriptEnabled: js, locale: 'fr-FR', timezoneId: 'Europe/Paris', acceptDownloads: true,
    extraHTTPHeaders: { 'X-Forwarded-For': address }, ...more,
  });
  context.setDefaultTimeout(10_000);
  context.setDefaultNavigationTimeout(20_000);
  const faults = [];
  context.on('weberror', e => faults.push(`script error: ${e.error().message}`));
  context.on('console', m => {
    // A refused form (422) is logged by Chromium as an error too: pages say it better.
    if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) faults.push(`console: ${m.text()}`);
  });
  context.on('response', r => {
    if (r.status() >= 500) faults.push(`${r.status()} ${r.request().method()} ${r.url()}`);
  });
  context.on('requestfailed', r => {
    const why = r.failure()?.errorText ?? '';
    if (!/ERR_ABORTED|ERR_INTERNET_DISCONNECTED/.test(why)) faults.push(`${why} ${r.url()}`);
  });
  const page = await context.newPage();
  return Object.assign(page, { faults, leave: () => context.close() });
}

/** Counts the screens a page shows from now on: documents answered, redirections aside. */
export function countScreens(page) {
  const screens = [];
  const note = r => {
    const q = r.request();
    if (q.isNavigationRequest() && q.frame() === page.mainFrame() && (r.status() < 300 || r.status() >= 400)) screens.push(`${r.status()} ${r.url()}`);
  };
  page.on('response', note);
  return { screens, stop: () => page.off('response', note) };
}

/** Fields that the page's forms, or those of a part of it, refuse to do without. */
export const requiredFields = (page, part = 'main') => page.evaluate(part => [...document.querySelectorAll(`${part} :is([required], [aria-required=true])`)].map(e => e.name || e.id), part);

/** Presses Tab until the focus stands on `selector`; a person without a mouse would give up after `most` stops. */
export async function tabTo(page, selector, most = 80) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(s => document.activeElement?.matches(s), selector)) return;
  }
  throw new Error(`${page.url()}: ${selector} is not reached in ${most} tab stops`);
}

/** Tabs to what `selector` names and presses Enter: another page comes. */
export async function enterAt(page, selector, most = 80) {
  await tabTo(page, selector, most);
  const before = page.url();
  await page.keyboard.press('Enter');
  await page.waitForURL(url => url.href !== before);
  await page.waitForLoadState();
}

/** Opens a sign-in link and presses its one button. */
export async function signIn(page, link) {
  await page.goto(link);
  await page.locator('main form button').first().click();
  await page.waitForURL(url => !/\/connexion\//.test(url.pathname));
  return page;
}
