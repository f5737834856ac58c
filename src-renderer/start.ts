// The first thing that runs: the frame's outline (index.html) is painted before anything heavy is looked at. A window
// that is not shown yet has no frames to wait for, hence the second way.
const LATEST_MS = 100;

const painted = new Promise<void>((resolve) => {
  requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  setTimeout(resolve, LATEST_MS);
});

void painted.then(() => import('./main.tsx'));

export {};
