import type { BlastRadius } from '../../model/blast-radius.ts';
import { counted } from '../text/number.ts';
import type { Chapter } from './entry.ts';
import { type Html, html, when } from './markup.ts';
import { type Arrow, drawingOf } from './picture/drawing.ts';
import {
  type Frame,
  type Layout,
  layOutDrawing,
  lineIn,
  type PlacedArrow,
  type PlacedBox,
  titleIn,
} from './picture/layout.ts';

/** The blast radius: what goes, and all that hangs on it, drawn once and for all. */
export function picture(chapter: Chapter, radius: BlastRadius): Html {
  const drawing = drawingOf(chapter, radius);
  const layout = layOutDrawing(drawing);
  const lost = radius.resources.filter(({ distance }) => distance === 0).length;
  const hanging = radius.resources.length - lost + radius.more;
  const summary = `${counted(lost, 'resource goes', 'resources go')} or may go, and ${counted(hanging, 'more hangs', 'more hang')} on ${lost === 1 ? 'it' : 'them'}.`;
  return html`<figure>
<figcaption>${summary}${when(drawing.arrows.length > 0, () => html` An arrow leads from what goes to what hangs on it${when(drawing.arrows.some(isOnlyState), () => html`; dashed: only the state says so, the code does not`)}.`)} Each box leads to where it is told.</figcaption>
<div class="picture" tabindex="0" role="group" aria-label="Picture of what goes and what hangs on it">
${drawn(layout, chapter.key)}
</div>
</figure>`;
}

const isOnlyState = (arrow: Arrow): boolean => arrow.isOnlyState;

const drawn = ({ width, height, boxes, frames, arrows }: Layout, key: string): Html =>
  html`<svg role="group" aria-label="Blast radius" width="${px(width)}" height="${px(height)}" viewBox="0 0 ${px(width)} ${px(height)}">
<defs><marker id="${key}-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" class="head"/></marker></defs>
${frames.map(frame)}
${arrows.map((one) => arrowed(one, key))}
${boxes.map(boxed)}
</svg>`;

const frame = ({ module, x, y, width, height }: Frame): Html =>
  html`<rect class="frame" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="8"/><text class="module" x="${px(x + 10)}" y="${px(y + 15)}">${lineIn(module)}</text>`;

const boxed = ({ box, x, y, width, height }: PlacedBox): Html =>
  html`<a href="${box.href}" class="${box.tone}"><title>${[box.module, box.title, ...box.lines].filter((part) => part !== '').join(', ')}</title><rect class="box" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="5"/><rect class="edge" x="${px(x)}" y="${px(y)}" width="6" height="${px(height)}" rx="2"/><text class="title" x="${px(x + 14)}" y="${px(y + 19)}">${titleIn(box)}</text>${box.lines.map(
    (line, index) =>
      html`<text class="${index === 0 ? 'what' : 'more'}" x="${px(x + 14)}" y="${px(y + 37 + 16 * index)}">${lineIn(line)}</text>`,
  )}</a>`;

function arrowed({ arrow, points }: PlacedArrow, key: string): Html {
  const middle = points[Math.floor(points.length / 2)];
  return html`<path class="arrow${arrow.isOnlyState ? ' state' : ''}" d="${pathThrough(points)}" marker-end="url(#${key}-head)"/>${when(arrow.count > 1 && middle !== undefined, () => html`<text class="count" x="${px(middle?.x ?? 0)}" y="${px((middle?.y ?? 0) - 4)}">${arrow.count}</text>`)}`;
}

/** A line that bends softly at the points between its ends. */
function pathThrough(points: PlacedArrow['points']): string {
  const [first, ...more] = points;
  if (first === undefined) return '';
  const bends = more.map((point, index) => {
    const next = more[index + 1];
    if (next === undefined) return `L${px(point.x)} ${px(point.y)}`;
    return `Q${px(point.x)} ${px(point.y)} ${px((point.x + next.x) / 2)} ${px((point.y + next.y) / 2)}`;
  });
  return `M${px(first.x)} ${px(first.y)}${bends.join('')}`;
}

const px = (length: number): string => String(Math.round(length * 10) / 10);
