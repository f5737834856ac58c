// The native menu's and dialogs' words. They follow the system's language, which is known before any page is.

const english = {
  file: '&File',
  import: 'Import a workbook or CSV…',
  settings: 'Settings',
  quit: 'Quit',
  edit: '&Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  view: '&View',
  palette: 'Find anything…',
  actualSize: 'Actual size',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fullScreen: 'Full screen',
  help: '&Help',
  copyDiagnostics: 'Copy diagnostics',
  checkForUpdate: 'Check for updates',
  pickTitle: 'Choose the workbook or CSV to import',
  pickFilter: 'Workbooks and CSV',
  pickTallyTitle: 'Choose what Tally exported: masters and day book',
  pickTallyFilter: 'Tally XML, also zipped',
  allFiles: 'All files',
  saveTitle: 'Save as',
  folderTitle: 'Choose a folder',
  workbook: 'Excel workbook',
};

export type MenuWords = Readonly<Record<keyof typeof english, string>>;

const hindi: MenuWords = {
  file: 'फ़ाइल',
  import: 'वर्कबुक या CSV आयात करें…',
  settings: 'सेटिंग',
  quit: 'बंद करें',
  edit: 'संपादन',
  undo: 'पहले जैसा करें',
  redo: 'फिर से करें',
  cut: 'काटें',
  copy: 'कॉपी करें',
  paste: 'चिपकाएँ',
  selectAll: 'सब चुनें',
  view: 'दृश्य',
  palette: 'कुछ भी खोजें…',
  actualSize: 'असली आकार',
  zoomIn: 'बड़ा करें',
  zoomOut: 'छोटा करें',
  fullScreen: 'पूरी स्क्रीन',
  help: 'मदद',
  copyDiagnostics: 'निदान जानकारी कॉपी करें',
  checkForUpdate: 'अपडेट देखें',
  pickTitle: 'आयात के लिए वर्कबुक या CSV चुनें',
  pickFilter: 'वर्कबुक और CSV',
  pickTallyTitle: 'Tally से निकाली फ़ाइलें चुनें: मास्टर और डे बुक',
  pickTallyFilter: 'Tally XML, ज़िप भी',
  allFiles: 'सभी फ़ाइलें',
  saveTitle: 'इस नाम से सहेजें',
  folderTitle: 'फ़ोल्डर चुनें',
  workbook: 'Excel वर्कबुक',
};

export function wordsFor(locale: string): MenuWords {
  return locale.toLowerCase().startsWith('hi') ? hindi : english;
}
