// The only file that knows all parts: it registers the elements and says when the compiler is fetched.

import "./elements/orm-result.ts";
import "./elements/orm-step.ts";
import "./elements/orm-tabs.ts";
import "./elements/orm-toolbar.ts";
import "./elements/theme-toggle.ts";
