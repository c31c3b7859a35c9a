import { DIALECTS } from './batch-rehearsal.ts';
import { killedRun } from './killed-run.ts';

/** `npm run kills`: fifty kills over the life of one batch run, in each dialect. */
const QUESTIONS = 60;
const KILLS = 50;

for (const [index, dialect] of DIALECTS.entries()) {
  const options = { dialect, questions: QUESTIONS, kills: KILLS, most: 6, seed: index + 1 };
  const { kills, killedAt, code, calls, lost, doubled, files } = await killedRun(options);
  const places = [...killedAt].map(([place, count]) => `${place} ${count}`).sort();
  process.stdout.write(
    `${dialect}: ${kills} kills (${places.join(', ')}), then exit ${code}; ${calls} calls for ${2 * QUESTIONS} planned, ${lost} lost, ${doubled} doubled, ${files} files left.\n`,
  );
  const isSound = code === 0 && calls === 2 * QUESTIONS && lost + doubled + files === 0;
  if (!isSound || kills < KILLS) process.exitCode = 1;
}
