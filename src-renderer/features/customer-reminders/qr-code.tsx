import type { JSX } from 'react';

type QrCodeProps = {
  /** One path of the black modules in a square of `size` units. */
  readonly qr: { readonly size: number; readonly path: string };
  readonly label: string;
};

/** Always black on white with a quiet border: a phone's camera knows no dark theme. */
export function QrCode({ qr, label }: QrCodeProps): JSX.Element {
  return (
    <svg className="qr" viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={label}>
      <path d={qr.path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
