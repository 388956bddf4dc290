import type { Hazard, Report } from '../../model/report.ts';
import { type Line, led, line, span, whole } from './layout.ts';
import { counted } from './number.ts';

/** The hazards of production stacks, a line for each resource; the rest is in the JSON report. */
export function hazardLines({ changeSets }: Report): Line[] {
  const byAddress = new Map<string, Hazard[]>();
  for (const hazard of changeSets.flatMap(({ hazards = [] }) => hazards)) {
    const known = byAddress.get(hazard.address);
    if (known === undefined) byAddress.set(hazard.address, [hazard]);
    else known.push(hazard);
  }
  const shown = [...byAddress].slice(0, MOST);
  const more = byAddress.size - shown.length;
  return [
    ...shown.flatMap(([address, hazards]) => [
      led(2, span('- '), whole(address), span(placeOf(hazards))),
      ...hazards.map(({ id, says }) => line(4, span(`${id}: ${says}`, 'dim'))),
    ]),
    ...(more > 0 ? [line(2, span(`and ${counted(more, 'more resource')}; --format json lists them`))] : []),
  ];
}

const MOST = 6;

function placeOf([hazard]: readonly Hazard[]): string {
  const construct = hazard?.construct ?? null;
  if (construct === null) return '';
  return ` (${construct.source === null ? construct.path : `${construct.path}, ${construct.source}`})`;
}
