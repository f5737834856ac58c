import type { ImportMap, RowNote, Understood } from '#contract/engine/imports.ts';
import { importFields } from '#contract/engine/import-fields.ts';
import { understoodShape } from '#contract/engine/imports.ts';
import type { CurrencySum } from '#domain/imports/documents.ts';
import type {
  ImportField,
  ImportMap as RuleMap,
  RowNote as RuleNote,
  Understood as RuleUnderstood,
} from '#domain/imports/map.ts';
import type { DryRun } from '#contract/engine/imports.ts';
import { expect, expectTypeOf, it } from 'vitest';
import { gridOf, understood } from './grids.ts';

// The rules may not import the contract, so that both spell the shapes out; the compiler holds them equal here.
it('has one shape on both sides of the door', () => {
  expectTypeOf<RuleUnderstood>().toExtend<Understood>();
  expectTypeOf<Understood>().toExtend<RuleUnderstood>();
  expectTypeOf<RuleMap>().toExtend<ImportMap>();
  expectTypeOf<ImportMap>().toExtend<RuleMap>();
  expectTypeOf<RuleNote>().toExtend<RowNote>();
  expectTypeOf<RowNote>().toExtend<RuleNote>();
  expectTypeOf<ImportField>().toEqualTypeOf<(typeof importFields)[number]>();
  expectTypeOf<CurrencySum>().toExtend<DryRun['currencies'][number]>();
});

it('answers what the contract accepts', () => {
  const answer = understood(gridOf(['Party|Bill No|Date|Amount', 'Asha|1|25-10-2026|100']));
  expect(understoodShape.parse(answer)).toEqual(answer);
  const headed = understood(gridOf(['Bill No|Date|Amount', 'Asha', '1|25-10-2026|100']));
  expect(understoodShape.parse(headed).map.customerFrom).toBe('heading');
});
