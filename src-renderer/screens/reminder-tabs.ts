/** The parts of the reminders in their order, as their address names them: '/reminders?tab=outbox'. */
export const reminderTabs = [
  'run',
  'calendar',
  'outbox',
  'by-hand',
  'cadences',
  'templates',
  'gateways',
  'sending-rules',
  'consents',
  'costs',
] as const;
