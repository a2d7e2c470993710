import type { Told } from './told.ts';

/** How a severity looks: a sign for text, and a colour that is legible on white. */
const LOOKS = {
  critical: { sign: '🔴', colour: '#b91c1c' },
  high: { sign: '🟠', colour: '#c2410c' },
  medium: { sign: '🟡', colour: '#a16207' },
  low: { sign: '🔵', colour: '#1d4ed8' },
};

const OVER = { sign: '🟢', colour: '#15803d' };
const NEUTRAL = { sign: '⚪', colour: '#374151' };

/** The look of a notification. What is over is green, whatever it was; the words say the severity, too. */
export function lookOf({ kind, severity }: Told): { sign: string; colour: string } {
  if (kind === 'alert.resolved') return OVER;
  return severity ? LOOKS[severity] : NEUTRAL;
}
