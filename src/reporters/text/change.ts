import { takesAway } from '../../model/change.ts';
import type { JudgedChange } from '../../model/report.ts';
import type { Target } from '../../model/signoff.ts';
import { spelling, visible } from '../visible.ts';
import { causeText } from './cause.ts';
import { environmentRows, environmentText } from './environment.ts';
import { fateText } from './fate.ts';
import { SEVERITY_STYLE, titleSpans, worstFirst } from './finding.ts';
import { type Line, led, line, type Span, span, whole } from './layout.ts';
import { counted } from './number.ts';
import { briefText, outcomeText } from './outcome.ts';
import { type Row, rowLines } from './row.ts';

/** Everything that a person needs to judge one change; what the heading says of the target is not said again. */
export function changeLines(change: JudgedChange, number: number, target: Target): Line[] {
  const fate = fateText(change);
  return [
    led(2, span(`${number}. `), ...nameSpans(change, 'strong')),
    ...worstFirst(change.findings).map((finding) => line(5, ...titleSpans(finding))),
    line(5, span(outcomeText(change))),
    ...rowLines(5, [
      ...spelt(change.address),
      ...(change.loses === ''
        ? []
        : [
            row(
              takesAway(change.effect) && change.fate !== 'orphaned' ? 'lost' : 'at stake',
              span(change.loses),
            ),
          ]),
      ...(fate === '' ? [] : [row('fate', span(fate))]),
      ...causeRows(change),
      ...change.disarmed.map(({ says }) => row('disarms', span(says, 'warn'))),
      ...change.standing.map((says) => row('guarded by', span(says))),
      ...environmentRows(change.environment),
      ...objectRow(change, target),
      ...constructRow(change),
    ]),
  ];
}

/** The same change where there are too many to show each in full. */
export function changeLine(change: JudgedChange): Line {
  const worst = worstFirst(change.findings)[0];
  const verdict =
    worst === undefined
      ? []
      : [span(', '), span(worst.severity, SEVERITY_STYLE[worst.severity]), span(` (${worst.rule})`)];
  return led(
    2,
    span('- '),
    ...nameSpans(change, 'plain'),
    span(`: ${briefText(change)}, ${environmentText(change.environment)}`),
    ...verdict,
  );
}

const row = (label: string, ...spans: readonly Span[]): Row => ({ label, spans });

function nameSpans(change: JudgedChange, style: 'strong' | 'plain'): Span[] {
  return [
    whole(change.address, style),
    ...(change.address.includes(change.type) ? [] : [span(` (${change.type})`, 'dim')]),
    ...(change.deposed === null
      ? []
      : [span(` (deposed object ${change.deposed}, left over from a replacement)`)]),
  ];
}

/** Where it comes from in the code of a CDK app. */
function constructRow({ construct }: JudgedChange): Row[] {
  if (!construct) return [];
  const { path, source } = construct;
  return [row('construct', whole(path), ...(source === null ? [] : [span(` (${source})`)]))];
}

/** Letters that look like others: the address, spelt out, tells them apart. */
function spelt(address: string): Row[] {
  const plain = spelling(address);
  return plain === visible(address) ? [] : [row('spelt', whole(plain, 'warn'))];
}

function causeRows({ causes, effect }: JudgedChange): Row[] {
  const shown = causes
    .slice(0, CAUSES)
    .map((cause) => row('because', span(causeText(cause, effect === 'replace'))));
  const more = causes.length - shown.length;
  return more > 0 ? [...shown, row('because', span(`and ${counted(more, 'more reason')}`))] : shown;
}

const CAUSES = 6;

function objectRow({ physicalId, location }: JudgedChange, { accounts, regions }: Target): Row[] {
  const isNews = (part: string | null, told: readonly string[]): part is string =>
    part !== null && physicalId?.includes(part) !== true && !(told.length === 1 && told[0] === part);
  const where = [
    ...(isNews(location.account, accounts) ? [`account ${location.account}`] : []),
    ...(isNews(location.region, regions) ? [location.region] : []),
  ].join(', ');
  if (physicalId === null) return where === '' ? [] : [row('object', span(`in ${where}`))];
  return [row('object', whole(physicalId), ...(where === '' ? [] : [span(` (${where})`)]))];
}
