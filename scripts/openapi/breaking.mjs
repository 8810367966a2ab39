// The changes of an OpenAPI document that break a client of the previous document.
//
// Written here because no package that npm can pin does it for 3.1: openapi-diff stops at 3.0.3; api-smart-diff reads 3.1 and treats
// renamed operation ids and removed properties as harmless; @pb33f/openapi-changes downloads a program after it is installed, which
// the lock file does not cover; oasdiff is in neither npm nor PyPI.

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
/** Bounds of a value, and whether the larger number allows less. */
const BOUNDS = {
  minimum: true, exclusiveMinimum: true, minLength: true, minItems: true, minProperties: true,
  maximum: false, exclusiveMaximum: false, maxLength: false, maxItems: false, maxProperties: false,
};

/** `[{ operation: 'GET /v1/roles', ids: ['list_roles'], faults: ['…'] }]`, for the operations of `before` that a client can no longer rely on. */
export function breaking(before, after) {
  const broken = [];
  for (const [path, item] of Object.entries(before.paths)) {
    for (const method of METHODS.filter((name) => item[name])) {
      const [old, now] = [item, after.paths[path]].map((one) => withShared(one, method));
      const faults = now ? new Comparison(before, after).operation(old, now) : ['the operation is removed'];
      const ids = [...new Set([old.operationId, now?.operationId].filter(Boolean))];
      if (faults.length) broken.push({ operation: `${method.toUpperCase()} ${path}`, ids, faults: [...new Set(faults)] });
    }
  }
  return broken;
}

/** Those that the unreleased part of a changelog names, by `METHOD /path` or by an operation id in backticks, are left out. */
export function unnamed(broken, changelog) {
  const text = unreleased(changelog);
  const isNamed = ({ operation, ids }) => {
    const exact = new RegExp(`(?<![\\w/])${operation.replace(/[^\w\s]/g, '\\$&')}(?![\\w/{}.*~-]*[\\w/{}*~-])`);
    return exact.test(text) || ids.some((id) => text.includes(`\`${id}\``));
  };
  return broken.filter((one) => !isNamed(one));
}

function unreleased(changelog) {
  const [, text = ''] = changelog.split(/^## \[?Unreleased\]?.*$/im);
  return text.split(/^## /m)[0];
}

/** An operation with the parameters that its path has for all. */
function withShared(item, method) {
  const operation = item?.[method];
  return operation && { ...operation, parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])] };
}

class Comparison {
  /** Pairs of schemas that are being compared, by side: a type may contain itself. */
  #open = { request: new Map(), response: new Map() };

  constructor(before, after) {
    this.before = before;
    this.after = after;
  }

  operation(old, now) {
    const faults = [];
    if (old.operationId !== now.operationId) faults.push(`the operation id ${old.operationId} is now ${now.operationId}`);
    faults.push(...this.#security(old, now), ...this.#parameters(old, now), ...this.#body(old, now), ...this.#responses(old, now));
    return faults;
  }

  #security(old, now) {
    const faults = [];
    const ways = (document, operation) => {
      const listed = operation.security ?? document.security ?? [];
      return listed.length ? listed : [{}];
    };
    const [were, are] = [ways(this.before, old), ways(this.after, now)];
    const isEnough = (had, wanted) => Object.entries(wanted).every(([scheme, scopes]) => had[scheme] && scopes.every((scope) => had[scheme].includes(scope)));
    for (const way of were.filter((one) => !are.some((wanted) => isEnough(one, wanted)))) {
      faults.push(`security: ${Object.keys(way).join(' with ') || 'no credentials'} is no longer enough`);
    }
    const permission = 'x-livery-permission';
    if (now[permission] && now[permission] !== old[permission]) faults.push(`security: it takes the permission ${now[permission]}`);
    return faults;
  }

  #parameters(old, now) {
    const faults = [];
    const byName = (document, operation) => new Map(operation.parameters.map((one) => {
      const parameter = resolve(document, one);
      // Names of headers have no case.
      return [`${parameter.in} parameter ${parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name}`, parameter];
    }));
    const [were, are] = [byName(this.before, old), byName(this.after, now)];
    for (const name of were.keys()) if (!are.has(name)) faults.push(`the ${name} is removed`);
    for (const [name, parameter] of are) {
      const was = were.get(name);
      if (parameter.required && !was?.required) faults.push(`the ${name} is newly required`);
      if (was) faults.push(...this.#schema(was.schema, parameter.schema, 'request', `the ${name}`));
    }
    return faults;
  }

  #body(old, now) {
    const [was, is] = [resolve(this.before, old.requestBody), resolve(this.after, now.requestBody)];
    if (!was) return is?.required ? ['a request body is newly required'] : [];
    if (!is) return ['the request body is removed'];
    const required = is.required && !was.required ? ['the request body is newly required'] : [];
    return [...required, ...this.#content(was, is, 'request', 'the request')];
  }

  #responses(old, now) {
    const faults = [];
    for (const [status, one] of Object.entries(old.responses ?? {})) {
      if (!now.responses?.[status]) {
        faults.push(`the response ${status} is removed`);
        continue;
      }
      const [was, is] = [resolve(this.before, one), resolve(this.after, now.responses[status])];
      const headers = new Set(Object.keys(is.headers ?? {}).map((name) => name.toLowerCase()));
      for (const name of Object.keys(was.headers ?? {})) {
        if (!headers.has(name.toLowerCase())) faults.push(`the header ${name} of the response ${status} is removed`);
      }
      faults.push(...this.#content(was, is, 'response', `the response ${status}`));
    }
    return faults;
  }

  #content(was, is, side, where) {
    return Object.entries(was.content ?? {}).flatMap(([type, body]) => {
      const now = is.content?.[type];
      return now ? this.#schema(body.schema, now.schema, side, where) : [`${where}: ${type} is removed`];
    });
  }

  /** In a request, every value that was valid has to stay valid; in a response, every value that is possible now has to have been possible before. */
  #schema(old, now, side, where) {
    const open = this.#open[side].get(old) ?? new Set();
    if (open.has(now)) return [];
    this.#open[side].set(old, open.add(now));
    const [were, are] = [variants(this.before, old), variants(this.after, now)];
    const [each, others] = side === 'request' ? [were, are] : [are, were];
    const faults = each.flatMap((one) => this.#closest(one, others, side, where));
    open.delete(now);
    return faults;
  }

  /** The faults of a variant compared with the most similar one of the others: one of its own type, if there is one. */
  #closest(one, others, side, where) {
    const compared = others.map((other) => ({
      isOfType: other.type === one.type,
      faults: side === 'request' ? this.#variant(one, other, side, where) : this.#variant(other, one, side, where),
    }));
    compared.sort((a, b) => (a.faults.length > 0) - (b.faults.length > 0) || b.isOfType - a.isOfType || a.faults.length - b.faults.length);
    return compared[0].faults;
  }

  #variant(was, is, side, where) {
    const [wide, narrow] = side === 'request' ? [is, was] : [was, is];
    if (wide.type && wide.type !== narrow.type && !(wide.type === 'number' && narrow.type === 'integer')) {
      return [`${where}: the type ${was.type ?? 'any'} is now ${is.type ?? 'any'}`];
    }
    return [...(side === 'request' ? narrowed(was, is, where) : []), ...this.#properties(was, is, side, where), ...this.#inner(was, is, side, where)];
  }

  #properties(was, is, side, where) {
    const faults = [];
    const [old, now] = [was.properties ?? {}, is.properties ?? {}];
    for (const name of Object.keys(old)) {
      if (!Object.hasOwn(now, name)) faults.push(`${where}: the property ${name} is removed`);
      else faults.push(...this.#schema(old[name], now[name], side, `${where}, ${name}`));
    }
    const [had, has] = [new Set(was.required), new Set(is.required)];
    if (side === 'request') for (const name of has) if (!had.has(name)) faults.push(`${where}: the property ${name} is newly required`);
    if (side === 'response') {
      for (const name of had) if (!has.has(name) && Object.hasOwn(now, name)) faults.push(`${where}: the property ${name} may be left out`);
    }
    return faults;
  }

  /** Elements of lists, and values of objects that have any names. */
  #inner(was, is, side, where) {
    const faults = [];
    if (was.items && is.items) faults.push(...this.#schema(was.items, is.items, side, `${where}[]`));
    const [old, now] = [was.additionalProperties, is.additionalProperties];
    if (old && now && typeof old === 'object' && typeof now === 'object') faults.push(...this.#schema(old, now, side, `${where}{}`));
    if (side === 'request' && is.type === 'object' && now === false && old !== false) faults.push(`${where}: other properties are refused`);
    return faults;
  }
}

/** What a request may no longer contain. */
function narrowed(was, is, where) {
  const faults = [];
  if (is.values) {
    const gone = was.values?.filter((value) => !is.values.includes(value));
    if (!gone) faults.push(`${where}: only ${is.values.join(', ')} may be sent`);
    else if (gone.length) faults.push(`${where}: ${gone.join(', ')} may no longer be sent`);
  }
  for (const [bound, isLeast] of Object.entries(BOUNDS)) {
    if (is[bound] === undefined) continue;
    const isStricter = was[bound] === undefined || (isLeast ? is[bound] > was[bound] : is[bound] < was[bound]);
    if (isStricter) faults.push(`${where}: ${bound} is now ${is[bound]}`);
  }
  if (is.pattern && is.pattern !== was.pattern) faults.push(`${where}: pattern is now ${is.pattern}`);
  return faults;
}

function resolve(document, value) {
  if (!value?.$ref) return value;
  const names = value.$ref.replace(/^#\//, '').split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const found = names.reduce((inside, name) => inside?.[name], document);
  if (!found) throw new Error(`${value.$ref} is not in the document`);
  return resolve(document, found);
}

/** The kinds of value that a schema accepts, each with one type: unions are split, `allOf` is merged. */
function variants(document, schema) {
  if (schema === undefined || schema === true) return [{}];
  const { $ref, anyOf, oneOf, allOf, ...own } = schema;
  let found = [withValues(own)];
  for (const part of [...($ref ? [resolve(document, { $ref })] : []), ...(allOf ?? [])]) found = merged(found, variants(document, part));
  for (const union of [anyOf, oneOf]) if (union) found = merged(found, union.flatMap((part) => variants(document, part)));
  return joined(found.flatMap((one) => (Array.isArray(one.type) ? one.type.map((type) => ({ ...one, type })) : [one])));
}

function withValues({ const: only, enum: listed, ...schema }) {
  const values = only === undefined ? listed : [only];
  return values ? { ...schema, values: values.map((value) => JSON.stringify(value)) } : schema;
}

function merged(left, right) {
  return left.flatMap((one) => right.map((other) => {
    const both = { ...one, ...other };
    if (one.properties && other.properties) both.properties = { ...one.properties, ...other.properties };
    if (one.required && other.required) both.required = [...new Set([...one.required, ...other.required])];
    return both;
  }));
}

/** Values listed one by one (`oneOf` of `const`) are one enum. */
function joined(found) {
  const words = found.filter((one) => one.values && (one.type === undefined || one.type === 'string'));
  if (words.length < 2) return found;
  return [...found.filter((one) => !words.includes(one)), { type: words[0].type, values: words.flatMap((one) => one.values) }];
}
