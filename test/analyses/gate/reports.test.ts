import { expect, test } from 'vitest';
import { measurePaired } from '../../../src/analyses/gate/differences/paired.ts';
import { evaluateGate } from '../../../src/analyses/gate/evaluate.ts';
import {
  annotation,
  gateAnnotations,
} from '../../../src/analyses/gate/present/github-annotations.ts';
import { escapeXml, renderJunit } from '../../../src/analyses/gate/present/junit.ts';
import { presentGate } from '../../../src/analyses/gate/present.ts';
import { forTerminal } from '../../../src/domain/shown-text.ts';
import { renderDocumentMarkdown } from '../../../src/render/markdown-document.ts';
import { renderDocumentText } from '../../../src/render/text/document.ts';
import { policyOf, seriesOf } from './series.ts';

const HOSTILE = '::error::\n<b>"A"</b> & 100%, \u0007|x';

/** Japanese falls by 2, Chinese is open, Arab passes; the candidate's name is hostile. */
function mixed(policy: object = {}) {
  const parsed = policyOf(policy);
  const baseline = seriesOf({ label: 'old', perCell: 6, rating: () => 6 });
  const candidate = seriesOf({
    label: HOSTILE,
    perCell: 6,
    rating: (culture, place) => {
      if (culture === 'Japanese') return 4;
      return culture === 'Chinese' ? 6 + (place % 2 === 0 ? 3 : -3) : 6 + (place % 3) - 1;
    },
  });
  const pairs = [{ candidate, baseline }];
  const verdict = evaluateGate(measurePaired(pairs, parsed, { bridge: false }), parsed);
  return { verdict, policy: parsed };
}

/** Start tags and attributes of an XML text without DTD or CDATA; throws where tags do not match. */
function readXml(text: string): { name: string; attributes: Record<string, string> }[] {
  const open: string[] = [];
  const found: { name: string; attributes: Record<string, string> }[] = [];
  const body = text.replace(/^<\?xml [^>]*\?>\n/, '');
  for (const [, slash, name = '', rest = '', self] of body.matchAll(
    /<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/g,
  )) {
    if (slash) {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    const attributes = [...rest.matchAll(/([\w-]+)="([^"]*)"/g)];
    found.push({
      name,
      attributes: Object.fromEntries(attributes.map(([, key = '', value = '']) => [key, value])),
    });
    if (!self) open.push(name);
  }
  const outside = body.replace(/<\/?[\w-]+(?:\s+[\w-]+="[^"<]*")*\s*\/?>/g, '');
  if (open.length > 0 || /[<>]|&(?!(?:amp|lt|gt|quot);)/.test(outside))
    throw new Error('malformed');
  return found;
}

test('JUnit has a case a check, failures and what is inconclusive as skipped', () => {
  const { verdict, policy } = mixed();
  const xml = readXml(renderJunit(verdict, policy));
  const [suites, suite] = xml;
  expect(suites).toMatchObject({ name: 'testsuites', attributes: { tests: '5' } });
  expect(suite).toMatchObject({ name: 'testsuite', attributes: { failures: '2', skipped: '1' } });
  const cases = xml.filter(({ name }) => name === 'testcase');
  expect(cases.map(({ attributes }) => attributes['name'])).toEqual([
    'All',
    'Chinese',
    'Arab',
    'Japanese',
    'Coverage',
  ]);
  expect(xml.filter(({ name }) => name === 'failure')).toHaveLength(2);
  expect(xml.filter(({ name }) => name === 'skipped')).toHaveLength(1);
});

test('where the policy fails what is inconclusive, JUnit does too', () => {
  const { verdict, policy } = mixed({ inconclusive: 'fail' });
  const failures = readXml(renderJunit(verdict, policy)).filter(({ name }) => name === 'failure');
  expect(failures.map(({ attributes }) => attributes['type'])).toEqual([
    'fail',
    'inconclusive',
    'fail',
  ]);
});

test('XML has no control characters, lone surrogates or open quotes', () => {
  expect(escapeXml('a<b>&"c"\u0007\uD800\u0000😀')).toBe(
    'a&lt;b&gt;&amp;&quot;c&quot;[U+0007]\uFFFD[U+0000]😀',
  );
});

test('annotations keep percent signs, line ends, colons and commas from ending them', () => {
  // https://github.com/actions/toolkit, packages/core/src/command.ts: escapeData, escapeProperty.
  expect(annotation('error', 'a:b,c%', '50 %\r\nnext: x, y')).toBe(
    '::error title=a%3Ab%2Cc%25::50 %25%0D%0Anext: x, y',
  );
});

test('annotations come one a finding, at the level of the exit code', () => {
  const { verdict, policy } = mixed();
  const levels = (lines: readonly string[]) => lines.map((line) => line.split(' ')[0]);
  const lines = gateAnnotations(verdict, policy);
  expect(levels(lines)).toEqual(['::error', '::warning', '::error']);
  expect(lines.every((line) => !line.includes('\n'))).toBe(true);
  const strict = mixed({ inconclusive: 'fail' });
  expect(levels(gateAnnotations(strict.verdict, strict.policy))).toEqual([
    '::error',
    '::error',
    '::error',
  ]);
});

test('no name from the data begins a line of the log, however narrow', () => {
  const { verdict, policy } = mixed();
  const lines = (width: number) =>
    forTerminal(renderDocumentText(presentGate(verdict, policy), width)).split('\n');
  for (const width of [12, 80])
    expect(lines(width).filter((line) => line.trimStart().startsWith('::'))).toEqual([]);
  expect(lines(12)).toContain(': :error::');
  expect(lines(80)).toContain('Candidate: ::error:: <b>"A"</b> & 100%, |x');
});

test('Markdown shows names as text', () => {
  const { verdict, policy } = mixed();
  const text = renderDocumentMarkdown(presentGate(verdict, policy), 2);
  expect(text).toContain('&lt;b>');
  expect(text).toContain('\\|x');
});
