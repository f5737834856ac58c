// Prometheus' text form, version 0.0.4, of what the server counts about itself. No label holds more than a closed word.

export type Metrics = {
  readonly answered: (operation: string, status: number, milliseconds: number) => void;
  readonly counted: (event: string) => void;
  /** The page; `gauges` are read at this moment. */
  readonly text: (gauges: Readonly<Record<string, number>>) => string;
};

/** Upper ends in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const;

type Timing = { readonly counts: number[]; sum: number; count: number };

export function makeMetrics(): Metrics {
  const answers = new Map<string, number>();
  const events = new Map<string, number>();
  const timings = new Map<string, Timing>();
  return {
    answered: (operation, status, milliseconds) => {
      const name = operation === '' ? 'other' : operation;
      add(answers, `operation="${name}",status="${status}"`);
      const timing = timings.get(name) ?? { counts: BUCKETS.map(() => 0), sum: 0, count: 0 };
      timings.set(name, timing);
      const seconds = milliseconds / 1000;
      for (const [at, end] of BUCKETS.entries())
        if (seconds <= end) timing.counts[at] = (timing.counts[at] ?? 0) + 1;
      timing.sum += seconds;
      timing.count += 1;
    },
    counted: (event) => add(events, `event="${event}"`),
    text: (gauges) =>
      [
        ...counter('registry_answers_total', 'Answers by operation and status.', answers),
        ...counter('registry_events_total', 'Events of the log.', events),
        ...histogram('registry_answer_seconds', 'From the request to its answer.', timings),
        ...Object.entries(gauges).flatMap(([name, value]) => [`# TYPE ${name} gauge`, `${name} ${value}`]),
        '',
      ].join('\n'),
  };
}

function add(counts: Map<string, number>, labels: string): void {
  counts.set(labels, (counts.get(labels) ?? 0) + 1);
}

function counter(name: string, what: string, counts: ReadonlyMap<string, number>): readonly string[] {
  return [
    ...head(name, what, 'counter'),
    ...[...counts].map(([labels, count]) => `${name}{${labels}} ${count}`),
  ];
}

function histogram(name: string, what: string, timings: ReadonlyMap<string, Timing>): readonly string[] {
  const lines = [...timings].flatMap(([operation, { counts, sum, count }]) => {
    const label = `operation="${operation}"`;
    return [
      ...BUCKETS.map((end, at) => `${name}_bucket{${label},le="${end}"} ${counts[at] ?? 0}`),
      `${name}_bucket{${label},le="+Inf"} ${count}`,
      `${name}_sum{${label}} ${sum}`,
      `${name}_count{${label}} ${count}`,
    ];
  });
  return [...head(name, what, 'histogram'), ...lines];
}

function head(name: string, what: string, type: string): readonly string[] {
  return [`# HELP ${name} ${what}`, `# TYPE ${name} ${type}`];
}
