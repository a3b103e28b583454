// What is wrong with a page for people who see it small, in the dark, or not at all: in words, one fault an entry.
// axe-core judges it as a screen reader and a contrast meter would; the rest is measured here.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const axe = await readFile(join(process.env.TEST_MODULES, 'axe-core/axe.min.js'), 'utf8');
const schemes = ['light', 'dark'];
const widths = [360, 1280];

const rules = async () => {
  const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
  return violations.map(({ id, impact, help, nodes }) => `${impact}: ${help} (${id}) at ${nodes.map((n) => n.html).join(' and ')}`);
};

const shape = () => {
  const faults = [];
  const must = (holds, otherwise) => { if (!holds) faults.push(otherwise); };
  const root = document.documentElement;
  must(root.scrollWidth <= innerWidth, `scrolls sideways: ${root.scrollWidth} px in ${innerWidth}`);
  must(root.lang, 'has no language');
  must(document.title.trim(), 'has no title');
  const headings = document.querySelectorAll('h1').length;
  must(headings === 1, `has ${headings} main headings`);
  const mains = document.querySelectorAll('main');
  must(mains.length === 1, `has ${mains.length} main parts`);
  for (const main of mains) {
    const by = document.getElementById(main.getAttribute('aria-labelledby') ?? '');
    must((by?.textContent ?? main.getAttribute('aria-label') ?? '').trim(), 'the main part has no label');
  }
  for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
    const label = [...(field.labels ?? [])].map((l) => l.textContent.trim()).join('');
    must(label, `a field has no label: ${field.outerHTML}`);
  }
  return faults;
};

export const judged = async (page) => {
  const before = page.viewportSize();
  const faults = [];
  for (const colorScheme of schemes) {
    for (const width of widths) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      // The content policy of the page keeps a script element out; the debugger is let in.
      await page.evaluate(axe);
      const found = [...await page.evaluate(rules), ...await page.evaluate(shape)];
      faults.push(...found.map((fault) => `${colorScheme}, ${width} px: ${fault}`));
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
  return faults;
};
