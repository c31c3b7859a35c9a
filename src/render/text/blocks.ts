interface Packed {
  readonly group: string | null;
  readonly width: number;
}

/**
 * Splits columns into blocks that fit a width. A group stays together where it fits by itself; one
 * that is wider than the room is split evenly, a column at least in every block.
 */
export function packColumns<Column extends Packed>(
  columns: readonly Column[],
  { width, gap }: { readonly width: number; readonly gap: number },
): Column[][] {
  const taken = (block: readonly Column[]) =>
    block.reduce((sum, column) => sum + column.width, 0) + gap * Math.max(0, block.length - 1);
  const blocks: Column[][] = [];
  for (const group of groupsOf(columns)) {
    const last = blocks.at(-1);
    if (last && taken([...last, ...group]) <= width) {
      last.push(...group);
      continue;
    }
    const parts = split(group, (block) => taken(block) <= width);
    const even = Math.ceil(group.length / parts.length);
    blocks.push(...split(group, (block) => block.length <= even && taken(block) <= width));
  }
  return blocks;
}

function split<Column>(
  group: readonly Column[],
  fits: (block: readonly Column[]) => boolean,
): Column[][] {
  const blocks: Column[][] = [];
  for (const column of group) {
    const last = blocks.at(-1);
    if (last && fits([...last, column])) last.push(column);
    else blocks.push([column]);
  }
  return blocks;
}

function groupsOf<Column extends Packed>(columns: readonly Column[]): Column[][] {
  const groups: Column[][] = [];
  for (const column of columns) {
    const last = groups.at(-1);
    if (last && last[0]?.group === column.group) last.push(column);
    else groups.push([column]);
  }
  return groups;
}
