// RFC 8785 canonical JSON (JCS), for values that `strict_json.js` has read: whole numbers only.

/** The canonical text: members in the order of their names' UTF-16 code units, no spaces. */
export function canonicalJson(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value instanceof Map)
    return `{${[...value.keys()]
      .sort()
      .map((name) => member(name, value))
      .join(",")}}`;
  return JSON.stringify(value);
}

function member(name, object) {
  return `${JSON.stringify(name)}:${canonicalJson(object.get(name))}`;
}
