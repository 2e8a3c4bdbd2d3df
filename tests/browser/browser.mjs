// A browser, and what tests need of it.

import { createRequire } from 'node:module';

const needs = createRequire(`${process.env.BROWSER_MODULES}/`);
const { chromium } = needs('playwright-core');
const AXE = needs.resolve('axe-core/axe.min.js');

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

export const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/** Opens a page; `complaints` collects whatever should not happen. */
export async function open(browser, url, { size = SIZES.wide, colorScheme = 'light' } = {}) {
  const context = await browser.newContext({ viewport: size, colorScheme, bypassCSP: false });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== url.split('#')[0] && !request.url().startsWith('data:')) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  await page.waitForFunction(() => performance.getEntriesByName('touchstone:ready').length > 0);
  return { page, complaints, close: () => context.close() };
}

/** What axe-core finds, in a page of its own that allows its script: the page under test allows none. */
export async function axe(browser, url, options) {
  const context = await browser.newContext({ viewport: options.size, colorScheme: options.colorScheme, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => performance.getEntriesByName('touchstone:ready').length > 0);
  await page.evaluate((states) => { for (const element of document.querySelectorAll('details')) element.open = states; }, options.opened ?? false);
  await page.waitForTimeout(150);
  await page.addScriptTag({ path: AXE });
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  await context.close();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
}
