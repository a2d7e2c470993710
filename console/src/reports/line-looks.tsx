/** Lines differ in colour, in their dashes and in what stands on their points. */
export const LINE_LOOKS = [
  { color: 'text-accent', dash: undefined, mark: 'M-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0' },
  { color: 'text-high', dash: '6 4', mark: 'M-3 -3h6v6h-6z' },
  { color: 'text-success', dash: '2 3', mark: 'M0 -4l4 4l-4 4l-4 -4z' },
] as const;

/** How the line of this number is drawn, for legends. */
export function LineSample({ index }: { index: number }) {
  const { color, dash, mark } = LINE_LOOKS[index] ?? LINE_LOOKS[0];
  return (
    <svg aria-hidden="true" width={28} height={12} className={color}>
      <path d="M0 6h28" stroke="currentColor" strokeWidth={1.5} strokeDasharray={dash} />
      <path d={mark} transform="translate(14 6)" fill="currentColor" />
    </svg>
  );
}
