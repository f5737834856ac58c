/** The oldest desktop that this server understands. */
export const MIN_CLIENT = '0.1.0';
export const TERMS_VERSION = '2026-11';
/** Machines of one member at a time. */
export const DEVICES_MOST = 20;
