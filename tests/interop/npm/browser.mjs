// Debian's Chromium, told what to do as a person would: one JSON object a line on stdin, one answer a line on stdout.
//
//   {"do": "open", "address"}   {"do": "fill", "label", "value"}   {"do": "press", "button"}   {"do": "wait", "text"}
//   {"do": "keys", "keys": ["=text to type", "Tab", "Enter"]}   {"do": "judge"}
//
// An answer is what the person then sees, {"address", "title", "text"}, or {"failed": "…"}; a "judge" adds
// "faults" (judge.mjs). Fields are found by their
// label and buttons by their words, as a screen reader finds them; keys go wherever the focus is. The browser ends with its input.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { judged } from './judge.mjs';

const { chromium } = createRequire(join(process.env.TEST_MODULES, 'x'))('playwright-core');

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--no-proxy-server',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});
// The lab's authority is made for one run and installed nowhere, so the browser is told not to mind.
const context = await browser.newContext({ ignoreHTTPSErrors: true });
const page = await context.newPage();
page.setDefaultTimeout(30_000);

const deeds = {
  open: ({ address }) => page.goto(address),
  fill: ({ label, value }) => page.getByLabel(label).fill(value),
  press: async ({ button }) => {
    await page.getByRole('button', { name: button }).click();
    await page.waitForLoadState();
  },
  keys: async ({ keys }) => {
    for (const key of keys) {
      await (key.startsWith('=') ? page.keyboard.type(key.slice(1)) : page.keyboard.press(key));
    }
    await page.waitForLoadState();
  },
  wait: ({ text }) => page.getByText(text).first().waitFor(),
  judge: async () => ({ faults: await judged(page) }),
};

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const seen = async () => ({ address: page.url(), title: await page.title(), text: await page.innerText('body') });

try {
  for await (const line of createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line);
    try {
      const more = asked.do === 'judge' ? await deeds.judge() : (await deeds[asked.do](asked), {});
      say({ ...await seen(), ...more });
    } catch (thrown) {
      say({ failed: `${thrown.message} at ${page.url()}: ${await page.innerText('body').catch(() => '')}` });
    }
  }
} finally {
  await browser.close();
}
