import { ArrowDown, ArrowUp } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import type { Move } from './use-order.ts';

/** Where a thing stands in an ordered list, from 1. */
export type Place = { number: number; of: number };

type Props = { item: { id: number; name: string }; place: Place; onMove: Move };

/** Moves a thing of an ordered list. At an end the button stays and does nothing, so that it keeps the focus. */
export function MoveButtons({ item: { id, name }, place, onMove }: Props) {
  const button = (step: -1 | 1) => {
    const Icon = step < 0 ? ArrowUp : ArrowDown;
    const isEnd = place.number === (step < 0 ? 1 : place.of);
    return (
      <Button
        look="quiet"
        size="icon"
        aria-label={`Move ${name} ${step < 0 ? 'up' : 'down'}`}
        aria-disabled={isEnd}
        className={isEnd ? 'opacity-50' : undefined}
        onClick={() => onMove(id, step)}
      >
        <Icon aria-hidden className="size-4" />
      </Button>
    );
  };
  return (
    <>
      {button(-1)}
      {button(1)}
    </>
  );
}
