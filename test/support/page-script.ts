import { rolldown } from 'rolldown';
import { page } from '../../rolldown.config.ts';

let bundled: Promise<string> | null = null;

/** The viewer's script as the build makes it, from the source as it is now. */
export async function pageScript(): Promise<string> {
  bundled ??= bundle();
  return await bundled;
}

async function bundle(): Promise<string> {
  const { input, output: settings } = page;
  const build = await rolldown({ input });
  const { output } = await build.generate(settings);
  await build.close();
  return output[0].code;
}
