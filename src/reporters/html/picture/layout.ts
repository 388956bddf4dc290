import dagre from '@dagrejs/dagre';
import { widthOf } from '../../text/width.ts';
import type { Arrow, Box, Drawing } from './drawing.ts';

/** Where everything stands, in pixels from the upper left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly frames: readonly Frame[];
  readonly arrows: readonly PlacedArrow[];
}
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
/** x and y are those of the upper left corner. */
export interface PlacedBox extends Place {
  readonly box: Box;
}
/** Around the boxes of one module. */
export interface Frame extends Place {
  readonly module: string;
}
export interface PlacedArrow {
  readonly arrow: Arrow;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/**
 * What hangs on something stands to its right, or below it where that would make the picture too wide; what is tied to
 * nothing stands below, in rows.
 */
export function layOutDrawing({ boxes, arrows }: Drawing): Layout {
  const tied = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  const inGraph = boxes.filter(({ id }) => tied.has(id));
  const across = layOutGraph(inGraph, arrows, 'LR');
  const down = across.width > ROW_WIDTH ? layOutGraph(inGraph, arrows, 'TB') : across;
  const graph = down.width < across.width ? down : across;
  const rows = layOutRows(
    boxes.filter(({ id }) => !tied.has(id)),
    graph.height,
    Math.max(graph.width, ROW_WIDTH),
  );
  return {
    width: Math.max(graph.width, rows.width),
    height: rows.height,
    boxes: [...graph.boxes, ...rows.boxes],
    frames: graph.frames,
    arrows: graph.arrows,
  };
}

const ROW_WIDTH = 1150;
const MARGIN = 12;
const GAP = 16;
const TITLE = 26;
const LINE = 16;
const LONGEST_TITLE = 34;
const LONGEST_LINE = 40;
const NARROWEST = 150;
/** Pixels that a column of the title and of a line takes, at most. */
const TITLE_COLUMN = 7.6;
const LINE_COLUMN = 6.3;
const BOLD_COLUMN = 7.1;

export const titleIn = ({ title }: Box): string => shortened(title, LONGEST_TITLE);
export const lineIn = (line: string): string => shortened(line, LONGEST_LINE);

/** Both ends of a name tell more than its middle. */
function shortened(text: string, columns: number): string {
  const chars = [...text];
  if (widthOf(text) <= columns) return text;
  const half = Math.floor((columns - 1) / (widthOf(text) > chars.length ? 4 : 2));
  return `${chars.slice(0, half).join('')}…${chars.slice(-half).join('')}`;
}

const sizeOf = (box: Box): { width: number; height: number } => ({
  width: Math.ceil(
    Math.max(
      NARROWEST,
      24 + widthOf(titleIn(box)) * TITLE_COLUMN,
      ...box.lines.map((line, at) => 24 + widthOf(lineIn(line)) * (at === 0 ? BOLD_COLUMN : LINE_COLUMN)),
    ),
  ),
  height: TITLE + box.lines.length * LINE + 8,
});

function layOutGraph(boxes: readonly Box[], arrows: readonly Arrow[], rankdir: 'LR' | 'TB'): Layout {
  if (boxes.length === 0) return { width: 0, height: MARGIN, boxes: [], frames: [], arrows: [] };
  const modules = [...new Set(boxes.map(({ module }) => module))].filter((module) => module !== '');
  const graph = new dagre.graphlib.Graph({ compound: true });
  graph.setGraph({ rankdir, nodesep: GAP, ranksep: 56, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const module of modules) graph.setNode(frameId(module), {});
  for (const box of boxes) {
    graph.setNode(box.id, sizeOf(box));
    if (box.module !== '') graph.setParent(box.id, frameId(box.module));
  }
  for (const { from, to } of arrows) graph.setEdge(from, to, {});
  dagre.layout(graph);
  const placeOf = (id: string): Place => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id);
    return { x: x - width / 2, y: y - height / 2, width, height };
  };
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height: height + GAP,
    boxes: boxes.map((box) => ({ box, ...placeOf(box.id) })),
    frames: modules.map((module) => ({ module, ...placeOf(frameId(module)) })),
    arrows: arrows.map((arrow) => ({ arrow, points: graph.edge(arrow.from, arrow.to).points ?? [] })),
  };
}

const frameId = (module: string): string => `frame ${module}`;

function layOutRows(boxes: readonly Box[], from: number, most: number): Omit<Layout, 'frames' | 'arrows'> {
  const placed: PlacedBox[] = [];
  let [x, y, tallest, width] = [MARGIN, from, 0, 0];
  for (const box of boxes) {
    const size = sizeOf(box);
    if (x > MARGIN && x + size.width + MARGIN > most) {
      x = MARGIN;
      y += tallest + GAP;
      tallest = 0;
    }
    placed.push({ box, x, y, ...size });
    x += size.width + GAP;
    tallest = Math.max(tallest, size.height);
    width = Math.max(width, x - GAP + MARGIN);
  }
  return { width, height: y + tallest + MARGIN, boxes: placed };
}
