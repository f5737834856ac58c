/** 'blocks': it may not be sent. 'needs-person': somebody must read it first. 'warns': it may go, at a risk that is named. */
export type ProblemLevel = 'blocks' | 'needs-person' | 'warns';

/** What is wrong with a text: like a refusal, but a text can have several and not all of them stop it. */
export type Problem = {
  readonly level: ProblemLevel;
  /** Closed; the window says it in its own language. */
  readonly code: string;
  readonly sentence: string;
  readonly values: Readonly<Record<string, string | number>>;
};

export function problem(
  level: ProblemLevel,
  code: string,
  sentence: string,
  values: Problem['values'] = {},
): Problem {
  return { level, code, sentence, values };
}

export function hasBlocking(problems: readonly Problem[]): boolean {
  return problems.some((one) => one.level === 'blocks');
}

export function needsPerson(problems: readonly Problem[]): boolean {
  return problems.some((one) => one.level === 'needs-person');
}
