import { Component, type ReactNode } from 'react';

type CrashBoundaryProps = {
  /** Another address or book starts anew. */
  readonly resetKey: string;
  readonly fallback: ReactNode;
  readonly children: ReactNode;
};
type CrashBoundaryState = { readonly crashedAt: string | null };

/** A screen that breaks is told in a sentence; the rail and the other screens stay. React asks for a class here. */
export class CrashBoundary extends Component<CrashBoundaryProps, CrashBoundaryState> {
  override readonly state: CrashBoundaryState = { crashedAt: null };

  static getDerivedStateFromError(): Partial<CrashBoundaryState> {
    return { crashedAt: '' };
  }

  static getDerivedStateFromProps(
    props: CrashBoundaryProps,
    state: CrashBoundaryState,
  ): Partial<CrashBoundaryState> | null {
    if (state.crashedAt === null) return null;
    if (state.crashedAt === '') return { crashedAt: props.resetKey };
    return state.crashedAt === props.resetKey ? null : { crashedAt: null };
  }

  override render(): ReactNode {
    return this.state.crashedAt === null ? this.props.children : this.props.fallback;
  }
}
