/** What a drop, or a file dialog, brought in: `{ file, path }`, the path beginning at the dropped folder. */

/** Of a drop. Must be called inside the event: the browser forgets the items when its handler returns. */
export function filesOfDrop(dataTransfer) {
  const entries = [...dataTransfer.items].filter(({ kind }) => kind === 'file').map((item) => item.webkitGetAsEntry());
  return collect(entries.filter(Boolean));
}

/** Of a file input; a folder's files carry their relative path. */
export const filesOfInput = (input) =>
  [...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name })).filter(isVisible);

async function collect(entries) {
  const found = [];
  for (const entry of entries) {
    if (entry.isDirectory) found.push(...await collect(await childrenOf(entry)));
    else found.push({ file: await new Promise((resolve, reject) => entry.file(resolve, reject)), path: entry.fullPath.slice(1) });
  }
  return found.filter(isVisible);
}

async function childrenOf(directory) {
  const reader = directory.createReader();
  const children = [];
  for (;;) {
    // Browsers hand out a directory in batches, the end being an empty one.
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return children;
    children.push(...batch);
  }
}

/** Folders hold files that nobody put there: .DS_Store, .git. */
const isVisible = ({ path }) => !path.split('/').some((part) => part.startsWith('.'));
