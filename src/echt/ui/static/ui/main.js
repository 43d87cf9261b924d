// Progressive enhancement only: every page reads and works without it. One module a subject.

import "./modules/appearance.js";
import "./modules/copy.js";
import "./modules/countdown.js";
import "./modules/dialog.js";
import "./modules/forms.js";
import "./modules/popover.js";
import "./modules/tabs.js";
import "./modules/toast.js";
