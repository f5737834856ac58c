/** What customers are put together by. */
export type GroupBy = 'parent' | 'salesperson' | 'territory' | 'group' | 'tag';

/** Of a customer what he is known and put together by. */
export type CustomerFace = {
  readonly customerId: number;
  readonly name: string;
  readonly code: string | null;
  readonly parentId: number | null;
  readonly salesperson: string | null;
  readonly territory: string | null;
  readonly groupPath: string | null;
};

export type Faces = {
  readonly byId: ReadonlyMap<number, CustomerFace>;
  readonly tags: ReadonlyMap<number, readonly string[]>;
  /** Those who pay for somebody. */
  readonly payerIds: ReadonlySet<number>;
};

export function facesOf(faces: readonly CustomerFace[], tags: ReadonlyMap<number, readonly string[]>): Faces {
  const payerIds = new Set<number>();
  for (const { parentId } of faces) if (parentId !== null) payerIds.add(parentId);
  return { byId: new Map(faces.map((one) => [one.customerId, one])), tags, payerIds };
}

/** The keys of the groups that a customer is in: one, or by tag as many as he bears; [''] = in none. */
export function groupKeysOf(faces: Faces, customerId: number, by: GroupBy): readonly string[] {
  const face = faces.byId.get(customerId);
  if (!face) return [''];
  switch (by) {
    case 'parent':
      return [payerKeyOf(faces, face)];
    case 'salesperson':
      return [face.salesperson ?? ''];
    case 'territory':
      return [face.territory ?? ''];
    case 'group':
      return [face.groupPath ?? ''];
    case 'tag': {
      const tags = faces.tags.get(customerId);
      return tags === undefined || tags.length === 0 ? [''] : tags;
    }
  }
}

const PAYERS_MOST = 100;

/** Whoever pays in the end; a payer is in his own group, and a customer whom nobody pays for in none. */
function payerKeyOf({ byId, payerIds }: Faces, face: CustomerFace): string {
  let payer = face;
  for (let step = 0; step < PAYERS_MOST && payer.parentId !== null; step += 1) {
    const next = byId.get(payer.parentId);
    if (!next) break;
    payer = next;
  }
  return payer === face && !payerIds.has(face.customerId) ? '' : String(payer.customerId);
}

/** The name to show for a group. */
export function groupName({ byId }: Faces, by: GroupBy, key: string): string {
  return by === 'parent' ? (byId.get(Number(key))?.name ?? '') : key;
}
