/**
 * Divides a bounded resource among owners. When the bound is exceeded, the owners who hold the most lose items: a level
 * is computed such that everything would fit if no tenant held more than the level, and each tenant above it is cut
 * down to it. Within such a tenant, persons are cut down in the same way; each of them loses the items touched longest
 * ago. So owners who hold less than an equal share lose nothing because of others, however many others there are.
 */

/** The tenant and the person whose shares an item counts toward. */
export interface Owner {
  readonly tenant: string;
  /** A person of the tenant; empty if the item belongs to nobody in particular. */
  readonly person: string;
}

/** Items by id, each with an owner, a size and an expiry time. */
export interface Shares<V> {
  /** The item with this id; undefined if there is no such item, or it has expired. */
  get(id: string): { readonly value: V; readonly owner: Owner } | undefined;
  /** Adds or replaces an item, which becomes the most recently touched one. */
  put(id: string, thing: Thing<V>): void;
  delete(id: string): void;
  /** The values of a person's items; the most recently touched one comes last. */
  of(owner: Owner): V[];
}

/** An item of `Shares`. It is removed when it expires, or earlier to keep within the bounds. */
export interface Thing<V> {
  readonly owner: Owner;
  readonly value: V;
  /** The item's size, in the same unit as the bound `most`. */
  readonly size: number;
  readonly expiresAt: number;
}

/** Options of createShares: the limits on the total size of the stored items, and the clock. */
export interface SharesOptions {
  /** The bound for all items together, in the same unit as their sizes. */
  readonly most: number;
  /** The bound for all items of one person, in the unit of `most`. Default: `most`. */
  readonly mostOfPerson?: number;
  /** The current time, on the clock of `expiresAt`. */
  readonly now: () => number;
}

/** A node in the tree of owners: the root (all tenants together), a tenant, or a person. Only persons own items. */
interface Holder<V> {
  size: number;
  readonly parts: Map<string, Holder<V>>;
  readonly held: Map<string, Held<V>>;
}

interface Held<V> extends Thing<V> {
  readonly id: string;
}

// The fraction of the bound that is freed each time the bound is exceeded, so that removals are rare: each removal has
// to visit all holders to find the largest ones.
const roomAfter = 0.05;

/** Creates a `Shares` without items. */
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
  const removeGone = (things: Iterable<Held<V>>) => {
    for (const thing of things) if (isGone(thing)) remove(thing);
  };
  /** Removes items from a holder until their total size is at most `most`; never removes `last`, the newest item. */
  const shrink = (holder: Holder<V>, most: number, last: Held<V>) => {
    for (const thing of holder.held.values()) {
      if (holder.size <= most || thing === last) return;
      remove(thing);
    }
    const level = levelOf(
      holder.parts.values().map(({ size }) => size),
      most,
    );
    // First, items are removed from holders above the level. The newest item is never removed, so if it alone exceeds
    // the level, holders below the level lose items too. Larger holders come first; among equally large ones, the one
    // inactive for longest, since sorting is stable.
    for (const least of last.size <= most ? [level, 0] : [level])
      for (const part of [...holder.parts.values()].sort((a, b) => b.size - a.size)) {
        if (holder.size <= most) return;
        shrink(part, Math.max(least, part.size - (holder.size - most)), last);
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
      if (holder.size > mostOfPerson) removeGone(holder.held.values());
      shrink(holder, mostOfPerson, held);
      for (const oldest of all.values()) {
        if (!isGone(oldest)) break;
        remove(oldest);
      }
      if (root.size > most) removeGone(all.values());
      for (const wanted of [most * (1 - roomAfter), most]) if (root.size > most) shrink(root, wanted, held);
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

/** The size to which larger sizes must be cut so that their sum is at most `most`: 4 for 2, 5 and 9 if `most` is 10. */
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
