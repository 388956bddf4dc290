import type { Effect } from '../../model/change.ts';
import type { JudgedChange } from '../../model/report.ts';
import { STAYS } from '../text/outcome.ts';
import { type Html, html } from './markup.ts';

/** How bad it is, for the eye; words say the same beside it. Data that goes is the worst, whatever comes after it. */
export type Tone = 'gone' | 'replaced' | 'changed' | 'calm';

export const toneOf = ({ effect, fate, holds, needsSignOff }: JudgedChange): Tone => {
  const tone = TONE[effect];
  if (tone !== 'gone' && tone !== 'replaced') return needsSignOff ? 'changed' : tone;
  if (STAYS[fate]) return needsSignOff ? 'replaced' : 'changed';
  return holds === 'data' ? 'gone' : tone;
};

const TONE: Readonly<Record<Effect, Tone>> = {
  none: 'calm',
  read: 'calm',
  create: 'calm',
  import: 'calm',
  move: 'calm',
  update: 'changed',
  forget: 'gone',
  replace: 'replaced',
  delete: 'gone',
  unknown: 'gone',
};

export const badge = (change: JudgedChange): Html =>
  html`<span class="badge ${toneOf(change)}">${change.effect}</span>`;
