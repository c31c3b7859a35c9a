import type { DefineCommand } from '../command.ts';
import { defineAgreement } from './agreement.ts';
import { defineAnchors } from './anchors.ts';
import { defineAudit } from './audit.ts';
import { defineCard } from './card.ts';
import { defineCompare } from './compare.ts';
import { defineDemo } from './demo.ts';
import { defineEquate } from './equate.ts';
import { defineExport } from './export.ts';
import { defineFetch } from './fetch.ts';
import { defineGate } from './gate.ts';
import { defineImport } from './import.ts';
import { defineInit } from './init.ts';
import { defineItems } from './items.ts';
import { defineMerge } from './merge.ts';
import { definePairs } from './pairs.ts';
import { definePower } from './power.ts';
import { defineRejudge } from './rejudge.ts';
import { defineRepeatability } from './repeatability.ts';
import { defineReport } from './report.ts';
import { defineReproduce } from './reproduce.ts';
import { defineRun } from './run.ts';
import { defineSimulate } from './simulate.ts';
import { defineValidate } from './validate.ts';
import { defineView } from './view.ts';

/** In the order of the help. */
export const commands: readonly DefineCommand[] = [
  defineDemo,
  defineInit,
  defineFetch,
  defineValidate,
  defineItems,
  definePower,
  defineRun,
  defineReport,
  defineView,
  defineCompare,
  defineReproduce,
  defineGate,
  defineRepeatability,
  defineAgreement,
  defineAnchors,
  defineEquate,
  defineAudit,
  defineCard,
  definePairs,
  defineRejudge,
  defineImport,
  defineExport,
  defineMerge,
  defineSimulate,
];
