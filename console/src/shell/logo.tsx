/** The mark of the product. Its name stands beside it, so it is silent. */
export function Logo({ className }: { className?: string }) {
  return <img src="/favicon.svg" alt="" className={className} />;
}
