/** Files of a drop or a file dialog as `{ file, path }`; the path begins at the dropped folder. */

/** Files of a drop. Must be called inside the event: the browser forgets the items when its handler returns. */
export function filesOfDrop(dataTransfer) {
  const entries = [...dataTransfer.items].filter(({ kind }) => kind === 'file').map((item) => item.webkitGetAsEntry());
  return collect(entries.filter(Boolean));
}

/** Files of a file input; the files of a folder have their relative path. */
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
    // Browsers return a folder's entries in batches; an empty batch is the end.
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return children;
    children.push(...batch);
  }
}

/** Folders hold files that nobody put there: .DS_Store, .git. */
const isVisible = ({ path }) => !path.split('/').some((part) => part.startsWith('.'));
