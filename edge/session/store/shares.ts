/**
 * What many owners hold within one bound. Once it is passed, whoever holds the most gives way: the tenants above the level under which all of
 * them would fit, of such a tenant the persons above theirs, and of such a person what was touched the longest ago. So nobody who holds less
 * than an equal share loses anything by what others do, whether they are many or few.
 */

/** Whose share something counts to. */
export interface Owner {
  readonly tenant: string;
  /** A person of the tenant; empty: nobody in particular. */
  readonly person: string;
}

/** Things by their ids, each with an owner, a size and a time when it is forgotten. */
export interface Shares<V> {
  /** Undefined if there is none, or it has expired. */
  get(id: string): { readonly value: V; readonly owner: Owner } | undefined;
  /** Puts it in the place of what has this id, as the last that was touched. */
  put(id: string, thing: Thing<V>): void;
  delete(id: string): void;
  /** What a person holds, the last that was touched at the end. */
  of(owner: Owner): V[];
}

/** Something that is held. */
export interface Thing<V> {
  readonly owner: Owner;
  readonly value: V;
  /** In the unit of the bound. */
  readonly size: number;
  readonly expiresAt: number;
}

/** Bounds of what is held. */
export interface SharesOptions {
  /** What all together may hold, in the unit of their sizes. */
  readonly most: number;
  /** What one person may. Default: as much as all. */
  readonly mostOfPerson?: number;
  /** The time that `expiresAt` goes by. */
  readonly now: () => number;
}

/** One who holds something: all of them, a tenant, or a person. */
interface Holder<V> {
  size: number;
  readonly parts: Map<string, Holder<V>>;
  readonly held: Map<string, Held<V>>;
}

interface Held<V> extends Thing<V> {
  readonly id: string;
}

// Looking for who holds the most takes all of them: it is done once for so much of the bound.
const roomAfter = 0.05;

/** Begins with nothing held. */
export function createShares<V>({ most, mostOfPerson = most, now }: SharesOptions): Shares<V> {
  const all = new Map<string, Held<V>>();
  const root: Holder<V> = createHolder();
  const pathOf = ({ tenant, person }: Owner) => [tenant, person];

  const remove = (thing: Held<V>) => {
    all.delete(thing.id);
    const [tenantName, personName] = pathOf(thing.owner) as [string, string];
    const tenant = root.parts.get(tenantName);
    const person = tenant?.parts.get(personName);
    if (tenant === undefined || person === undefined) return;
    person.held.delete(thing.id);
    for (const holder of [root, tenant, person]) holder.size -= thing.size;
    if (person.held.size === 0) tenant.parts.delete(personName);
    if (tenant.parts.size === 0) root.parts.delete(tenantName);
  };
  const isGone = ({ expiresAt }: Held<V>) => expiresAt <= now();
  /** Takes from a holder until it has no more than `most`; not what was put last. */
  const shrink = (holder: Holder<V>, most: number, last: Held<V>) => {
    for (const thing of holder.held.values()) {
      if (holder.size <= most || thing === last) return;
      remove(thing);
    }
    const level = levelOf(
      holder.parts.values().map(({ size }) => size),
      most,
    );
    // Of those who hold as much, whoever was away the longest comes first: sorting leaves their order.
    for (const part of [...holder.parts.values()].sort((a, b) => b.size - a.size)) {
      if (holder.size <= most) return;
      shrink(part, Math.max(level, part.size - (holder.size - most)), last);
    }
  };

  return {
    get(id) {
      const thing = all.get(id);
      if (thing !== undefined && isGone(thing)) remove(thing);
      return all.get(id);
    },
    put(id, thing) {
      const before = all.get(id);
      if (before !== undefined) remove(before);
      const held = { ...thing, id };
      all.set(id, held);
      let holder = root;
      holder.size += held.size;
      for (const name of pathOf(held.owner)) {
        const part = holder.parts.get(name) ?? createHolder<V>();
        part.size += held.size;
        putLast(holder.parts, name, part);
        holder = part;
      }
      holder.held.set(id, held);
      shrink(holder, mostOfPerson, held);
      for (const oldest of all.values()) {
        if (!isGone(oldest)) break;
        remove(oldest);
      }
      if (root.size > most) shrink(root, most * (1 - roomAfter), held);
    },
    delete(id) {
      const thing = all.get(id);
      if (thing !== undefined) remove(thing);
    },
    of({ tenant, person }) {
      const held = root.parts.get(tenant)?.parts.get(person)?.held.values() ?? [];
      return [...held].filter((thing) => !isGone(thing)).map(({ value }) => value);
    },
  };
}

function createHolder<V>(): Holder<V> {
  return { size: 0, parts: new Map(), held: new Map() };
}

/** The most that each may have for all together to have no more than `most`. */
function levelOf(sizes: Iterable<number>, most: number): number {
  let left = most;
  const rising = [...sizes].sort((a, b) => a - b);
  for (const [index, size] of rising.entries()) {
    const level = left / (rising.length - index);
    if (size > level) return level;
    left -= size;
  }
  return most;
}

function putLast<V>(map: Map<string, V>, id: string, value: V): void {
  map.delete(id);
  map.set(id, value);
}
