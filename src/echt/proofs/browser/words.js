// What the page itself says. The sentences about a proof are in `reasons.js` and come with the report.

export const WORDS = {
  en: {
    document: "Verify a proof of reserves",
    brand: "Proof verifier",
    skip: "Skip to content",
    language: "Language",
    title: "Is my balance in the published total?",
    lead:
      "Your proof file shows that what you have is counted in what the operator says to owe all customers. Here " +
      "you check it yourself, on your own device.",
    "file.title": "Your proof file",
    "file.drop": "Drop or choose your proof file",
    "file.hint": "From your exchange: My proof of reserves, Download my proof. Further files can be dropped with it.",
    "file.choose": "Choose file",
    "file.another": "Choose another file",
    choose: "Choose file",
    remove: "Remove",
    removeNamed: "Remove {name}",
    "private.title": "This file is private.",
    "private.text":
      "Your account number, your key and your balances are in it. Give it to nobody and don’t post it anywhere. " +
      "It does not leave this page: the page can reach no network and stores nothing.",
    "compare.title": "What do you compare it with?",
    "compare.text":
      "A proof is worth as much as the statement behind it. Take root or statement from somewhere that " +
      "everybody sees: the public log, an auditor, a newspaper, a friend. Not from where the file came from.",
    "root.label": "Published root",
    "root.help": "64 digits and letters from a to f.",
    or: "or",
    "statement.label": "Published statement",
    "statement.help": "statement.note, as the operator publishes it. It counts together with the operator’s key.",
    "key.label": "Operator’s key",
    "key.help": "Looks like name+1a2b3c4d+AW9… and stays the same from one snapshot to the next.",
    more: "More to compare",
    verify: "Verify now",
    "account.label": "Your account number",
    "account.help": "As your account shows it. The file must have been made for exactly this number.",
    "older.label": "An older checkpoint of the log",
    "older.help": "One that you kept. The log may have grown since, but never become shorter.",
    "answer.title": "What is checked",
    steps: [
      ["The proof file has the right form", "Known fields only, whole numbers, full hashes"],
      ["The statement is the public one", "Compared with what you enter, and its signature"],
      ["The leaves are yours", "They follow from your account number and your key"],
      ["Every path leads to the root", "All sums are carried along, none too large"],
      ["The totals are those of the root", "What the operator says to owe is what was added up"],
      ["The statement is in the log", "So that everybody is shown the same"],
      ["The pieces add up to your balances", "What you have in the total"],
    ],
    passed: [
      "Columns: {count}, pieces: {pieces}, levels: {height}",
      null,
      null,
      "All sums were carried along, none is too large",
      "What the operator says to owe is what was added up",
      null,
      "As of {moment}",
    ],
    holds: "Holds",
    fails: "Does not hold",
    waiting: "Waiting",
    skipped: "Not checked",
    verified: "Verified. Your balances are in the published total.",
    "verified.text": "Checked on this device in {ms} ms, against {source}.",
    "source.root": "the root that you typed in",
    "source.statement": "the signed statement that you chose",
    "source.both": "the root that you typed in and the signed statement that you chose",
    "consistent only": "Consistent, but not yet compared with anything published",
    "not verified": "Not verified",
    "cannot read": "This file cannot be read",
    "given.title": "What you compare with cannot be read",
    code: "Code: {code}",
    compare: "Add what was published",
    "foreign.title": "This looks like a proof file of {name}",
    "foreign.text":
      "This page reads proof files of the format echt/1 alone. The tool echt-verify.py reads this one too, and " +
      "also says what that format can prove. Run: python3 echt-verify.py FILE",
    "role.statement.title": "This is no proof file",
    "role.statement.text":
      "It is a statement, the same for all customers. It was taken as the published statement; your proof file " +
      "is still missing.",
    "role.older_checkpoint.title": "This is no proof file",
    "role.older_checkpoint.text":
      "It is a checkpoint of the log. It was taken as the older checkpoint; your proof file is still missing.",
    "crypto.title": "This browser gives the page no SHA-256",
    "crypto.text":
      "Some browsers do so only for pages from a disk or from https. Save the page and open the saved file, or " +
      "use another browser.",
    "missing.title": "There is no proof file yet",
    "missing.text": "Choose or drop your proof file first.",
    "stopped.title": "The page could not finish",
    "stopped.text":
      "Nothing was verified. That is a fault of this page: use echt-verify.py, and tell the operator of it.",
    "fault.title": "The file could not be opened",
    "fault.text": "It was moved or changed after you chose it. Choose it again.",
    "root.bad": "That are not 64 digits and letters from a to f. Copy the root again, whole.",
    "key.bad":
      "That is no key: it must look like name+1a2b3c4d+AW9…, and its parts must belong together. Copy it again, " +
      "whole.",
    "amounts.title": "What you have in it",
    "amounts.text": "As of {moment}. Compare with what you had at that moment: only you know whether it is right.",
    asset: "Asset",
    yours: "You",
    total: "All customers",
    debt: "{asset}, owed by you",
    zeros: "{count} more with nothing in them",
    zerosOne: "One more with nothing in it",
    "facts.title": "What was committed to",
    operator: "Operator",
    snapshot: "Snapshot",
    moment: "Moment",
    root: "Root",
    statementHash: "Hash of the statement",
    tree: "Your place",
    treeText: "{pieces}, {height} levels below the root",
    piece: "1 piece",
    pieces: "{count} pieces",
    log: "Log",
    logText: "{origin}, entry {entry} of {size}",
    witnesses: "Cosigned by",
    witnessesText: "Not checked here: that needs the witnesses’ keys.",
    noLog: "None named",
    "advice.title": "What to do now",
    copy: "Copy a report without private data",
    copied: "Copied",
    "report.lines":
      "Verdict: {verdict}\nCodes: {codes}\nOperator: {operator}\nSnapshot: {snapshot}\nRoot: {root}\nStatement: " +
      "{statement}",
    "foot.offline": "This page is a single file. Save it and use it without a network; it does the same then.",
    "foot.second":
      "Rather not trust a page? echt-verify.py checks the same steps in the same order and needs nothing but " +
      "Python.",
    advice: {
      verified: [
        "Compare each amount with what you had at that moment. If one is too low or missing, the total is too " +
          "low by as much: tell the operator, and keep the file.",
        "A proof shows one moment and what was owed then. It says nothing about debts elsewhere, and nothing " +
          "about tomorrow.",
      ],
      own_word: [
        "Get the root, or the statement and the operator’s key, from somewhere that everybody sees, and enter " +
          "it here. The page checks again at once.",
        "Until then, all you know is that the file agrees with itself. Others may have been shown another total.",
      ],
      form: [
        "Download the file from your exchange again and choose it as it is. Programs that open and save it, or " +
          "mail that carries it, can change it.",
        "If a fresh file cannot be read either, give the operator the code above. Don’t send the file.",
      ],
      given: ["Copy or download again what you compare with, whole and unchanged."],
      statement: [
        "See whether both belong to the same snapshot: this file says {snapshot}.",
        "If they do, somebody shows you something else than the public. Keep the file, the statement and where " +
          "each came from, and ask an auditor or another customer which root they have.",
        "You may show statement, root and checkpoint to anybody. Your proof file stays private.",
      ],
      identity: [
        "Check your account number, and that the file is the one for your account.",
        "If so, the file was made for somebody else or was changed. Download it again; if it stays like that, " +
          "report the code above to the operator.",
      ],
      path: [
        "Download the file again, to be sure that it was not damaged on its way, and choose the new one.",
        "If it stays like that, your balance is not in what the operator committed to. Keep the file unchanged: " +
          "it is your evidence.",
        "Report the code above, the snapshot and the root to the operator, and to an auditor if there is one. " +
          "Show the file itself to nobody but them.",
      ],
      log: [
        "Download the file again: a fresh one carries a fresh part about the log.",
        "If it stays like that, the operator’s log is not what it should be. Keep file and checkpoint as " +
          "evidence, and ask a witness or an auditor which checkpoint they have.",
      ],
    },
  },
  de: {
    document: "Reservennachweis prüfen",
    brand: "Nachweis-Prüfer",
    skip: "Zum Inhalt",
    language: "Sprache",
    title: "Steckt mein Guthaben in der veröffentlichten Summe?",
    lead:
      "Ihre Nachweisdatei zeigt, dass Ihr Guthaben in dem mitgezählt ist, was der Betreiber allen zusammen zu " +
      "schulden angibt. Hier prüfen Sie das selbst, auf Ihrem eigenen Gerät.",
    "file.title": "Ihre Nachweisdatei",
    "file.drop": "Nachweisdatei ablegen oder wählen",
    "file.hint":
      "Von Ihrer Börse: Mein Reservennachweis, Nachweis herunterladen. Weitere Dateien können Sie mit ablegen.",
    "file.choose": "Datei wählen",
    "file.another": "Andere Datei wählen",
    choose: "Datei wählen",
    remove: "Entfernen",
    removeNamed: "{name} entfernen",
    "private.title": "Diese Datei ist privat.",
    "private.text":
      "Ihre Kontonummer, Ihr Schlüssel und Ihre Guthaben stehen darin. Geben Sie sie niemandem und " +
      "veröffentlichen Sie sie nirgends. Sie verlässt diese Seite nicht: Die Seite erreicht kein Netz und " +
      "speichert nichts.",
    "compare.title": "Womit vergleichen Sie?",
    "compare.text":
      "Ein Nachweis ist so viel wert wie die Erklärung dahinter. Nehmen Sie Wurzel oder Erklärung von dort, wo " +
      "alle sie sehen: aus dem öffentlichen Log, von einer Prüfgesellschaft, aus der Zeitung, von Freunden. " +
      "Nicht von dort, wo die Datei herkam.",
    "root.label": "Veröffentlichte Wurzel",
    "root.help": "64 Ziffern und Buchstaben von a bis f.",
    or: "oder",
    "statement.label": "Veröffentlichte Erklärung",
    "statement.help": "statement.note, wie der Betreiber sie veröffentlicht. Sie zählt zusammen mit seinem Schlüssel.",
    "key.label": "Schlüssel des Betreibers",
    "key.help": "Sieht aus wie name+1a2b3c4d+AW9… und bleibt von Stichtag zu Stichtag gleich.",
    more: "Mehr vergleichen",
    verify: "Jetzt prüfen",
    "account.label": "Ihre Kontonummer",
    "account.help": "Wie Ihr Konto sie zeigt. Die Datei muss für genau diese Nummer gemacht sein.",
    "older.label": "Ein älterer Checkpoint des Logs",
    "older.help": "Einer, den Sie aufgehoben haben. Das Log darf seither gewachsen sein, aber nie kürzer geworden.",
    "answer.title": "Was geprüft wird",
    steps: [
      ["Die Nachweisdatei hat die richtige Form", "Nur bekannte Felder, ganze Zahlen, volle Hashes"],
      ["Die Erklärung ist die öffentliche", "Verglichen mit dem, was Sie angeben, und ihre Unterschrift"],
      ["Die Blätter sind Ihre", "Sie folgen aus Ihrer Kontonummer und Ihrem Schlüssel"],
      ["Jeder Pfad führt zur Wurzel", "Alle Summen gehen mit, keine ist zu groß"],
      ["Die Summen sind die der Wurzel", "Was der Betreiber zu schulden angibt, kommt beim Addieren heraus"],
      ["Die Erklärung steht im Log", "Damit allen dasselbe gezeigt wird"],
      ["Die Teile ergeben Ihre Guthaben", "Was Ihnen in der Summe gehört"],
    ],
    passed: [
      "Spalten: {count}, Teile: {pieces}, Ebenen: {height}",
      null,
      null,
      "Alle Summen gingen mit, keine ist zu groß",
      "Was der Betreiber zu schulden angibt, kommt beim Addieren heraus",
      null,
      "Stand: {moment}",
    ],
    holds: "Stimmt",
    fails: "Stimmt nicht",
    waiting: "Wartet",
    skipped: "Nicht geprüft",
    verified: "Bestätigt. Ihre Guthaben stecken in der veröffentlichten Summe.",
    "verified.text": "Auf diesem Gerät in {ms} ms geprüft, gegen {source}.",
    "source.root": "die Wurzel, die Sie eingegeben haben",
    "source.statement": "die unterschriebene Erklärung, die Sie gewählt haben",
    "source.both": "die Wurzel, die Sie eingegeben, und die unterschriebene Erklärung, die Sie gewählt haben",
    "consistent only": "In sich stimmig, aber noch mit nichts Veröffentlichtem verglichen",
    "not verified": "Nicht bestätigt",
    "cannot read": "Diese Datei ist nicht lesbar",
    "given.title": "Womit Sie vergleichen, ist nicht lesbar",
    code: "Code: {code}",
    compare: "Veröffentlichtes angeben",
    "foreign.title": "Das sieht nach einer Nachweisdatei von {name} aus",
    "foreign.text":
      "Diese Seite liest nur Nachweisdateien im Format echt/1. Das Werkzeug echt-verify.py liest auch diese und " +
      "sagt dazu, was ihr Format beweisen kann. Aufruf: python3 echt-verify.py DATEI",
    "role.statement.title": "Das ist keine Nachweisdatei",
    "role.statement.text":
      "Es ist eine Erklärung, für alle dieselbe. Sie wurde als veröffentlichte Erklärung übernommen; Ihre " +
      "Nachweisdatei fehlt noch.",
    "role.older_checkpoint.title": "Das ist keine Nachweisdatei",
    "role.older_checkpoint.text":
      "Es ist ein Checkpoint des Logs. Er wurde als älterer Checkpoint übernommen; Ihre Nachweisdatei fehlt " + "noch.",
    "crypto.title": "Dieser Browser gibt der Seite kein SHA-256",
    "crypto.text":
      "Manche Browser tun das nur bei Seiten von der Festplatte oder über https. Speichern Sie die Seite und " +
      "öffnen Sie die gespeicherte Datei, oder nehmen Sie einen anderen Browser.",
    "missing.title": "Es gibt noch keine Nachweisdatei",
    "missing.text": "Wählen Sie zuerst Ihre Nachweisdatei oder legen Sie sie ab.",
    "stopped.title": "Die Seite ist nicht fertig geworden",
    "stopped.text":
      "Es wurde nichts bestätigt. Das ist ein Fehler dieser Seite: Nehmen Sie echt-verify.py und sagen Sie es dem " +
      "Betreiber.",
    "fault.title": "Die Datei ließ sich nicht öffnen",
    "fault.text": "Sie wurde verschoben oder verändert, nachdem Sie sie gewählt haben. Wählen Sie sie noch einmal.",
    "root.bad": "Das sind keine 64 Ziffern und Buchstaben von a bis f. Kopieren Sie die Wurzel noch einmal ganz.",
    "key.bad":
      "Das ist kein Schlüssel: Er muss aussehen wie name+1a2b3c4d+AW9…, und seine Teile müssen zusammengehören. " +
      "Kopieren Sie ihn noch einmal ganz.",
    "amounts.title": "Was Ihnen darin gehört",
    "amounts.text":
      "Stand: {moment}. Vergleichen Sie mit dem, was Sie zu diesem Zeitpunkt hatten: Ob es stimmt, wissen nur " +
      "Sie.",
    asset: "Asset",
    yours: "Sie",
    total: "Alle zusammen",
    debt: "{asset}, von Ihnen geschuldet",
    zeros: "{count} weitere, in denen nichts liegt",
    zerosOne: "Ein weiterer, in dem nichts liegt",
    "facts.title": "Worauf sich der Betreiber festgelegt hat",
    operator: "Betreiber",
    snapshot: "Stichtag",
    moment: "Zeitpunkt",
    root: "Wurzel",
    statementHash: "Hash der Erklärung",
    tree: "Ihr Platz",
    treeText: "{pieces}, {height} Ebenen unter der Wurzel",
    piece: "1 Teil",
    pieces: "{count} Teile",
    log: "Log",
    logText: "{origin}, Eintrag {entry} von {size}",
    witnesses: "Mitunterschrieben von",
    witnessesText: "Hier nicht geprüft: Dazu braucht es die Schlüssel der Zeugen.",
    noLog: "Keines genannt",
    "advice.title": "Was Sie jetzt tun können",
    copy: "Bericht ohne private Daten kopieren",
    copied: "Kopiert",
    "report.lines":
      "Ergebnis: {verdict}\nCodes: {codes}\nBetreiber: {operator}\nStichtag: {snapshot}\nWurzel: " +
      "{root}\nErklärung: {statement}",
    "foot.offline":
      "Diese Seite ist eine einzige Datei. Speichern Sie sie und benutzen Sie sie ohne Netz; sie tut dann " +
      "dasselbe.",
    "foot.second":
      "Sie möchten keiner Seite vertrauen? echt-verify.py prüft dieselben Schritte in derselben Reihenfolge und " +
      "braucht nichts als Python.",
    advice: {
      verified: [
        "Vergleichen Sie jeden Betrag mit dem, was Sie zu diesem Zeitpunkt hatten. Ist einer zu niedrig oder " +
          "fehlt er, ist auch die Summe um so viel zu niedrig: Sagen Sie es dem Betreiber und heben Sie die Datei " +
          "auf.",
        "Ein Nachweis zeigt einen Zeitpunkt und was damals geschuldet war. Er sagt nichts über Schulden " +
          "anderswo und nichts über morgen.",
      ],
      own_word: [
        "Besorgen Sie sich die Wurzel, oder die Erklärung und den Schlüssel des Betreibers, von dort, wo alle " +
          "sie sehen, und geben Sie sie hier an. Die Seite prüft sofort noch einmal.",
        "Bis dahin wissen Sie nur, dass die Datei mit sich selbst übereinstimmt. Anderen kann eine andere Summe " +
          "gezeigt worden sein.",
      ],
      form: [
        "Laden Sie die Datei noch einmal von Ihrer Börse und wählen Sie sie so, wie sie ist. Programme, die sie " +
          "öffnen und speichern, oder Mails, die sie befördern, können sie verändern.",
        "Ist auch eine frische Datei nicht lesbar, nennen Sie dem Betreiber den Code oben. Schicken Sie die " +
          "Datei nicht mit.",
      ],
      given: ["Kopieren oder laden Sie noch einmal, womit Sie vergleichen, ganz und unverändert."],
      statement: [
        "Sehen Sie nach, ob beide zum selben Stichtag gehören: In dieser Datei steht {snapshot}.",
        "Wenn ja, zeigt Ihnen jemand etwas anderes als der Öffentlichkeit. Heben Sie Datei und Erklärung auf, " +
          "mit der jeweiligen Herkunft, und fragen Sie eine Prüfgesellschaft oder andere Kunden, welche Wurzel " +
          "sie haben.",
        "Erklärung, Wurzel und Checkpoint dürfen Sie allen zeigen. Ihre Nachweisdatei bleibt privat.",
      ],
      identity: [
        "Prüfen Sie Ihre Kontonummer, und ob die Datei die für Ihr Konto ist.",
        "Wenn ja, wurde die Datei für jemand anderen gemacht oder verändert. Laden Sie sie noch einmal; bleibt " +
          "es dabei, melden Sie dem Betreiber den Code oben.",
      ],
      path: [
        "Laden Sie die Datei noch einmal, damit sicher ist, dass sie unterwegs nicht beschädigt wurde, und " +
          "wählen Sie die neue.",
        "Bleibt es dabei, steckt Ihr Guthaben nicht in dem, worauf sich der Betreiber festgelegt hat. Heben Sie " +
          "die Datei unverändert auf: Sie ist Ihr Beleg.",
        "Melden Sie den Code oben, den Stichtag und die Wurzel dem Betreiber und, wenn es sie gibt, der " +
          "Prüfgesellschaft. Zeigen Sie die Datei selbst sonst niemandem.",
      ],
      log: [
        "Laden Sie die Datei noch einmal: Eine frische bringt einen frischen Teil über das Log mit.",
        "Bleibt es dabei, ist das Log des Betreibers nicht, was es sein soll. Heben Sie Datei und Checkpoint " +
          "als Beleg auf und fragen Sie Zeugen oder Prüfgesellschaft, welchen Checkpoint sie haben.",
      ],
    },
  },
};

/** The sentence with its words in braces filled in. */
export function filled(sentence, words = {}) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => words[name] ?? whole);
}
