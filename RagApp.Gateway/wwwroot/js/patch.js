function patchChildren(element, wanted) {
  const shown = [...element.childNodes];
  const nodes = [...wanted.childNodes];
  nodes.forEach((node, at) => {
    if (shown[at]) patch(shown[at], node);
    else element.append(node);
  });
  shown.slice(nodes.length).forEach((node) => node.remove());
}

/** Makes a node like another one, or puts the other one in its place. What is the same stays, with its focus and selection. Returns the node that is shown. */
export function patch(shown, wanted) {
  if (shown.isEqualNode(wanted)) return shown;
  if (shown.nodeName !== wanted.nodeName) {
    shown.replaceWith(wanted);
    return wanted;
  }
  if (shown.nodeType === Node.TEXT_NODE) patchText(shown, wanted.data);
  else patchChildren(shown, wanted);
  return shown;
}

/** Text that only grew is added to, since a selection in it would be lost otherwise. */
function patchText(shown, text) {
  if (text.startsWith(shown.data)) shown.appendData(text.slice(shown.data.length));
  else shown.data = text;
}
