// A QR code read by npm jsqr. One JSON line on stdin, {"width","height","rgba"}, the pixels in base64, four bytes each;
// one on stdout, {"text": what the code says, or null where none is found}.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const jsqr = createRequire(join(process.env.TEST_MODULES, 'x'))('jsqr');

const { width, height, rgba } = JSON.parse(await text(process.stdin));
const pixels = new Uint8ClampedArray(Buffer.from(rgba, 'base64'));
const found = jsqr(pixels, width, height);
process.stdout.write(`${JSON.stringify({ text: found?.data ?? null })}\n`);
