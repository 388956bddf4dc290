import { typical } from './ratios.mjs';
import * as words from './words.mjs';

const PANEL = { width: 380, height: 300, left: 66, top: 84, gap: 90 };
const WIDTH = PANEL.left + 2 * PANEL.width + PANEL.gap + 34;
const HEIGHT = PANEL.top + PANEL.height + 52;

/** A colour on white, the same one on black, and a mark, so that no line is told by its colour alone. */
const LOOKS = {
  'check-plan': ['#0550ae', '#6cb6ff', 'circle'],
  sha256sum: ['#57606a', '#adbac7', 'square'],
  'JSON.parse': ['#bc4c00', '#f69d50', 'triangle'],
  jq: ['#8250df', '#dcbdfb', 'diamond'],
  "Python's json": ['#116329', '#6bc46d', 'square'],
  conftest: ['#a40e26', '#ff938a', 'triangle'],
  opa: ['#7d4e00', '#daaa3f', 'diamond'],
};
const MARKS = {
  circle: (x, y) => `<circle cx="${x}" cy="${y}" r="4"/>`,
  square: (x, y) => `<rect x="${x - 3.5}" y="${y - 3.5}" width="7" height="7"/>`,
  triangle: (x, y) => `<path d="M${x} ${y - 5}l5 9h-10z"/>`,
  diamond: (x, y) => `<path d="M${x} ${y - 5}l5 5l-5 5l-5-5z"/>`,
};

/** Time and peak memory against the size of the plan, both on logarithmic axes, as an SVG that stands alone. */
export function plot(results) {
  const runs = results.runs.filter(({ kind }) => kind === 'size').sort((a, b) => a.bytes - b.bytes);
  const panels = [
    { title: 'Time', measure: 'wall', write: words.seconds },
    { title: 'Peak memory', measure: 'peak', write: words.bytes },
  ].map((panel, nth) => drawn(panel, runs, PANEL.left + nth * (PANEL.width + PANEL.gap)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="Time and peak memory against the size of the plan">
<style>${style()}</style>
<rect class="paper" width="${WIDTH}" height="${HEIGHT}" rx="6"/>
${legend(runs)}
${panels.join('\n')}
</svg>
`;
}

/** The paper is painted, so that a page in the other scheme than the image leaves it legible. */
function style() {
  const scheme = (nth, [paper, text, grid]) => [
    `.paper{fill:${paper}}text{fill:${text}}.grid{stroke:${grid}}`,
    ...Object.values(LOOKS).map((look, place) => `.p${place}{color:${look[nth]}}`),
  ];
  return [
    'svg{font:13px system-ui,sans-serif}.title{font-weight:600;font-size:15px}',
    ...scheme(0, ['#fff', '#1f2328', '#d8dee4']),
    `@media(prefers-color-scheme:dark){${scheme(1, ['#0d1117', '#e6edf3', '#30363d']).join('')}}`,
    '.line{fill:none;stroke:currentColor;stroke-width:2}.marks{fill:currentColor}',
    '.name{fill:currentColor;font-weight:600}',
  ].join('');
}

function drawn({ title, measure, write }, runs, left) {
  const lines = Object.keys(LOOKS)
    .map((program) => ({
      program,
      points: runs
        .map((run) => [run.bytes, typical(run, program, measure)])
        .filter(([, value]) => value !== null),
    }))
    .filter(({ points }) => points.length > 0);
  if (lines.length === 0) return `<text x="${left}" y="${PANEL.top}">${title}: not measured</text>`;
  const x = logarithmic(decades(runs.map(({ bytes }) => bytes)), [left, left + PANEL.width]);
  const y = logarithmic(decades(lines.flatMap(({ points }) => points.map(([, value]) => value))), [
    PANEL.top + PANEL.height,
    PANEL.top,
  ]);
  const grid = [
    ...x.ticks.map(
      (at) =>
        `<line class="grid" x1="${x(at)}" x2="${x(at)}" y1="${PANEL.top}" y2="${PANEL.top + PANEL.height}"/><text x="${x(at)}" y="${PANEL.top + PANEL.height + 20}" text-anchor="middle">${words.bytes(at)}</text>`,
    ),
    ...y.ticks.map(
      (at) =>
        `<line class="grid" x1="${left}" x2="${left + PANEL.width}" y1="${y(at)}" y2="${y(at)}"/><text x="${left - 8}" y="${y(at) + 4}" text-anchor="end">${write(at)}</text>`,
    ),
  ];
  const placed = lines.map(({ program, points }) => ({
    program,
    points: points.map(([bytes, value]) => [x(bytes), y(value)]),
  }));
  return [
    `<text class="title" x="${left}" y="${PANEL.top - 16}">${title}</text>`,
    ...grid,
    `<text x="${left + PANEL.width / 2}" y="${HEIGHT - 12}" text-anchor="middle">size of the plan</text>`,
    ...placed.map(line),
  ].join('\n');
}

function line({ program, points }) {
  const mark = MARKS[LOOKS[program][2]];
  const marks = points.map(([x, y]) => mark(x, y)).join('');
  return `<g class="p${Object.keys(LOOKS).indexOf(program)}"><polyline class="line" points="${points.map((point) => point.join()).join(' ')}"/><g class="marks">${marks}</g></g>`;
}

/** Which line is whose, in one row above both panels. */
function legend(runs) {
  let x = PANEL.left;
  const programs = Object.keys(LOOKS).filter((program) => runs.some((run) => program in run.programs));
  return programs
    .map((program) => {
      const [place, mark] = [Object.keys(LOOKS).indexOf(program), MARKS[LOOKS[program][2]]];
      const entry = `<g class="p${place}"><g class="marks">${mark(x, 26)}</g><text class="name" x="${x + 11}" y="30">${program}</text></g>`;
      x += 48 + 8 * program.length;
      return entry;
    })
    .join('');
}

/** The powers of ten around the values: the least one not above any, the least one not below any. */
function decades(values) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const [from, to] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  return [from, Math.max(to, from + 1)];
}

function logarithmic([from, to], [start, end]) {
  const scale = (value) =>
    Math.round((start + ((Math.log10(value) - from) / (to - from)) * (end - start)) * 10) / 10;
  const ticks = Array.from({ length: to - from + 1 }, (_, n) => Number(`1e${from + n}`));
  return Object.assign(scale, { ticks });
}
