// The picture of the terminal in the README, drawn from what the program really prints:
//   npm run build && node docs/pictures/terminal.mjs
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [COLUMNS, LINES, CELL, LEADING, PAD] = [96, 34, 8.4, 19, 20];
const COLOURS = { 31: '#ff7b72', 32: '#7ee787', 33: '#f2cc60', 36: '#79c0ff' };

// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences are what is drawn
const SEQUENCE = /\u001b\[(\d+)m/;

/** Text with the sequences of a terminal as SVG: its first lines, each colour and weight as it is meant. */
function drawing(text, command) {
  const all = text.trimEnd().split('\n');
  const lines = [
    `\u001b[1m$ ${command}\u001b[22m`,
    ...all.slice(0, LINES - 2),
    ...(all.length > LINES - 2 ? ['…'] : []),
  ];
  const [width, height] = [Math.round(COLUMNS * CELL) + 2 * PAD, lines.length * LEADING + 2 * PAD];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="check-plan stops a plan that would destroy production">`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3">',
    ...lines.map((line, index) => `<text x="${PAD}" y="${PAD + 14 + index * LEADING}">${spans(line)}</text>`),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function spans(line) {
  let [colour, isBold, isDim] = [null, false, false];
  return line
    .split(SEQUENCE)
    .flatMap((part, index) => {
      if (index % 2 === 0) {
        if (part === '') return [];
        const style = [
          ...(colour === null ? [] : [` fill="${colour}"`]),
          ...(isBold ? [' font-weight="bold"'] : []),
          ...(isDim ? [' opacity="0.6"'] : []),
        ].join('');
        return [style === '' ? escaped(part) : `<tspan${style}>${escaped(part)}</tspan>`];
      }
      const code = Number(part);
      if (code === 1) isBold = true;
      else if (code === 2) isDim = true;
      else if (code === 22) [isBold, isDim] = [false, false];
      else colour = COLOURS[code] ?? null;
      return [];
    })
    .join('');
}

/** No space may be lost, and none is where it is one that does not break. */
const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '&#160;');

const { run } = await import('../../dist/cli/run.js');
let text = '';
await run(['plan.json'], {
  stdout: (more) => {
    text += more;
  },
  stderr: () => {},
  stdin: (async function* () {})(),
  isTerminal: { stdin: false, stdout: true, stderr: false },
  columns: COLUMNS,
  env: {
    PATH: process.env.PATH,
    GIT_CEILING_DIRECTORIES: fileURLToPath(new URL('../../fixtures', import.meta.url)),
  },
  cwd: fileURLToPath(new URL('../../fixtures/incident', import.meta.url)),
  now: () => Date.parse('2026-11-24T12:00:00Z'),
  ask: async () => '',
});
writeFileSync(new URL('terminal.svg', import.meta.url), drawing(text, 'check-plan plan.json'));
