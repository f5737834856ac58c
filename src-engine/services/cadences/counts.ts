import type { Faces } from '#domain/customer-groups.ts';
import type { Cadence, CadenceAssignment } from '#domain/reminders/cadence.ts';
import type { MessageTemplate } from '#domain/reminders/template-facts.ts';

/** For how many customers each cadence holds: the narrowest assignment wins, as in a plan; single bills are not counted. */
export function customersByCadence(
  { byId, tags }: Faces,
  assignments: readonly CadenceAssignment[],
): ReadonlyMap<number, number> {
  const at = new Map(assignments.map((one) => [`${one.scope}|${one.scopeKey}`, one]));
  const counts = new Map<number, number>();
  for (const customerId of byId.keys()) {
    const ofTags = [...(tags.get(customerId) ?? [])]
      .flatMap((tag) => at.get(`tag|${tag}`) ?? [])
      .toSorted((a, b) => b.assignmentId - a.assignmentId)[0];
    const holds = at.get(`customer|${customerId}`) ?? ofTags ?? at.get('company|');
    const cadenceId = holds?.cadenceId ?? null;
    if (cadenceId !== null) counts.set(cadenceId, (counts.get(cadenceId) ?? 0) + 1);
  }
  return counts;
}

/** Steps for which no channel of the ladder has a text that may be used. */
export function stepsWithoutText(cadence: Cadence, templates: readonly MessageTemplate[]): number {
  return cadence.steps.filter(
    (step) =>
      !templates.some(
        (one) =>
          one.purpose === 'reminder' &&
          one.key === step.templateKey &&
          !one.isPaused &&
          step.channels.includes(one.channel),
      ),
  ).length;
}
