import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { hash32 } from '../minds/draws.ts';
import type { BatchRoute, Route, Surface } from '../wire/routes.ts';
import { jsonReply, type WireReply } from '../wire/wire-reply.ts';
import type { BatchCourse, ResultLine } from './batch-fault.ts';
import { DeskFaults, type PlannedBatchFault } from './desk-faults.ts';
import type { BatchFaultName } from './faults/index.ts';
import { readForm } from './form.ts';
import { type InputLine, parse, readInput } from './input-lines.ts';
import { batchObject, type DeskBatch, type DeskFile, fileObject } from './objects.ts';

export interface DeskRequest {
  readonly route: Route & { readonly batch: BatchRoute };
  readonly headers: IncomingHttpHeaders;
  readonly raw: Buffer;
}

export interface DeskOptions {
  readonly faults: readonly PlannedBatchFault[];
  /** Makes a line's call, as its route would be answered online. */
  readonly call: (
    line: { readonly customId: string; readonly url: string; readonly body: unknown },
    surface: Surface,
  ) => WireReply;
  readonly onFault: (fault: BatchFaultName) => void;
}

const createSchema = z.looseObject({ input_file_id: z.string(), endpoint: z.string() });

const COURSE: BatchCourse = { end: 'completed', share: 1, looks: 1, errors: [] };

/** Takes files, works on batches while it is looked at, and gives their results. */
export class BatchDesk {
  readonly #files = new Map<string, DeskFile>();
  readonly #batches = new Map<string, DeskBatch>();
  readonly #faults: DeskFaults;
  readonly #call: DeskOptions['call'];
  #ids = 0;

  constructor({ faults, call, onFault }: DeskOptions) {
    this.#faults = new DeskFaults(faults, onFault);
    this.#call = call;
  }

  /** `lost`: what was asked for is done, and no reply is to come. */
  reply(request: DeskRequest): WireReply | 'lost' {
    const spoilt = this.#faults.reply(request.route.batch.operation);
    if (spoilt !== null && spoilt !== 'lost') return spoilt;
    const reply = this.#perform(request);
    return spoilt ?? reply;
  }

  #perform({ route, headers, raw }: DeskRequest): WireReply {
    const { operation, id, query } = route.batch;
    const { surface } = route;
    switch (operation) {
      case 'upload':
        return this.#upload(headers['content-type'] ?? '', raw, surface);
      case 'files':
        return page(
          [...this.#files.values()].map((file) => fileObject(file, surface)),
          query,
        );
      case 'file':
        return this.#withFile(id, surface, (file) => {
          file.looks += 1;
          return jsonReply(200, fileObject(file, surface));
        });
      case 'delete':
        return this.#withFile(id, surface, () => {
          this.#files.delete(id);
          return jsonReply(200, { id, object: 'file', deleted: true });
        });
      case 'content':
        return this.#withFile(id, surface, ({ content }) => ({
          status: 200,
          headers: { 'content-type': 'application/octet-stream' },
          body: content,
        }));
      case 'create':
        return this.#create(raw, surface);
      case 'batches':
        return page(
          [...this.#batches.values()].map((batch) => batchObject(batch, surface)),
          query,
        );
      case 'look':
        return this.#withBatch(id, surface, (batch) => {
          this.#advance(batch, surface);
          return jsonReply(200, batchObject(batch, surface));
        });
      case 'cancel':
        return this.#withBatch(id, surface, (batch) => {
          if (batch.status === 'validating' || batch.status === 'in_progress') {
            batch.status = 'cancelling';
            batch.course = { ...batch.course, end: 'cancelled', share: batch.course.share / 2 };
          }
          return jsonReply(200, batchObject(batch, surface));
        });
      default:
        return operation satisfies never;
    }
  }

  #upload(contentType: string, raw: Buffer, surface: Surface): WireReply {
    const form = readForm(contentType, raw);
    if (form === null || form.fields.get('purpose') !== 'batch') {
      return refusal(400, 'invalid_request_error', 'A file with the purpose batch is needed.');
    }
    const expires = Number(form.fields.get('expires_after[seconds]') ?? 'NaN');
    const file = this.#addFile(form.name, form.content, Number.isFinite(expires) ? expires : null);
    return jsonReply(surface === 'azure' ? 201 : 200, fileObject(file, surface));
  }

  #create(raw: Buffer, surface: Surface): WireReply {
    const asked = createSchema.safeParse(parse(raw.toString('utf8')));
    if (!asked.success)
      return refusal(400, 'invalid_request', 'input_file_id and endpoint are needed.');
    const { input_file_id: inputFileId, endpoint } = asked.data;
    const input = this.#files.get(inputFileId);
    if (!input) return refusal(400, 'invalid_request', `File ${inputFileId} does not exist.`);
    const { lines, errors } = readInput(input.content);
    const course = { ...COURSE, ...this.#faults.course() };
    const batch: DeskBatch = {
      id: this.#newId('batch'),
      endpoint,
      inputFileId,
      lines,
      course: errors.length > 0 ? { ...course, end: 'failed', share: 0, errors } : course,
      status: 'validating',
      looks: 0,
      outputFileId: null,
      errorFileId: null,
      counts: { total: lines.length, completed: 0, failed: 0 },
    };
    this.#batches.set(batch.id, batch);
    return jsonReply(200, batchObject(batch, surface));
  }

  /** One step a look: validating, in progress for a while, finalizing, ended. */
  #advance(batch: DeskBatch, surface: Surface): void {
    if (batch.status === 'cancelling') {
      this.#finish(batch, surface);
      return;
    }
    if (
      batch.status !== 'validating' &&
      batch.status !== 'in_progress' &&
      batch.status !== 'finalizing'
    ) {
      return;
    }
    batch.looks += 1;
    if (batch.looks <= batch.course.looks) batch.status = 'in_progress';
    else if (batch.looks === batch.course.looks + 1) batch.status = 'finalizing';
    else this.#finish(batch, surface);
  }

  #finish(batch: DeskBatch, surface: Surface): void {
    const { end, share } = batch.course;
    batch.status = end;
    if (end === 'failed') return;
    const called = Math.ceil(batch.lines.length * share);
    const lines = batch.lines.map((line, index): ResultLine => {
      if (index < called) return this.#result(line, surface);
      const message = `This request could not be executed before the batch ${end === 'expired' ? 'expired' : 'was cancelled'}.`;
      return {
        custom_id: line.custom_id,
        response: null,
        error: { code: `batch_${end}`, message },
      };
    });
    const results = this.#faults.results(lines);
    const isGood = ({ response }: ResultLine) => response !== null && response.status_code < 300;
    const good = shuffled(results.filter(isGood));
    // Azure, unlike OpenAI, says nothing of what a cancelled batch left out.
    const bad = results.filter(
      (line) => !isGood(line) && !(surface === 'azure' && line.error?.code === 'batch_cancelled'),
    );
    batch.counts = { total: batch.lines.length, completed: good.length, failed: bad.length };
    if (good.length > 0) {
      const text = this.#faults.text(good.map(written).join(''));
      batch.outputFileId = this.#addFile(`${batch.id}_output.jsonl`, Buffer.from(text), null).id;
    }
    if (bad.length > 0) {
      const text = bad.map(written).join('');
      batch.errorFileId = this.#addFile(`${batch.id}_error.jsonl`, Buffer.from(text), null).id;
    }
  }

  #result(line: InputLine, surface: Surface): ResultLine {
    const { custom_id: customId, url, body } = line;
    const reply = this.#call({ customId, url, body }, surface);
    const response = {
      status_code: reply.status,
      request_id: customId.slice(0, 12),
      body: parse(String(reply.body)),
    };
    return { custom_id: customId, response, error: null };
  }

  #addFile(name: string, content: Buffer, expiresAfter: number | null): DeskFile {
    const file: DeskFile = { id: this.#newId('file'), name, content, expiresAfter, looks: 0 };
    this.#files.set(file.id, file);
    return file;
  }

  #newId(kind: string): string {
    this.#ids += 1;
    return `${kind}-${hash32(`${kind} ${this.#ids}`).toString(16)}-${this.#ids}`;
  }

  #withFile(id: string, surface: Surface, act: (file: DeskFile) => WireReply): WireReply {
    const file = this.#files.get(id);
    return file ? act(file) : missing('File', id, surface);
  }

  #withBatch(id: string, surface: Surface, act: (batch: DeskBatch) => WireReply): WireReply {
    const batch = this.#batches.get(id);
    return batch ? act(batch) : missing('Batch', id, surface);
  }
}

/** Results come in no order. */
function shuffled(lines: readonly ResultLine[]): ResultLine[] {
  return [...lines].sort((a, b) => hash32(a.custom_id) - hash32(b.custom_id));
}

function written(line: ResultLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** The newest first, as both APIs list. */
function page(entries: readonly { readonly id: string }[], query: URLSearchParams): WireReply {
  const all = [...entries].reverse();
  const after = query.get('after');
  const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const limit = Number(query.get('limit') ?? 20);
  const data = all.slice(from, from + limit);
  return jsonReply(200, {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: from + limit < all.length,
  });
}

function refusal(status: number, code: string, message: string): WireReply {
  return jsonReply(status, {
    error: { message, type: 'invalid_request_error', param: null, code },
  });
}

function missing(what: string, id: string, surface: Surface): WireReply {
  return surface === 'azure'
    ? refusal(404, 'resourceNotFound', `${what} ${id} was not found.`)
    : refusal(404, 'not_found', `No such ${what} object: ${id}`);
}
