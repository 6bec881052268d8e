// Arrays that come as base64 text inside the component's data.
export function bytesOf(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export function int32Of(text) {
  return new Int32Array(bytesOf(text).buffer);
}
