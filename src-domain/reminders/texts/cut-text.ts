const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** At most so many UTF-16 units. Never inside a cluster: half a conjunct of an Indian script is another letter. */
export function cutText(text: string, charsMost: number): string {
  if (text.length <= charsMost) return text;
  let kept = '';
  for (const { segment } of clusters.segment(text)) {
    if (kept.length + segment.length > charsMost) break;
    kept += segment;
  }
  return kept;
}
