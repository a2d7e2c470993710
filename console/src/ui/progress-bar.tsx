type Props = {
  /** What is under way, for those who cannot see the bar. */
  label: string;
  /** From 0 to 1; left out while nobody knows. */
  value?: number | undefined;
};

/** How far something has come: an upload, an export, bulk work. */
export function ProgressBar({ label, value }: Props) {
  const known = value !== undefined;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(known && { 'aria-valuenow': Math.round(value * 100) })}
      className="h-1.5 w-full overflow-hidden rounded-full bg-hover"
    >
      <div
        className={
          known ? 'h-full bg-accent-fill' : 'h-full w-1/3 animate-[sweep_1.2s_ease-in-out_infinite] bg-accent-fill'
        }
        style={known ? { width: `${value * 100}%` } : undefined}
      />
    </div>
  );
}
