import type { GatePolicy } from '../../../domain/gate-policy.ts';
import { showControls } from '../../../domain/shown-text.ts';
import { gateChecks } from '../rules/index.ts';
import type { GateCheck } from '../rules/rule.ts';
import type { GateVerdict } from '../verdict.ts';
import { gateWarnings, headline } from './sentences.ts';

/**
 * A gate as JUnit XML, one test case a check. What is inconclusive is skipped, or a failure where
 * the policy fails it.
 */
export function renderJunit(verdict: GateVerdict, policy: GatePolicy): string {
  const checks = gateChecks(verdict, policy);
  const failed = checks.filter((check) => outcomeOf(check, policy) === 'failure').length;
  const skipped = checks.filter((check) => outcomeOf(check, policy) === 'skipped').length;
  const counts = `tests="${checks.length}" failures="${failed}" errors="0" skipped="${skipped}" time="0"`;
  const output = [headline(verdict, policy), ...gateWarnings(verdict, policy)].join('\n');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="care-judge" ${counts}>`,
    `  <testsuite name="care-judge gate" ${counts}>`,
    ...checks.flatMap((check) => testCase(check, policy)),
    `    <system-out>${escapeXml(output)}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function outcomeOf(
  { status }: GateCheck,
  { inconclusive }: GatePolicy,
): 'passed' | 'failure' | 'skipped' {
  if (status === 'pass') return 'passed';
  return status === 'fail' || inconclusive === 'fail' ? 'failure' : 'skipped';
}

function testCase(check: GateCheck, policy: GatePolicy): string[] {
  const { kind, name, status, text } = check;
  const open = `    <testcase classname="care-judge.gate.${kind}" name="${escapeXml(name)}" time="0"`;
  const message = escapeXml(text);
  switch (outcomeOf(check, policy)) {
    case 'passed':
      return [`${open}>`, `      <system-out>${message}</system-out>`, '    </testcase>'];
    case 'skipped':
      return [`${open}>`, `      <skipped message="${message}"/>`, '    </testcase>'];
    case 'failure':
      return [
        `${open}>`,
        `      <failure type="${status}" message="${message}">${message}</failure>`,
        '    </testcase>',
      ];
    default:
      throw new Error(`no such outcome of ${name}`);
  }
}

/** For texts and for attributes in double quotes; XML 1.0 has no place for most control characters. */
export function escapeXml(text: string): string {
  return showControls(text)
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
