// Blocks of data, read back: see `pack.rs` for their form.

/** The bytes of the block in the element with that id. */
async function bytesOf(id) {
  const element = document.getElementById(id);
  const text = element.textContent;
  element.remove();
  const packed = Uint8Array.fromBase64
    ? Uint8Array.fromBase64(text)
    : Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

/** The numbers of a column of differences. */
function deltas(bytes, begin, count) {
  const numbers = new Uint32Array(count);
  let at = begin;
  let number = 0;
  for (let n = 0; n < count; n++) {
    let rest = 0;
    let factor = 1;
    for (;;) {
      const byte = bytes[at++];
      rest += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
      factor *= 128;
    }
    number += rest % 2 ? -(rest + 1) / 2 : rest / 2;
    numbers[n] = number;
  }
  return numbers;
}

/** The object of a block, its columns by name, and what follows them. */
export async function unpack(id) {
  const buffer = await bytesOf(id);
  const bytes = new Uint8Array(buffer);
  const length = new DataView(buffer).getUint32(0, true);
  const object = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const base = 4 + length;
  const columns = {};
  let end = base;
  for (const [name, { type, begin, count }] of Object.entries(object.columns)) {
    const at = base + begin;
    if (type === 'delta') columns[name] = deltas(bytes, at, count);
    else {
      const Kind = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array }[type];
      columns[name] = new Kind(buffer, at, count);
      end = Math.max(end, at + columns[name].byteLength);
    }
  }
  return { object, columns, rest: bytes.subarray(Math.ceil(end / 4) * 4) };
}
