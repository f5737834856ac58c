import { evidenceGrades, type EvidenceGrade } from '#domain/registry/words.ts';

export type EvidenceValues = {
  readonly grade: EvidenceGrade;
  /** The signed e-invoice: its JSON, or what its QR says. */
  readonly text: string;
  readonly filePath: string | null;
};

/** What the owner may say; 'claim' takes a proof back. */
export const gradesInOrder: readonly EvidenceGrade[] = evidenceGrades;

export function canProve({ grade, text, filePath }: EvidenceValues): boolean {
  if (grade === 'claim') return true;
  return grade === 'irp' ? text.trim() !== '' : filePath !== null;
}

type EvidenceWish = {
  readonly billId: number;
  readonly grade: EvidenceGrade;
  readonly text: string | null;
  readonly filePath: string | null;
};

/** Only what the grade needs goes to the engine, and of that only a digest ever leaves. */
export function evidenceWish(billId: number, { grade, text, filePath }: EvidenceValues): EvidenceWish {
  return {
    billId,
    grade,
    text: grade === 'irp' ? text.trim() : null,
    filePath: grade === 'ack' || grade === 'doc' ? filePath : null,
  };
}

/** A signed e-invoice is a few thousand letters; the door takes no more than this. */
export const TEXT_LETTERS_MOST = 200_000;

/** 'C:\Bills\INV 7.pdf' → 'INV 7.pdf'. */
export function fileNameOf(path: string): string {
  return path.split(/[\\/]/).pop() ?? path;
}
