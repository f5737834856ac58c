import { addDays, day } from '#domain/days.ts';
import type { JSX } from 'react';
import { placeSteps, type Step } from './steps.ts';
import { rangeOf, scaleOf } from './timeline-scale.ts';

const WIDTH = 360;
const HEIGHT = 18;
const SIDE = 8;
/** Any bill with a month of credit: only the distances are drawn. */
const DUE = day('2026-01-31');
const BILL = { billDay: addDays(DUE, -30), dueDay: DUE };

/** The steps of a cadence as dots on a short line; the due day is the long mark. */
export function CadenceStrip({ steps }: { readonly steps: readonly Step[] }): JSX.Element {
  const placed = placeSteps(steps, BILL);
  const scale = scaleOf(rangeOf(placed.map(({ place }) => place)), WIDTH - 2 * SIDE);
  const middle = HEIGHT / 2;
  return (
    <svg className="cadence-strip" width={WIDTH} height={HEIGHT} aria-hidden>
      <line x1={0} x2={WIDTH} y1={middle} y2={middle} className="cadence-strip__line" />
      <line x1={SIDE + scale.x(0)} x2={SIDE + scale.x(0)} y1={0} y2={HEIGHT} className="cadence-strip__due" />
      {placed.map(({ step, place }) => (
        <circle
          key={step.stepId}
          cx={SIDE + scale.x(place)}
          cy={middle}
          r={4.5}
          className="cadence-strip__step"
        />
      ))}
    </svg>
  );
}
