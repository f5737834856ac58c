import type { JSX, ReactNode } from 'react';
import './settings.css';

type SettingRowProps = { readonly label: string; readonly children: ReactNode };

/** A label, and at its right what it is set to. */
export function SettingRow({ label, children }: SettingRowProps): JSX.Element {
  return (
    <div className="setting">
      <span className="setting__label">{label}</span>
      <div className="setting__value">{children}</div>
    </div>
  );
}
