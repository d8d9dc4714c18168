import { accessChoices } from './accessChoice.js';
import { announce } from './announcer.js';
import { filesOfDrop, filesOfInput } from './droppedFiles.js';
import { UploadQueue } from './uploadQueue.js';
import { mountUploadPanel } from './uploadPanel.js';

/** Adding documents: files and folders dropped or chosen, and who may read them. */
export function mountUploads(slots, { api, me, signal, onSent }) {
  const queue = new UploadQueue({ upload: api.upload, onSent: remember, onChange: () => panel.show() });
  const panel = mountUploadPanel(slots, queue, signal);
  const sent = new Map();

  slots.access.append(...accessChoices(me));
  offerDialog(slots['pick-files'], slots.files);
  offerDialog(slots['pick-folder'], slots.folder);
  acceptDrops();

  function remember(info, item) {
    item.document = info;
    sent.set(info.id, item);
    onSent(info);
  }

  /** Records the state of a document; documents not uploaded on this page are ignored. */
  function see(info) {
    const item = sent.get(info.id);
    if (!item || info.version < item.document.version) return;
    item.document = info;
    panel.show();
  }

  /** Sends no entry for "Only me": this is the server's default, and keeps the access list of a document that is replaced. */
  const chosenAccess = () => (slots.access.value === `user:${me.subject}` ? [] : [slots.access.value]);

  function add(files) {
    if (files.length === 0) return;
    if (!queue.isActive) queue.clear();
    queue.add(files, { access: chosenAccess(), tags: slots.tags.value.trim() });
    announce(`Uploading ${files.length} ${files.length === 1 ? 'file' : 'files'}.`);
  }

  function offerDialog(button, input) {
    button.addEventListener('click', () => input.click());
    input.addEventListener('change', () => {
      add(filesOfInput(input));
      input.value = '';
    });
  }

  /** Accepts drops on the whole window, since a file dropped outside the zone would replace the page. */
  function acceptDrops() {
    const carriesFiles = (event) => event.dataTransfer?.types.includes('Files');
    const highlight = (on) => slots.dropzone.classList.toggle('over', on);
    window.addEventListener('dragover', (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      highlight(true);
    }, { signal });
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && highlight(false), { signal });
    window.addEventListener('drop', async (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      highlight(false);
      const files = await filesOfDrop(event.dataTransfer);
      if (!signal.aborted) add(files);
    }, { signal });
  }

  return { see };
}
